// Package copies brings the files of a vault from one place to another.
//
// Start with [Bring]. A vault's files never change and are named by their
// content, so copying is adding what is missing: nothing is deleted, nothing is
// replaced, and the order does not matter. The package encrypts nothing and
// decides nothing about what the files mean; package escrow does.
package copies

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"

	"seedvault/escrow"
	"seedvault/escrow/internal/durable"
)

// fileLimit is the largest file that a vault may hold.
const fileLimit = 16 << 20

// Result says what a copying did.
type Result struct {
	Copied  int      // files that were missing and are there now
	Differs []string // there with other content; left as they are
	Skipped []string // links, devices, files that are too large or cannot be read
}

// Bring copies every regular file that the vault in from has and the one in to
// lacks, each durably. Temporary files and a .git folder stay behind. The error
// is about writing; what cannot be read is in the result. The context ends the
// work early, and the next call goes on from there.
func Bring(ctx context.Context, to, from escrow.FS) (Result, error) {
	var r Result
	err := r.folder(ctx, to, from, ".")
	return r, err
}

func (r *Result) folder(ctx context.Context, to, from escrow.FS, dir string) error {
	entries, err := from.ReadDir(dir)
	if err != nil {
		return fmt.Errorf("failed to read the copy: %w", err)
	}
	for _, entry := range entries {
		if err := ctx.Err(); err != nil {
			return err
		}
		name := path.Join(dir, entry.Name())
		switch {
		case durable.IsTemp(name) || name == ".git":
		case entry.IsDir():
			err = r.folder(ctx, to, from, name)
		case entry.Type().IsRegular():
			err = r.file(to, from, name)
		default:
			r.Skipped = append(r.Skipped, name)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (r *Result) file(to, from escrow.FS, name string) error {
	data, err := durable.ReadFile(from, name, fileLimit)
	if err != nil {
		r.Skipped = append(r.Skipped, name)
		return nil
	}
	have, err := durable.ReadFile(to, name, fileLimit)
	switch {
	case err == nil && bytes.Equal(have, data):
		return nil
	case err == nil || !errors.Is(err, fs.ErrNotExist):
		r.Differs = append(r.Differs, name)
		return nil
	}
	if err := durable.MkdirAll(to, path.Dir(name)); err != nil {
		return err
	}
	if err := durable.Write(to, name, data); err != nil {
		return err
	}
	r.Copied++
	return nil
}
