//go:build !windows

package console

import (
	"os"
	"os/signal"
	"syscall"
)

func openTerminal() (in, out *os.File, err error) {
	tty, err := os.OpenFile("/dev/tty", os.O_RDWR, 0)
	return tty, tty, err
}

// holdForeground takes Ctrl-Z away until resume is called.
func holdForeground() (resume func()) {
	signal.Ignore(syscall.SIGTSTP)
	return func() { signal.Reset(syscall.SIGTSTP) }
}
