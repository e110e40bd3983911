package main

import (
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// readmes are the page in both languages.
var readmes = []string{"README.md", ".github/README.ja.md"}

func readPage(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile("../../" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestReadmesAreOne: the Japanese page has the headings, the commands, the rows and the
// links of the English one, in the same order.
func TestReadmesAreOne(t *testing.T) {
	english, japanese := readPage(t, readmes[0]), readPage(t, readmes[1])
	for what, pattern := range map[string]string{
		"levels of headings": `(?m)^#+ `,
		"commands":           `(?m)^\$ .*$`,
		"code":               "(?m)^  age .*$",
		"rows of tables":     `(?m)^\|( --- \|)?`,
		"numbered promises":  `(?m)^[0-9]\. `,
	} {
		found := regexp.MustCompile(pattern)
		a, b := found.FindAllString(english, -1), found.FindAllString(japanese, -1)
		if len(a) == 0 || !slices.Equal(a, b) {
			t.Errorf("%s: %q in English, %q in Japanese", what, a, b)
		}
	}
	a, b := linksOf(t, readmes[0]), linksOf(t, readmes[1])
	// Each begins with a link to the other. The sets are the same; word order is a language's own.
	a[0], b[0] = "", ""
	slices.Sort(a)
	slices.Sort(b)
	if !slices.Equal(a, b) {
		t.Errorf("links: %q in English, %q in Japanese", a, b)
	}
}

// linksOf returns what a page links, files as seen from the top.
func linksOf(t *testing.T, page string) (links []string) {
	t.Helper()
	for _, m := range regexp.MustCompile(`\]\(([^)#][^)]*)\)`).FindAllStringSubmatch(readPage(t, page), -1) {
		link := m[1]
		if !strings.HasPrefix(link, "https://") {
			link = path.Join(path.Dir(page), link)
		}
		links = append(links, link)
	}
	return links
}

// TestLinksLead: every file that a page links is there.
func TestLinksLead(t *testing.T) {
	looked := 0
	for _, page := range append([]string{".github/ARCHITECTURE.md", ".github/CONTRIBUTING.md", ".github/SECURITY.md"}, readmes...) {
		for _, link := range linksOf(t, page) {
			if strings.HasPrefix(link, "https://") {
				continue
			}
			looked++
			if _, err := os.Stat("../../" + link); err != nil {
				t.Errorf("%s: %s is not there", page, link)
			}
		}
	}
	if looked < 20 {
		t.Errorf("only %d links", looked)
	}
}
