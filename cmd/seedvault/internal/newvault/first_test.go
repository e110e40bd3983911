package newvault

import (
	"os"
	"path/filepath"
	"testing"

	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
)

// asking returns the first night of somebody whose home is a folder.
func asking(home string) *first {
	return &first{w: &world.World{Getenv: func(name string) string { return map[string]string{"HOME": home}[name] }}}
}

// TestSheetNamed: an answer that is no name makes no file, and a file that is to be printed
// gets an ending that is.
func TestSheetNamed(t *testing.T) {
	home := t.TempDir()
	f := asking(home)
	suggested := filepath.Join(home, "seedvault-sheet.html")
	for _, c := range []struct {
		typed, path string
		named       bool
	}{
		{"sheet.html", "sheet.html", true},
		{"sheet.TXT", "sheet.TXT", true},
		{"paper/sheet", "paper/sheet.html", true},
		{"sheet.pdf", "sheet.pdf.html", true},
		{home, suggested, true},
		{"ja", "ja.html", false},
		{"ok", "ok.html", false},
	} {
		if path, named := f.sheetNamed(c.typed, suggested); path != c.path || named != c.named {
			t.Errorf("%q: %q, a name: %t", c.typed, path, named)
		}
	}
}

// TestFreeSheet: the sheet is suggested where a person looks for what they print, under a
// name that takes no other file's place.
func TestFreeSheet(t *testing.T) {
	home := t.TempDir()
	f := asking(home)
	documents := filepath.Join(home, "Documents")
	next := func(want string) {
		t.Helper()
		if got := f.freeSheet(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
		if err := os.WriteFile(want, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	next(filepath.Join(home, "seedvault-sheet.html"))
	next(filepath.Join(home, "seedvault-sheet-2.html"))
	if err := os.Mkdir(documents, 0o700); err != nil {
		t.Fatal(err)
	}
	next(filepath.Join(documents, "seedvault-sheet.html"))
	next(filepath.Join(documents, "seedvault-sheet-2.html"))
}

// TestCannotWrite: a file that is there, and a folder that is not, are said before anything
// is asked for.
func TestCannotWrite(t *testing.T) {
	home := t.TempDir()
	taken := filepath.Join(home, "taken")
	if err := os.WriteFile(taken, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]words.Message{taken: words.FileExists, filepath.Join(home, "gone", "x"): words.NoFolder, filepath.Join(home, "new"): {}} {
		if why, wrong := asking(home).cannotWrite(path); why != want || wrong != (want != words.Message{}) {
			t.Errorf("%s: %q", path, why.En)
		}
	}
}
