//go:build !linux

package escrow

import (
	"io/fs"
	"os"
)

// lstat is the type of what lies at name, with no link on the way to it.
func (d *Dir) lstat(name string) (fs.FileMode, error) {
	info, err := d.Lstat(name)
	if err != nil {
		return 0, err
	}
	return info.Mode(), nil
}

func (d *Dir) open(name string) (*os.File, error) { return d.openThrough(name) }
