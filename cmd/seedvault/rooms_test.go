package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// leansOn says which files of this package a verb may take names from, beside flags.go
// and those of the verb itself: a verb is read without the others.
var leansOn = map[string][]string{
	"add.go":         {"import.go"},       // a file that is an export is imported
	"edit.go":        {"remove.go"},       // --undo is that of remove
	"rotate_show.go": {"holder_table.go"}, // holders as holder list shows them
}

// TestVerbsStandApart: main.go knows the verbs, and they do not know each other.
func TestVerbsStandApart(t *testing.T) {
	paths, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	files, declared := map[string]*ast.File{}, map[string]string{} // declared: the file of each name of the package
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		files[path] = f
		for name := range f.Scope.Objects {
			declared[name] = path
		}
	}
	taken := map[string]bool{}
	for name, f := range files {
		if name == "main.go" {
			continue
		}
		for _, used := range f.Unresolved {
			of, ok := declared[used.Name]
			switch {
			case !ok || of == name || of == "flags.go" || verbOf(of) == verbOf(name):
			case slices.Contains(leansOn[name], of):
				taken[name+" "+of] = true
			default:
				t.Errorf("%s takes %s from %s", name, used.Name, of)
			}
		}
	}
	for name, list := range leansOn {
		for _, of := range list {
			if !taken[name+" "+of] {
				t.Errorf("%s takes nothing from %s", name, of)
			}
		}
	}
}

// verbOf returns the verb that a file belongs to: holder for holder_add.go.
func verbOf(file string) string {
	verb, _, _ := strings.Cut(strings.TrimSuffix(file, ".go"), "_")
	return verb
}
