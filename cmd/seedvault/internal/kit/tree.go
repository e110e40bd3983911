package kit

import (
	"bytes"
	"cmp"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"seedvault/escrow"
)

// tree holds the files of a kit as an escrow.FS. A folder exists if a file lies in it, or it
// was made.
type tree struct {
	mu    sync.Mutex
	files map[string][]byte
	dirs  map[string]bool // made here, and perhaps empty
	at    time.Time       // when the kit was written
}

func newTree(files map[string][]byte, at time.Time) *tree {
	return &tree{files: files, dirs: map[string]bool{".": true}, at: at}
}

func notThere(op, name string) error { return &fs.PathError{Op: op, Path: name, Err: fs.ErrNotExist} }

// isDir reports whether a path is that of a folder. The caller has the lock.
func (t *tree) isDir(name string) bool {
	if t.dirs[name] {
		return true
	}
	for file := range t.files {
		if strings.HasPrefix(file, name+"/") {
			return true
		}
	}
	return false
}

// ReadDir lists a folder.
func (t *tree) ReadDir(name string) ([]fs.DirEntry, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.isDir(name) {
		return nil, notThere("open", name)
	}
	within, seen := name+"/", map[string]fs.DirEntry{}
	if name == "." {
		within = ""
	}
	for file, data := range t.files {
		if rest, in := strings.CutPrefix(file, within); in {
			base, _, deeper := strings.Cut(rest, "/")
			size := int64(len(data))
			if deeper {
				size = 0
			}
			seen[base] = fs.FileInfoToDirEntry(info{base, size, deeper, t.at})
		}
	}
	for dir := range t.dirs {
		if rest, in := strings.CutPrefix(dir, within); in && dir != "." {
			base, _, _ := strings.Cut(rest, "/")
			seen[base] = fs.FileInfoToDirEntry(info{base, 0, true, t.at})
		}
	}
	var list []fs.DirEntry
	for _, entry := range seen {
		list = append(list, entry)
	}
	slices.SortFunc(list, func(a, b fs.DirEntry) int { return cmp.Compare(a.Name(), b.Name()) })
	return list, nil
}

// Lstat describes a file or folder.
func (t *tree) Lstat(name string) (fs.FileInfo, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if data, is := t.files[name]; is {
		return info{path.Base(name), int64(len(data)), false, t.at}, nil
	}
	if t.isDir(name) {
		return info{path.Base(name), 0, true, t.at}, nil
	}
	return nil, notThere("stat", name)
}

// Open opens a file for reading.
func (t *tree) Open(name string) (fs.File, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	data, is := t.files[name]
	if !is {
		return nil, notThere("open", name)
	}
	return &reading{bytes.NewReader(data), info{path.Base(name), int64(len(data)), false, t.at}}, nil
}

// Create makes a new file, whose content is there once it is closed.
func (t *tree) Create(name string) (escrow.File, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if _, is := t.files[name]; is {
		return nil, &fs.PathError{Op: "create", Path: name, Err: fs.ErrExist}
	}
	if !t.isDir(path.Dir(name)) {
		return nil, notThere("create", name)
	}
	t.files[name] = nil
	return &writing{t: t, name: name}, nil
}

// Mkdir makes a folder.
func (t *tree) Mkdir(name string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if _, is := t.files[name]; is || t.isDir(name) {
		return &fs.PathError{Op: "mkdir", Path: name, Err: fs.ErrExist}
	}
	t.dirs[name] = true
	return nil
}

// Rename moves a file, which replaces another, or a folder with all that is in it.
func (t *tree) Rename(oldname, newname string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.isDir(newname) {
		return &fs.PathError{Op: "rename", Path: newname, Err: fs.ErrExist}
	}
	if data, is := t.files[oldname]; is {
		delete(t.files, oldname)
		t.files[newname] = data
		return nil
	}
	if !t.isDir(oldname) {
		return notThere("rename", oldname)
	}
	for name, data := range maps.Clone(t.files) {
		if rest, in := strings.CutPrefix(name, oldname+"/"); in {
			delete(t.files, name)
			t.files[newname+"/"+rest] = data
		}
	}
	for name := range maps.Clone(t.dirs) {
		if rest, in := strings.CutPrefix(name+"/", oldname+"/"); in {
			delete(t.dirs, name)
			t.dirs[strings.TrimSuffix(newname+"/"+rest, "/")] = true
		}
	}
	return nil
}

// Remove removes a file, or a folder that was made here and has stayed empty.
func (t *tree) Remove(name string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if _, is := t.files[name]; !is && !t.dirs[name] {
		return notThere("remove", name)
	}
	delete(t.files, name)
	delete(t.dirs, name)
	return nil
}

// SyncDir does nothing: the kit is written as a whole.
func (t *tree) SyncDir(string) error { return nil }

// whole returns the files except unfinished ones.
func (t *tree) whole() map[string][]byte {
	t.mu.Lock()
	defer t.mu.Unlock()
	files := map[string][]byte{}
	for name, data := range t.files {
		if !strings.HasPrefix(path.Base(name), ".tmp-") {
			files[name] = data
		}
	}
	return files
}

// add adds files that are not there.
func (t *tree) add(files map[string][]byte) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for name, data := range files {
		if _, is := t.files[name]; !is {
			t.files[name] = data
		}
	}
}

type writing struct {
	t    *tree
	name string
	data []byte
}

func (w *writing) Write(p []byte) (int, error) {
	w.data = append(w.data, p...)
	return len(p), nil
}

func (w *writing) Sync() error { return nil }

func (w *writing) Close() error {
	w.t.mu.Lock()
	defer w.t.mu.Unlock()
	w.t.files[w.name] = w.data
	return nil
}

type reading struct {
	io.Reader
	info info
}

func (r *reading) Stat() (fs.FileInfo, error) { return r.info, nil }
func (r *reading) Close() error               { return nil }

// info describes a file or folder of a kit.
type info struct {
	name string
	size int64
	dir  bool
	at   time.Time
}

func (i info) Name() string       { return i.name }
func (i info) Size() int64        { return i.size }
func (i info) ModTime() time.Time { return i.at }
func (i info) IsDir() bool        { return i.dir }
func (i info) Sys() any           { return nil }

func (i info) Mode() fs.FileMode {
	if i.dir {
		return fs.ModeDir | 0o700
	}
	return 0o600
}
