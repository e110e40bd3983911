// Package kit is a copy of a vault in one file on disk: a page that opens it in a browser, with
// the vault's files inside. What stands in that file is made and taken apart by package page.
//
// Start with [Open], which reads one as a place for copies: what is written to it is kept in
// memory until [Store.Publish] writes the file anew, beside the old one, and renames it. [Make]
// begins one that is empty. What another machine has put into the file meanwhile stays.
//
// The kit's own page is among its files, so that whoever compares a copy's files compares it
// too. A page that was never released is listed under the name of the present one: so it is
// found to differ from that, and the present one replaces it once the kit is written. Nothing of
// a kit is ever run.
package kit

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	"seedvault/cmd/seedvault/page"
	"seedvault/escrow/disk"
)

// Store is an open kit.
type Store struct {
	*tree
	path       string
	read       []byte // the file as it was read
	incomplete bool   // not whole: what could be read of it is here
	mu         sync.Mutex
}

// ErrLink is returned for a link in a kit's place.
var ErrLink = errors.New("failed to open the kit: a link")

// Open reads the kit at a path. The error is page.ErrNoKit, page.ErrCut or page.ErrKitSize for
// a file that is no kit, [ErrLink], or an error of reading. Of a kit that was cut off or
// damaged it returns what can be read: see [Store.Incomplete]. If the context ends while a
// network folder does not answer, a later answer is dropped.
func Open(ctx context.Context, path string) (*Store, error) {
	type answer struct {
		s   *Store
		err error
	}
	answers := make(chan answer, 1)
	go func() {
		s, err := open(path)
		answers <- answer{s, err}
	}()
	select {
	case a := <-answers:
		return a.s, a.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func open(path string) (*Store, error) {
	text, info, err := readKit(path)
	if err != nil {
		return nil, err
	}
	files, err := filesOf(text)
	incomplete := errors.Is(err, page.ErrCut)
	if incomplete {
		if files = page.Salvage(text); files != nil {
			err = nil
		}
	}
	if err != nil {
		return nil, err
	}
	return &Store{tree: newTree(files, info.ModTime()), path: path, read: text, incomplete: incomplete}, nil
}

// Incomplete reports whether the file was cut off or damaged, so that files are missing whose
// names are not known, until it is written anew.
func (s *Store) Incomplete() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.incomplete
}

// readKit reads a regular file without waiting: a pipe is an error.
func readKit(path string) ([]byte, fs.FileInfo, error) {
	info, err := os.Lstat(path)
	switch {
	case err != nil:
		return nil, nil, err
	case info.Mode()&fs.ModeSymlink != 0:
		return nil, nil, ErrLink
	case !info.Mode().IsRegular():
		return nil, nil, page.ErrNoKit
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, page.KitLimit+1))
	return text, info, err
}

// filesOf returns the files in a kit, its page among them. A page without files is an empty
// kit.
func filesOf(text []byte) (map[string][]byte, error) {
	if page.IsPage(text) {
		return map[string][]byte{page.Name(page.Current): text}, nil
	}
	c, err := page.ReadKit(text)
	if err != nil {
		return nil, err
	}
	if c.Version == 0 {
		c.Files[page.Name(page.Current)] = c.Text
	}
	return c.Files, nil
}

// Close does nothing: the file is not kept open.
func (s *Store) Close() error { return nil }

// Publish writes the file anew, with what another machine has put into it meanwhile. If it fails
// before the new file has the old one's name, the file is as it was.
func (s *Store) Publish(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	now, info, err := readKit(s.path)
	switch {
	case err != nil:
		return err
	case info.Mode().Perm()&0o200 == 0:
		return &fs.PathError{Op: "write", Path: s.path, Err: fs.ErrPermission}
	}
	if !bytes.Equal(now, s.read) {
		s.unite(now)
	}
	text, err := page.Kit(s.whole())
	if err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := write(s.path, text, info.Mode().Perm()); err != nil {
		return fmt.Errorf("failed to write the kit: %w", err)
	}
	s.read, s.incomplete = text, false
	return nil
}

// unite adds what another machine has put into the file since it was read. If the file is
// damaged by now, it adds nothing.
func (s *Store) unite(now []byte) {
	if files, err := filesOf(now); err == nil {
		s.add(files)
	}
}

// Make writes a kit without any vault's files at a path where nothing lies.
func Make(path string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	if err = finish(f, page.Page()); err != nil {
		os.Remove(path)
	}
	return err
}

// write replaces a file whole: beside it first, then renamed, then read back.
func write(path string, text []byte, mode fs.FileMode) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".tmp-*") // mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // nothing is there any more once it is renamed
	if err = f.Chmod(mode); errors.Is(err, errors.ErrUnsupported) || runtime.GOOS == "windows" {
		err = nil
	}
	if err = errors.Join(err, finish(f, text)); err == nil {
		err = disk.Replace(f.Name(), path)
	}
	if err != nil {
		return err
	}
	if err := disk.SyncFolder(filepath.Dir(path)); err != nil {
		return err
	}
	if back, err := os.ReadFile(path); err != nil || !bytes.Equal(back, text) {
		return errors.Join(errors.New("what was written does not read back"), err)
	}
	return nil
}

// finish writes data, syncs and closes.
func finish(f *os.File, data []byte) error {
	_, err := f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}
