//go:build darwin || dragonfly || freebsd || netbsd || openbsd

package console

import "golang.org/x/sys/unix"

const (
	getTermios = unix.TIOCGETA
	setTermios = unix.TIOCSETA
)

// discardInput throws away what was typed and not yet read.
func discardInput(fd int) {
	const reading = 1 // FREAD of sys/fcntl.h
	unix.IoctlSetPointerInt(fd, unix.TIOCFLUSH, reading)
}
