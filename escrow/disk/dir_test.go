package disk

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestFoldersTooDeep: a path that goes deeper than any of a vault's is refused before
// anything is walked.
func TestFoldersTooDeep(t *testing.T) {
	place := t.TempDir()
	for depth, refused := range map[int]bool{3: false, 16: false, 17: true, 400: true} {
		dir := strings.TrimPrefix(strings.Repeat("/d", depth), "/")
		must(t, os.MkdirAll(filepath.Join(place, dir), 0o700))
		must(t, os.WriteFile(filepath.Join(place, dir, "file"), []byte("x"), 0o600))
		d, err := Open(place)
		must(t, err)
		_, err = d.Open(dir + "/file")
		_, err2 := d.Lstat(dir + "/file")
		_, err3 := d.ReadDir(dir + "/x")
		if got := []bool{errors.Is(err, errTooDeep), errors.Is(err2, errTooDeep), errors.Is(err3, errTooDeep)}; got[0] != refused || got[1] != refused || got[2] != refused {
			t.Errorf("%d folders deep: %v, %v, %v", depth, err, err2, err3)
		}
		must(t, d.Close())
	}
}

// TestEntriesTellSizes: what a folder's list says of a file is about that file,
// wherever the process stands.
func TestEntriesTellSizes(t *testing.T) {
	place := t.TempDir()
	must(t, os.MkdirAll(filepath.Join(place, "1-0", "seeds"), 0o700))
	must(t, os.WriteFile(filepath.Join(place, "1-0", "seeds", "a"), []byte("five!"), 0o600))
	d, err := Open(place)
	must(t, err)
	defer d.Close()
	entries, err := d.ReadDir("1-0/seeds")
	must(t, err)
	if info, err := entries[0].Info(); err != nil || info.Size() != 5 {
		t.Errorf("%v, %v", info, err)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
