package speech

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"seedvault/escrow"
	"seedvault/escrow/otpauth"
)

// constants returns every message that messages.go declares, by its Go name.
func constants(t *testing.T) map[string]Message {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "messages.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]Message{}
	ast.Inspect(file, func(n ast.Node) bool {
		if spec, ok := n.(*ast.ValueSpec); ok {
			value, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			all[spec.Names[0].Name] = Message(value)
		}
		return true
	})
	if len(all) < 100 {
		t.Fatalf("only %d messages found", len(all))
	}
	return all
}

func TestCatalogueIsComplete(t *testing.T) {
	names := map[Message]string{}
	for name, m := range constants(t) {
		if names[m] != "" {
			t.Errorf("%s and %s are one message", name, names[m])
		}
		names[m] = name
		if english[m] == "" {
			t.Errorf("%s has no English text", name)
		}
	}
	for m := range english {
		prefixed := false
		for _, p := range []Message{ReasonPrefix, RemarkPrefix, CodePrefix, KindPrefix} {
			prefixed = prefixed || strings.HasPrefix(string(m), string(p))
		}
		if names[m] == "" && !prefixed {
			t.Errorf("%s has a text and no name", m)
		}
	}
}

// TestWordsOfOtherPackages finds the constants of other packages' words in their
// source and wants a text for each.
func TestWordsOfOtherPackages(t *testing.T) {
	for _, c := range []struct {
		file, kind string
		prefix     Message
		least      int
	}{
		{"../../../../escrow/otpauth/errors.go", "Reason", ReasonPrefix, 15},
		{"../../../../escrow/otpauth/otpauth.go", "Remark", RemarkPrefix, 6},
		{"../../../../escrow/report.go", "Code", CodePrefix, 15},
		{"../../../../escrow/holder.go", "Kind", KindPrefix, 4},
	} {
		file, err := parser.ParseFile(token.NewFileSet(), c.file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		ast.Inspect(file, func(node ast.Node) bool {
			spec, ok := node.(*ast.ValueSpec)
			if !ok || spec.Type == nil || fmt.Sprint(spec.Type) != c.kind {
				return true
			}
			n++
			word, _ := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
			if english[c.prefix+Message(word)] == "" {
				t.Errorf("%s %s has no text", c.kind, word)
			}
			return true
		})
		if n < c.least {
			t.Errorf("only %d words of %s found", n, c.kind)
		}
	}
	if english[CodePrefix+Message(escrow.CodeDamaged)] == "" || english[ReasonPrefix+Message(otpauth.NoSecret)] == "" {
		t.Error("the prefixes do not fit")
	}
}

// TestRemarksAndErrorsAreInStyle: lower case, no full stop.
func TestRemarksAndErrorsAreInStyle(t *testing.T) {
	for m, text := range englishErrors {
		if strings.HasSuffix(text, ".") && !strings.HasSuffix(text, "...") || unicode.IsUpper([]rune(text)[0]) && !strings.HasPrefix(text, "HOME") {
			t.Errorf("%s: %q", m, text)
		}
	}
}

// TestVerbsSayNothingByThemselves wants every sentence in the catalogue: no verb
// passes a literal with letters and a space to something that writes.
func TestVerbsSayNothingByThemselves(t *testing.T) {
	files, err := filepath.Glob("../../*.go")
	if err != nil || len(files) < 15 {
		t.Fatalf("only %d files", len(files))
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			sel, ok := call.Fun.(*ast.SelectorExpr)
			if !ok || !strings.HasPrefix(sel.Sel.Name, "Fprint") && sel.Sel.Name != "WriteString" {
				return true
			}
			for _, arg := range call.Args {
				if lit, ok := arg.(*ast.BasicLit); ok && lit.Kind == token.STRING {
					if text, _ := strconv.Unquote(lit.Value); strings.IndexFunc(strings.ReplaceAll(text, "%s", ""), unicode.IsLetter) >= 0 {
						t.Errorf("%v writes %q", fset.Position(n.Pos()), text)
					}
				}
			}
			return true
		})
	}
}

func TestSafe(t *testing.T) {
	for in, want := range map[string]string{
		"plain":                           "plain",
		"日本語 ok":                          "日本語 ok",
		"\x1b[31mred\x1b[0m":              `\u{1b}[31mred\u{1b}[0m`,
		"a\rb\nc\td":                      `a\u{d}b\u{a}c\u{9}d`,
		"\u202egnp.exe":                   `\u{202e}gnp.exe`,
		"a\u200bb":                        `a\u{200b}b`,
		"\xff":                            `\xff`,
		"\u009b31m":                       `\u{9b}31m`,
		"e\u0301":                         "e\u0301",
		"\u2066x\u2069":                   `\u{2066}x\u{2069}`,
		"a" + strings.Repeat("\u0301", 6): "a" + strings.Repeat("\u0301", 4) + `\u{301}\u{301}`,
	} {
		if got := Safe(in, 0); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	for _, c := range []struct {
		in    string
		width int
		want  string
	}{{"abcdef", 6, "abcdef"}, {"abcdefg", 6, "abcde…"}, {"日本語", 6, "日本語"}, {"日本語x", 6, "日本…"}, {"日本語", 5, "日本…"}} {
		if got := Safe(c.in, c.width); got != c.want {
			t.Errorf("%q in %d columns: %q, want %q", c.in, c.width, got, c.want)
		}
	}
}

func FuzzSafe(f *testing.F) {
	f.Add("\x1b]0;title\a\u202e日本", 10)
	f.Fuzz(func(t *testing.T, s string, width int) {
		width = min(max(width, 1), 200)
		out := Safe(s, width)
		if Width(out) > width {
			t.Fatalf("%q takes %d columns of %d", out, Width(out), width)
		}
		for _, r := range out {
			if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Zl, r) || unicode.Is(unicode.Zp, r) {
				t.Fatalf("%q holds %U", out, r)
			}
		}
	})
}

func TestTableAligns(t *testing.T) {
	var b bytes.Buffer
	Table(&b, [][]string{{"issuer", "x"}, {"日本", "1"}, {"e\u0301", "2", "long last cell that is never cut because nothing follows it"}})
	want := "issuer  x\n日本    1\ne\u0301       2  long last cell that is never cut because nothing follows it\n"
	if b.String() != want {
		t.Errorf("got\n%swant\n%s", b.String(), want)
	}
}

func TestTell(t *testing.T) {
	var b bytes.Buffer
	v := Voice{Err: &b}
	if status := v.Tell(Usage(UnknownFlag, "--x").WithHint(DidYouMean, "--y")); status != StatusUsage {
		t.Errorf("status %d", status)
	}
	want := "seedvault: error: unknown flag --x\nseedvault: hint: did you mean --y?\n"
	if b.String() != want {
		t.Errorf("said %q", b.String())
	}
}
