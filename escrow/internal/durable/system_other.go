//go:build !windows

package durable

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
)

// Rename moves a file or a folder, over a file that is there. [SyncFolder] makes it
// durable.
func Rename(from, to string) error { return os.Rename(from, to) }

// RenameIn is Rename within a folder that is open.
func RenameIn(root *os.Root, _ *os.File, from, to string) error { return root.Rename(from, to) }

// SyncFolder flushes a folder's names. Some network and FUSE file systems answer that
// they have no such call, and a folder that may be written to and not read cannot be
// flushed: there is nothing more to be done there, and so neither is an error.
func SyncFolder(path string) error {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrPermission) {
		return nil
	}
	return syncOpened(f, err)
}

// SyncFolderIn is SyncFolder of one below a folder that is open. One that may not be read is
// an error here: a vault's folders have to be.
func SyncFolderIn(root *os.Root, _ *os.File, name string) error {
	return syncOpened(root.Open(name))
}

func syncOpened(f *os.File, err error) error {
	if err != nil {
		return err
	}
	defer f.Close()
	err = f.Sync()
	if errors.Is(err, syscall.EINVAL) || errors.Is(err, errors.ErrUnsupported) {
		return nil
	}
	return err
}
