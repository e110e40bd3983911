package console

import (
	"os"
	"syscall"
)

// ending returns the signals that end a Go program and can be caught; some of them would print
// all its stacks. Signals that a fault of the program itself raises, such as SIGSEGV, are
// caught only if another process sends them.
func ending() []os.Signal { return []os.Signal{os.Interrupt, syscall.SIGTERM} }
