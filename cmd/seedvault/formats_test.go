package main

import (
	"slices"
	"strings"
	"testing"

	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow/exchange/formats"
)

// listIn returns the words of a list in a help page that begins with a mark and ends
// before an empty line or the next flag.
func listIn(t *testing.T, page string, l words.Language, mark string) []string {
	t.Helper()
	_, text, ok := strings.Cut(words.Help(l, page), mark)
	if !ok {
		t.Fatalf("%s in %q has no %q", page, l, mark)
	}
	text, _, _ = strings.Cut(text, "\n\n")
	text, _, _ = strings.Cut(text, "\n  -")
	var list []string
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune(" ,\n", r) }) {
		if word != "or" && word != "のどれか" {
			list = append(list, word)
		}
	}
	slices.Sort(list)
	return list
}

// TestHelpNamesEveryFormat holds the lists in the help against the one table.
func TestHelpNamesEveryFormat(t *testing.T) {
	var read, written []string
	for _, f := range formats.All() {
		if f.Reads() && len(f.Forms) > 0 {
			read = append(read, f.Name)
		}
		if f.Writes() {
			written = append(written, f.Name)
		}
	}
	slices.Sort(read)
	slices.Sort(written)
	for language, mark := range map[words.Language]string{words.English: "\nformats: ", words.Japanese: "\n形式: "} {
		if got := listIn(t, "import", language, mark); !slices.Equal(got, read) || len(read) < 30 {
			t.Errorf("import in %q lists %q, want %q", language, got, read)
		}
		if got := listIn(t, "export", language, "--to FORMAT           "); !slices.Equal(got, written) || len(written) < 10 {
			t.Errorf("export in %q lists %q, want %q", language, got, written)
		}
	}
}

// TestReadmesNameEveryFormat: the section about coming from another app has a line for
// each format that is read.
func TestReadmesNameEveryFormat(t *testing.T) {
	for _, page := range readmes {
		text := readPage(t, page)
		for _, f := range formats.All() {
			if f.Reads() && len(f.Forms) > 0 && strings.Count(text, "(`"+f.Name+"`) |") != 1 {
				t.Errorf("%s has no line for %s", page, f.Name)
			}
		}
	}
}
