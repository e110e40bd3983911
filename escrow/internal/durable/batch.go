package durable

import (
	"maps"
	"path"
	"slices"
	"sync"
)

// Batch writes many files with one sync of each folder instead of one for each
// file: [Batch.Write] them, from as many goroutines as one likes, then
// [Batch.Flush]. Before a flush has named a file it may be lost, never torn.
type Batch struct {
	fsys  FS
	mu    sync.Mutex
	dirs  map[string]error // what MkdirAll has said of a folder
	files map[string][]byte
}

// NewBatch returns an empty batch.
func NewBatch(fsys FS) *Batch {
	return &Batch{fsys: fsys, dirs: map[string]error{}, files: map[string][]byte{}}
}

// Write does what [MkdirAll] and [Write] do up to the rename. The data must not
// change before the flush. The error is an [*Error] and means that the file was not
// written; a folder that could not be made is not tried again.
func (b *Batch) Write(name string, data []byte) error {
	if err := b.mkdir(path.Dir(name)); err != nil {
		return err
	}
	if !holdsSynced(b.fsys, name, data) {
		if err := replace(b.fsys, name, data); err != nil {
			return err
		}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.files[name] = data
	return nil
}

func (b *Batch) mkdir(dir string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if _, done := b.dirs[dir]; !done {
		b.dirs[dir] = MkdirAll(b.fsys, dir)
	}
	return b.dirs[dir]
}

// Flush makes the names durable, reads every file back, and returns those that
// are whole and stay, sorted. The error is about the first that is not, an
// [*Error]. The batch is empty again.
func (b *Batch) Flush() (whole []string, first error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	synced := map[string]error{}
	for _, name := range slices.Sorted(maps.Keys(b.files)) {
		dir := path.Dir(name)
		if _, done := synced[dir]; !done {
			synced[dir] = step(b.fsys.SyncDir(dir), "sync the folder of", name, true)
		}
		err := synced[dir]
		if err == nil {
			err = readBack(b.fsys, name, b.files[name])
		}
		if err == nil {
			whole = append(whole, name)
		} else if first == nil {
			first = err
		}
	}
	clear(b.files)
	return whole, first
}
