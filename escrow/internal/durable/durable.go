// Package durable writes files, of whatever content and on any file system such as that of
// package disk, so that they survive a power cut.
//
// Start with [MkdirAll] and [Write]: temporary file beside the target, write,
// sync, close, rename, sync of the folder, read back, compare. When both return
// nil, the file is whole and stays, whatever earlier attempts left behind. When
// one fails, the target is what it was before or the new content whole, never a
// part of it; only a disk that lies about what it stored can break that, and
// reading back says so. A [Batch] does the same for many files at a time.
//
// The package does not decide whether a file may be replaced, and it never
// retries a file whose sync has failed, since the kernel may by then have
// forgotten what it could not write (Rebello et al., "Can Applications Recover
// from fsync Failures?", USENIX ATC 2020).
package durable

import (
	"bytes"
	"crypto/rand"
	"encoding/base32"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"
)

// File is a file that is being written.
type File = interface {
	io.Writer
	Sync() error
	Close() error
}

// FS is what writing needs of a file system. Names are slash-separated. Where
// an opened file has a Sync method, as an [os.File] has, Write uses it to keep a
// file that is there already.
type FS interface {
	Lstat(name string) (fs.FileInfo, error)
	Open(name string) (fs.File, error) // a regular file; links are not followed
	Create(name string) (File, error)  // exclusive, mode 0600
	Mkdir(name string) error           // mode 0700
	Rename(oldname, newname string) error
	Remove(name string) error
	SyncDir(name string) error
}

// Error says which step failed on which path. Renamed tells that the whole new
// content is in its place, only not proven to survive a power cut. Without it
// nothing lies at Path that was not there before, except where Op is "read back": then
// what lies there is not to be trusted.
type Error struct {
	Op      string
	Path    string
	Err     error
	Renamed bool
}

// Error names the step, the file and what stood in the way.
func (e *Error) Error() string { return fmt.Sprintf("failed to %s %s: %v", e.Op, e.Path, cause(e.Err)) }

// Unwrap gives the file system's error.
func (e *Error) Unwrap() error { return e.Err }

// cause leaves out the path that the file system's error repeats.
func cause(err error) error {
	var p *fs.PathError
	var l *os.LinkError
	switch {
	case errors.As(err, &p):
		return p.Err
	case errors.As(err, &l):
		return l.Err
	}
	return err
}

var (
	// ErrTooLarge is returned for a file that is longer than the reader allows.
	ErrTooLarge = errors.New("file too large")
	// ErrReadBack means that what was written reads back as something else.
	ErrReadBack = errors.New("the file reads back differently")

	errNotRegular = errors.New("not a regular file")
	errNotFolder  = errors.New("not a folder")
)

// tempName is a name that no file has yet: of its form, `.tmp-RANDOM`, readers of a vault
// know what is not finished.
func tempName(dir string) string {
	var b [10]byte
	rand.Read(b[:])
	return path.Join(dir, ".tmp-"+strings.ToLower(base32.StdEncoding.EncodeToString(b[:])))
}

// Write puts data at name, in a folder that [MkdirAll] has made. A file that
// already holds exactly these bytes is only synced; any other is replaced. The
// error is an [*Error].
func Write(fsys FS, name string, data []byte) error {
	dir := path.Dir(name)
	if holdsSynced(fsys, name, data) {
		return step(fsys.SyncDir(dir), "sync the folder of", name, true)
	}
	if err := replace(fsys, name, data); err != nil {
		return err
	}
	if err := fsys.SyncDir(dir); err != nil {
		return step(err, "sync the folder of", name, true)
	}
	return readBack(fsys, name, data)
}

// replace puts a synced file in its place. Its name is not durable yet.
func replace(fsys FS, name string, data []byte) error {
	temp := tempName(path.Dir(name))
	if err := writeTemp(fsys, temp, name, data); err != nil {
		return err
	}
	err := fsys.Rename(temp, name)
	if err != nil {
		fsys.Remove(temp)
	}
	return step(err, "rename", name, false)
}

