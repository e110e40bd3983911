package durabletest_test

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"seedvault/escrow/internal/durable/durabletest"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func create(t *testing.T, f *durabletest.FS, name, data string, sync bool) {
	t.Helper()
	w, err := f.Create(name)
	must(t, err)
	_, err = io.WriteString(w, data)
	must(t, err)
	if sync {
		must(t, w.Sync())
	}
	must(t, w.Close())
}

// example has a durable file, one whose name alone is durable, and on top of
// that a replaced file that is not.
func example(t *testing.T) *durabletest.FS {
	t.Helper()
	f := durabletest.New()
	must(t, f.Mkdir("d"))
	create(t, f, "d/whole", "whole", true)
	create(t, f, "d/named", "abc", false)
	must(t, f.SyncDir("d"))
	must(t, f.SyncDir("."))
	create(t, f, "d/temp", "WHOLE", true)
	must(t, f.Rename("d/temp", "d/whole"))
	return f
}

// states draws what power cuts leave, each written as one line.
func states(f *durabletest.FS, seed uint64, n int) []string {
	r := rand.New(rand.NewPCG(seed, 0))
	var all []string
	for range n {
		files := f.Crash(r).Files()
		var line []string
		for _, p := range slices.Sorted(maps.Keys(files)) {
			line = append(line, p+"="+files[p])
		}
		all = append(all, strings.Join(line, " "))
	}
	return all
}

// TestCrash holds the states against the list of those that are possible: all
// of them turn up, and no other.
func TestCrash(t *testing.T) {
	var want []string
	for _, named := range []string{"", "a", "ab", "abc"} {
		for _, rest := range []string{"d/whole=whole", "d/temp=WHOLE d/whole=whole", "d/whole=WHOLE"} {
			want = append(want, "d/named="+named+" "+rest)
		}
	}
	slices.Sort(want)
	got := slices.Compact(slices.Sorted(slices.Values(states(example(t), 1, 1000))))
	if !slices.Equal(got, want) {
		t.Errorf("states:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestCrashIsDeterministic(t *testing.T) {
	if !slices.Equal(states(example(t), 7, 100), states(example(t), 7, 100)) {
		t.Error("one seed gives two series of states")
	}
	if slices.Equal(states(example(t), 7, 100), states(example(t), 8, 100)) {
		t.Error("two seeds give one series of states")
	}
}

// TestCrashSurvives cuts a state again: what came back from a disk stays.
func TestCrashSurvives(t *testing.T) {
	f := example(t).Crash(rand.New(rand.NewPCG(1, 1)))
	if got := slices.Compact(states(f, 2, 50)); len(got) != 1 {
		t.Errorf("a state decays: %q", got)
	}
}

// TestCrashOneContent cuts where only the second of two renames may have come
// through: both names then lead to one file.
func TestCrashOneContent(t *testing.T) {
	f := durabletest.New()
	create(t, f, "a", "content", false)
	must(t, f.SyncDir("."))
	must(t, f.Rename("a", "b"))
	must(t, f.Rename("b", "c"))
	r, both := rand.New(rand.NewPCG(1, 1)), 0
	for range 100 {
		files := f.Crash(r).Files()
		a, hasA := files["a"]
		c, hasC := files["c"]
		if hasA && hasC {
			both++
			if a != c {
				t.Fatalf("one file has two contents: %q", files)
			}
		}
	}
	if both == 0 {
		t.Error("the state did not come up")
	}
}

// TestClone keeps what is synced and what is not, and shares nothing.
func TestClone(t *testing.T) {
	f := example(t)
	f.LoseSync, f.LoseSyncDir = true, true
	c := f.Clone()
	if !slices.Equal(states(f, 3, 100), states(c, 3, 100)) {
		t.Error("a clone has other states")
	}
	must(t, c.SyncDir("d"))
	create(t, c, "d/more", "more", true)
	if _, there := f.Files()["d/more"]; there || slices.Equal(states(f, 3, 100), states(c, 3, 100)) {
		t.Error("a clone is not on its own")
	}
}

func TestIsTemp(t *testing.T) {
	for name, want := range map[string]bool{".tmp-x": true, "a/.tmp-x": true, ".tmp-a/x": false, "a.tmp-x": false, "tmp-x": false} {
		if durabletest.IsTemp(name) != want {
			t.Errorf("%s: %t", name, !want)
		}
	}
}

func TestReadDir(t *testing.T) {
	f := durabletest.New()
	create(t, f, "b", "12345", true)
	must(t, f.Mkdir("c"))
	must(t, f.Plant("a", fs.ModeSymlink))
	must(t, f.Plant("d", fs.ModeNamedPipe))
	entries, err := f.ReadDir(".")
	must(t, err)
	var got string
	for _, e := range entries {
		info, err := e.Info()
		must(t, err)
		got += fmt.Sprintln(e.Name(), e.Type(), info.Mode(), info.Size())
	}
	want := "a L--------- L--------- 0\nb ---------- -rw------- 5\nc d--------- drwx------ 0\nd p--------- p--------- 0\n"
	if got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	for _, name := range []string{"b", "none", "a/x"} {
		if _, err := f.ReadDir(name); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestRefusals(t *testing.T) {
	f := example(t)
	must(t, f.Mkdir("e"))
	must(t, f.Plant("link", fs.ModeSymlink))
	open := func(name string) error { _, err := f.Open(name); return err }
	makes := func(name string) error { _, err := f.Create(name); return err }
	lstat := func(name string) error { _, err := f.Lstat(name); return err }
	for what, c := range map[string]struct{ got, want error }{
		"create over a file":       {makes("d/whole"), fs.ErrExist},
		"create in no folder":      {makes("none/x"), fs.ErrNotExist},
		"create behind a link":     {makes("link/x"), fs.ErrNotExist},
		"mkdir over a file":        {f.Mkdir("d/whole"), fs.ErrExist},
		"open nothing":             {open("d/none"), fs.ErrNotExist},
		"lstat nothing":            {lstat("d/none"), fs.ErrNotExist},
		"rename nothing":           {f.Rename("d/none", "d/x"), fs.ErrNotExist},
		"rename in no folder":      {f.Rename("none/x", "none/y"), fs.ErrNotExist},
		"rename to another folder": {f.Rename("d/whole", "e/whole"), errors.ErrUnsupported},
		"rename over a folder":     {f.Rename("link", "d"), fs.ErrExist},
		"remove nothing":           {f.Remove("d/none"), fs.ErrNotExist},
		"remove in no folder":      {f.Remove("none/x"), fs.ErrNotExist},
		"sync no folder":           {f.SyncDir("d/whole"), fs.ErrNotExist},
	} {
		if !errors.Is(c.got, c.want) {
			t.Errorf("%s: %v, want %v", what, c.got, c.want)
		}
	}
	for what, err := range map[string]error{"open a link": open("link"), "open a folder": open("d"), "remove a full folder": f.Remove("d")} {
		if err == nil {
			t.Errorf("%s: no error", what)
		}
	}
	must(t, f.Remove("e"))
	must(t, f.Remove("link"))
}
