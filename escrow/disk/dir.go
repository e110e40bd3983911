// Package disk is a folder on a real disk as a file system: nothing leaves it, and no link in
// it is followed. [Open] opens one; it is an FS for package escrow. How a file is written so
// that it lasts is in internal/durable, what a vault's files are called in internal/vaultfs.
//
// [Replace] and [SyncFolder] are for files that lie beside a vault and are to survive a
// power cut as the vault's own do.
package disk

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"syscall"

	"seedvault/escrow/internal/durable"
)

// Dir is a folder on disk. It never leaves the folder, and neither reads nor writes through
// a link, whatever lies there.
type Dir struct {
	root *os.Root
	top  *os.File // the folder itself
}

// Open opens the folder at path, which may be a link to one. The caller closes it.
func Open(path string) (*Dir, error) {
	root, err := os.OpenRoot(path)
	if err != nil {
		return nil, err
	}
	top, err := root.Open(".")
	if err != nil {
		root.Close()
		return nil, err
	}
	return &Dir{root, top}, nil
}

// Close releases the folder.
func (d *Dir) Close() error { return errors.Join(d.top.Close(), d.root.Close()) }

// deepest is how many folders deep a file may lie. A vault's own lie two or three
// deep; whoever nests hundreds wants to have them walked.
const deepest = 16

// shallow refuses a path that goes deeper.
func shallow(op, name string) error {
	if strings.Count(name, "/") > deepest {
		return &fs.PathError{Op: op, Path: name, Err: errTooDeep}
	}
	return nil
}

// ReadDir lists a folder, sorted by name.
func (d *Dir) ReadDir(name string) ([]fs.DirEntry, error) {
	if err := shallow("open", name); err != nil {
		return nil, err
	}
	f, err := d.open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	entries, err := f.ReadDir(-1)
	for i, entry := range entries {
		entries[i] = dirEntry{entry, d, name}
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, err
}

// dirEntry looks at its file through the vault's folder: the entries of a folder that
// was opened through another one look where the process stands.
type dirEntry struct {
	fs.DirEntry
	dir *Dir
	in  string // the folder
}

// Info describes the file as it is now.
func (e dirEntry) Info() (fs.FileInfo, error) { return e.dir.info(path.Join(e.in, e.Name())) }

// Lstat describes a file or the link that stands in its place. The folders on
// the way must be none.
func (d *Dir) Lstat(name string) (fs.FileInfo, error) {
	if err := shallow("stat", name); err != nil {
		return nil, err
	}
	if err := d.noLinks(path.Dir(name)); err != nil {
		return nil, err
	}
	return d.info(name)
}

// Open opens a regular file for reading. A link, a pipe or a device is refused
// before it is opened, and one that is put in a file's place at that moment is not
// waited for.
func (d *Dir) Open(name string) (fs.File, error) {
	if err := shallow("open", name); err != nil {
		return nil, err
	}
	if info, err := d.lstat(name); err != nil {
		return nil, err
	} else if !info.IsRegular() {
		return nil, &fs.PathError{Op: "open", Path: name, Err: errNotRegular}
	}
	f, err := d.open(name)
	if err != nil {
		return nil, err
	}
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		f.Close()
		return nil, &fs.PathError{Op: "open", Path: name, Err: errNotRegular}
	}
	return f, nil
}

var (
	errNotRegular = errors.New("not a regular file")
	errLink       = errors.New("a link, not a folder")
	errTooDeep    = errors.New("more than 16 folders deep")
)

// openThrough opens what lies at name, with no link on the way to it or in its
// place, and waits for nobody.
func (d *Dir) openThrough(name string) (*os.File, error) {
	if err := d.noLinks(name); err != nil {
		return nil, err
	}
	return d.root.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
}

// noLinks refuses a path that is a link, or that leads through one.
func (d *Dir) noLinks(name string) error {
	for p := path.Clean(name); p != "." && p != "/"; p = path.Dir(p) {
		info, err := d.info(p)
		if err != nil {
			return err
		}
		if info.Mode()&fs.ModeSymlink != 0 {
			return &fs.PathError{Op: "open", Path: p, Err: errLink}
		}
	}
	return nil
}

// Create makes a new file, mode 0600, for writing.
func (d *Dir) Create(name string) (durable.File, error) {
	if err := d.noLinks(path.Dir(name)); err != nil {
		return nil, err
	}
	return d.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
}

// Mkdir makes a folder, mode 0700.
func (d *Dir) Mkdir(name string) error {
	if err := shallow("mkdir", name); err != nil {
		return err
	}
	if err := d.noLinks(path.Dir(name)); err != nil {
		return err
	}
	return d.root.Mkdir(name, 0o700)
}

// Rename moves a file or a folder within the vault, over a file that is there. Where a
// system has that, it returns once the move is written through.
func (d *Dir) Rename(oldname, newname string) error {
	for _, name := range []string{oldname, newname} {
		if err := d.noLinks(path.Dir(name)); err != nil {
			return err
		}
	}
	return durable.RenameIn(d.root, d.top, oldname, newname)
}

// Remove removes a file, a link or an empty folder.
func (d *Dir) Remove(name string) error {
	if err := d.noLinks(path.Dir(name)); err != nil {
		return err
	}
	return d.root.Remove(name)
}

// SyncDir flushes a folder, so that the names in it survive a power cut, where the file
// system allows that.
func (d *Dir) SyncDir(name string) error {
	if err := d.noLinks(name); err != nil {
		return err
	}
	return durable.SyncFolderIn(d.root, d.top, name)
}

// Replace moves a file outside of a vault over another, and has the system write the
// move to the disk at once where it can. [SyncFolder] then makes the name durable.
func Replace(from, to string) error { return durable.Rename(from, to) }

// SyncFolder flushes a folder outside of a vault, as [Dir.SyncDir] does.
func SyncFolder(path string) error { return durable.SyncFolder(path) }
