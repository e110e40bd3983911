package console

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unsafe"

	"golang.org/x/sys/windows"
)

// reportTo names the file in which the process with a console of its own says what it saw.
const reportTo = "SEEDVAULT_TEST_CONSOLE"

func TestMain(m *testing.M) {
	if file := os.Getenv(reportTo); file != "" {
		if err := os.WriteFile(file, []byte(typedAhead()), 0o600); err != nil {
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// TestMore: another line of a paste is seen, and left to be read; the release of a key, of
// which Enter leaves one behind, is none.
func TestMore(t *testing.T) {
	file := filepath.Join(t.TempDir(), "report")
	t.Setenv(reportTo, file)
	runInConsole(t)
	got, err := os.ReadFile(file)
	if want := "nothing: false; a release: false; lines: first, second"; err != nil || string(got) != want {
		t.Errorf("%s (%v), want %s", got, err, want)
	}
}

// typedAhead has keys pressed on this process's console, and says what More and Secret make
// of them.
func typedAhead() string {
	terminal, err := OpenTerminal()
	if err != nil {
		return err.Error()
	}
	defer terminal.Close()
	nothing := terminal.More()
	if err := press(terminal.in, "\r", false); err != nil {
		return err.Error()
	}
	release := terminal.More()
	if err := press(terminal.in, "first\rsecond\r", true); err != nil {
		return err.Error()
	}
	var lines []string
	for len(lines) < 3 && terminal.More() {
		line, err := terminal.Secret("")
		if err != nil {
			return err.Error()
		}
		lines = append(lines, line)
	}
	return fmt.Sprintf("nothing: %t; a release: %t; lines: %s", nothing, release, strings.Join(lines, ", "))
}

// press has keys pressed and released, or only released, on a console.
func press(in *os.File, text string, down bool) error {
	var records []inputRecord
	for _, r := range text {
		key := inputRecord{kind: keyEvent, repeats: 1, character: uint16(r)}
		if down {
			pressed := key
			pressed.down = 1
			records = append(records, pressed)
		}
		records = append(records, key)
	}
	var written uint32
	write := windows.NewLazySystemDLL("kernel32.dll").NewProc("WriteConsoleInputW")
	done, _, err := write.Call(in.Fd(), uintptr(unsafe.Pointer(&records[0])), uintptr(len(records)), uintptr(unsafe.Pointer(&written)))
	if done == 0 || int(written) != len(records) {
		return fmt.Errorf("%d of %d keys were pressed: %w", written, len(records), err)
	}
	return nil
}

// runInConsole runs this program again, in a console that nobody sees.
func runInConsole(t *testing.T) {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	var in, keys, screen, out, console windows.Handle
	must(windows.CreatePipe(&in, &keys, nil, 0))
	must(windows.CreatePipe(&screen, &out, nil, 0))
	must(windows.CreatePseudoConsole(windows.Coord{X: 80, Y: 24}, in, out, 0, &console))
	drawn := os.NewFile(uintptr(screen), "screen")
	go io.Copy(io.Discard, drawn)
	list, err := windows.NewProcThreadAttributeList(1)
	must(err)
	defer list.Delete()
	must(list.Update(windows.PROC_THREAD_ATTRIBUTE_PSEUDOCONSOLE, *(*unsafe.Pointer)(unsafe.Pointer(&console)), unsafe.Sizeof(console)))
	start := &windows.StartupInfoEx{ProcThreadAttributeList: list.List()}
	start.Cb = uint32(unsafe.Sizeof(*start))
	start.Flags = windows.STARTF_USESTDHANDLES // of this process it gets none
	line, err := windows.UTF16PtrFromString(windows.ComposeCommandLine([]string{os.Args[0]}))
	must(err)
	var environment []uint16
	for _, v := range append(slices.Sorted(slices.Values(os.Environ())), "") {
		coded, err := windows.UTF16FromString(v)
		must(err)
		environment = append(environment, coded...)
	}
	var process windows.ProcessInformation
	must(windows.CreateProcess(nil, line, nil, nil, false, windows.EXTENDED_STARTUPINFO_PRESENT|windows.CREATE_UNICODE_ENVIRONMENT, &environment[0], nil, &start.StartupInfo, &process))
	_, err = windows.WaitForSingleObject(process.Process, 60_000)
	must(err)
	windows.TerminateProcess(process.Process, 1) // where it has not ended
	windows.ClosePseudoConsole(console)
	for _, h := range []windows.Handle{in, keys, out, process.Process, process.Thread} {
		windows.CloseHandle(h)
	}
}
