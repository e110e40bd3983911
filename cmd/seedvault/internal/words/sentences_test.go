package words_test

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/words/wordstest"
)

var blank = regexp.MustCompile(`%(?:\[(\d+)\])?[-+ #0]*\d*([a-z%])`)

// blanks returns which verb of fmt stands for which argument of a text, so that
// a language may use them in another order.
func blanks(text string) map[int]string {
	found, next := map[int]string{}, 1
	for _, m := range blank.FindAllStringSubmatch(text, -1) {
		if m[2] == "%" {
			continue
		}
		if m[1] != "" {
			next, _ = strconv.Atoi(m[1])
		}
		found[next] = m[2]
		next++
	}
	return found
}

func TestBlanks(t *testing.T) {
	for text, want := range map[string]map[int]string{
		"none, 100%%":       {},
		"%s and %d":         {1: "s", 2: "d"},
		"%[2]d, then %[1]s": {1: "s", 2: "d"},
		"%[1]s %[1]s":       {1: "s"},
	} {
		if got := blanks(text); !maps.Equal(got, want) {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

// speaks are the functions that take a message and what fills its blanks.
var speaks = []string{"Say", "Remark", "Text", "Fail", "Usage", "Ended", "WithHint", "Part", "Misused"}

// complaints finds what is wrong with how a file speaks: a literal instead of a
// message of the catalogue, and blanks that are not filled one for one.
func complaints(fset *token.FileSet, file *ast.File, messages map[string]words.Message) []string {
	var list []string
	complain := func(n ast.Node, format string, args ...any) {
		list = append(list, fmt.Sprintf("%v ", fset.Position(n.Pos()))+fmt.Sprintf(format, args...))
	}
	ast.Inspect(file, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		f, ok := call.Fun.(*ast.SelectorExpr)
		switch {
		case !ok || len(call.Args) == 0:
		case strings.HasPrefix(f.Sel.Name, "Fprint") || f.Sel.Name == "WriteString" || f.Sel.Name == "Show":
			for _, arg := range call.Args {
				if text, ok := literal(arg); ok && strings.IndexFunc(strings.ReplaceAll(text, "%s", ""), unicode.IsLetter) >= 0 {
					complain(n, "writes %q", text)
				}
			}
		case slices.Contains(speaks, f.Sel.Name):
			if text, ok := literal(call.Args[0]); ok {
				complain(n, "says %q", text)
			}
			if m, ok := call.Args[0].(*ast.SelectorExpr); ok && !call.Ellipsis.IsValid() {
				filled := len(call.Args) - 1
				if f.Sel.Name == "Misused" { // its second argument is the verb
					filled--
				}
				if text, known := messages[m.Sel.Name]; known && filled != len(blanks(text.En)) {
					complain(n, "fills %d blanks of %s: %q", filled, m.Sel.Name, text.En)
				}
			}
		}
		return true
	})
	return list
}

func literal(e ast.Expr) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(lit.Value)
	return text, err == nil
}

// TestVerbsSpeakByTheCatalogue wants every sentence in the catalogue, and every
// blank in it filled.
func TestVerbsSpeakByTheCatalogue(t *testing.T) {
	verbs, err1 := filepath.Glob("../../*.go")
	rooms, err2 := filepath.Glob("../*/*.go")
	walk, err3 := filepath.Glob("../../guide/walk/*.go")
	if errors.Join(err1, err2, err3) != nil || len(verbs) < 15 || len(rooms) < 30 || len(walk) < 5 {
		t.Fatalf("only %d, %d and %d files", len(verbs), len(rooms), len(walk))
	}
	messages := wordstest.ByID(t, ".")
	for _, name := range slices.Concat(verbs, rooms, walk) {
		if strings.HasSuffix(name, "_test.go") || slices.Contains([]string{"words", "say", "console"}, filepath.Base(filepath.Dir(name))) {
			continue
		}
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range complaints(fset, file, messages) {
			t.Error(c)
		}
	}
}

// TestComplaints is the control: each of these is found.
func TestComplaints(t *testing.T) {
	for _, wrong := range []string{
		`fmt.Fprintln(w, "a sentence")`,
		`io.WriteString(w, "a sentence")`,
		`t.Show("a sentence")`,
		`p.Remark("a sentence")`,
		`say.Fail("a-message")`,
		`p.Remark(words.Saved, title)`,
		`e.WithHint(words.HintDiskFull, path)`,
	} {
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, "x.go", "package x\nfunc f() { "+wrong+" }", 0)
		if err != nil {
			t.Fatal(err)
		}
		if len(complaints(fset, file, wordstest.ByID(t, "."))) != 1 {
			t.Errorf("%s passes", wrong)
		}
	}
}

// TestEveryMessageIsSaid: no message and no table has outlived the place that says it.
func TestEveryMessageIsSaid(t *testing.T) {
	used := map[string]bool{}
	for _, pattern := range []string{"../../*.go", "../*/*.go", "../../guide/*.go", "../../guide/*/*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("no files at %s: %v", pattern, err)
		}
		for _, name := range files {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			source, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range regexp.MustCompile(`\bwords\.(\w+)`).FindAllStringSubmatch(string(source), -1) {
				used[m[1]] = true
			}
		}
	}
	for _, n := range wordstest.All(t, ".") {
		if !used[n.Name] {
			t.Errorf("nothing says %s", n.Name)
		}
	}
}
