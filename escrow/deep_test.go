package escrow

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
		d, err := OpenDir(place)
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
