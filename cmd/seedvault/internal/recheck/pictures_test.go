package recheck

import (
	"bytes"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"seedvault/escrow"
)

// TestPictureFiles: one picture has the name that was given, several are numbered, and in a
// folder each is named by its seed, in letters that every file system takes.
func TestPictureFiles(t *testing.T) {
	dir := t.TempDir()
	leaf := func(title, receipt string) Leaf {
		sum := [32]byte(bytes.Repeat([]byte{receipt[0]}, 32))
		return Leaf{Title: title, Seeds: []escrow.Entry{{Receipts: []escrow.Receipt{{Sum: sum}}}}}
	}
	a, b := leaf("ACME anna@example.com", "a"), leaf("銀行: ../花子 (changed)", "b")
	batch := Leaf{Title: "1 of 2", Batch: true, Seeds: a.Seeds}
	for _, c := range []struct {
		path   string
		leaves []Leaf
		want   []string
	}{
		{"out.png", []Leaf{a}, []string{"out.png"}},
		{"out", []Leaf{a}, []string{"out"}},
		{"a.b/out.png", []Leaf{a, b}, []string{"a.b/out-1.png", "a.b/out-2.png"}},
		{dir, []Leaf{a, b}, []string{dir + "/ACME-anna@example.com-mfqwcylbmfqw.png", dir + "/銀行-..-花子-changed-mjrgeytcmjrg.png"}},
		{"nowhere/", []Leaf{a}, []string{"nowhere/ACME-anna@example.com-mfqwcylbmfqw.png"}},
		{dir, []Leaf{batch, batch}, []string{dir + "/google-1.png", dir + "/google-2.png"}},
		{dir, []Leaf{leaf("..", "c")}, []string{dir + "/mnrwgy3dmnrw.png"}},
		{dir, []Leaf{leaf("", "c")}, []string{dir + "/mnrwgy3dmnrw.png"}},
	} {
		got := PictureFiles(c.leaves, c.path, ".png")
		for i := range got {
			got[i] = filepath.ToSlash(got[i])
		}
		for i := range c.want {
			c.want[i] = filepath.ToSlash(c.want[i])
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%q: %q, want %q", c.path, got, c.want)
		}
	}
	if name := filepath.Base(PictureFiles([]Leaf{leaf(strings.Repeat("花", 100), "d")}, dir, ".png")[0]); len(name) > 100 || !strings.HasPrefix(name, "花花") {
		t.Errorf("the name of a long title is %q", name)
	}
}
