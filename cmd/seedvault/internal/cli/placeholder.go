package cli

import (
	"slices"
	"strings"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
)

// placeholders are the words that stand for something of the person's own in hints and help,
// and that a verb might take for a name or make a file of.
var placeholders = []string{"DIR", "FILE", "FILE.html", "FILE.png", "KIT.html", "NAME", "NEW", "PATH", "PERSON", "PLACE", "RECIPIENT", "REMOTE"}

// placeholder returns the error about a hint that was typed to the letter, such as DIR, where
// no file is called so; otherwise nil. Without it a folder DIR would be made, and a copy be
// kept at PLACE. Names of seeds, holders and copies are not looked at: the verb itself says
// that nothing is called so.
func (l *line) placeholder() error {
	var names []string
	if kind := l.command.Names.Kind; kind == File || kind == Folder || kind == Anything {
		names = l.names
	}
	for _, word := range slices.Concat(names, l.own, l.global) {
		if _, value, assigned := strings.Cut(word, "="); assigned && strings.HasPrefix(word, "-") {
			word = value
		}
		if bare := strings.TrimPrefix(word, "kit:"); slices.Contains(placeholders, bare) && !exists(bare) {
			return say.Usage(words.Placeholder, console.Safe(word, 40)).WithHint(words.HintPlaceholder)
		}
	}
	return nil
}
