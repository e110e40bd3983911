package escrow

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/vaultkey"
)

// TestEveryRuleHasATest finds the rules of FORMAT.md and wants each to be named
// by a test here or in a package below.
func TestEveryRuleHasATest(t *testing.T) {
	page, err := os.ReadFile("FORMAT.md")
	must(t, err)
	rules := regexp.MustCompile(`(?m)^- \*\*(F[0-9]+)\*\* `).FindAllSubmatch(page, -1)
	if len(rules) < 40 {
		t.Fatalf("only %d rules found", len(rules))
	}
	var tests []string
	for _, glob := range []string{"*_test.go", "*/*_test.go", "internal/*/*_test.go"} {
		names, err := filepath.Glob(glob)
		must(t, err)
		tests = append(tests, names...)
	}
	var all strings.Builder
	for _, name := range tests {
		if name != "format_test.go" {
			source, err := os.ReadFile(name)
			must(t, err)
			all.Write(source)
		}
	}
	seen := map[string]bool{}
	for _, r := range rules {
		id := string(r[1])
		if seen[id] {
			t.Errorf("two rules are called %s", id)
		}
		seen[id] = true
		if !regexp.MustCompile(`\b` + id + `\b`).MatchString(all.String()) {
			t.Errorf("%s has no test", id)
		}
	}
	for n := range len(rules) {
		if id := fmt.Sprintf("F%d", n+1); !seen[id] {
			t.Errorf("%s is missing: rules keep their numbers, and none is left out", id)
		}
	}
}

// TestVector computes the vector of FORMAT.md, and the vault.txt that stands
// there as an example.
func TestVector(t *testing.T) {
	page, err := os.ReadFile("FORMAT.md")
	must(t, err)
	value := func(key string) string {
		t.Helper()
		m := regexp.MustCompile(`(?m)^` + key + ` {2,}(.*)$`).FindSubmatch(page)
		if m == nil {
			t.Fatalf("the vector has no %s", key)
		}
		return string(m[1])
	}
	keys, err := vaultkey.ParseAll([]byte(value("identity")))
	must(t, err)
	k := keys[0]
	if k.Public() != value("recipient") || fmt.Sprintf("%x", k.RecipientSum()) != value("recipient-sha256") || k.Signer != value("signer") {
		t.Errorf("computed %s, %x, %s", k.Public(), k.RecipientSum(), k.Signer)
	}
	start := strings.Index(string(page), "seedvault 1\nepoch 1\n")
	text, _, _ := strings.Cut(string(page)[start:], "```")
	d, err := format.ParseDescriptor([]byte(text))
	must(t, err)
	if !k.Fits(d) || Fingerprint(format.Sum([]byte(text))).String() != value("fingerprint") {
		t.Error("the example vault.txt is not the vector's")
	}
}
