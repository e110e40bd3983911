//go:build !windows

package console

import (
	"os"

	"golang.org/x/sys/unix"
)

// ending returns the signals that end a Go program and can be caught, some of them with all
// its stacks on the screen. Of those that a fault raises (SIGSEGV and its like) only one
// that another process sends is caught.
func ending() []os.Signal {
	return signals("SIGINT", "SIGTERM", "SIGHUP",
		"SIGQUIT", "SIGABRT", "SIGILL", "SIGTRAP", "SIGSYS", "SIGSEGV", "SIGBUS", "SIGFPE", "SIGSTKFLT", "SIGEMT")
}

// signals returns those signals of the given names that this system has.
func signals(names ...string) (list []os.Signal) {
	for _, name := range names {
		if s := unix.SignalNum(name); s != 0 {
			list = append(list, s)
		}
	}
	return list
}
