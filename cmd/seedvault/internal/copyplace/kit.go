package copyplace

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/kit"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/page"
	"seedvault/escrow"
	"seedvault/escrow/copies"
	"seedvault/escrow/roster"
)

// openKit opens a kit. The error about a file that is no kit names its path.
func openKit(ctx context.Context, path string) (copies.Store, error) {
	s, err := kit.Open(ctx, path)
	switch shown := console.Safe(path, 0); {
	case err == nil:
		return s, nil
	case errors.Is(err, kit.ErrLink):
		return nil, say.Fail(words.KitLink, shown).WithHint(words.HintKitLink).Wrapping(err)
	case errors.Is(err, page.ErrCut):
		return nil, say.Fail(words.KitCut, shown).WithHint(words.HintKitCut).Wrapping(err)
	case errors.Is(err, page.ErrNoKit), errors.Is(err, page.ErrKitSize):
		return nil, say.Fail(words.NoKit, shown).WithHint(words.HintNoKit).Wrapping(err)
	}
	return nil, err
}

// IsIncompleteKit reports whether a copy is a kit that was cut off or damaged. See
// [kit.Store.Incomplete].
func IsIncompleteKit(there copies.Store) bool {
	k, is := there.(*kit.Store)
	return is && k.Incomplete()
}

// kit returns the path of a kit that can be made, or that holds this vault already.
func (s site) kit(path string) (string, error) {
	shown := console.Safe(path, 0)
	if !slices.Contains([]string{".html", ".htm"}, strings.ToLower(filepath.Ext(path))) {
		return "", say.Usage(words.KitName, shown).WithHint(words.HintKitName)
	}
	if s.place.World.OnRAMDisk(filepath.Dir(path)) {
		return "", s.refuse(path, OnRAMDisk)
	}
	for _, c := range s.place.Copies() {
		if c.Kind == roster.CopyKit && sameFile(c.Path, path) {
			return "", say.Fail(words.KitTwice, shown, c.Name).WithHint(words.HintCopyTwice, c.Name)
		}
	}
	switch how, err := copies.OverlapOf(filepath.Dir(path), s.place.Path); {
	case err != nil:
		return "", err
	case how == copies.Same || how == copies.Inside:
		return "", say.Fail(words.KitInVault, shown).WithHint(words.HintCopyFolder)
	}
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if info, err := os.Stat(filepath.Dir(path)); err != nil || !info.IsDir() {
			return "", say.Fail(words.NoFolder, shown).WithHint(words.HintCopyFolder)
		}
		return path, nil
	case err == nil && info.IsDir():
		return "", say.Fail(words.KitIsFolder, shown).WithHint(words.HintFileExists)
	}
	return path, s.holdsVault(path)
}

// holdsVault returns an error unless a file is an undamaged kit of this vault.
func (s site) holdsVault(path string) error {
	shown := console.Safe(path, 0)
	there, err := openKit(context.Background(), path)
	switch {
	case errors.Is(err, page.ErrNoKit):
		return say.Fail(words.FileExists, shown).WithHint(words.HintFileExists)
	case err != nil:
		return err
	case IsIncompleteKit(there):
		return say.Fail(words.KitCut, shown).WithHint(words.HintFileExists)
	}
	switch other, err := escrow.Open(there, nil); {
	case errors.Is(err, escrow.ErrNoVault):
		return say.Fail(words.FileExists, shown).WithHint(words.HintFileExists)
	case err != nil:
		return err
	case s.files == nil || !Related(s.files, other):
		return say.Fail(words.KitOfAnother, shown).WithHint(words.HintFileExists)
	}
	return nil
}
