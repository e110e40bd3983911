//go:build !windows

package local

import (
	"os"

	"golang.org/x/sys/unix"
)

// lock waits until no other process holds the file. The system gives it back
// when this process ends, however it ends.
func lock(f *os.File) error {
	for {
		if err := unix.Flock(int(f.Fd()), unix.LOCK_EX); err != unix.EINTR {
			return err
		}
	}
}
