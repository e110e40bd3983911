package wordstest

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Term is a line of glossary.tsv: what a thing is called in both languages, and what
// it is not called in Japanese.
type Term struct {
	English, Japanese string

	not *regexp.Regexp
	but []string // where the words of not stand within others
}

// Glossary returns the terms of the glossary in a folder.
func Glossary(t testing.TB, dir string) (list []Term) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, "glossary.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
	for _, line := range lines[1:] {
		f := strings.Split(line, "\t")
		if len(f) != 5 || f[0] == "" || f[1] == "" {
			t.Fatalf("the glossary has %q", line)
		}
		term := Term{English: f[0], Japanese: f[1]}
		if f[2] != "" {
			term.not = regexp.MustCompile(f[2])
		}
		if f[3] != "" {
			term.but = strings.Split(f[3], "|")
		}
		list = append(list, term)
	}
	if len(list) < 30 {
		t.Fatalf("only %d terms", len(list))
	}
	return list
}

// label is what stands on a screen, exactly as it stands there.
var label = regexp.MustCompile(`「[^」]*」`)

// Misnamed returns the word of a Japanese text that the term says it is not called,
// "" if there is none. Labels of screens are left alone.
func (m Term) Misnamed(text string) string {
	if m.not == nil {
		return ""
	}
	text = label.ReplaceAllString(text, "「」")
	for _, allowed := range m.but {
		text = strings.ReplaceAll(text, allowed, "")
	}
	return m.not.FindString(text)
}
