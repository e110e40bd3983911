package cli

import (
	"os"
	"strings"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
)

// unquoted returns the error about a path with spaces that was typed without quotes: a file has
// the name that some of the names in a row make when joined with spaces, and none has the first
// of them. Otherwise it returns nil.
func unquoted(names []string) error {
	for i := range names {
		for j := i + 2; j <= len(names); j++ {
			path := strings.Join(names[i:j], " ")
			if exists(path) && !exists(names[i]) {
				return say.Usage(words.NoSuchFile, console.Safe(names[i], 40)).WithHint(words.HintUnquoted, console.ShellWord(path))
			}
		}
	}
	return nil
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}
