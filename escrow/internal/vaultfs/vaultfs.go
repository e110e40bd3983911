// Package vaultfs reads a vault's files on any file system: an epoch's files listed, read
// within their limits, hashed, and held against what their names claim. Package disk is such
// a file system, and package durable writes to one.
//
// Start with a [Folder] and [Folder.ReadFiles]. What a file counts for is not decided here:
// that takes seals, which package escrow reads.
package vaultfs

import (
	"io/fs"
	"path"
	"strings"

	"seedvault/escrow/disk"
	"seedvault/escrow/internal/durable"
	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/index"
	"seedvault/escrow/internal/parallel"
)

// FS is where a vault lies, as package escrow has it.
type FS interface {
	durable.FS
	ReadDir(name string) ([]fs.DirEntry, error) // sorted by name, links not followed
}

// Folder reads the folder of a vault. Paths begin with the folder of an epoch.
type Folder struct{ FS }

// ReadFile reads a whole regular file of at most limit bytes. A longer one is
// [durable.ErrTooLarge].
func ReadFile(fsys FS, name string, limit int64) ([]byte, error) {
	if d, ok := fsys.(*disk.Dir); ok {
		return d.ReadWhole(name, limit)
	}
	return durable.ReadFile(fsys, name, limit)
}

// Exists reports whether something lies at a path.
func Exists(fsys FS, name string) bool {
	_, err := fsys.Lstat(name)
	return err == nil
}

// File is one file of an epoch's folder, as it lies there.
type File struct {
	Path      string
	Kind      format.Kind
	NamedHash string // HASH in its name, "" for a name without one
	Read      bool   // within its limit, a regular file, readable
	Right     bool   // HASH in its name is that of what was read
	Sum       [32]byte
	Data      []byte // kept only where asked for
	CRLF      bool   // line ends were undone before it was hashed
}

// Ref is the file's content under the name that such content should have.
func (f File) Ref() format.Ref {
	if f.Right {
		return format.Ref{Path: f.Path, Sum: f.Sum}
	}
	dir := path.Dir(f.Path)
	switch f.Kind {
	case format.KindSeed, format.KindRecord:
		return format.Ref{Path: dir + "/" + format.Hash(f.Sum) + ".age", Sum: f.Sum}
	case format.KindOlderList:
		return format.Ref{Path: dir + "/" + format.Hash(f.Sum) + ".txt", Sum: f.Sum}
	}
	return format.Ref{Path: f.Path, Sum: f.Sum}
}

// Misnamed reports whether a seed, a record or an older list was read that lies under
// another name than that of its content.
func (f File) Misnamed() bool { return f.Read && f.Ref().Path != f.Path }

// IsDamaged reports whether the file cannot be read, or its content is not what the name
// says it is. A conflict copy of a sync tool, whose name claims nothing, is not damaged.
func (f File) IsDamaged() bool { return !f.Read || f.NamedHash != "" && !f.Right }

// ReadFiles reads every file of one folder of an epoch, on all cores. Odd names
// are read too: in seeds and roster the content decides what a file is.
func (d Folder) ReadFiles(dir string, keep bool) []File {
	return d.ReadAll(d.List(dir), keep)
}

// List names the files of a folder that the format has a place for.
// Folders within it, links and other special files are not among them.
func (d Folder) List(dir string) []File {
	entries, err := d.ReadDir(dir)
	if err != nil {
		return nil
	}
	return Among(dir, entries)
}

// Among are those of a folder's entries that the format has a place for.
func Among(dir string, entries []fs.DirEntry) []File {
	_, rel, _ := strings.Cut(dir, "/")
	list := make([]File, 0, len(entries))
	for _, entry := range entries {
		if IsPlaceholder(entry.Name()) {
			continue
		}
		f := File{Path: dir + "/" + entry.Name()}
		f.Kind, f.NamedHash = format.Classify(path.Join(rel, entry.Name()))
		if f.Kind == format.KindUnknown {
			f.Kind = format.OddKind(rel, entry.Name())
		}
		if f.Kind == format.KindTemp || f.Kind == format.KindUnknown || !entry.Type().IsRegular() {
			continue
		}
		list = append(list, f)
	}
	return list
}

// ReadAll reads files that were listed, in their places in the list, on all cores, and keeps
// their bytes where they are wanted.
func (d Folder) ReadAll(list []File, keep bool) []File {
	parallel.Do(len(list), func(i int) { d.ReadOne(&list[i], keep) })
	return list
}

// ReadOne reads a file that was listed. One that cannot be read stays as it was.
func (d Folder) ReadOne(f *File, keep bool) {
	data, err := ReadFile(d.FS, f.Path, f.Kind.Limit())
	if err != nil {
		return
	}
	if f.Kind.IsText() {
		data, f.CRLF = format.UndoCRLF(data)
	}
	f.Read, f.Sum = true, format.Sum(data)
	f.Right = f.NamedHash != "" && f.NamedHash == format.Hash(f.Sum)
	if keep {
		f.Data = data
	}
}

// Stamps looks at files that were listed, on all cores, and opens none: for each its stamp,
// and whether it is a regular file.
func (d Folder) Stamps(list []File) (stamps []index.Stamp, regular []bool) {
	stamps, regular = make([]index.Stamp, len(list)), make([]bool, len(list))
	dir, quick := d.FS.(interface {
		Stamp(name string) (size, changed int64, regular bool)
	})
	parallel.Do(len(list), func(i int) {
		if quick {
			stamps[i].Size, stamps[i].Changed, regular[i] = dir.Stamp(list[i].Path)
		} else if info, err := d.Lstat(list[i].Path); err == nil && info.Mode().IsRegular() {
			stamps[i], regular[i] = index.Stamp{Size: info.Size(), Changed: info.ModTime().UnixNano()}, true
		}
	})
	return stamps, regular
}

// Holders names the holders' folders of an epoch.
func (d Folder) Holders(epoch string) []string {
	entries, err := d.ReadDir(epoch + "/holders")
	if err != nil {
		return nil
	}
	var names []string
	for _, entry := range entries {
		if entry.IsDir() && format.CheckName(entry.Name()) == nil {
			names = append(names, entry.Name())
		}
	}
	return names
}

// Distinct leaves one of each content that was read, the one with the right name where
// there is one, so that a file and its conflict copies count once.
func Distinct(files []File) []File {
	at := map[[32]byte]int{}
	var out []File
	for _, f := range files {
		if !f.Read {
			continue
		}
		if i, seen := at[f.Sum]; !seen {
			at[f.Sum] = len(out)
			out = append(out, f)
		} else if !f.Misnamed() {
			out[i] = f
		}
	}
	return out
}

// Placeholder is what iCloud leaves in the place of a file that it has not fetched.
func Placeholder(name string) string { return path.Dir(name) + "/." + path.Base(name) + ".icloud" }

// IsPlaceholder reports whether a name is one that [Placeholder] gives.
func IsPlaceholder(base string) bool {
	return strings.HasPrefix(base, ".") && strings.HasSuffix(base, ".icloud")
}

// IsSpecial reports whether something else than a regular file lies at a path: a folder, a
// link, a pipe or a device.
func (d Folder) IsSpecial(name string) bool {
	info, err := d.Lstat(name)
	return err == nil && !info.Mode().IsRegular()
}
