package console

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
	"golang.org/x/sys/unix"
)

// placeWanted names the variable with the place of [places] that a process is to be at.
const placeWanted = "CONSOLE_TEST_PLACE"

const onScreen = "JBSWY3DPEHPK3PXP"

// places are functions that change the terminal or show a secret on it, say "here", and go on
// until a signal ends them.
var places = map[string]func(*Terminal) error{
	"hidden prompt": func(t *Terminal) error {
		_, err := t.Secret("here")
		return err
	},
	"hidden prompt on a screen": func(t *Terminal) error {
		s := t.Screen()
		defer s.Close()
		_, err := s.Secret("here", onScreen)
		return err
	},
	"screen": func(t *Terminal) error {
		s := t.Screen()
		defer s.Close()
		s.Draw(onScreen)
		_, err := s.Ask(2, 1, "here")
		return err
	},
	"secret that is tried": func(t *Terminal) (err error) {
		end := t.Hush()
		defer end(&err)
		r, broken, _ := os.Pipe()
		r.Close()
		unix.Dup2(int(broken.Fd()), 2)
		fmt.Fprintln(os.Stderr, "a remark that nobody reads")
		fmt.Fprint(t.out, "here")
		for end := time.Now().Add(time.Minute); len(t.signals) == 0 && time.Now().Before(end); {
			time.Sleep(time.Millisecond)
		}
		return nil
	},
	"line that changes": func(t *Terminal) error {
		ctx, stop := Showing(context.Background())
		defer stop()
		fmt.Fprint(t.out, onScreen+" here")
		<-ctx.Done()
		fmt.Fprint(t.out, clearAll)
		return ErrInterrupted
	},
}

func TestMain(m *testing.M) {
	place := places[os.Getenv(placeWanted)]
	if place == nil {
		os.Exit(m.Run())
	}
	t, err := OpenTerminal()
	if err == nil {
		err = place(t)
	}
	if errors.Is(err, ErrInterrupted) {
		os.Exit(41)
	}
	os.Exit(1)
}

// TestEverySignal sends each signal that can be caught to a process at each place, and
// then SIGTERM where it ends nothing: the terminal is as it was before, what was on
// it is gone, no stack is shown, and nothing was suspended.
func TestEverySignal(t *testing.T) {
	for name := range places {
		for s := syscall.Signal(1); s <= syscall.SIGSYS; s++ {
			if s == syscall.SIGKILL || s == syscall.SIGSTOP {
				continue
			}
			t.Run(name+"/"+unix.SignalName(s), func(t *testing.T) {
				t.Parallel()
				if slices.Contains(ending(), os.Signal(s)) {
					endAt(t, name, s)
				} else {
					endAt(t, name, s, syscall.SIGTERM)
				}
			})
		}
	}
}

// endAt sends signals to a process at a place, and checks in what state it leaves the terminal.
func endAt(t *testing.T, place string, signals ...os.Signal) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self)
	cmd.Env = []string{placeWanted + "=" + place, "TERM=xterm"}
	terminal, err := pty.Start(cmd)
	if err != nil {
		t.Fatal(err)
	}
	defer terminal.Close()
	var shown bytes.Buffer
	for buf := make([]byte, 1<<12); ; {
		n, err := terminal.Read(buf)
		shown.Write(buf[:n])
		if signals != nil && strings.Contains(shown.String(), "here") {
			if echoes(t, terminal) == (place != "screen" && place != "line that changes") {
				t.Error("the echo is not as it should be there")
			}
			for _, s := range signals {
				cmd.Process.Signal(s)
			}
			signals = nil
		}
		if err != nil {
			break
		}
	}
	if cmd.Wait(); cmd.ProcessState.ExitCode() != 41 {
		t.Errorf("it ended with %v:\n%s", cmd.ProcessState, shown.String())
	}
	if !echoes(t, terminal) {
		t.Error("the echo stays off")
	}
	text := shown.String()
	if strings.Contains(text, "goroutine") {
		t.Errorf("stacks are on the screen:\n%s", text)
	}
	if at := strings.LastIndex(text, onScreen); at >= 0 && !strings.Contains(text[at:], clearAll) {
		t.Errorf("the secret stays on the screen: %q", text)
	}
	if strings.Count(text, enterAlternate) != strings.Count(text, leaveAlternate) {
		t.Errorf("the alternate screen stays: %q", text)
	}
}

// echoes reports whether a terminal shows what is typed.
func echoes(t *testing.T, terminal *os.File) bool {
	t.Helper()
	state, err := unix.IoctlGetTermios(int(terminal.Fd()), getTermios)
	if err != nil {
		t.Fatal(err)
	}
	return state.Lflag&unix.ECHO != 0 && state.Lflag&unix.ICANON != 0
}
