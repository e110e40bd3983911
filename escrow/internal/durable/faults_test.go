package durable_test

import (
	"errors"
	"math/rand/v2"
	"path"
	"slices"
	"syscall"
	"testing"

	"seedvault/escrow/internal/durable"
	"seedvault/escrow/internal/durable/durabletest"
)

// faults calls visit for each operation of a write, failing it once or from
// there on forever, with the file system as the failure left it.
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
			if n <= 8 {
				t.Fatalf("only %d operations were there to fail", n-1)
			}
			return
		}
		visit(f, err)
	}
}

// TestEveryCallFails fails each operation, once and forever.
func TestEveryCallFails(t *testing.T) {
	for _, errno := range []syscall.Errno{syscall.EIO, syscall.ENOSPC, syscall.EROFS, syscall.EACCES} {
		for _, before := range befores {
			faults(t, before, errno, false, func(f *durabletest.FS, err error) {
				checkAfterFailure(t, f, before, err, errno)
				for p := range f.Files() {
					if durabletest.IsTemp(p) {
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

// TestEveryFailureIsSaid fails each step of a write by its name.
func TestEveryFailureIsSaid(t *testing.T) {
	for _, c := range []struct {
		step, op string
		renamed  bool
	}{
		{"create", "create", false},
		{"write", "write", false},
		{"sync", "sync", false},
		{"close", "close", false},
		{"rename", "rename", false},
		{"syncdir", "sync the folder of", true},
		{"read", "read back", false},
	} {
		f := durabletest.New()
		must(t, durable.MkdirAll(f, path.Dir(name)))
		f.Fail = func(_ int, op durabletest.Op) error {
			if op.Name == c.step {
				return syscall.EIO
			}
			return nil
		}
		var e *durable.Error
		err := durable.Write(f, name, content)
		if !errors.As(err, &e) || e.Op != c.op || e.Path != name || e.Renamed != c.renamed || !errors.Is(err, syscall.EIO) {
			t.Errorf("%s fails: %v", c.step, err)
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

// TestRetriedSyncIsNoticed is the negative control of what follows a failed
// sync: a writer that tries the same file again must be caught.
func TestRetriedSyncIsNoticed(t *testing.T) {
	f := durabletest.New()
	w, err := f.Create("file")
	must(t, err)
	w.Write(content)
	f.Fail = func(_ int, op durabletest.Op) error {
		if op.Name == "sync" {
			return syscall.EIO
		}
		return nil
	}
	if w.Sync() == nil {
		t.Fatal("the sync does not fail")
	}
	f.Fail = nil
	must(t, w.Sync())
	must(t, f.SyncDir("."))
	if !slices.ContainsFunc(cuts(f, 1), func(s *durabletest.FS) bool { return s.Files()["file"] != string(content) }) {
		t.Error("a retried sync saves the file")
	}
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
