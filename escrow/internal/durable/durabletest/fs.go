// Package durabletest is a file system in memory that fails, lies and loses
// power on purpose.
//
// Start with [New]; set Fail to make a chosen operation fail, and call
// [FS.Crash] for a state that a power cut may leave. The same operations and the
// same random source give the same states. It is for tests alone; operations may
// come from several goroutines, everything else may not meanwhile. It has no
// links to follow, no access rights and no clock.
package durabletest

import (
	"bytes"
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"seedvault/escrow/internal/durable"
)

// Op is one call to the file system: the name of a method of [FS] in lower case; write,
// sync and close on a file that is written; sync, and read for each piece of the
// content, on one that was opened. The path of a rename is the new one.
type Op struct {
	Name string
	Path string
}

// FS is the file system. Its zero value is not ready; use [New].
type FS struct {
	// Fail is asked before each operation, the first being number 1; its error
	// is what the operation returns. A failing write leaves half of its data
	// behind; after a failing sync no later one saves that file, though it says
	// so, as on Linux; other failing operations have no effect. Fail may call
	// Crash, Clone, Files and Ops, and no operation.
	Fail func(n int, op Op) error
	// LoseSync makes Sync on files do nothing, LoseSyncDir SyncDir.
	LoseSync, LoseSyncDir bool
	// LoseBytes makes Write store half of what it reports.
	LoseBytes bool
	// ShortWrites makes Write store and report half, without an error.
	ShortWrites bool

	mu   sync.Mutex
	root *node
	ops  []Op
}

// node is a file, a folder or something special.
type node struct {
	mode      fs.FileMode
	data      []byte
	synced    []byte           // what is sure to survive; nil if nothing is
	forgotten bool             // a sync failed: the content reads well and is never stored
	entries   map[string]*node // nil if it is no folder
	durable   map[string]*node // names that are sure to survive
	pending   []change         // of names, since the last sync of the folder
}

// change of a folder's names: node appears under to, and from disappears.
type change struct {
	from, to string
	node     *node
}

// New returns an empty file system.
func New() *FS { return &FS{root: newDir()} }

func newDir() *node {
	return &node{mode: fs.ModeDir | 0o700, entries: map[string]*node{}, durable: map[string]*node{}}
}

// Ops returns the operations so far, in order.
func (f *FS) Ops() []Op { return slices.Clone(f.ops) }

func (f *FS) step(name, p string) error {
	op := Op{name, p}
	f.ops = append(f.ops, op)
	if f.Fail == nil {
		return nil
	}
	return f.Fail(len(f.ops), op)
}

func pathError(op, name string, err error) error { return &fs.PathError{Op: op, Path: name, Err: err} }

func (f *FS) find(name string) *node {
	n := f.root
	if name == "." {
		return n
	}
	for _, part := range strings.Split(name, "/") {
		if n = n.entries[part]; n == nil {
			return nil
		}
	}
	return n
}

// parent finds the folder of a name.
func (f *FS) parent(op, name string) (*node, string, error) {
	dir := f.find(path.Dir(name))
	if dir == nil || dir.entries == nil {
		return nil, "", pathError(op, name, fs.ErrNotExist)
	}
	return dir, path.Base(name), nil
}

// ReadDir lists a folder, sorted by name.
func (f *FS) ReadDir(name string) ([]fs.DirEntry, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.step("readdir", name); err != nil {
		return nil, err
	}
	dir := f.find(name)
	if dir == nil || dir.entries == nil {
		return nil, pathError("readdir", name, fs.ErrNotExist)
	}
	var list []fs.DirEntry
	for _, base := range slices.Sorted(maps.Keys(dir.entries)) {
		list = append(list, fs.FileInfoToDirEntry(dir.entries[base].info(base)))
	}
	return list, nil
}

// Lstat describes what lies at a name.
func (f *FS) Lstat(name string) (fs.FileInfo, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.step("lstat", name); err != nil {
		return nil, err
	}
	n := f.find(name)
	if n == nil {
		return nil, pathError("lstat", name, fs.ErrNotExist)
	}
	return n.info(path.Base(name)), nil
}

