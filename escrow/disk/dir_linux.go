package disk

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"time"

	"golang.org/x/sys/unix"
)

// lstat is the type of what lies at name. Links on the way are open's to refuse.
func (d *Dir) lstat(name string) (fs.FileMode, error) {
	var info unix.Stat_t
	if err := unix.Fstatat(int(d.top.Fd()), name, &info, unix.AT_SYMLINK_NOFOLLOW); err != nil {
		return 0, &fs.PathError{Op: "stat", Path: name, Err: err}
	}
	if info.Mode&unix.S_IFMT != unix.S_IFREG {
		return fs.ModeIrregular, nil
	}
	return 0, nil
}

// fileInfo is what one call tells of a file, where [os.Root] takes one for each folder on
// the way and two for the file.
type fileInfo struct {
	name string
	stat unix.Stat_t
}

func (i *fileInfo) Name() string       { return i.name }
func (i *fileInfo) Size() int64        { return i.stat.Size }
func (i *fileInfo) ModTime() time.Time { return time.Unix(i.stat.Mtim.Unix()) }
func (i *fileInfo) IsDir() bool        { return i.Mode().IsDir() }
func (i *fileInfo) Sys() any           { return nil }

func (i *fileInfo) Mode() fs.FileMode {
	mode := fs.FileMode(i.stat.Mode & 0o777)
	switch i.stat.Mode & unix.S_IFMT {
	case unix.S_IFREG:
		return mode
	case unix.S_IFDIR:
		return mode | fs.ModeDir
	case unix.S_IFLNK:
		return mode | fs.ModeSymlink
	case unix.S_IFIFO:
		return mode | fs.ModeNamedPipe
	case unix.S_IFSOCK:
		return mode | fs.ModeSocket
	}
	return mode | fs.ModeDevice
}

// info describes what lies at name. Links on the way are the caller's to refuse.
func (d *Dir) info(name string) (fs.FileInfo, error) {
	i := &fileInfo{name: path.Base(name)}
	if err := unix.Fstatat(int(d.top.Fd()), name, &i.stat, unix.AT_SYMLINK_NOFOLLOW); err != nil {
		return nil, &fs.PathError{Op: "stat", Path: name, Err: err}
	}
	return i, nil
}

// SameFile reports whether two files that were listed are one, as [os.SameFile] does.
func SameFile(a, b fs.FileInfo) bool {
	x, ok1 := a.(*fileInfo)
	y, ok2 := b.(*fileInfo)
	if ok1 && ok2 {
		return x.stat.Dev == y.stat.Dev && x.stat.Ino == y.stat.Ino
	}
	return os.SameFile(a, b)
}

// Stamp tells a file that was written to from one that was not: by its size and when it
// was changed, in nanoseconds. It is one call where Lstat takes several.
func (d *Dir) Stamp(name string) (size, changed int64, regular bool) {
	var info unix.Stat_t
	err := unix.Fstatat(int(d.top.Fd()), name, &info, unix.AT_SYMLINK_NOFOLLOW)
	return info.Size, info.Mtim.Nano(), err == nil && info.Mode&unix.S_IFMT == unix.S_IFREG
}

// open asks the kernel to walk the path without following a link or leaving the
// folder (openat2, Linux 5.6), which is one call where os.Root takes several a folder.
func (d *Dir) open(name string) (*os.File, error) {
	fd, err := unix.Openat2(int(d.top.Fd()), name, &unix.OpenHow{
		Flags:   unix.O_RDONLY | unix.O_CLOEXEC | unix.O_NONBLOCK,
		Resolve: unix.RESOLVE_BENEATH | unix.RESOLVE_NO_SYMLINKS,
	})
	switch {
	case errors.Is(err, unix.ELOOP):
		return nil, &fs.PathError{Op: "open", Path: name, Err: errLink}
	case errors.Is(err, unix.ENOSYS), errors.Is(err, unix.EPERM), errors.Is(err, unix.EAGAIN), errors.Is(err, unix.EXDEV):
		// An older kernel, a sandbox that does not know the call, or a folder that was
		// moved meanwhile.
		return d.openThrough(name)
	case err != nil:
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	return os.NewFile(uintptr(fd), name), nil
}

// rename follows no link: the system walks both paths.
func (d *Dir) rename(from, to string) error { return d.root.Rename(from, to) }
