package cli

import (
	"regexp"
	"slices"
	"testing"

	"seedvault/cmd/seedvault/internal/words/wordstest"
)

// upper finds the words of a command in a message that are all in capitals.
var (
	commandIn = regexp.MustCompile(`seedvault [a-z]+[^;:(]*`)
	upper     = regexp.MustCompile(`\b[A-Z]{2,}(?:\.[a-z]+)?\b`)
)

// refused are words that the verbs that take them refuse themselves, as none of what there is.
var refused = []string{"ADDRESS", "AGE", "BRANCH", "FORMAT", "KEY", "RECEIPT", "WORD"}

// abbreviations are the words in capitals beside commands that stand for nothing else.
var abbreviations = []string{"PC", "QR", "USB", "IAM", "AWS", "SSH", "TOTP"}

// TestPlaceholdersAreKnown: no command in a message has a word in its place that the list does
// not know.
func TestPlaceholdersAreKnown(t *testing.T) {
	n := 0
	for _, m := range wordstest.All(t, "../words") {
		for _, command := range commandIn.FindAllString(m.En, -1) {
			for _, word := range upper.FindAllString(command, -1) {
				if n++; !slices.Contains(placeholders, word) && !slices.Contains(refused, word) && !slices.Contains(abbreviations, word) {
					t.Errorf("%s: %s in %q", m.ID(), word, command)
				}
			}
		}
	}
	if n < 50 {
		t.Errorf("only %d words", n)
	}
}
