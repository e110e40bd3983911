package local

import "golang.org/x/sys/unix"

// OnRAMDisk reports whether a folder lies in this PC's memory, which a power cut empties. If
// the folder does not exist yet, that of its nearest existing parent decides.
func OnRAMDisk(path string) bool {
	var fs unix.Statfs_t
	if err := unix.Statfs(existing(path), &fs); err != nil {
		return false
	}
	return uint32(fs.Type) == unix.TMPFS_MAGIC || uint32(fs.Type) == unix.RAMFS_MAGIC
}
