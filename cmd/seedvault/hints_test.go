package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"seedvault/cmd/seedvault/internal/words/wordstest"
)

// command is what a hint names: a command, or a flag to add to the one typed.
var command = pattern(`\bseedvault [a-z]+|(^|[ (])--?[a-z][a-z-]*\b`)

// steps are the hints that name no command, since the next step lies outside
// seedvault or is the same command again. A new one is put here after a look at
// what a person can do with it.
var steps = []string{
	"HintAnswerLost", "HintCannotRead", "HintDenied", "HintDiskFull", "HintFileExists",
	"HintBadPaperKey", "HintSheetForeign", "HintBadHolderName", "HintBadParameter", "HintFingerprintDiffers",
	"HintImage", "HintInterrupted", "HintNotItsDigits", "HintNewerVault", "HintNoCopy", "HintRenamed", "HintNoHome",
	"HintNoSuchFile", "HintNotRead", "HintNoFolder", "HintIsFolder", "HintNotAnImage", "HintNotASeed", "HintPathTrouble", "HintPictureOnTerminal",
	"HintCopyFolder", "HintCopyNoKit", "HintCopyNotFetched", "HintDrillUnknown", "HintFirstStopped", "HintReport", "HintShareLine", "HintSeedGone", "HintSeveralSeeds", "HintSeveralWaiting", "HintSomeRefused", "HintWriteFailed",
	"HintPageTaken", "HintUnquoted", "HintNearFile", "HintPlaceholder", "HintNothingFetched",
	"HintUnknownGit", "HintUnknownRclone", "HintRemoteLocked", "HintRemoteSilent", "HintRemotePage", "HintRemoteRaced", "HintRemoteDenied", "HintRemoteFull", "HintRemoteFailed",
	"DidYouMean", "SeeHelp", // filled with a command
}

// hintless finds the errors that a file builds without a hint, and the hints that
// it gives, one by one or in a table from which a variable hint is taken.
func hintless(fset *token.FileSet, file *ast.File) (bare, hints []string) {
	hinted := map[ast.Node]bool{}
	named := map[string]bool{} // variables whose error gets its hint later
	tabled := hintsInTables(file)
	hints = append(hints, tabled...)
	ast.Inspect(file, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		f, ok := call.Fun.(*ast.SelectorExpr)
		if !ok || f.Sel.Name != "WithHint" {
			return true
		}
		hinted[f.X] = true
		if id, ok := f.X.(*ast.Ident); ok {
			named[id.Name] = true
		}
		name := messageName(call.Args[0])
		switch id, variable := call.Args[0].(*ast.Ident); {
		case name != "":
			hints = append(hints, name)
		case variable && id.Name == "hint" && len(tabled) > 0:
		default:
			bare = append(bare, fmt.Sprintf("%v: a hint that is no message", fset.Position(n.Pos())))
		}
		return true
	})
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			if id, ok := n.Lhs[0].(*ast.Ident); ok && len(n.Rhs) == 1 && named[id.Name] {
				hinted[n.Rhs[0]] = true
			}
		case *ast.CallExpr:
			f, ok := n.Fun.(*ast.SelectorExpr)
			if !ok || fmt.Sprint(f.X) != "say" || hinted[n] {
				return true
			}
			if f.Sel.Name == "Fail" || f.Sel.Name == "Usage" {
				bare = append(bare, fmt.Sprintf("%v: an error without a hint", fset.Position(n.Pos())))
			}
		case *ast.CompositeLit:
			if sel, ok := n.Type.(*ast.SelectorExpr); ok && fmt.Sprint(sel.X) == "say" && sel.Sel.Name == "Error" {
				bare = append(bare, fmt.Sprintf("%v: an error put together by hand", fset.Position(n.Pos())))
			}
		}
		return true
	})
	return bare, hints
}

// hintsInTables finds the hints among the values of a file's tables.
func hintsInTables(file *ast.File) (hints []string) {
	ast.Inspect(file, func(n ast.Node) bool {
		if table, ok := n.(*ast.CompositeLit); ok {
			for _, e := range table.Elts {
				if name := messageName(e); strings.HasPrefix(name, "Hint") {
					hints = append(hints, name)
				}
			}
		}
		return true
	})
	return hints
}

// messageName returns the name of the message that an expression is, "" for any other.
func messageName(e ast.Expr) string {
	if m, ok := e.(*ast.SelectorExpr); ok && fmt.Sprint(m.X) == "words" {
		return m.Sel.Name
	}
	return ""
}

// TestEveryErrorNamesTheNextStep: each error that a verb builds has a hint, and
// each hint a command, a flag or a step that somebody has looked at.
func TestEveryErrorNamesTheNextStep(t *testing.T) {
	own, err1 := filepath.Glob("*.go")
	rooms, err2 := filepath.Glob("internal/*/*.go")
	files := append(own, rooms...)
	if err1 != nil || err2 != nil || len(own) < 15 || len(rooms) < 30 {
		t.Fatalf("only %d and %d files", len(own), len(rooms))
	}
	texts, given := englishTexts(t), map[string]bool{}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") || strings.HasPrefix(name, "internal/say/") {
			continue
		}
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		bare, hints := hintless(fset, file)
		for _, b := range bare {
			t.Error(b)
		}
		for _, h := range hints {
			given[h] = true
			if names := command().MatchString(texts[h]); texts[h] == "" || !names && !slices.Contains(steps, h) {
				t.Errorf("%s: %s names nothing to type: %q", name, h, texts[h])
			}
		}
	}
	if len(given) < 40 {
		t.Errorf("only %d hints found", len(given))
	}
	for _, h := range steps {
		if command().MatchString(texts[h]) || !given[h] {
			t.Errorf("%s is no exception: %q", h, texts[h])
		}
	}
}

// englishTexts returns the English text of each message, by its name.
func englishTexts(t *testing.T) map[string]string {
	t.Helper()
	texts := map[string]string{}
	for _, n := range wordstest.All(t, "internal/words") {
		texts[n.ID()] = n.En
	}
	return texts
}

// TestHintless is the control: each of these is found.
func TestHintless(t *testing.T) {
	for source, want := range map[string]int{
		`return say.Fail(words.NoVault, path)`:                                      1,
		`e := say.Usage(words.NoVault); return e`:                                   1,
		`return &say.Error{Message: words.NoVault}`:                                 1,
		`return say.Fail(words.NoVault).WithHint(hint)`:                             1,
		`return say.Fail(words.NoVault).WithHint(words.HintNoVault)`:                0,
		`e := say.Fail(words.NoVault); return e.WithHint(words.HintNoVault)`:        0,
		`return explain.Error(say.Fail(words.NoVault).WithHint(words.HintNoVault))`: 0,
	} {
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, "x.go", "package x\nfunc f() error { "+source+" }", 0)
		if err != nil {
			t.Fatal(err)
		}
		if bare, _ := hintless(fset, file); len(bare) != want {
			t.Errorf("%s: %v", source, bare)
		}
	}
}
