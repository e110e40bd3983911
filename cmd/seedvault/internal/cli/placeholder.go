package cli

import (
	"slices"
	"strings"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
)

// placeholders are the words that stand for something of the person's own in hints and help.
var placeholders = []string{
	"ADDRESS", "AGE", "APP", "BRANCH", "DATE", "DIR", "FILE", "FILE.html", "FILE.png", "FORMAT", "FP", "HOLDER", "KEY", "KIT.html",
	"MEMBER", "NAME", "NEW", "NOTE", "PATH", "PERSON", "PLACE", "QUORUM", "RECEIPT", "RECIPIENT", "REMOTE", "SEAL", "STICK", "TAG", "WORD",
}

// placeholder returns the error about a hint that was typed to the letter, where nothing is
// called so; otherwise nil. DIR would be made, and a copy kept at PLACE.
func (l *line) placeholder() error {
	for _, typed := range slices.Concat(l.names, l.own, l.global) {
		if _, value, assigned := strings.Cut(typed, "="); assigned && strings.HasPrefix(typed, "-") {
			typed = value
		}
		if word := strings.TrimPrefix(typed, "kit:"); slices.Contains(placeholders, word) && !exists(word) {
			return say.Usage(words.Placeholder, console.Safe(typed, 40)).WithHint(words.HintPlaceholder)
		}
	}
	return nil
}
