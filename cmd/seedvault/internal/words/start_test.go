package words_test

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// TestNothingIsBuiltAtStart: the texts lie in the program as the compiler wrote them,
// and cost nothing when it starts.
func TestNothingIsBuiltAtStart(t *testing.T) {
	cmd := exec.Command(os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), "GODEBUG=inittrace=1")
	trace, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(trace), "\ninit regexp ") {
		t.Errorf("no trace: %s", trace)
	}
	if strings.Contains(string(trace), "init seedvault/cmd/seedvault/internal/words @") {
		t.Errorf("something is built at start:\n%s", trace)
	}
}
