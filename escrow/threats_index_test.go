package escrow

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// sources is the text of every test of the module, by the name of its file.
func sources(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	must(t, filepath.WalkDir("..", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(p, "_test.go") {
			return err
		}
		data, err := os.ReadFile(p)
		all[p] = string(data)
		return err
	}))
	return all
}

// isTested reports whether a test exists that THREATS.md names: TestX, TestX/F1 for
// a part of it, or a script.
func isTested(all map[string]string, name string) bool {
	if strings.HasSuffix(name, ".txtar") {
		_, err := os.Stat("../testdata/script/" + name)
		return err == nil
	}
	name, part, _ := strings.Cut(name, "/")
	for _, text := range all {
		_, body, found := strings.Cut(text, "\nfunc "+name+"(t *testing.T) {\n")
		if body, _, _ = strings.Cut(body, "\n}\n"); found {
			return regexp.MustCompile(`t\.Run\("[F0-9 ]*\b`+part+`\b`).MatchString(body) || part == ""
		}
	}
	return false
}

// TestEveryThreatHasATest reads THREATS.md: no attack is left out, each says what
// comes of it, and each test that it names exists. And each test that is named
// after an attack is in it.
func TestEveryThreatHasATest(t *testing.T) {
	data, err := os.ReadFile("THREATS.md")
	must(t, err)
	page, all := string(data), sources(t)
	attacks := strings.Split(strings.Split(page, "\n## What is not protected\n")[0], "\n### A")[1:]
	if len(attacks) < 37 {
		t.Fatalf("only %d attacks found", len(attacks))
	}
	names := regexp.MustCompile("`([^`]+)`")
	for i, text := range attacks {
		number := fmt.Sprintf("A%d", i+1)
		if !strings.HasPrefix("A"+text, number+". ") {
			t.Errorf("%s is missing or out of place", number)
		}
		if !regexp.MustCompile(`\*\*(Refused|Marked|Costs|Not protected)\b`).MatchString(text) {
			t.Errorf("%s does not say what comes of it", number)
		}
		_, tests, said := strings.Cut(text, "\nTest: ")
		named := names.FindAllStringSubmatch(tests, -1)
		if !said || len(named) == 0 && !strings.HasPrefix(tests, "none; ") {
			t.Errorf("%s names no test", number)
		}
		for _, m := range named {
			if !isTested(all, m[1]) {
				t.Errorf("%s names %s, which is not there", number, m[1])
			}
		}
	}
	found := regexp.MustCompile(`(?m)^func (TestA[0-9]{2}\w*)\(`)
	for file, text := range all {
		for _, m := range found.FindAllStringSubmatch(text, -1) {
			if !strings.Contains(page, "`"+m[1]+"`") {
				t.Errorf("%s of %s is not in THREATS.md", m[1], file)
			}
		}
	}
}
