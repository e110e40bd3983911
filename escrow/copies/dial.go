package copies

import (
	"context"

	"seedvault/escrow"
	"seedvault/escrow/disk"
)

// Dial opens the folder of a copy, which the caller closes. An error means that
// the copy is not there now, or cannot be read, which is no failure: a stick is in a
// drawer most of the time. A network folder whose server is silent answers nothing at
// all; the end of the context ends the waiting for it and is the error, and whatever it
// answers later is dropped.
func Dial(ctx context.Context, path string) (*disk.Dir, error) {
	type answer struct {
		dir *disk.Dir
		err error
	}
	answers := make(chan answer, 1)
	go func() {
		dir, err := escrow.OpenDir(path)
		if err == nil {
			if _, err = dir.ReadDir("."); err != nil {
				dir.Close()
			}
		}
		answers <- answer{dir, err}
	}()
	select {
	case a := <-answers:
		return a.dir, a.err
	case <-ctx.Done():
		go func() {
			if a := <-answers; a.err == nil {
				a.dir.Close()
			}
		}()
		return nil, ctx.Err()
	}
}
