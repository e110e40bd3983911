//go:build !linux

package disk

import (
	"io/fs"
	"os"

	"seedvault/escrow/internal/durable"
)

// lstat is the type of what lies at name, with no link on the way to it.
func (d *Dir) lstat(name string) (fs.FileMode, error) {
	info, err := d.Lstat(name)
	if err != nil {
		return 0, err
	}
	return info.Mode(), nil
}

// info describes what lies at name.
func (d *Dir) info(name string) (fs.FileInfo, error) { return d.root.Lstat(name) }

// SameFile reports whether two files that were listed are one, as [os.SameFile] does.
func SameFile(a, b fs.FileInfo) bool { return os.SameFile(a, b) }

func (d *Dir) open(name string) (*os.File, error) { return d.openThrough(name) }

// ReadWhole reads a regular file of at most limit bytes. A longer file is
// [durable.ErrTooLarge].
func (d *Dir) ReadWhole(name string, limit int64) ([]byte, error) {
	return durable.ReadFile(d, name, limit)
}
