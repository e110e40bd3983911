//go:build unix

package local

import (
	"os"
	"path/filepath"
	"syscall"
)

// isMount reports whether something is mounted at a path: it lies on another device than
// the folder that it is in.
func isMount(path string) bool {
	info, err := os.Lstat(path)
	return err == nil && info.IsDir() && !sameDisk(path, filepath.Dir(path))
}

// sameDisk reports whether two folders that are there lie on one device.
func sameDisk(a, b string) bool {
	x, err1 := os.Stat(a)
	y, err2 := os.Stat(b)
	if err1 != nil || err2 != nil {
		return false
	}
	s, ok1 := x.Sys().(*syscall.Stat_t)
	t, ok2 := y.Sys().(*syscall.Stat_t)
	return ok1 && ok2 && s.Dev == t.Dev
}

// removableDrives is for systems that give drives letters.
func removableDrives() []CopySite { return nil }
