package copyplace

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/explain"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/place"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
	"seedvault/escrow/copies"
)

// site checks where a new copy of a vault may lie: where there is nothing yet, or where this
// vault lies already.
type site struct {
	place *place.Place
	files *escrow.Vault // nil for a vault that is yet to be made
}

// folder returns the folder itself where it is empty, can be made or holds this vault already;
// where it holds other things, a folder of our own in it.
func (s site) folder(path string) (string, error) {
	if info, err := os.Lstat(path); err == nil && info.Mode()&fs.ModeSymlink != 0 && filepath.Base(path) == local.OwnFolder {
		return "", s.refuse(path, Linked) // nobody has named what it leads to
	}
	path, err := local.VaultPath(path)
	if err != nil {
		return "", err
	}
	if s.place.World.OnRAMDisk(path) {
		return "", s.refuse(path, OnRAMDisk)
	}
	for _, c := range s.place.Copies() {
		if !inFolder(c) {
			continue
		}
		how, err := copies.OverlapOf(path, c.Path)
		if c.Path == path || err == nil && how == copies.Same {
			return "", say.Fail(words.CopyTwice, console.Safe(path, 0), c.Name).WithHint(words.HintCopyTwice, c.Name)
		}
	}
	if err := refuseOverlap(s.place.Path, path); err != nil {
		return "", err
	}
	entries, err := os.ReadDir(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if info, err := os.Stat(filepath.Dir(path)); err != nil || !info.IsDir() {
			return "", say.Fail(words.NoFolder, console.Safe(path, 0)).WithHint(words.HintCopyFolder)
		}
		return path, nil
	case err != nil:
		return "", explain.Unreadable(path, err)
	}
	if !slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return !strings.HasPrefix(e.Name(), ".") }) {
		return path, nil
	}
	switch lies, err := vaultLies(s.files, path); {
	case err != nil:
		return "", err
	case lies:
		return path, nil
	case filepath.Base(path) == local.OwnFolder:
		return "", say.Fail(words.CopyFolderTaken, console.Safe(path, 0)).WithHint(words.HintCopyFolder)
	}
	return s.folder(filepath.Join(path, local.OwnFolder))
}

// vaultLies reports whether this vault lies in a folder. If another vault does, it returns an
// error.
func vaultLies(files *escrow.Vault, path string) (bool, error) {
	dir, err := escrow.OpenDir(path)
	if err != nil {
		return false, explain.Unreadable(path, err)
	}
	defer dir.Close()
	switch other, err := escrow.Open(dir, nil); {
	case errors.Is(err, escrow.ErrNoVault):
		return false, nil
	case err != nil:
		return false, err
	case files == nil || !Related(files, other):
		return false, say.Fail(words.CopyOfAnother, console.Safe(path, 0)).WithHint(words.HintCopyFolder)
	}
	return true, nil
}

// refuse returns the error about a folder that cannot be a copy.
func (s site) refuse(path string, what copies.State) error {
	why := s.place.World.Voice.Text(words.CopyStates.Of(string(what)))
	return say.Fail(words.CopyRefused, console.Safe(path, 0), why).WithHint(words.HintCopyFolder)
}

// refuseOverlap returns an error where the two folders are the same, or one of them lies in
// the other.
func refuseOverlap(vault, path string) error {
	how, err := copies.OverlapOf(path, vault)
	if err != nil {
		return explain.Unreadable(path, err)
	}
	said := map[copies.Overlap]words.Message{copies.Same: words.CopyIsVault, copies.Inside: words.CopyInVault, copies.Around: words.VaultInCopy}
	if how == copies.Apart {
		return nil
	}
	return say.Fail(said[how], console.Safe(path, 0)).WithHint(words.HintCopyFolder)
}

// Related reports whether two folders have an epoch in common, that is, whether they hold the
// same vault.
func Related(a, b *escrow.Vault) bool {
	for _, x := range a.Epochs() {
		for _, y := range b.Epochs() {
			if x.Folder == y.Folder {
				return true
			}
		}
	}
	return false
}
