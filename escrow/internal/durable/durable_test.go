package durable_test

import (
	"errors"
	"io/fs"
	"math/rand/v2"
	"path"
	"strings"
	"syscall"
	"testing"

	"seedvault/escrow/internal/durable"
	"seedvault/escrow/internal/durable/durabletest"
)

const name = "a/b/file"

var content = []byte("what must not be lost, in more than one byte")

// write makes the folders and the file, as every caller does.
func write(f durable.FS, data []byte) error {
	if err := durable.MkdirAll(f, path.Dir(name)); err != nil {
		return err
	}
	return durable.Write(f, name, data)
}

func TestWrite(t *testing.T) {
	f := durabletest.New()
	for _, data := range [][]byte{content, []byte("replaced"), []byte("replaced"), nil} {
		if err := write(f, data); err != nil {
			t.Fatal(err)
		}
		got, err := durable.ReadFile(f, name, 100)
		if err != nil || string(got) != string(data) {
			t.Fatalf("read %q, %v; want %q", got, err, data)
		}
	}
	if files := f.Files(); len(files) != 1 {
		t.Errorf("files left: %v", files)
	}
}

func TestReadFile(t *testing.T) {
	f := durabletest.New()
	if err := write(f, content); err != nil {
		t.Fatal(err)
	}
	if _, err := durable.ReadFile(f, name, int64(len(content))); err != nil {
		t.Errorf("at the limit: %v", err)
	}
	if _, err := durable.ReadFile(f, name, int64(len(content))-1); !errors.Is(err, durable.ErrTooLarge) {
		t.Errorf("one byte over the limit: %v", err)
	}
	if _, err := durable.ReadFile(f, "none", 10); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
	for _, mode := range []fs.FileMode{fs.ModeSymlink, fs.ModeNamedPipe, fs.ModeDevice} {
		if err := f.Plant(mode.String(), mode); err != nil {
			t.Fatal(err)
		}
		if _, err := durable.ReadFile(f, mode.String(), 10); err == nil {
			t.Errorf("a %v is read", mode)
		}
	}
}

// TestEveryCallFails fails each operation once, and once and for ever.
func TestEveryCallFails(t *testing.T) {
	for _, errno := range []syscall.Errno{syscall.EIO, syscall.ENOSPC, syscall.EROFS, syscall.EACCES} {
		for _, forEver := range []bool{false, true} {
			for n := 1; ; n++ {
				f := durabletest.New()
				fired := false
				f.Fail = func(i int, op durabletest.Op) error {
					if i == n || forEver && i > n {
						fired = true
						return errno
					}
					return nil
				}
				err := write(f, content)
				if !fired {
					break
				}
				f.Fail = nil
				checkAfterFailure(t, f, err, errno, forEver)
			}
		}
	}
}

func checkAfterFailure(t *testing.T, f *durabletest.FS, err error, errno syscall.Errno, forEver bool) {
	t.Helper()
	got, there := f.Files()[name]
	if there && got != string(content) {
		t.Errorf("%v: the file is torn", err)
	}
	if err == nil {
		if !there {
			t.Error("success without a file")
		}
		return // a failed look at the old file does no harm
	}
	var e *durable.Error
	if !errors.As(err, &e) || !errors.Is(err, errno) {
		t.Errorf("error %v tells neither the step nor the cause", err)
	}
	if e != nil && e.Renamed && e.Op == "sync the folder of" && strings.HasSuffix(e.Path, "file") && !there {
		t.Errorf("%v: says that the file is in place", err)
	}
	for p := range f.Files() {
		if durable.IsTemp(p) && !forEver {
			t.Errorf("%v: %s is left", err, p)
		}
	}
}

// TestPowerCut cuts the power after each operation, many times.
func TestPowerCut(t *testing.T) {
	if lost, torn := powerCut(t, func(*durabletest.FS) {}); lost+torn > 0 {
		t.Errorf("%d files lost after success, %d torn", lost, torn)
	}
}

// TestPowerCutNoticesBrokenWriters is the negative control: the same rig must
// catch a writer that leaves a sync out.
func TestPowerCutNoticesBrokenWriters(t *testing.T) {
	if lost, torn := powerCut(t, func(f *durabletest.FS) { f.LoseSync = true }); torn == 0 {
		t.Errorf("without the file's sync: %d lost, %d torn", lost, torn)
	}
	if lost, _ := powerCut(t, func(f *durabletest.FS) { f.LoseSyncDir = true }); lost == 0 {
		t.Error("without the folder's sync nothing is lost")
	}
}

func powerCut(t *testing.T, breakIt func(*durabletest.FS)) (lost, torn int) {
	t.Helper()
	for _, before := range []string{"", "old content"} {
		for n := 1; ; n++ {
			f := durabletest.New()
			if before != "" {
				if err := write(f, []byte(before)); err != nil {
					t.Fatal(err)
				}
			}
			breakIt(f)
			start := f.Ops()
			cut := false
			var states []*durabletest.FS
			f.Fail = func(i int, op durabletest.Op) error {
				if i == start+n {
					cut = true
					states = cuts(f, n)
				}
				return nil
			}
			err := write(f, content)
			if !cut {
				f.Fail = nil
				for _, s := range cuts(f, n) { // after the last operation
					if err == nil && s.Files()[name] != string(content) {
						lost++
					}
				}
				break
			}
			for _, s := range states {
				got, there := s.Files()[name]
				if there && got != before && got != string(content) || !there && before != "" {
					torn++
				}
			}
		}
	}
	return lost, torn
}

// cuts draws states from what a cut may leave. It is called from within an
// operation, before that has done anything.
func cuts(f *durabletest.FS, seed int) []*durabletest.FS {
	r := rand.New(rand.NewPCG(1, uint64(seed)))
	var states []*durabletest.FS
	for range 50 {
		states = append(states, f.Crash(r))
	}
	return states
}

// TestLyingDisk stores less than it reports.
func TestLyingDisk(t *testing.T) {
	f := durabletest.New()
	f.LoseBytes = true
	if err := write(f, content); !errors.Is(err, durable.ErrReadBack) {
		t.Errorf("a disk that keeps half: %v", err)
	}
}
