//go:build unix

package local

import (
	"os"
	"path/filepath"
	"syscall"
)

// isMount says that something is mounted at a path: it lies on another device than
// the folder that it is in.
func isMount(path string) bool {
	here, err1 := os.Lstat(path)
	above, err2 := os.Stat(filepath.Dir(path))
	if err1 != nil || err2 != nil || !here.IsDir() {
		return false
	}
	a, ok1 := here.Sys().(*syscall.Stat_t)
	b, ok2 := above.Sys().(*syscall.Stat_t)
	return ok1 && ok2 && a.Dev != b.Dev
}

// removableDrives is for systems that give drives letters.
func removableDrives() []Elsewhere { return nil }
