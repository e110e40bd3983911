package durable_test

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"syscall"
	"testing"

	"seedvault/escrow/internal/durable"
	"seedvault/escrow/internal/durable/durabletest"
)

const name = "a/b/file"

var (
	content = []byte("what must not be lost, in more than one byte")
	// befores are what may lie at name before a write; nil is nothing.
	befores = [][]byte{nil, []byte("old content"), content}
)

// write makes the folders and the file, as every caller does.
func write(f durable.FS, data []byte) error {
	if err := durable.MkdirAll(f, path.Dir(name)); err != nil {
		return err
	}
	return durable.Write(f, name, data)
}

// newFS has before durably at name, or nothing at all.
func newFS(t *testing.T, before []byte) *durabletest.FS {
	t.Helper()
	f := durabletest.New()
	if before != nil {
		must(t, write(f, before))
	}
	return f
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// holds reports whether exactly want lies at name; nil is nothing.
func holds(f *durabletest.FS, want []byte) bool {
	got, there := f.Files()[name]
	return there == (want != nil) && got == string(want)
}

func TestWrite(t *testing.T) {
	f := durabletest.New()
	for _, data := range []string{string(content), "replaced", "replaced", ""} {
		must(t, write(f, []byte(data)))
		got, err := durable.ReadFile(f, name, 100)
		if err != nil || string(got) != data {
			t.Fatalf("read %q, %v; want %q", got, err, data)
		}
	}
	if files := f.Files(); len(files) != 1 {
		t.Errorf("files left: %v", files)
	}
}

// TestOrder holds the steps against the write path as it is documented.
func TestOrder(t *testing.T) {
	for _, c := range []struct {
		before []byte
		want   string
	}{
		{nil, "open create write sync close rename syncdir open read"},
		{[]byte("old content"), "open read create write sync close rename syncdir open read"},
		{content, "open read sync syncdir"},
	} {
		f := newFS(t, c.before)
		must(t, durable.MkdirAll(f, path.Dir(name)))
		start := len(f.Ops())
		must(t, durable.Write(f, name, content))
		var got []string
		for _, op := range f.Ops()[start:] {
			got = append(got, op.Name)
			if op.Name == "syncdir" && op.Path != path.Dir(name) {
				t.Errorf("the folder %s is synced", op.Path)
			}
			if op.Name == "create" && (!durabletest.IsTemp(op.Path) || path.Dir(op.Path) != path.Dir(name)) {
				t.Errorf("the temporary file is %s", op.Path)
			}
		}
		if got := strings.Join(got, " "); got != c.want {
			t.Errorf("over %q:\n got %s\nwant %s", c.before, got, c.want)
		}
	}
}

func TestReadFile(t *testing.T) {
	f := newFS(t, content)
	if _, err := durable.ReadFile(f, name, int64(len(content))); err != nil {
		t.Errorf("at the limit: %v", err)
	}
	if _, err := durable.ReadFile(f, name, int64(len(content))-1); !errors.Is(err, durable.ErrTooLarge) {
		t.Errorf("one byte over the limit: %v", err)
	}
	if _, err := durable.ReadFile(f, "none", 10); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
	if _, err := durable.ReadFile(f, "a/b", 10); err == nil {
		t.Error("a folder is read")
	}
	for _, mode := range []fs.FileMode{fs.ModeSymlink, fs.ModeNamedPipe, fs.ModeDevice} {
		must(t, f.Plant(mode.String(), mode))
		if _, err := durable.ReadFile(f, mode.String(), 10); err == nil {
			t.Errorf("a %v is read", mode)
		}
	}
}

// trusting opens whatever lies at a name, as a careless file system would.
type trusting struct{ *durabletest.FS }

func (f trusting) Open(name string) (fs.File, error) {
	info, err := f.Lstat(name)
	return special{info}, err
}

type special struct{ fs.FileInfo }

func (s special) Stat() (fs.FileInfo, error) {
	if s.Name() == "gone" {
		return nil, syscall.ESTALE
	}
	return s.FileInfo, nil
}
func (s special) Read([]byte) (int, error) { return 0, io.EOF }
func (s special) Close() error             { return nil }

// TestReadFileLooksItself does not rely on Open to refuse what is no file.
func TestReadFileLooksItself(t *testing.T) {
	f := trusting{durabletest.New()}
	must(t, f.Plant("pipe", fs.ModeNamedPipe))
	if _, err := durable.ReadFile(f, "pipe", 10); err == nil {
		t.Error("a pipe is read")
	}
	must(t, f.Plant("gone", 0o600))
	if _, err := durable.ReadFile(f, "gone", 10); !errors.Is(err, syscall.ESTALE) {
		t.Errorf("a file that is gone: %v", err)
	}
}

func TestMkdirAllRefusesWhatIsNoFolder(t *testing.T) {
	for _, mode := range []fs.FileMode{0o600, fs.ModeSymlink} {
		f := durabletest.New()
		must(t, f.Plant("a", mode))
		var e *durable.Error
		if err := durable.MkdirAll(f, "a/b"); !errors.As(err, &e) || e.Path != "a" {
			t.Errorf("below a %v: %v", mode, err)
		}
	}
}

// late learns of a folder only when it makes it.
type late struct{ *durabletest.FS }

func (f late) Lstat(name string) (fs.FileInfo, error) { return nil, fs.ErrNotExist }

// TestMkdirAllMeetsAnother makes folders that another process has just made.
func TestMkdirAllMeetsAnother(t *testing.T) {
	f := durabletest.New()
	must(t, f.Mkdir("a"))
	must(t, durable.MkdirAll(late{f}, "a/b"))
	for _, s := range cuts(f, 1) {
		if _, err := s.Lstat("a/b"); err != nil {
			t.Fatal(err)
		}
	}
}

// TestErrorText names the step and the path once, and not the temporary file.
func TestErrorText(t *testing.T) {
	for _, cause := range []error{
		syscall.ENOSPC,
		&fs.PathError{Op: "write", Path: "a/b/.tmp-x", Err: syscall.ENOSPC},
		&os.LinkError{Op: "rename", Old: "a/b/.tmp-x", New: name, Err: syscall.ENOSPC},
	} {
		e := &durable.Error{Op: "write", Path: name, Err: cause}
		if want := "failed to write a/b/file: " + syscall.ENOSPC.Error(); e.Error() != want {
			t.Errorf("%q, want %q", e.Error(), want)
		}
		if !errors.Is(e, syscall.ENOSPC) {
			t.Errorf("%v does not lead to its cause", e)
		}
	}
}

// TestLyingDisk stores less than it reports, or says so without an error.
func TestLyingDisk(t *testing.T) {
	f := durabletest.New()
	f.LoseBytes = true
	if err := write(f, content); !errors.Is(err, durable.ErrReadBack) {
		t.Errorf("a disk that keeps half: %v", err)
	}
	f = newFS(t, []byte("old content"))
	f.ShortWrites = true
	if err := write(f, content); !errors.Is(err, io.ErrShortWrite) || !holds(f, []byte("old content")) || len(f.Files()) != 1 {
		t.Errorf("a disk that takes half: %v, %v", err, f.Files())
	}
}

// swapping puts other content in place behind the writer's back.
type swapping struct {
	*durabletest.FS
	content string
}

func (f swapping) Rename(oldname, newname string) error {
	w, err := f.Create(newname)
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, f.content)
	return errors.Join(err, w.Close(), f.Remove(oldname))
}

