package cli

import (
	"regexp"
	"slices"
	"testing"

	"seedvault/cmd/seedvault/internal/words/wordstest"
)

// commandIn finds the commands in a message, upper the words in them that are all in capitals.
var (
	commandIn = regexp.MustCompile(`seedvault [a-z]+[^;:(]*`)
	upper     = regexp.MustCompile(`\b[A-Z]{2,}(?:\.[a-z]+)?\b`)
)

// refused are words that need not be in the list: the verb refuses them, as it does any other
// word that is no address, format and so on.
var refused = []string{"ADDRESS", "AGE", "BRANCH", "FORMAT", "KEY", "RECEIPT", "WORD"}

// abbreviations are words in capitals behind a command that are no placeholders.
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
