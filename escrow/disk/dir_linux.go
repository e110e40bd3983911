package disk

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"time"

	"golang.org/x/sys/unix"

	"seedvault/escrow/internal/durable"
)

// lstat is the type of what lies at name: 0 for a regular file, else [fs.ModeIrregular].
// Links on the way are open's to refuse.
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
	fd, err := d.walk(name)
	switch {
	case errors.Is(err, errNoWalk):
		return d.openThrough(name)
	case err != nil:
		return nil, err
	}
	return os.NewFile(uintptr(fd), name), nil
}

// errNoWalk is of an older kernel, a sandbox that does not know the call, or a folder
// that was moved meanwhile.
var errNoWalk = errors.New("no such call")

func (d *Dir) walk(name string) (fd int, err error) {
	fd, err = unix.Openat2(int(d.top.Fd()), name, &unix.OpenHow{
		Flags:   unix.O_RDONLY | unix.O_CLOEXEC | unix.O_NONBLOCK,
		Resolve: unix.RESOLVE_BENEATH | unix.RESOLVE_NO_SYMLINKS,
	})
	switch {
	case errors.Is(err, unix.ELOOP):
		return -1, &fs.PathError{Op: "open", Path: name, Err: errLink}
	case errors.Is(err, unix.ENOSYS), errors.Is(err, unix.EPERM), errors.Is(err, unix.EAGAIN), errors.Is(err, unix.EXDEV):
		return -1, errNoWalk
	case err != nil:
		return -1, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	return fd, nil
}

// ReadWhole reads a regular file of at most limit bytes, in fewer calls than it takes
// through [Dir.Open]: there is no descriptor to be polled, and no second read where the
// first gave all that there is. A longer file is [durable.ErrTooLarge].
func (d *Dir) ReadWhole(name string, limit int64) ([]byte, error) {
	if err := shallow("open", name); err != nil {
		return nil, err
	}
	notRegular := &fs.PathError{Op: "open", Path: name, Err: errNotRegular}
	if mode, err := d.lstat(name); err != nil {
		return nil, err
	} else if !mode.IsRegular() {
		return nil, notRegular
	}
	fd, err := d.walk(name)
	switch {
	case errors.Is(err, errNoWalk):
		return durable.ReadFile(d, name, limit)
	case err != nil:
		return nil, err
	}
	defer unix.Close(fd)
	var info unix.Stat_t
	if err := unix.Fstat(fd, &info); err != nil || info.Mode&unix.S_IFMT != unix.S_IFREG {
		return nil, notRegular
	}
	data, err := readAll(fd, info.Size, limit)
	if err != nil && !errors.Is(err, durable.ErrTooLarge) {
		err = &fs.PathError{Op: "read", Path: name, Err: err}
	}
	return data, err
}

// readAll reads to the end of a file of which a size is known. More or less than that may
// be there.
func readAll(fd int, size, limit int64) ([]byte, error) {
	if size > limit {
		return nil, durable.ErrTooLarge
	}
	buf := make([]byte, size+1)
	for n := 0; ; {
		got, err := unix.Read(fd, buf[n:])
		switch {
		case errors.Is(err, unix.EINTR):
			continue
		case err != nil:
			return nil, err
		}
		n += got
		switch {
		case int64(n) > limit:
			return nil, durable.ErrTooLarge
		case got == 0, int64(n) == size && n < len(buf):
			return buf[:n], nil
		case n == len(buf):
			buf = append(buf, make([]byte, n)...)
		}
	}
}
