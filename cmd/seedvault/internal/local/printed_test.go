package local

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// TestSheetsStillThere: the file of a sheet is remembered until it is gone or another file
// has its name; one that cannot be read is as good as gone.
func TestSheetsStillThere(t *testing.T) {
	m, dir := Folders{State: t.TempDir()}.Memory("vault"), t.TempDir()
	var files []string
	for _, name := range []string{"kept.html", "removed.html", "other.html"} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte("a key: "+name), 0o600); err != nil {
			t.Fatal(err)
		}
		files = append(files, path)
	}
	if err := m.Printed(files[:2]...); err != nil {
		t.Fatal(err)
	}
	if err := m.Printed(files[2]); err != nil {
		t.Fatal(err)
	}
	want := func(paths ...string) {
		t.Helper()
		got, err := m.StillThere()
		if err != nil || !slices.Equal(got, paths) {
			t.Fatalf("%q, %v; want %q", got, err, paths)
		}
	}
	want(files...)
	os.Remove(files[1])
	os.WriteFile(files[2], []byte("minutes of a meeting"), 0o600)
	want(files[0])
	os.Remove(files[0])
	os.Mkdir(files[0], 0o700)
	want()
	if _, err := os.Lstat(filepath.Join(m.dir, printedFile)); err == nil {
		t.Error("an empty list is kept")
	}
	if err := m.Printed(filepath.Join(dir, "nowhere.html")); err == nil {
		t.Error("a file that is not there is remembered")
	}
}
