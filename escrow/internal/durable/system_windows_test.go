package durable

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestSystem: what is moved is where it should be, over a file and as a folder, by paths
// as long as they may be, and what the system refuses is said.
func TestSystem(t *testing.T) {
	dir := filepath.Join(t.TempDir(), strings.Repeat("deep", 30), strings.Repeat("deeper", 30))
	if err := os.MkdirAll(filepath.Join(dir, "folder"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"old", "new", "folder/in"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	top, err := root.Open(".")
	if err != nil {
		t.Fatal(err)
	}
	defer top.Close()
	if err := RenameIn(root, top, "new", "old"); err != nil {
		t.Error(err)
	}
	if err := RenameIn(root, top, "folder", "moved"); err != nil {
		t.Error(err)
	}
	for name, want := range map[string]string{"old": "new", "moved/in": "folder/in"} {
		if data, err := root.ReadFile(name); err != nil || string(data) != want {
			t.Errorf("%s holds %q: %v", name, data, err)
		}
	}
	if err := RenameIn(root, top, "new", "old"); !os.IsNotExist(err) {
		t.Errorf("what is not there is moved: %v", err)
	}
	for _, name := range []string{".", "moved"} {
		if err := SyncFolderIn(root, top, name); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := SyncFolder(filepath.Join(dir, "none")); !os.IsNotExist(err) {
		t.Errorf("a folder that is not there is flushed: %v", err)
	}
}
