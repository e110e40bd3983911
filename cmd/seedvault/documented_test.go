package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// TestExportedNamesAreDocumented: every exported name of every package says in a line what it
// is; a constant or variable may say so at its end, or for its group.
func TestExportedNamesAreDocumented(t *testing.T) {
	names, files := 0, token.NewFileSet()
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() && d.Name() == "testdata" {
			return passOver(err)
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(files, path, nil, parser.ParseComments)
		if err != nil {
			return err
		}
		for _, d := range file.Decls {
			for _, n := range exported(d) {
				if names++; !n.documented {
					t.Errorf("%s: %s has no comment", files.Position(n.at.Pos()), n.at.Name)
				}
			}
		}
		return nil
	})
	if err != nil || names < 500 {
		t.Fatalf("only %d names are exported: %v", names, err)
	}
}

// passOver passes a folder over, unless walking it failed.
func passOver(err error) error {
	if err != nil {
		return err
	}
	return fs.SkipDir
}

// exportedName is a name that other packages see.
type exportedName struct {
	at         *ast.Ident
	documented bool
}

// exported returns the names that a declaration exports.
func exported(d ast.Decl) (names []exportedName) {
	add := func(id *ast.Ident, comments ...*ast.CommentGroup) {
		if !id.IsExported() {
			return
		}
		n := exportedName{at: id}
		for _, c := range comments {
			n.documented = n.documented || c != nil
		}
		names = append(names, n)
	}
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Recv == nil || receiverExported(d.Recv.List[0].Type) {
			add(d.Name, d.Doc)
		}
	case *ast.GenDecl:
		for _, s := range d.Specs {
			switch s := s.(type) {
			case *ast.TypeSpec:
				add(s.Name, d.Doc, s.Doc)
			case *ast.ValueSpec:
				for _, id := range s.Names {
					add(id, d.Doc, s.Doc, s.Comment)
				}
			}
		}
	}
	return names
}

// receiverExported reports whether a method is of an exported type.
func receiverExported(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.StarExpr:
		return receiverExported(e.X)
	case *ast.IndexExpr:
		return receiverExported(e.X)
	case *ast.Ident:
		return e.IsExported()
	}
	return false
}
