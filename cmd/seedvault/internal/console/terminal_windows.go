package console

import (
	"os"

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

// holdForeground ignores Ctrl-Z, and every other signal that suspends a program and can be
// caught, until resume is called.
func holdForeground() (resume func()) { return func() {} }

// more is false: a console does not tell keys from their release. What else was pasted is
// for the next prompt, and discarded at the end.
func more(*os.File) bool { return false }

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
