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

// write replaces a file as a whole: it writes a temporary file beside it, syncs and renames
// it, and syncs the folder.
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

// MakeFolder makes a folder, 0700, and the missing ones above it, and syncs their names to
// disk: a synced file is lost all the same if the name of its folder is. It returns the new
// folders, outermost first; if it fails it leaves none.
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

// RemoveFolders removes the folders that [MakeFolder] has made, as far as they are still
// empty.
func RemoveFolders(made []string) {
	for _, dir := range slices.Backward(made) {
		os.Remove(dir)
	}
}

var errNotRegular = errors.New("not a regular file")

// openRegular opens a regular file without waiting: a pipe in its place is an error.
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

// read returns the content of a file, and nothing for a missing one.
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

// WriteNewWithFolder does the same as [WriteNew], and makes the folder first if there is none:
// for this machine's own files.
func WriteNewWithFolder(path string, data []byte) error {
	if _, err := MakeFolder(filepath.Dir(path)); err != nil {
		return err
	}
	return WriteNew(path, data)
}

// WriteNew writes a file that must not exist yet, 0600, into a folder that must, and syncs it. If
// it fails it leaves no file.
func WriteNew(path string, data []byte) error {
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
