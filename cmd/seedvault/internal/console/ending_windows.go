package console

import (
	"os"
	"syscall"
)

// ending returns the signals that end a Go program and can be caught: an Interrupt for Ctrl-C
// and Ctrl-Break, a SIGTERM for closing the console, logging off and shutting down.
func ending() []os.Signal { return []os.Signal{os.Interrupt, syscall.SIGTERM} }
