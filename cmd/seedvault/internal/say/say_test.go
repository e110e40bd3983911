package say

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"seedvault/cmd/seedvault/internal/words"
)

func TestErrorsNest(t *testing.T) {
	e := Fail(words.NotASeed, words.Refusals.Of("no-secret")).WithHint(words.SeeHelp, "x").In("line 3")
	if want := "line 3: not a seed: no secret in it"; e.Error() != want {
		t.Errorf("says %q, want %q", e.Error(), want)
	}
	if e.Hint != words.SeeHelp || e.Status != StatusFailed {
		t.Errorf("%+v", e)
	}
}

// TestErrorsWrap: which error it is, is told by what it wraps, wherever it happened.
func TestErrorsWrap(t *testing.T) {
	cause, other := errors.New("a cause"), errors.New("another")
	e := Fail(words.NoVaultFound).WithHint(words.HintNoVault).Wrapping(cause)
	for _, err := range []error{e, e.In("x"), fmt.Errorf("failed: %w", e)} {
		if !errors.Is(err, cause) || errors.Is(err, other) {
			t.Errorf("%v: the cause is not told", err)
		}
	}
	if err := error(Fail(words.NoVaultFound)); errors.Is(err, cause) {
		t.Error("an error without a cause has one")
	}
	if e.Error() != words.NoVaultFound.En {
		t.Errorf("says %q", e.Error())
	}
}

func TestTell(t *testing.T) {
	var b bytes.Buffer
	v := Voice{Err: &b}
	if status := v.Tell(Usage(words.UnknownFlag, "--x").WithHint(words.DidYouMean, "--y")); status != StatusUsage {
		t.Errorf("status %d", status)
	}
	want := "seedvault: error: unknown flag --x\nseedvault: hint: did you mean --y?\n"
	if b.String() != want {
		t.Errorf("said %q", b.String())
	}
}

// TestTextSpeaksOneLanguage: a part is said in the language of the whole.
func TestTextSpeaksOneLanguage(t *testing.T) {
	var said []words.Message
	v := Voice{Lang: words.Japanese, OnMessage: func(l words.Language, m words.Message, _ string) {
		if l != words.Japanese {
			t.Errorf("%q in %q", m, l)
		}
		said = append(said, m)
	}}
	paper := words.HolderKinds.Of("paper")
	got := v.Text(words.Both, words.Part(words.Both, paper, 1), Fail(words.NoVaultFound))
	one := words.Format(words.Both.Ja, paper.Ja, 1)
	if want := words.Format(words.Both.Ja, one, words.NoVaultFound.Ja); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if len(said) != 4 {
		t.Errorf("%d messages: %q", len(said), said)
	}
}

// TestRemarksFit: a remark is broken between words where a screen is narrow, and whole
// where whoever reads it has no width.
func TestRemarksFit(t *testing.T) {
	for columns, want := range map[int]string{
		0:  "seedvault: one two three\n",
		80: "seedvault: one two three\n",
		18: "seedvault: one two\nthree\n",
	} {
		var b strings.Builder
		Voice{Err: &b, Columns: columns}.RemarkText("one two three")
		if b.String() != want {
			t.Errorf("in %d columns: %q, want %q", columns, b.String(), want)
		}
	}
}
