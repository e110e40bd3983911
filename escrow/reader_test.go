package escrow

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"seedvault/testdata/everything"
)

// TestSecondReader lets the reader that was written from FORMAT.md alone read vectors,
// with stock tools, and compares all that it shows: every third of those that need stock
// tools alone, or with everything asked for every one.
func TestSecondReader(t *testing.T) {
	for _, tool := range []string{"python3", "age", "age-keygen", "ssh-keygen"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skip("needs " + tool)
		}
	}
	var stock []string
	for i, file := range allVectors(t) {
		if readVector(t, file, t.TempDir()).needs == "" {
			if i%3 == 0 || everything.Asked {
				stock = append(stock, file)
			}
			continue
		}
		t.Run(vectorName(file), func(t *testing.T) { secondReader(t, file) }) // a later age than the stock one
	}
	const together = 22 // it takes longer to start than to read one
	for some := range slices.Chunk(stock, together) {
		t.Run(fmt.Sprintf("%s to %s", vectorName(some[0]), vectorName(some[len(some)-1])), func(t *testing.T) {
			t.Parallel()
			secondReader(t, some...)
		})
	}
}

func vectorName(file string) string { return strings.TrimSuffix(filepath.Base(file), ".txt") }

// secondReader compares what the second reader says of some vectors with what they say.
func secondReader(t *testing.T, files ...string) {
	if needs := readVector(t, files[0], t.TempDir()).needs; needs != "" {
		if _, err := exec.LookPath(needs); err != nil {
			t.Skip("needs " + needs)
		}
	}
	out, err := exec.Command("python3", append([]string{"../testdata/reader/seedvault_reader.py"}, files...)...).CombinedOutput()
	got := "\n" + string(out)
	if len(files) == 1 { // it does not name one
		got = "\nvector: " + files[0] + got
	}
	said := map[string]string{}
	for part := range strings.SplitSeq(got, "\nvector: ") {
		file, rows, _ := strings.Cut(part, "\n")
		said[file] = strings.TrimSuffix(rows, "\n")
	}
	for _, file := range files {
		_, want, _ := strings.Cut(readVector(t, file, t.TempDir()).header(), "expect: ")
		if got, want := said[file], "expect: "+strings.TrimSuffix(want, "\n"); got != want {
			t.Errorf("%s: the second reader says\n%s\nwant\n%s", vectorName(file), got, want)
		}
	}
	if err != nil {
		t.Errorf("the second reader ends with %v: %s", err, out)
	}
}
