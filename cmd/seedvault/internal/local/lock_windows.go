package local

import (
	"os"

	"golang.org/x/sys/windows"
)

// lock waits until no other process has locked the file. The system releases the lock when
// this process ends, however it ends.
func lock(f *os.File) error {
	return windows.LockFileEx(windows.Handle(f.Fd()), windows.LOCKFILE_EXCLUSIVE_LOCK, 0, 1, 0, new(windows.Overlapped))
}
