package console

import (
	"os"
	"syscall"
)

// ending are Ctrl-C and Ctrl-Break, and the window that is closed or the person who
// logs off.
func ending() []os.Signal { return []os.Signal{os.Interrupt, syscall.SIGTERM} }
