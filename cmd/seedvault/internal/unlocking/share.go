package unlocking

import (
	"errors"
	"os"
	"slices"
	"strings"

	"filippo.io/age"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/explain"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
	"seedvault/escrow/key"
)

// ShareFile reads a share that somebody sent, or that was typed from paper; "-" is
// standard input.
func ShareFile(w *world.World, file string, ids ...age.Identity) (key.Share, error) {
	text, err := shareText(w, file)
	if err != nil {
		return key.Share{}, err
	}
	share, err := key.OpenSentShare(text, ids...)
	if errors.Is(err, key.ErrShare) {
		share, err = key.ReadPaperShare(paperLines(text))
	}
	if err != nil {
		return key.Share{}, explain.Error(err).In(console.Safe(file, 0))
	}
	return share, nil
}

// shareText reads a file, or standard input.
func shareText(w *world.World, file string) (string, error) {
	if file == "-" {
		return InputText(w)
	}
	f, err := os.Open(file)
	if err != nil {
		return "", explain.Unreadable(file, err)
	}
	defer f.Close()
	return readUpTo(f, shareLimit)
}

// paperLines returns the lines of a share in a file, without the words around them.
func paperLines(text string) []string {
	lines := strings.Split(text, "\n")
	first := slices.IndexFunc(lines, key.LooksLikeShare)
	if first < 0 {
		return lines
	}
	lines = lines[first:]
	if end := slices.IndexFunc(lines, func(l string) bool { return strings.Trim(l, " \r#") == "" }); end > 0 {
		return lines[:end]
	}
	return lines
}

// OnlyQuorum returns the name of the vault's quorum if it has exactly one, else "-".
func OnlyQuorum(v *escrow.Vault) string {
	name := "-"
	for _, h := range v.Holders() {
		if len(h.Shares) > 0 {
			if name != "-" && name != h.Name {
				return "-"
			}
			name = h.Name
		}
	}
	return name
}
