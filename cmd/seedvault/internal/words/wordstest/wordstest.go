// Package wordstest finds the messages of package words in its source, so that tests
// can hold all of them to a rule.
package wordstest

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"seedvault/cmd/seedvault/internal/words"
)

// Named is a message and where it is declared.
type Named struct {
	words.Message
	Name    string // of its variable or of its table
	InTable bool
	Code    string // in the table
	File    string // without .go
}

// ID returns the name of the message's variable, or the table with the code.
func (n Named) ID() string {
	if n.InTable {
		return n.Name + "[" + n.Code + "]"
	}
	return n.Name
}

// All returns every message that the source of package words in a folder declares.
func All(t testing.TB, dir string) []Named {
	t.Helper()
	all, err := Read(dir)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// ByID returns the same messages by their names.
func ByID(t testing.TB, dir string) map[string]words.Message {
	t.Helper()
	byID := map[string]words.Message{}
	for _, n := range All(t, dir) {
		byID[n.ID()] = n.Message
	}
	return byID
}

// Read is All where there is no test yet.
func Read(dir string) (all []Named, err error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return nil, err
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			return nil, err
		}
		for _, d := range file.Decls {
			g, ok := d.(*ast.GenDecl)
			if !ok || g.Tok != token.VAR {
				continue
			}
			found, err := declared(g)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
			for _, n := range found {
				n.File = strings.TrimSuffix(filepath.Base(name), ".go")
				all = append(all, n)
			}
		}
	}
	if len(all) < 500 {
		return nil, fmt.Errorf("only %d messages in %s", len(all), dir)
	}
	return all, nil
}

// declared returns the messages and the rows of tables that a declaration has.
func declared(g *ast.GenDecl) (all []Named, err error) {
	for _, spec := range g.Specs {
		spec := spec.(*ast.ValueSpec)
		if len(spec.Values) != 1 {
			continue
		}
		lit, ok := spec.Values[0].(*ast.CompositeLit)
		if !ok {
			continue
		}
		n := Named{Name: spec.Names[0].Name}
		switch fmt.Sprint(lit.Type) {
		case "Message":
			if n.Message, err = message(lit); err != nil {
				return nil, fmt.Errorf("%s: %w", n.Name, err)
			}
			all = append(all, n)
		case "Table":
			n.InTable = true
			for _, row := range lit.Elts {
				cells := row.(*ast.CompositeLit).Elts
				if n.Code, err = text(cells[0]); err != nil {
					return nil, fmt.Errorf("%s: %w", n.Name, err)
				}
				if n.Message, err = message(cells[1]); err != nil {
					return nil, fmt.Errorf("%s: %w", n.ID(), err)
				}
				all = append(all, n)
			}
		}
	}
	return all, nil
}

// message reads a literal with its languages named.
func message(e ast.Expr) (m words.Message, err error) {
	lit, ok := e.(*ast.CompositeLit)
	if !ok {
		return m, fmt.Errorf("not written as a message")
	}
	for _, field := range lit.Elts {
		field, ok := field.(*ast.KeyValueExpr)
		if !ok {
			return m, fmt.Errorf("a language without its name")
		}
		value, err := text(field.Value)
		if err != nil {
			return m, err
		}
		switch fmt.Sprint(field.Key) {
		case "En":
			m.En = value
		case "Ja":
			m.Ja = value
		}
	}
	return m, nil
}

func text(e ast.Expr) (string, error) {
	lit, ok := e.(*ast.BasicLit)
	if !ok {
		return "", fmt.Errorf("not written as one string")
	}
	return strconv.Unquote(lit.Value)
}
