package remote

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"seedvault/escrow"
)

// Entry is one file as a remote lists it.
type Entry struct {
	Size  int64
	Mode  fs.FileMode // type bits: 0 for a regular file
	ID    string      // how the store finds it
	Times time.Time   // when it was written, as far as the remote tells
}

// Tree is a file system over a listing, whose files are fetched as they are read.
// What is written stays in memory, on top of the listing, until the store has carried
// it away: see [Tree.Staged] and [Tree.Carried]. Its methods may be called from many
// goroutines.
type Tree struct {
	// Fetch returns the content of a file that was listed.
	Fetch func(name string, e Entry) ([]byte, error)

	mu      sync.Mutex
	listed  map[string]Entry
	folders map[string]map[string]bool // folder -> names in it
	staged  map[string][]byte
	temps   map[string]*staging
}

// MaxFile is the largest file that is fetched. A longer one reads as so many zeros:
// whoever reads with a limit finds it too large.
const MaxFile = 17 << 20

// List takes a listing over. Names that lead out of the place, or too deep, are left out.
// What is staged stays.
func (t *Tree) List(files map[string]Entry) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.listed, t.folders = map[string]Entry{}, map[string]map[string]bool{".": {}}
	if t.staged == nil {
		t.staged, t.temps = map[string][]byte{}, map[string]*staging{}
	}
	for name, e := range files {
		if fs.ValidPath(name) && name != "." && strings.Count(name, "/") <= deepest {
			t.listed[name] = e
			t.enter(name)
		}
	}
	for name := range t.staged {
		t.enter(name)
	}
}

// deepest is how many folders deep a file may lie.
const deepest = 16

// enter notes a name in its folder, and that in its own.
func (t *Tree) enter(name string) {
	for name != "." {
		dir := path.Dir(name)
		if t.folders[dir] == nil {
			t.folders[dir] = map[string]bool{}
		}
		t.folders[dir][path.Base(name)] = true
		name = dir
	}
}

// Listed returns what is listed under a name.
func (t *Tree) Listed(name string) (Entry, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	e, ok := t.listed[name]
	return e, ok
}

// Len is how many files are listed.
func (t *Tree) Len() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.listed)
}

// Names returns all that is listed, sorted.
func (t *Tree) Names() []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Sorted(maps.Keys(t.listed))
}

// Staged returns what was written and not carried yet.
func (t *Tree) Staged() map[string][]byte {
	t.mu.Lock()
	defer t.mu.Unlock()
	return maps.Clone(t.staged)
}

// Carried notes that what was staged lies in the remote now, as these entries.
func (t *Tree) Carried(files map[string]Entry) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for name, e := range files {
		t.listed[name] = e
		delete(t.staged, name)
	}
}

// Unstage forgets what was written under a name.
func (t *Tree) Unstage(name string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.staged, name)
}

// ReadDir lists a folder.
func (t *Tree) ReadDir(name string) ([]fs.DirEntry, error) {
	t.mu.Lock()
	defer t.mu.Unlock()

	names, ok := t.folders[name]
	if !ok {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	var list []fs.DirEntry
	for _, base := range slices.Sorted(maps.Keys(names)) {
		if info := t.info(path.Join(name, base)); info != nil {
			list = append(list, fs.FileInfoToDirEntry(info))
		}
	}
	return list, nil
}

// Lstat describes a file or folder.
func (t *Tree) Lstat(name string) (fs.FileInfo, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if info := t.info(name); info != nil {
		return info, nil
	}
	return nil, &fs.PathError{Op: "stat", Path: name, Err: fs.ErrNotExist}
}

// info describes what lies at a name, nil for nothing.
func (t *Tree) info(name string) fs.FileInfo {
	if s, ok := t.temps[name]; ok {
		return info{name: name, size: int64(s.Len())}
	}
	if data, ok := t.staged[name]; ok {
		return info{name: name, size: int64(len(data))}
	}
	if e, ok := t.listed[name]; ok {
		return info{name, e.Size, e.Mode, e.Times}
	}
	if _, ok := t.folders[name]; ok {
		return info{name: name, mode: fs.ModeDir | 0o700}
	}
	return nil
}

// Open opens a file: one that was staged, or one that is fetched now.
func (t *Tree) Open(name string) (fs.File, error) {
	t.mu.Lock()
	data, staged := t.staged[name]
	e, listed := t.listed[name]
	t.mu.Unlock()
	fail := func(err error) (fs.File, error) { return nil, &fs.PathError{Op: "open", Path: name, Err: err} }
	switch {
	case staged:
		return &file{info{name: name, size: int64(len(data))}, bytes.NewReader(data)}, nil
	case !listed:
		return fail(fs.ErrNotExist)
	case e.Mode != 0:
		return fail(errNotRegular)
	case e.Size > MaxFile:
		return &file{info{name, e.Size, 0, e.Times}, io.LimitReader(zeros{}, e.Size)}, nil
	}
	data, err := t.Fetch(name, e)
	if err != nil {
		return fail(err)
	}
	return &file{info{name, int64(len(data)), 0, e.Times}, bytes.NewReader(data)}, nil
}

var errNotRegular = errors.New("not a regular file")

type zeros struct{}

func (zeros) Read(b []byte) (int, error) { clear(b); return len(b), nil }

// Create begins a new file, which is there under its name at once.
func (t *Tree) Create(name string) (escrow.File, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.info(name) != nil {
		return nil, &fs.PathError{Op: "create", Path: name, Err: fs.ErrExist}
	}
	t.temps[name] = &staging{}
	return t.temps[name], nil
}

// Mkdir makes a folder, which the remote has only once something lies in it.
func (t *Tree) Mkdir(name string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.info(name) != nil {
		return &fs.PathError{Op: "mkdir", Path: name, Err: fs.ErrExist}
	}
	t.enter(name)
	t.folders[name] = map[string]bool{}
	return nil
}

// Rename puts a file that was written into its place, which stages it. Nothing else can be
// renamed.
func (t *Tree) Rename(from, to string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	s, ok := t.temps[from]
	if _, folder := t.folders[to]; folder || !ok {
		return &fs.PathError{Op: "rename", Path: to, Err: syscall.EINVAL}
	}
	delete(t.temps, from)
	t.staged[to] = s.Bytes()
	t.enter(to)
	return nil
}

// Remove removes a file that was written and not renamed. Nothing else is ever removed.
func (t *Tree) Remove(name string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if _, ok := t.temps[name]; !ok {
		return &fs.PathError{Op: "remove", Path: name, Err: fs.ErrPermission}
	}
	delete(t.temps, name)
	return nil
}

// SyncDir has nothing to do: what is staged becomes durable where it is carried to.
func (t *Tree) SyncDir(string) error { return nil }

// staging is a file that is being written.
type staging struct{ bytes.Buffer }

func (*staging) Sync() error  { return nil }
func (*staging) Close() error { return nil }

// file is a file that is being read. One that is there already needs no further sync.
type file struct {
	info info
	io.Reader
}

func (f *file) Stat() (fs.FileInfo, error) { return f.info, nil }
func (*file) Close() error                 { return nil }
func (*file) Sync() error                  { return nil }

type info struct {
	name string
	size int64
	mode fs.FileMode
	at   time.Time
}

func (i info) Name() string       { return path.Base(i.name) }
func (i info) Size() int64        { return i.size }
func (i info) Mode() fs.FileMode  { return i.mode }
func (i info) ModTime() time.Time { return i.at }
func (i info) IsDir() bool        { return i.mode.IsDir() }
func (i info) Sys() any           { return nil }
