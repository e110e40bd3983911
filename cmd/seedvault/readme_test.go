package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestReadmeHalvesAreOne: the Japanese half has the headings, the commands, the rows
// and the links of the English one, in the same order.
func TestReadmeHalvesAreOne(t *testing.T) {
	data, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	english, japanese, ok := strings.Cut(string(data), "\n# seedvault (日本語)\n")
	if !ok {
		t.Fatal("README.md has no Japanese half")
	}
	for what, pattern := range map[string]string{
		"levels of headings": `(?m)^#+ `,
		"commands":           `(?m)^\$ .*$`,
		"rows of tables":     `(?m)^\|( --- \|)?`,
		"flags in tables":    `--[a-z-]+`,
		"numbered promises":  `(?m)^[0-9]\. `,
		"pictures":           `!\[[^\]]*\]\(([^)]*)\)`,
		"files":              `\]\(((?:escrow|cmd|LICENSE|testdata)[^)]*)\)`,
	} {
		found := regexp.MustCompile(pattern)
		a, b := found.FindAllString(english, -1), found.FindAllString(japanese, -1)
		if what == "pictures" || what == "files" {
			a, b = groups(found, english), groups(found, japanese)
		}
		if what == "levels of headings" { // the Japanese title was cut off
			a = a[1:]
		}
		if len(a) == 0 || !slices.Equal(a, b) {
			t.Errorf("%s: %q in English, %q in Japanese", what, a, b)
		}
	}
}

func groups(found *regexp.Regexp, text string) (list []string) {
	for _, m := range found.FindAllStringSubmatch(text, -1) {
		list = append(list, m[1])
	}
	return list
}

// TestReadmeLinksLead: every file that it links is there.
func TestReadmeLinksLead(t *testing.T) {
	data, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	links := groups(regexp.MustCompile(`\]\(([^)#][^)]*)\)`), string(data))
	if len(links) < 10 {
		t.Fatalf("only %d links", len(links))
	}
	for _, link := range links {
		if strings.HasPrefix(link, "https://") {
			continue
		}
		if _, err := os.Stat(filepath.Join("../..", filepath.FromSlash(link))); err != nil {
			t.Errorf("%s is not there", link)
		}
	}
}
