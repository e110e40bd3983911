//go:build unix

package disk

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// TestNoLinkIsWrittenThrough: nothing is made, moved, removed or flushed behind a link that
// stands for a folder, though it leads to another one of the vault's. A link itself can be
// moved and removed.
func TestNoLinkIsWrittenThrough(t *testing.T) {
	place := t.TempDir()
	must(t, os.MkdirAll(filepath.Join(place, "real", "folder"), 0o700))
	must(t, os.WriteFile(filepath.Join(place, "real", "file"), []byte("x"), 0o600))
	must(t, os.Symlink("real", filepath.Join(place, "link")))
	d, err := Open(place)
	must(t, err)
	defer d.Close()
	create := func(name string) error { _, err := d.Create(name); return err }
	for what, err := range map[string]error{
		"create":    create("link/new"),
		"mkdir":     d.Mkdir("link/more"),
		"move in":   d.Rename("real/file", "link/moved"),
		"move out":  d.Rename("link/file", "moved"),
		"remove":    d.Remove("link/file"),
		"flush":     d.SyncDir("link"),
		"deep down": create("link/folder/new"),
	} {
		if !errors.Is(err, errLink) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if entries, err := os.ReadDir(filepath.Join(place, "real")); err != nil || len(entries) != 2 {
		t.Errorf("behind the link lies %v, %v", entries, err)
	}
	must(t, d.Rename("real/file", "real/moved"))
	must(t, d.SyncDir("real"))
	must(t, d.Rename("link", "other"))
	must(t, d.Remove("other"))
}
