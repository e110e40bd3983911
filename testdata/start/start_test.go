// Package start holds what the program does before main. It links the program once more,
// so ./... leaves it out, and .ci/run does not.
package start

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"
)

// beforeMain are the packages that may work before main, with what they do there that
// allocates more than [few] bytes. Whatever a package needs for some commands alone is
// made at its first use.
var beforeMain = map[string]string{
	"compress/flate":                  "the codes of blocks without a table",
	"crypto/internal/fips140/rsa":     "tests of primes",
	"encoding/xml":                    "HTML's entities",
	"filippo.io/age":                  "the forms of keys, and errors",
	"github.com/boombuler/barcode/qr": "drags along with pquerna/otp",
	"github.com/urfave/cli/v2":        "help templates and flags",
	"golang.org/x/crypto/ssh":         "names of algorithms, by which agessh reads keys",
	"golang.org/x/sys/cpu":            "what the processor can do",
	"image/jpeg":                      "tables of the decoder",
	"regexp/syntax":                   "classes of characters",
	"seedvault/qr/scan":               "character sets by number",
	"unicode":                         "scripts and categories by name",
}

const (
	few     = 2 << 10   // bytes that any package may allocate before main
	mostAll = 120 << 10 // and all together
)

// TestBeforeMain holds what happens before main against the list, by what is allocated:
// time depends on the machine. The program is built as the README says.
//
// Nor may anything find methods by names that only a run knows, as templates do: the
// linker would keep every exported method of every type, a tenth of the program.
func TestBeforeMain(t *testing.T) {
	program := filepath.Join(t.TempDir(), "seedvault")
	linked, err := exec.Command("go", "build", "-tags", "urfave_cli_no_docs", "-ldflags=-dumpdep", "-o", program, "../../cmd/seedvault").CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, linked)
	}
	if !bytes.Contains(linked, []byte("main.main -> main.newApp\n")) {
		t.Error("the linker has not said what needs what")
	}
	for line := range bytes.Lines(linked) {
		if bytes.Contains(line, []byte("<ReflectMethod>")) {
			t.Errorf("finds methods by name: %s", line)
		}
	}
	run := exec.Command(program, "--version")
	run.Env = append(os.Environ(), "GODEBUG=inittrace=1")
	trace, err := run.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, trace)
	}
	found := regexp.MustCompile(`(?m)^init (\S+) @.* ([0-9]+) bytes, [0-9]+ allocs$`).FindAllStringSubmatch(string(trace), -1)
	all, seen := 0, map[string]bool{}
	for _, m := range found {
		bytes, err := strconv.Atoi(m[2])
		if err != nil {
			t.Fatal(err)
		}
		all += bytes
		seen[m[1]] = bytes > few
		if bytes > few && beforeMain[m[1]] == "" {
			t.Errorf("%s allocates %d bytes before main, and has no reason in the list", m[1], bytes)
		}
	}
	if len(found) < 50 || all > mostAll {
		t.Errorf("%d packages allocate %d bytes before main, and may %d", len(found), all, mostAll)
	}
	for name := range beforeMain {
		if !seen[name] {
			t.Errorf("%s is in the list and does nothing much before main", name)
		}
	}
}
