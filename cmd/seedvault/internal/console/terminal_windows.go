package console

import (
	"os"
	"slices"
	"time"
	"unsafe"

	"golang.org/x/sys/windows"
)

func openTerminal() (in, out *os.File, err error) {
	if in, err = os.OpenFile("CONIN$", os.O_RDWR, 0); err != nil {
		return nil, nil, err
	}
	if out, err = os.OpenFile("CONOUT$", os.O_RDWR, 0); err != nil {
		in.Close()
		return nil, nil, err
	}
	return in, out, nil
}

// holdForeground does nothing: no key suspends a program on Windows.
func holdForeground() (resume func()) { return func() {} }

// atOneStroke is how long the next key of a paste may take to come.
const atOneStroke = 50 * time.Millisecond

// more reports whether a character was typed that is still unread, or is within [atOneStroke].
// The console's input also has the releases of keys, which are nothing typed.
func more(in *os.File) bool {
	for until := time.Now().Add(atOneStroke); ; time.Sleep(atOneStroke / 10) {
		typed, err := hasCharacter(windows.Handle(in.Fd()))
		if typed || err != nil || time.Now().After(until) {
			return typed
		}
	}
}

// inputRecord is an INPUT_RECORD with a KEY_EVENT_RECORD in it, the largest of its events
// (https://learn.microsoft.com/windows/console/input-record-str).
type inputRecord struct {
	kind      uint16
	_         uint16
	down      int32
	repeats   uint16
	key       uint16
	scanCode  uint16
	character uint16
	control   uint32
}

const (
	keyEvent = 1        // the kind of a record about a key
	altKey   = 0x12     // its release ends a character that was typed by its number
	mostKeys = 64 << 10 // records that are looked through
)

var peekConsoleInput = windows.NewLazySystemDLL("kernel32.dll").NewProc("PeekConsoleInputW")

// hasCharacter reports whether a character waits in a console's input, and leaves it there.
func hasCharacter(console windows.Handle) (bool, error) {
	var waiting, seen uint32
	if err := windows.GetNumberOfConsoleInputEvents(console, &waiting); err != nil || waiting == 0 {
		return false, err
	}
	records := make([]inputRecord, min(waiting, mostKeys))
	done, _, err := peekConsoleInput.Call(uintptr(console), uintptr(unsafe.Pointer(&records[0])), uintptr(len(records)), uintptr(unsafe.Pointer(&seen)))
	if done == 0 {
		return false, err
	}
	return slices.ContainsFunc(records[:seen], func(r inputRecord) bool {
		return r.kind == keyEvent && r.character != 0 && (r.down != 0 || r.key == altKey)
	}), nil
}

func discard(in *os.File) { windows.FlushConsoleInputBuffer(windows.Handle(in.Fd())) }

// hush turns the echo off and keeps Ctrl-C a signal. What is typed meanwhile is read by the
// next prompt.
func hush(in *os.File) (resume func(discard bool), err error) {
	console := windows.Handle(in.Fd())
	var before uint32
	if err := windows.GetConsoleMode(console, &before); err != nil {
		return nil, err
	}
	const shown = windows.ENABLE_ECHO_INPUT | windows.ENABLE_LINE_INPUT
	if err := windows.SetConsoleMode(console, before&^shown); err != nil {
		return nil, err
	}
	return func(discard bool) {
		if discard {
			windows.FlushConsoleInputBuffer(console)
		}
		windows.SetConsoleMode(console, before)
	}, nil
}
