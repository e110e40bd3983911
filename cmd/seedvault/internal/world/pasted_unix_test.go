//go:build unix

package world

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// TestPastedPaths: what a terminal pastes of files that are dropped on it are these files.
func TestPastedPaths(t *testing.T) {
	dir := t.TempDir()
	spaced, plain := filepath.Join(dir, "two words.png"), filepath.Join(dir, "one.png")
	for _, path := range []string{spaced, plain} {
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	w := &World{Getenv: func(name string) string { return map[string]string{"HOME": dir}[name] }}
	for text, want := range map[string][]string{
		spaced:                               {spaced},
		"'" + spaced + "'":                   {spaced},
		dir + `/two\ words.png`:              {spaced},
		"file://" + dir + "/two%20words.png": {spaced},
		`"` + spaced + `" ` + plain:          {spaced, plain},
		"~/one.png":                          {plain},
		"no such file":                       {"no such file"},
	} {
		if got := w.PastedPaths(text); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}
