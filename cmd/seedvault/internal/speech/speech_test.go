package speech

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"seedvault/escrow"
	"seedvault/escrow/otpauth"
)

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
			for language, texts := range words {
				if texts[c.prefix+Message(word)] == "" {
					t.Errorf("%s %s has no text in %q", c.kind, word, language)
				}
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
		"a\u034fb":                        `a\u{34f}b`,
		"a\u3164b":                        `a\u{3164}b`,
		"a\u2800b":                        `a\u{2800}b`,
		"\u2764\ufe0f":                    "\u2764" + `\u{fe0f}`,
		"\U0001f44b\U0001f3ff":            "\U0001f44b" + `\u{1f3ff}`,
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

func TestErrorsNest(t *testing.T) {
	e := Fail(NotASeed, ReasonPrefix+Message(otpauth.NoSecret)).WithHint(SeeHelp, "x").In("line 3")
	if want := "line 3: not a seed: no secret in it"; e.Error() != want {
		t.Errorf("says %q, want %q", e.Error(), want)
	}
	if e.Hint != SeeHelp || e.Status != StatusFailed {
		t.Errorf("%+v", e)
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
