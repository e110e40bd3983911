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
	step := func(title, receipt string) Step {
		sum := [32]byte(bytes.Repeat([]byte{receipt[0]}, 32))
		return Step{Title: title, Seeds: []escrow.Entry{{Receipts: []escrow.Receipt{{Sum: sum}}}}}
	}
	a, b := step("ACME anna@example.com", "a"), step("銀行: ../花子 (changed)", "b")
	batch := Step{Title: "1 of 2", Batch: true, Seeds: a.Seeds}
	for _, c := range []struct {
		path  string
		steps []Step
		want  []string
	}{
		{"out.png", []Step{a}, []string{"out.png"}},
		{"out", []Step{a}, []string{"out"}},
		{"a.b/out.png", []Step{a, b}, []string{"a.b/out-1.png", "a.b/out-2.png"}},
		{dir, []Step{a, b}, []string{dir + "/ACME-anna@example.com-mfqwcylbmfqw.png", dir + "/銀行-..-花子-changed-mjrgeytcmjrg.png"}},
		{"nowhere/", []Step{a}, []string{"nowhere/ACME-anna@example.com-mfqwcylbmfqw.png"}},
		{dir, []Step{batch, batch}, []string{dir + "/google-1.png", dir + "/google-2.png"}},
		{dir, []Step{step("..", "c")}, []string{dir + "/mnrwgy3dmnrw.png"}},
		{dir, []Step{step("", "c")}, []string{dir + "/mnrwgy3dmnrw.png"}},
	} {
		got := PictureFiles(c.steps, c.path, ".png")
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
	if name := filepath.Base(PictureFiles([]Step{step(strings.Repeat("花", 100), "d")}, dir, ".png")[0]); len(name) > 100 || !strings.HasPrefix(name, "花花") {
		t.Errorf("the name of a long title is %q", name)
	}
}
