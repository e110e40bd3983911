package local

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// LinkAt returns the symbolic link on the way to a copy's folder, "" if there is none. When
// the copy was made there was none: whoever has put one there redirects the copy to another
// place.
func LinkAt(path string) string {
	for at := path; filepath.Dir(at) != at; at = filepath.Dir(at) {
		if info, err := os.Lstat(at); err == nil && info.Mode()&fs.ModeSymlink != 0 {
			return at
		}
	}
	return ""
}

// Vanished reports whether a copy's folder is gone though the place that it lay in is there. A
// stick that is not plugged in must not look like that: so the place counts as there only if
// a program carries it away, as cloud says, or if it holds other things and the copy lay in
// [OwnFolder] there.
func Vanished(path string, cloud bool) bool {
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return false
	}
	entries, err := os.ReadDir(filepath.Dir(path))
	return err == nil && (cloud || filepath.Base(path) == OwnFolder && len(entries) > 0)
}

// OwnFolder is the name of the folder of our own in a place that holds other things.
const OwnFolder = "seedvault"
