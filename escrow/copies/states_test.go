package copies

import (
	"io/fs"

	"seedvault/escrow"
)

// missing is a place that is not there.
type missing struct{ escrow.FS }

func (missing) ReadDir(name string) ([]fs.DirEntry, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}
