package speech

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestCounted(t *testing.T) {
	for _, c := range []struct {
		text, want string
		args       []any
	}{
		{"brought %d {file|files} to %s", "brought %d file to %s", []any{1, "x"}},
		{"brought %d {file|files} to %s", "brought %d files to %s", []any{0, "x"}},
		{"%s had %d {file|files}; {it is|they are} here", "%s had %d file; it is here", []any{"x", 1}},
		{"%d {seed|seeds} for %d {holder|holders}", "%d seed for %d holders", []any{1, 2}},
		{"100%% of %d {file|files}%", "100%% of %d file%", []any{1}},
		{"%d{, and one more|}", "%d", []any{2}},
		{"no number, {one|many}", "no number, many", []any{"1"}},
		{"%d {", "%d {", []any{1}},
	} {
		if got := counted(c.text, c.args); got != c.want {
			t.Errorf("%q with %v: %q, want %q", c.text, c.args, got, c.want)
		}
	}
}

// notCounted are the texts whose number is always two or more, or the whole of a
// part, or whose word after it is a verb.
var notCounted = []Message{
	SeveralSeeds, SeveralHolders, AnewOne, SeveralPictures, NameForMany, TooLongToDraw, TerminalTooSmall, CopyProgress, TourWrong, TourEnd,
	FoundSeed, FoundCounting, Clipped, PhoneAhead, PhoneBehind, DiffersInDigits, DiffersInPeriod, ImageTooSlow, OnSheetShareWhat,
	GuideMoreServices, UnknownWord, ShareLine, GroupDiffers, ShareAllows,
}

// TestNumbersHaveTheirForms: one thing is not called by the word for many.
func TestNumbersHaveTheirForms(t *testing.T) {
	form := regexp.MustCompile(`\{[^{}|]*\|[^{}|]*\}`)
	plural := regexp.MustCompile(`%d (?:more |damaged )?[a-z]+s\b`)
	for language, texts := range words {
		for m, text := range texts {
			if !strings.ContainsAny(text, "{}") {
				continue
			}
			forms := form.FindAllStringIndex(text, -1)
			if len(forms) != strings.Count(text, "{") || len(forms) != strings.Count(text, "}") || strings.Contains(text, "%[") {
				t.Errorf("%s in %q cannot be counted: %q", m, language, text)
			}
			if len(forms) > 0 && !strings.Contains(text[:forms[0][0]], "%d") {
				t.Errorf("%s in %q has no number before its forms: %q", m, language, text)
			}
		}
	}
	for m, text := range english {
		if plural.MatchString(text) != slices.Contains(notCounted, m) {
			t.Errorf("%s: %q", m, text)
		}
	}
}
