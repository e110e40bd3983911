package local

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"syscall"

	"seedvault/escrow/disk"
)

// fileLimit is how much of a file of ours is read.
const fileLimit = 16 << 20

// write replaces a file of ours whole: temporary file beside it, sync, rename,
// sync of the folder.
func write(path string, data []byte) error {
	if _, err := MakeFolder(filepath.Dir(path)); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".tmp-*") // mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // nothing is there any more once it is renamed
	if err = finish(f, data); err == nil {
		err = disk.Replace(f.Name(), path)
	}
	if err != nil {
		return err
	}
	return disk.SyncFolder(filepath.Dir(path))
}

// finish writes data, syncs and closes.
func finish(f *os.File, data []byte) error {
	_, err := f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

// MakeFolder makes a folder, 0700, and those above it that are missing, and makes
// their names durable: a file that is synced in a folder whose own name is lost
// is lost with it. It returns the new ones, outermost first; of what fails
// nothing is left.
func MakeFolder(path string) (made []string, err error) {
	var missing []string
	for dir := path; ; dir = filepath.Dir(dir) {
		if _, err := os.Lstat(dir); err == nil || filepath.Dir(dir) == dir {
			break
		}
		missing = append(missing, dir)
	}
	if len(missing) == 0 { // whoever made it may have been stopped before the sync
		return nil, disk.SyncFolder(filepath.Dir(path))
	}
	for _, dir := range slices.Backward(missing) {
		err := os.Mkdir(dir, 0o700)
		if err == nil {
			made = append(made, dir)
		} else if errors.Is(err, fs.ErrExist) { // another process was faster
			err = nil
		}
		if err == nil {
			err = disk.SyncFolder(filepath.Dir(dir))
		}
		if err != nil {
			RemoveFolders(made)
			return nil, err
		}
	}
	return made, nil
}

// RemoveFolders takes back what [MakeFolder] made, as far as it is still empty.
func RemoveFolders(made []string) {
	for _, dir := range slices.Backward(made) {
		os.Remove(dir)
	}
}

var errNotRegular = errors.New("not a regular file")

// openRegular opens a file of ours, and waits for nobody: a pipe in its place is an
// error.
func openRegular(path string, flag int) (*os.File, error) {
	f, err := os.OpenFile(path, flag|syscall.O_NONBLOCK, 0o600)
	if err != nil {
		return nil, err
	}
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		f.Close()
		return nil, &fs.PathError{Op: "open", Path: path, Err: errNotRegular}
	}
	return f, nil
}

// read returns a file of ours, nothing for a missing one.
func read(path string) ([]byte, error) {
	f, err := openRegular(path, os.O_RDONLY)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, fileLimit+1))
	if err == nil && len(data) > fileLimit {
		err = errors.New("larger than 16 MiB")
	}
	return data, err
}

// WriteNew writes a file that must not exist yet, 0600, and makes it durable.
// What a failure leaves of it is removed.
func WriteNew(path string, data []byte) error {
	if _, err := MakeFolder(filepath.Dir(path)); err != nil {
		return err
	}
	return WriteNewHere(path, data)
}

// WriteNewHere is WriteNew into a folder that must exist: for files whose place
// a person named.
func WriteNewHere(path string, data []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	if err = finish(f, data); err == nil {
		err = disk.SyncFolder(filepath.Dir(path))
	}
	if err != nil {
		os.Remove(path)
	}
	return err
}
