package durabletest

import (
	"bytes"
	"io/fs"
	"path"
	"time"
)

// writer is a file that was created.
type writer struct {
	f    *FS
	name string
	n    *node
}

func (w *writer) Write(p []byte) (int, error) {
	w.f.mu.Lock()
	defer w.f.mu.Unlock()
	half := len(p) / 2
	if err := w.f.step("write", w.name); err != nil {
		w.n.data = append(w.n.data, p[:half]...)
		return half, err
	}
	switch {
	case w.f.ShortWrites:
		w.n.data = append(w.n.data, p[:half]...)
		return half, nil
	case w.f.LoseBytes:
		w.n.data = append(w.n.data, p[:half]...)
	default:
		w.n.data = append(w.n.data, p...)
	}
	return len(p), nil
}

func (w *writer) Sync() error { return w.f.sync(w.name, w.n) }

func (w *writer) Close() error {
	w.f.mu.Lock()
	defer w.f.mu.Unlock()
	return w.f.step("close", w.name)
}

func (f *FS) sync(name string, n *node) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.step("sync", name); err != nil {
		n.forgotten = true
		return err
	}
	if !f.LoseSync && !n.forgotten {
		n.synced = append([]byte{}, n.data...)
	}
	return nil
}

// reader is a file that was opened, with the content that it had then.
type reader struct {
	f    *FS
	name string
	n    *node
	r    *bytes.Reader
}

func (r *reader) Stat() (fs.FileInfo, error) {
	r.f.mu.Lock()
	defer r.f.mu.Unlock()
	return r.n.info(path.Base(r.name)), nil
}

// Sync is there because an [os.File] has it, opened for reading too.
func (r *reader) Sync() error { return r.f.sync(r.name, r.n) }

func (r *reader) Close() error { return nil }

func (r *reader) Read(p []byte) (int, error) {
	r.f.mu.Lock()
	defer r.f.mu.Unlock()
	if r.r.Len() > 0 {
		if err := r.f.step("read", r.name); err != nil {
			return 0, err
		}
	}
	return r.r.Read(p)
}

// info describes a node as it was when somebody asked.
type info struct {
	name string
	size int64
	mode fs.FileMode
}

func (n *node) info(name string) info { return info{name, int64(len(n.data)), n.mode} }

func (i info) Name() string       { return i.name }
func (i info) Size() int64        { return i.size }
func (i info) Mode() fs.FileMode  { return i.mode }
func (i info) ModTime() time.Time { return time.Time{} }
func (i info) IsDir() bool        { return i.mode.IsDir() }
func (i info) Sys() any           { return nil }
