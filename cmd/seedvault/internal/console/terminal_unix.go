//go:build !windows

package console

import (
	"os"
	"os/signal"
	"syscall"

	"golang.org/x/sys/unix"
	"golang.org/x/term"
)

func openTerminal() (in, out *os.File, err error) {
	tty, err := os.OpenFile("/dev/tty", os.O_RDWR, 0)
	return tty, tty, err
}

// holdForeground takes Ctrl-Z away, and what else suspends a program and can be caught,
// until resume is called.
func holdForeground() (resume func()) {
	signal.Ignore(syscall.SIGTSTP, syscall.SIGTTIN, syscall.SIGTTOU)
	return func() { signal.Reset(syscall.SIGTSTP, syscall.SIGTTIN, syscall.SIGTTOU) }
}

// atOneStroke is how long, in milliseconds, the next line of a paste may take to come: over a
// slow line, too, and no time for a person.
const atOneStroke = 50

func more(in *os.File) bool {
	poll := []unix.PollFd{{Fd: int32(in.Fd()), Events: unix.POLLIN}}
	n, err := unix.Poll(poll, atOneStroke)
	return err == nil && n > 0 && poll[0].Revents&unix.POLLIN != 0
}

func discard(in *os.File) { discardInput(int(in.Fd())) }

// hush turns the echo off, and leaves Ctrl-C a signal. What is typed meanwhile is as it
// would be at a hidden prompt.
func hush(in *os.File) (resume func(discard bool), err error) {
	fd := int(in.Fd())
	before, err := term.GetState(fd)
	if err != nil {
		return nil, err
	}
	state, err := unix.IoctlGetTermios(fd, getTermios)
	if err != nil {
		return nil, err
	}
	state.Lflag &^= unix.ECHO | unix.ECHONL | unix.ICANON
	state.Iflag &^= unix.ICRNL
	state.Cc[unix.VMIN], state.Cc[unix.VTIME] = 1, 0
	if err := unix.IoctlSetTermios(fd, setTermios, state); err != nil {
		return nil, err
	}
	return func(discard bool) {
		if discard {
			discardInput(fd)
		}
		term.Restore(fd, before)
	}, nil
}