// Stage puts data at name, in a folder of the caller's own that nobody reads
// yet: the file is written, synced and read back, and the folder is the caller's
// to sync before it gives that its name. The error is an [*Error]; then the file is
// removed again.
func Stage(fsys FS, name string, data []byte) error {
	if err := writeTemp(fsys, name, name, data); err != nil {
		return err
	}
	if err := readBack(fsys, name, data); err != nil {
		fsys.Remove(name)
		return err
	}
	return nil
}

// readBack holds what lies at name against what was written there.
func readBack(fsys FS, name string, data []byte) error {
	back, err := ReadFile(fsys, name, int64(len(data)))
	if err == nil && !bytes.Equal(back, data) || errors.Is(err, ErrTooLarge) {
		err = ErrReadBack
	}
	return step(err, "read back", name, false)
}

// holdsSynced reports whether name holds exactly data, and that a power cut leaves it
// so: another program may have written it a moment ago without a sync. Where the
// sync fails, or an open file has none, the answer is no and a new file is
// written: the old one may lie in memory alone.
func holdsSynced(fsys FS, name string, data []byte) bool {
	f, err := fsys.Open(name)
	if err != nil {
		return false
	}
	defer f.Close()
	have, err := readAll(f, name, int64(len(data)))
	if err != nil || !bytes.Equal(have, data) {
		return false
	}
	s, ok := f.(interface{ Sync() error })
	return ok && s.Sync() == nil
}

// writeTemp makes the temporary file, whole and synced, or removes it again. name is the
// one that errors speak of.
func writeTemp(fsys FS, temp, name string, data []byte) error {
	f, err := fsys.Create(temp)
	if err != nil {
		return step(err, "create", name, false)
	}
	op, err := fill(f, data)
	if err == nil {
		op, err = "close", f.Close()
	} else {
		f.Close()
	}
	if err != nil {
		fsys.Remove(temp)
	}
	return step(err, op, name, false)
}

// fill writes and syncs the content, and names the step it came to.
func fill(f File, data []byte) (op string, err error) {
	n, err := f.Write(data)
	if err == nil && n < len(data) {
		err = io.ErrShortWrite
	}
	if err != nil {
		return "write", err
	}
	return "sync", f.Sync()
}

func step(err error, op, name string, renamed bool) error {
	if err == nil {
		return nil
	}
	return &Error{Op: op, Path: name, Err: err, Renamed: renamed}
}

// MkdirAll makes a folder and those above it that are missing, and makes each
// name on the way durable, those of folders that were there included: whoever
// made them may have been stopped before the sync. The error is an [*Error]
// whose Renamed is never set, also where the folder was made and only its name is not
// durable.
func MkdirAll(fsys FS, dir string) error {
	if dir == "." || dir == "/" {
		return nil
	}
	if err := MkdirAll(fsys, path.Dir(dir)); err != nil {
		return err
	}
	info, err := fsys.Lstat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if err = fsys.Mkdir(dir); errors.Is(err, fs.ErrExist) {
			err = nil // another process was faster
		}
	case err == nil && !info.IsDir():
		err = errNotFolder
	}
	if err != nil {
		return step(err, "make the folder", dir, false)
	}
	return step(fsys.SyncDir(path.Dir(dir)), "sync the folder of", dir, false)
}

// ReadFile reads a regular file of at most limit bytes. A longer one is [ErrTooLarge];
// any other error is the file system's, or that of what is no file.
func ReadFile(fsys FS, name string, limit int64) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return readAll(f, name, limit)
}

func readAll(f fs.File, name string, limit int64) ([]byte, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, &fs.PathError{Op: "open", Path: name, Err: errNotRegular}
	}
	buf := bytes.NewBuffer(make([]byte, 0, min(info.Size(), limit)+bytes.MinRead))
	if _, err := buf.ReadFrom(io.LimitReader(f, limit+1)); err != nil {
		return nil, err
	}
	if int64(buf.Len()) > limit {
		return nil, ErrTooLarge
	}
	return buf.Bytes(), nil
}
