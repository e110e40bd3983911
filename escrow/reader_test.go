package escrow

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestSecondReader lets the reader that was written from FORMAT.md alone read
// every vector, with stock tools, and compares all that it shows.
func TestSecondReader(t *testing.T) {
	for _, tool := range []string{"python3", "age", "age-keygen", "ssh-keygen"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skip("needs " + tool)
		}
	}
	for _, file := range allVectors(t) {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			t.Parallel()
			v := readVector(t, file, t.TempDir())
			if v.needs != "" { // a later age than the stock one
				if _, err := exec.LookPath(v.needs); err != nil {
					t.Skip("needs " + v.needs)
				}
			}
			out, err := exec.Command("python3", "../testdata/reader/seedvault_reader.py", file).CombinedOutput()
			_, want, _ := strings.Cut(v.header(), "expect: ")
			if got := string(out); got != "expect: "+want || err != nil {
				t.Errorf("the second reader says (%v)\n%swant\nexpect: %s", err, got, want)
			}
		})
	}
}
