package otpauth

import (
	"testing"
	"unicode"

	"golang.org/x/text/cases"
)

// TestWithoutCase holds every character against another implementation.
func TestWithoutCase(t *testing.T) {
	other := cases.Fold()
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if r >= 0xd800 && r < 0xe000 || unicode.Is(unicode.Cherokee, r) { // no characters; what the other one exchanges
			continue
		}
		if got, want := withoutCase(string(r)), other.String(string(r)); got != want {
			t.Errorf("%U: %q, want %q", r, got, want)
		}
	}
	if got, want := withoutCase("ᏸꭰ"), "ᏰᎠ"; got != want {
		t.Errorf("Cherokee: %q, want %q", got, want)
	}
	if got, want := withoutCase("Straße ΣΊΣΥΦΟΣ"), other.String("Straße ΣΊΣΥΦΟΣ"); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