// TestReadBack catches content that is longer, shorter or other than what was
// written.
func TestReadBack(t *testing.T) {
	for _, bad := range []string{string(content) + "!", string(content[1:]), "W" + string(content[1:]), ""} {
		err := write(swapping{durabletest.New(), bad}, content)
		var e *durable.Error
		if !errors.Is(err, durable.ErrReadBack) || !errors.As(err, &e) || e.Renamed || e.Op != "read back" {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

// TestStage fails each operation of a staged file once: either all of it is
// there and reads back, or nothing, and a disk that keeps less is noticed.
func TestStage(t *testing.T) {
	for n := 1; ; n++ {
		f := durabletest.New()
		fired := false
		f.Fail = func(i int, _ durabletest.Op) error {
			fired = fired || i == n
			if i == n {
				return syscall.EIO
			}
			return nil
		}
		err := durable.Stage(f, "file", []byte("content"))
		f.Fail = nil
		files := f.Files()
		if !fired {
			if err != nil || files["file"] != "content" || n < 6 {
				t.Errorf("without a fault: %v, %d calls", err, n-1)
			}
			synced := slices.ContainsFunc(f.Ops(), func(o durabletest.Op) bool { return o.Name == "sync" })
			if !synced {
				t.Error("the file is not synced")
			}
			break
		}
		if err == nil || len(files) > 0 {
			t.Errorf("call %d failed: %v, and %d files are left", n, err, len(files))
		}
	}
	f := durabletest.New()
	f.LoseBytes = true
	if err := durable.Stage(f, "file", []byte("content")); !errors.Is(err, durable.ErrReadBack) {
		t.Errorf("a disk that keeps half: %v", err)
	}
}
