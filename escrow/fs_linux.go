package escrow

import (
	"errors"
	"io/fs"
	"os"

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

// stamp is that of a regular file.
func (d *Dir) stamp(name string) (stamp, bool) {
	var info unix.Stat_t
	err := unix.Fstatat(int(d.top.Fd()), name, &info, unix.AT_SYMLINK_NOFOLLOW)
	return stamp{info.Size, info.Mtim.Nano()}, err == nil && info.Mode&unix.S_IFMT == unix.S_IFREG
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
