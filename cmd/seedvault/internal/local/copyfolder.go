package local

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// LinkAt returns the link on the way to a folder that a copy was made in, "" for none.
// There was none when it was made: whoever has put one there leads the copy elsewhere.
func LinkAt(path string) string {
	for at := path; filepath.Dir(at) != at; at = filepath.Dir(at) {
		if info, err := os.Lstat(at); err == nil && info.Mode()&fs.ModeSymlink != 0 {
			return at
		}
	}
	return ""
}

// Vanished reports whether a copy's folder is gone though the place is there that it
// lay in. It has to be told from a stick that is not plugged in: a folder that a
// program keeps in step with a cloud is always there, and a folder of our own lies
// in a place that holds other things too.
func Vanished(path string, cloud bool) bool {
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return false
	}
	entries, err := os.ReadDir(filepath.Dir(path))
	return err == nil && (cloud || filepath.Base(path) == OwnFolder && len(entries) > 0)
}

// OwnFolder is the name of the folder of our own in a place that holds other things.
const OwnFolder = "seedvault"