// Open opens a regular file for reading.
func (f *FS) Open(name string) (fs.File, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.step("open", name); err != nil {
		return nil, err
	}
	n := f.find(name)
	if n == nil {
		return nil, pathError("open", name, fs.ErrNotExist)
	}
	if !n.mode.IsRegular() {
		return nil, pathError("open", name, errors.New("not a regular file"))
	}
	return &reader{f, name, n, bytes.NewReader(bytes.Clone(n.data))}, nil
}

// Create makes a new file for writing.
func (f *FS) Create(name string) (durable.File, error) {
	n := &node{mode: 0o600}
	if err := f.add("create", name, n); err != nil {
		return nil, err
	}
	return &writer{f, name, n}, nil
}

// Mkdir makes a folder.
func (f *FS) Mkdir(name string) error { return f.add("mkdir", name, newDir()) }

// Plant puts something special at a name, such as a link or a pipe.
func (f *FS) Plant(name string, mode fs.FileMode) error {
	return f.add("plant", name, &node{mode: mode})
}

func (f *FS) add(op, name string, n *node) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.step(op, name); err != nil {
		return err
	}
	dir, base, err := f.parent(op, name)
	if err != nil {
		return err
	}
	if dir.entries[base] != nil {
		return pathError(op, name, fs.ErrExist)
	}
	dir.change(change{to: base, node: n})
	return nil
}

func (d *node) change(c change) {
	c.apply(d.entries)
	d.pending = append(d.pending, c)
}

func (c change) apply(names map[string]*node) {
	if c.from != "" {
		delete(names, c.from)
	}
	if c.to != "" {
		names[c.to] = c.node
	}
}

// Rename moves a file or a folder within its folder; elsewhere is
// [errors.ErrUnsupported]. Only a file is replaced, and only by a file.
func (f *FS) Rename(oldname, newname string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.step("rename", newname); err != nil {
		return err
	}
	dir, from, err := f.parent("rename", oldname)
	if err != nil {
		return err
	}
	n := dir.entries[from]
	if n == nil {
		return pathError("rename", oldname, fs.ErrNotExist)
	}
	if path.Dir(oldname) != path.Dir(newname) {
		return pathError("rename", newname, errors.ErrUnsupported)
	}
	if have := dir.entries[path.Base(newname)]; have != nil && (have.entries != nil || n.entries != nil) {
		return pathError("rename", newname, fs.ErrExist)
	}
	dir.change(change{from: from, to: path.Base(newname), node: n})
	return nil
}

// Remove removes a file or an empty folder.
func (f *FS) Remove(name string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.step("remove", name); err != nil {
		return err
	}
	dir, base, err := f.parent("remove", name)
	if err != nil {
		return err
	}
	switch n := dir.entries[base]; {
	case n == nil:
		return pathError("remove", name, fs.ErrNotExist)
	case len(n.entries) > 0:
		return pathError("remove", name, errors.New("the folder is not empty"))
	}
	dir.change(change{from: base})
	return nil
}

// SyncDir makes the names in a folder survive.
func (f *FS) SyncDir(name string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.step("syncdir", name); err != nil {
		return err
	}
	dir := f.find(name)
	if dir == nil || dir.entries == nil {
		return pathError("syncdir", name, fs.ErrNotExist)
	}
	if !f.LoseSyncDir {
		dir.durable, dir.pending = maps.Clone(dir.entries), nil
	}
	return nil
}

// IsTemp reports whether a path is that of an unfinished file, as durable names it.
func IsTemp(p string) bool { return strings.HasPrefix(path.Base(p), ".tmp-") }

// Files returns the content of every regular file by its path.
func (f *FS) Files() map[string]string {
	all := map[string]string{}
	f.root.walk("", func(p string, n *node) {
		if n.mode.IsRegular() {
			all[p] = string(n.data)
		}
	})
	return all
}

func (n *node) walk(p string, visit func(string, *node)) {
	for base, child := range n.entries {
		visit(path.Join(p, base), child)
		child.walk(path.Join(p, base), visit)
	}
}
