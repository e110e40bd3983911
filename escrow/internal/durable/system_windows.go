package durable

import (
	"errors"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/windows"
)

// Rename moves a file or a folder, over a file that is there, and returns once the move
// is written through (MoveFileEx): a plain rename stays in memory for a while.
func Rename(from, to string) error {
	old, err := longPath(from)
	if err != nil {
		return err
	}
	fresh, err := longPath(to)
	if err != nil {
		return err
	}
	err = windows.MoveFileEx(old, fresh, windows.MOVEFILE_REPLACE_EXISTING|windows.MOVEFILE_WRITE_THROUGH)
	if err != nil {
		return &os.LinkError{Op: "rename", Old: from, New: to, Err: err}
	}
	return nil
}

// RenameIn is Rename within a folder that is open. No link may lie on the way.
func RenameIn(_ *os.Root, folder *os.File, from, to string) error {
	dir, err := pathOf(folder)
	if err != nil {
		return err
	}
	return Rename(filepath.Join(dir, filepath.FromSlash(from)), filepath.Join(dir, filepath.FromSlash(to)))
}

// SyncFolder flushes a folder's names, where the file system allows that: NTFS does for
// whoever may write to the folder, and has a journal beside. Others refuse: there is
// nothing more to be done there, and so that is no error.
func SyncFolder(path string) error {
	name, err := longPath(path)
	if err != nil {
		return err
	}
	const shared = windows.FILE_SHARE_READ | windows.FILE_SHARE_WRITE | windows.FILE_SHARE_DELETE
	handle, err := windows.CreateFile(name, windows.GENERIC_WRITE, shared, nil, windows.OPEN_EXISTING, windows.FILE_FLAG_BACKUP_SEMANTICS, 0)
	if err == nil {
		err = windows.FlushFileBuffers(handle)
		windows.CloseHandle(handle)
	}
	for _, refused := range []error{windows.ERROR_ACCESS_DENIED, windows.ERROR_INVALID_FUNCTION, windows.ERROR_INVALID_HANDLE, windows.ERROR_NOT_SUPPORTED} {
		if errors.Is(err, refused) {
			return nil
		}
	}
	if err != nil {
		return &os.PathError{Op: "sync", Path: path, Err: err}
	}
	return nil
}

// SyncFolderIn is SyncFolder of one below a folder that is open.
func SyncFolderIn(_ *os.Root, folder *os.File, name string) error {
	dir, err := pathOf(folder)
	if err != nil {
		return err
	}
	return SyncFolder(filepath.Join(dir, filepath.FromSlash(name)))
}

// pathOf is where a folder that is open lies now, or where the system does not tell (some
// do not for long paths) where it was opened.
func pathOf(folder *os.File) (string, error) {
	path := make([]uint16, windows.MAX_LONG_PATH)
	n, err := windows.GetFinalPathNameByHandle(windows.Handle(folder.Fd()), &path[0], uint32(len(path)), 0)
	if err != nil || int(n) > len(path) {
		return filepath.Abs(folder.Name())
	}
	return windows.UTF16ToString(path[:n]), nil
}

// longPath is a path as the system's own calls take it, however long it is.
func longPath(path string) (*uint16, error) {
	path, err := filepath.Abs(path)
	switch {
	case err != nil:
		return nil, err
	case strings.HasPrefix(path, `\\?\`):
	case strings.HasPrefix(path, `\\`):
		path = `\\?\UNC` + path[1:]
	default:
		path = `\\?\` + path
	}
	return windows.UTF16PtrFromString(path)
}
