//go:build unix

package scan_test

import (
	"syscall"
	"time"
)

// spent returns the time that this process has had on processors: on a busy machine less than
// what has passed.
func spent() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
