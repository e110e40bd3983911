package speech

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"testing"

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
