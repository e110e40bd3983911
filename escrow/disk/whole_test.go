package disk

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"seedvault/escrow/internal/durable"
)

// TestReadWhole: a file in a folder on disk reads as it does through [Dir.Open], up to
// the limit and no further; what is no regular file does not.
func TestReadWhole(t *testing.T) {
	const limit = 5000
	dir := t.TempDir()
	d, err := Open(dir)
	must(t, err)
	defer d.Close()
	for name, size := range map[string]int{"empty": 0, "one": 1, "below": limit - 1, "limit": limit, "above": limit + 1, "far": 3 * limit} {
		must(t, os.WriteFile(filepath.Join(dir, name), bytes.Repeat([]byte("x"), size), 0o600))
	}
	must(t, os.Mkdir(filepath.Join(dir, "folder"), 0o700))
	for link, to := range map[string]string{"link": "one", "way": "folder"} {
		if err := os.Symlink(to, filepath.Join(dir, link)); err != nil && runtime.GOOS != "windows" { // where it takes a right
			t.Fatal(err)
		}
	}
	must(t, os.WriteFile(filepath.Join(dir, "folder", "file"), []byte("y"), 0o600))
	read := 0
	for _, name := range []string{"empty", "one", "below", "limit", "above", "far", "folder", "link", "way", "way/file", "folder/file", "folder/none", "none", "../none", "one/file"} {
		got, err := d.ReadWhole(name, limit)
		want, wantErr := durable.ReadFile(d, name, limit)
		if !bytes.Equal(got, want) || (err == nil) != (wantErr == nil) || errors.Is(err, durable.ErrTooLarge) != errors.Is(wantErr, durable.ErrTooLarge) || errors.Is(err, fs.ErrNotExist) != errors.Is(wantErr, fs.ErrNotExist) {
			t.Errorf("%s: %d bytes, %v; as others read it: %d bytes, %v", name, len(got), err, len(want), wantErr)
		}
		if err == nil {
			read++
		}
	}
	if read != 5 {
		t.Errorf("%d files are read", read)
	}
}
