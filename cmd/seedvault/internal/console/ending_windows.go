package console

import (
	"os"
	"syscall"
)

// ending are Ctrl-C and Ctrl-Break, and the window that is closed or the person who
// logs off.
var ending = []os.Signal{os.Interrupt, syscall.SIGTERM}
