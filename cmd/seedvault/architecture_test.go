package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var (
	quoted      = pattern("`([^`\n]+)`")
	namedPath   = pattern(`^[a-z0-9_.]+(/[a-z0-9_.]+)*(\.go|/[a-z0-9_]+)$`)
	namedInCode = pattern(`^(?:[a-z]+\.)?[A-Z][A-Za-z]*(?:\.[A-Z][A-Za-z]*)?$`)
	declaration = pattern(`(?m)^(?:func (?:\([^)]*\) )?|type |\t)([A-Z][A-Za-z]*)\b`)
)

// TestArchitectureNamesWhatThereIs: each file, folder and exported name that ARCHITECTURE.md
// and CONTRIBUTING.md have in backquotes is there. Paths begin at the root.
func TestArchitectureNamesWhatThereIs(t *testing.T) {
	declared := map[string]bool{}
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") {
			return err
		}
		source, err := os.ReadFile(path)
		for _, m := range declaration().FindAllSubmatch(source, -1) {
			declared[string(m[1])] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, page := range []string{"ARCHITECTURE.md", "CONTRIBUTING.md"} {
		text, err := os.ReadFile("../../.github/" + page)
		if err != nil {
			t.Fatal(err)
		}
		paths, names := 0, 0
		for _, m := range quoted().FindAllSubmatch(text, -1) {
			switch name := string(m[1]); {
			case namedPath().MatchString(name):
				paths++
				if _, err := os.Stat(filepath.Join("../..", name)); err != nil {
					t.Errorf("%s names %s, which is not there", page, name)
				}
			case namedInCode().MatchString(name) && name != strings.ToUpper(name):
				names++
				if last := name[strings.LastIndex(name, ".")+1:]; !declared[last] {
					t.Errorf("%s names %s, which nothing declares", page, name)
				}
			}
		}
		if paths < 5 || names < 3 {
			t.Errorf("%s names only %d paths and %d names", page, paths, names)
		}
	}
}

// listedLine is a package in the list of ARCHITECTURE.md: the head of a block, or below it.
var listedLine = pattern(`^( {2})?([a-z0-9_/]+) {2,}\S`)

// TestArchitectureListsPackages: the page lists every package but those for tests and for
// building the page, each above those that it imports, but for the head of its own block.
func TestArchitectureListsPackages(t *testing.T) {
	page, err := os.ReadFile("../../.github/ARCHITECTURE.md")
	if err != nil {
		t.Fatal(err)
	}
	list := strings.Split(string(page), "```")[1]
	at, listed, head := map[string]int{}, map[string]bool{}, ""
	for line := range strings.Lines(list) {
		m := listedLine().FindStringSubmatch(line)
		if m == nil {
			continue
		}
		name := "seedvault/" + m[2]
		if m[1] == "" {
			head = name
		} else {
			name = head + "/" + m[2]
		}
		at[name], listed[name] = len(at), true
	}
	for _, p := range goList(t, "./cmd/...", "./escrow/...", "./qr/...", "./internal/...") {
		if strings.HasSuffix(p.ImportPath, "test") || p.ImportPath == "seedvault/cmd/seedvault/page/build" {
			continue
		}
		from, ok := at[p.ImportPath]
		if !ok {
			t.Errorf("%s is not listed", p.ImportPath)
			continue
		}
		delete(listed, p.ImportPath)
		for _, to := range p.Imports {
			if below, ok := at[to]; ok && below < from && !strings.HasPrefix(p.ImportPath, to+"/") {
				t.Errorf("%s imports %s, which is listed above it", p.ImportPath, to)
			}
		}
	}
	for name := range listed {
		t.Errorf("%s is listed, and there is none", name)
	}
}
