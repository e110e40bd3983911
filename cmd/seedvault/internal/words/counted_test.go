package words_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"seedvault/cmd/seedvault/internal/words"
)

// notCounted are the texts whose number is always two or more, or the whole of a
// part, or whose word after it is a verb.
var notCounted = []string{
	"SeveralSeeds", "SeveralHolders", "AnewOne", "SeveralPictures", "NameForMany", "TooLongToDraw", "LongLine", "LongLineShort", "TerminalTooSmall", "CopyProgress", "TourWrong", "TourEnd", "FoundSeed", "FoundCounting", "Clipped", "PhoneAhead", "PhoneBehind", "DiffersInDigits", "DiffersInPeriod", "ImageTooSlow", "OnSheetShareWhat", "GuideMoreServices", "UnknownWord", "ShareLine", "GroupDiffers", "ShareAllows", "PartsMissing", "ImageTooManyPixels", "CodeTooShort",
}

// TestNumbersHaveTheirForms: one thing is not called by the word for many.
func TestNumbersHaveTheirForms(t *testing.T) {
	form := regexp.MustCompile(`\{[^{}|]*\|[^{}|]*\}`)
	plural := regexp.MustCompile(`%d (?:more |damaged )?[a-z]+s\b`)
	for _, language := range languages {
		for m, text := range textsOf(t, language) {
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
	for m, text := range textsOf(t, words.English) {
		if plural.MatchString(text) != slices.Contains(notCounted, m) {
			t.Errorf("%s: %q", m, text)
		}
	}
}
