package durable_test

import (
	"errors"
	"io"
	"io/fs"
	"math/rand/v2"
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

// holds says whether exactly want lies at name; nil is nothing.
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
			if op.Name == "create" && (!durable.IsTemp(op.Path) || path.Dir(op.Path) != path.Dir(name)) {
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

func (s special) Stat() (fs.FileInfo, error) { return s.FileInfo, nil }
func (s special) Read([]byte) (int, error)   { return 0, io.EOF }
func (s special) Close() error               { return nil }

// TestReadFileLooksItself does not rely on Open to refuse what is no file.
func TestReadFileLooksItself(t *testing.T) {
	f := trusting{durabletest.New()}
	must(t, f.Plant("pipe", fs.ModeNamedPipe))
	if _, err := durable.ReadFile(f, "pipe", 10); err == nil {
		t.Error("a pipe is read")
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

func TestIsTemp(t *testing.T) {
	for name, want := range map[string]bool{".tmp-x": true, "a/.tmp-x": true, ".tmp-a/x": false, "a.tmp-x": false, "tmp-x": false} {
		if durable.IsTemp(name) != want {
			t.Errorf("%s: %t", name, !want)
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

// faults calls visit for each operation of a write, failing it once or from
// there on for ever, with the file system as the failure left it.
func faults(t *testing.T, before []byte, errno error, forEver bool, visit func(f *durabletest.FS, err error)) {
	t.Helper()
	for n := 1; ; n++ {
		f := newFS(t, before)
		start, fired := len(f.Ops()), false
		f.Fail = func(i int, op durabletest.Op) error {
			if i == start+n || forEver && i > start+n {
				fired = true
				return errno
			}
			return nil
		}
		err := write(f, content)
		f.Fail = nil
		if !fired {
			if n < 10 {
				t.Fatalf("only %d operations were there to fail", n-1)
			}
			return
		}
		visit(f, err)
	}
}

// TestEveryCallFails fails each operation, once and for ever.
func TestEveryCallFails(t *testing.T) {
	for _, errno := range []syscall.Errno{syscall.EIO, syscall.ENOSPC, syscall.EROFS, syscall.EACCES} {
		for _, before := range befores {
			faults(t, before, errno, false, func(f *durabletest.FS, err error) {
				checkAfterFailure(t, f, before, err, errno)
				for p := range f.Files() {
					if durable.IsTemp(p) {
						t.Errorf("%v: %s is left", err, p)
					}
				}
			})
			faults(t, before, errno, true, func(f *durabletest.FS, err error) {
				if err == nil {
					t.Error("success where everything fails")
				}
				checkAfterFailure(t, f, before, err, errno)
			})
		}
	}
}

func checkAfterFailure(t *testing.T, f *durabletest.FS, before []byte, err error, errno error) {
	t.Helper()
	if err == nil { // a failed look at the old file does no harm
		for _, s := range cuts(f, 1) {
			if !holds(s, content) {
				t.Error("success, and a power cut loses the file")
			}
		}
		return
	}
	var e *durable.Error
	if !errors.As(err, &e) || !errors.Is(err, errno) {
		t.Fatalf("error %v tells neither the step nor the cause", err)
	}
	want := before
	if e.Renamed || e.Op == "read back" {
		want = content
	}
	if !holds(f, want) {
		t.Errorf("%v (renamed %t): %q lies there, want %q", err, e.Renamed, f.Files()[name], want)
	}
}

// TestNextWriteAfterFailure is the retry of a person whose first attempt failed
// or was killed at any point. Its success must not rest on what that left.
func TestNextWriteAfterFailure(t *testing.T) {
	for _, before := range befores {
		for _, forEver := range []bool{false, true} {
			faults(t, before, syscall.EIO, forEver, func(f *durabletest.FS, first error) {
				must(t, write(f, content))
				for _, s := range cuts(f, 1) {
					if !holds(s, content) {
						t.Fatalf("after %v the next write succeeds, and a power cut leaves %q", first, s.Files())
					}
				}
			})
		}
	}
}

// TestFileOfAnotherProgram finds the right bytes at the target, which nobody has
// synced: a copy made by hand a moment ago.
func TestFileOfAnotherProgram(t *testing.T) {
	for _, errno := range []error{nil, syscall.EACCES} { // Windows refuses to sync what is open for reading
		f := durabletest.New()
		must(t, f.Mkdir("a"))
		must(t, f.Mkdir("a/b"))
		w, err := f.Create(name)
		must(t, err)
		w.Write(content)
		must(t, w.Close())
		f.Fail = func(_ int, op durabletest.Op) error {
			if op.Name == "sync" && op.Path == name {
				return errno
			}
			return nil
		}
		must(t, write(f, content))
		for _, s := range cuts(f, 1) {
			if !holds(s, content) {
				t.Fatalf("sync gives %v: a power cut leaves %q", errno, s.Files())
			}
		}
	}
}

// TestPowerCut cuts the power before each operation and after the last.
func TestPowerCut(t *testing.T) {
	if lost, torn := powerCut(t, write, func(*durabletest.FS) {}); lost+torn > 0 {
		t.Errorf("%d states lost the file after success, %d tore it", lost, torn)
	}
}

// TestPowerCutNoticesBrokenWriters is the negative control: the same rig must
// catch a writer that leaves a sync out, and one that writes in place.
func TestPowerCutNoticesBrokenWriters(t *testing.T) {
	if lost, torn := powerCut(t, write, func(f *durabletest.FS) { f.LoseSync = true }); lost == 0 || torn == 0 {
		t.Errorf("without the file's sync: %d lost, %d torn", lost, torn)
	}
	if lost, _ := powerCut(t, write, func(f *durabletest.FS) { f.LoseSyncDir = true }); lost == 0 {
		t.Error("without the folder's sync nothing is lost")
	}
	if _, torn := powerCut(t, writeInPlace, func(*durabletest.FS) {}); torn == 0 {
		t.Error("writing in place tears nothing")
	}
}

func writeInPlace(f durable.FS, data []byte) error {
	dir := path.Dir(name)
	if err := durable.MkdirAll(f, dir); err != nil {
		return err
	}
	f.Remove(name)
	w, err := f.Create(name)
	if err != nil {
		return err
	}
	_, err = w.Write(data)
	return errors.Join(err, w.Sync(), w.Close(), f.SyncDir(dir))
}

// powerCut counts the states in which the file is lost although the writer had
// said it was saved, and those in which it is neither old, new nor absent as
// before.
func powerCut(t *testing.T, write func(durable.FS, []byte) error, breakIt func(*durabletest.FS)) (lost, torn int) {
	t.Helper()
	for _, before := range [][]byte{nil, []byte("old content")} {
		f := newFS(t, before)
		breakIt(f)
		points := 0
		f.Fail = func(n int, _ durabletest.Op) error {
			points++
			for _, s := range cuts(f, n) {
				if !holds(s, before) && !holds(s, content) {
					torn++
				}
			}
			return nil
		}
		must(t, write(f, content))
		for _, s := range cuts(f, 0) {
			if !holds(s, content) {
				lost++
			}
		}
		if points < 8 {
			t.Fatalf("only %d points to cut at", points)
		}
	}
	return lost, torn
}

// cuts draws states from what a power cut may leave at this moment.
func cuts(f *durabletest.FS, seed int) []*durabletest.FS {
	r := rand.New(rand.NewPCG(1, uint64(seed)))
	var states []*durabletest.FS
	for range 100 {
		states = append(states, f.Crash(r))
	}
	return states
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

// growing returns more at the second look than was written.
type growing struct{ *durabletest.FS }

func (f growing) Rename(oldname, newname string) error {
	if err := f.FS.Rename(oldname, newname); err != nil {
		return err
	}
	must := func(err error) {
		if err != nil {
			panic(err)
		}
	}
	must(f.Remove(newname))
	w, err := f.Create(newname)
	must(err)
	_, err = w.Write(append(slices.Clone(content), '!'))
	must(err)
	return w.Close()
}

// TestReadBackSeesMore catches a file that is longer than what was written.
func TestReadBackSeesMore(t *testing.T) {
	err := write(growing{durabletest.New()}, content)
	var e *durable.Error
	if !errors.Is(err, durable.ErrReadBack) || !errors.As(err, &e) || e.Renamed {
		t.Errorf("a longer file: %v", err)
	}
}
