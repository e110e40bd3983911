package place

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"regexp"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/internal/lazy"
)

// epochFolder matches the name of an epoch's folder, also of one that a program has renamed,
// such as 1-e5f5a53d0c1b2a39 (1).
var epochFolder = lazy.Value[*regexp.Regexp]{Make: func() *regexp.Regexp {
	return regexp.MustCompile(`^([0-9]{1,9}-[0-9a-f]{16})(.*)$`)
}}

// nearby is a vault that was found close to a folder that has none.
type nearby struct {
	folder  string // the vault's, "" for none
	renamed string // a folder of it that has another name than it should, "" for none
	name    string // the name that it should have
}

// lookAround looks for the vault that somebody probably meant who has named a folder without
// one: in the folder itself, where an epoch's folder was renamed; above it; and in the folders
// in it, if exactly one of these has a vault.
func lookAround(dir string) nearby {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nearby{}
	}
	above := filepath.Dir(dir)
	for _, at := range []string{dir, above, filepath.Dir(above)} {
		if found := vaultIn(at); found.folder != "" {
			return found
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nearby{}
	}
	var below []nearby
	for _, e := range entries {
		if e.IsDir() && len(below) < 2 {
			if found := vaultIn(filepath.Join(dir, e.Name())); found.folder != "" {
				below = append(below, found)
			}
		}
	}
	if len(below) == 1 {
		return below[0]
	}
	return nearby{}
}

// RenameBackCommand returns the command, as a person types it, that gives the epoch's folder in a
// vault's or copy's folder its name back, "" unless all that lie there were renamed.
func RenameBackCommand(dir string) string {
	found := vaultIn(dir)
	if found.renamed == "" {
		return ""
	}
	return console.RenameLine(found.renamed, found.name)
}

// vaultIn returns the vault in a folder: one with an epoch's folder in it or, where all of these
// have something behind their names, one of whose vault.txt fits the rest of the name.
func vaultIn(dir string) (found nearby) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nearby{}
	}
	for _, e := range entries {
		name := epochFolder.Get().FindStringSubmatch(e.Name())
		if name == nil || !e.IsDir() {
			continue
		}
		text, err := os.ReadFile(filepath.Join(dir, e.Name(), "vault.txt"))
		if err != nil || len(text) > 1<<16 {
			continue
		}
		if name[2] == "" {
			return nearby{folder: dir}
		}
		if sum := sha256.Sum256(text); name[1][len(name[1])-16:] == hex.EncodeToString(sum[:8]) {
			found = nearby{folder: dir, renamed: filepath.Join(dir, e.Name()), name: filepath.Join(dir, name[1])}
		}
	}
	return found
}
