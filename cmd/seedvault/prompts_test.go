package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"seedvault/cmd/seedvault/internal/words/wordstest"
)

// asking are the functions that put a prompt before a person.
var asking = []string{"Line", "Secret", "Ask", "Confirm"}

// TestPromptsAreListed: every message that the source hands to a prompt has a conversation in
// which each behaviour is played, and so has every message that is named like one; nothing
// else has. A yes to a question is read by no function but World.Ask and World.Confirm.
func TestPromptsAreListed(t *testing.T) {
	found := map[string]bool{}
	for _, m := range wordstest.All(t, "internal/words") {
		if regexp.MustCompile(`^(Ask|Prompt)[A-Z]`).MatchString(m.ID()) {
			found[m.ID()] = true
		}
	}
	asked := 0
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if set, ok := n.(*ast.AssignStmt); ok && isPrompt(set.Lhs[0]) {
				for _, name := range promptsIn(set.Rhs) {
					found[name] = true
				}
			}
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			by, ok := call.Fun.(*ast.SelectorExpr)
			if ok && by.Sel.Name == "askOn" { // its last argument is the prompt below a screen
				for _, name := range promptsIn(call.Args[len(call.Args)-1:]) {
					found[name] = true
				}
			}
			if !ok || !slices.Contains(asking, by.Sel.Name) {
				return true
			}
			for _, name := range promptsIn(call.Args) {
				asked++
				found[name] = true
				how := conversations[name].by
				if yes := how == "Ask" || how == "Confirm"; yes != (by.Sel.Name == "Ask" && !isView(by) || by.Sel.Name == "Confirm") {
					t.Errorf("%s: %s is asked by %s, and listed as %q", path, name, by.Sel.Name, how)
				}
			}
			return true
		})
		return nil
	})
	if err != nil || asked < 30 {
		t.Fatalf("only %d prompts are asked: %v", asked, err)
	}
	for name := range found {
		if _, ok := conversations[name]; !ok {
			t.Errorf("%s is a prompt and has no conversation", name)
		}
	}
	for name := range conversations {
		if !found[name] {
			t.Errorf("%s has a conversation, and is no prompt", name)
		}
	}
}

// isPrompt reports whether a variable holds a prompt until it is asked.
func isPrompt(e ast.Expr) bool {
	x, ok := e.(*ast.Ident)
	return ok && x.Name == "prompt"
}

// isView reports whether what asks is a screen, which reads any answer.
func isView(by *ast.SelectorExpr) bool {
	name := ""
	switch x := by.X.(type) {
	case *ast.Ident:
		name = x.Name
	case *ast.SelectorExpr:
		name = x.Sel.Name
	}
	return strings.EqualFold(name, "view") || name == "v"
}

// promptsIn returns the messages in a call's arguments that stand there as such, and not to
// fill the blanks of another.
func promptsIn(args []ast.Expr) (names []string) {
	for _, arg := range args {
		ast.Inspect(arg, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				if by, ok := n.Fun.(*ast.SelectorExpr); ok && by.Sel.Name == "Text" && len(n.Args) > 0 {
					names = append(names, promptsIn(n.Args[:1])...)
				}
				return false
			case *ast.SelectorExpr:
				if x, ok := n.X.(*ast.Ident); ok && x.Name == "words" {
					names = append(names, n.Sel.Name)
				}
			}
			return true
		})
	}
	return names
}
