package session

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
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/page"
	"seedvault/escrow"
	"seedvault/escrow/copies"
	"seedvault/escrow/roster"
)

// kitPrefix tells a kit from a folder where it is named.
const kitPrefix = "kit:"

// PathOf returns the path of the place that a person has named for a copy: without the kit:
// that may stand before it.
func PathOf(named string) string { return strings.TrimPrefix(named, kitPrefix) }

// isKit reports whether a person means a kit: the name begins with kit:, or is that of a file.
func isKit(named string) bool {
	if strings.HasPrefix(named, kitPrefix) {
		return true
	}
	info, err := os.Stat(named)
	return err == nil && info.Mode().IsRegular()
}

// openKit opens a kit. What lies there and is none is named with its path.
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

// torn reports whether a copy is a kit that is not whole.
func torn(there copies.Store) bool {
	k, is := there.(*kit.Store)
	return is && k.Torn()
}

// rewriteTorn writes a kit that was cut off or damaged anew, unless bringing it up to date has
// done so already.
func rewriteTorn(ctx context.Context, there copies.Store, r *copies.Result) {
	if !torn(there) || !HoldsAll(*r) {
		return
	}
	if err := there.(*kit.Store).Publish(ctx); err != nil {
		r.State, r.Err = copies.Failed, err
	} else if r.State == copies.Equal {
		r.State = copies.Healed
	}
}

// kit returns the path of a kit that can be made, or that holds this vault already.
func (s site) kit(path string) (string, error) {
	shown := console.Safe(path, 0)
	if !slices.Contains([]string{".html", ".htm"}, strings.ToLower(filepath.Ext(path))) {
		return "", say.Usage(words.KitName, shown).WithHint(words.HintKitName)
	}
	if s.place.world.InMemory(filepath.Dir(path)) {
		return "", s.refuse(path, InMemory)
	}
	for _, c := range s.place.conf.Copies {
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
	case torn(there):
		return say.Fail(words.KitCut, shown).WithHint(words.HintFileExists)
	}
	switch other, err := escrow.Open(there, nil); {
	case errors.Is(err, escrow.ErrNoVault):
		return say.Fail(words.FileExists, shown).WithHint(words.HintFileExists)
	case err != nil:
		return err
	case s.files == nil || !related(s.files, other):
		return say.Fail(words.KitOfAnother, shown).WithHint(words.HintFileExists)
	}
	return nil
}

// sameFile reports whether two paths lead to one file.
func sameFile(a, b string) bool {
	x, err1 := os.Stat(a)
	y, err2 := os.Stat(b)
	return a == b || err1 == nil && err2 == nil && os.SameFile(x, y)
}

// kitObstacle returns the state that keeps a kit's file from being a copy, "" if nothing does.
func (cs *Copies) kitObstacle(c local.Copy) copies.State {
	p := cs.home.vault.Place
	for _, other := range p.conf.Copies {
		if other.ID == c.ID {
			break // the first of several counts
		}
		if other.Kind == roster.CopyKit && sameFile(c.Path, other.Path) {
			return Twin
		}
	}
	if p.world.InMemory(filepath.Dir(c.Path)) {
		return InMemory
	}
	return ""
}

// unopenedKitState returns the state of a kit that could not be opened.
func unopenedKitState(c local.Copy, err error) copies.State {
	switch {
	case errors.Is(err, kit.ErrLink):
		return Linked
	case errors.Is(err, page.ErrNoKit), errors.Is(err, page.ErrKitSize), errors.Is(err, page.ErrCut):
		return NoKit
	case errors.Is(err, fs.ErrNotExist):
		entries, err := os.ReadDir(filepath.Dir(c.Path))
		if err == nil && (c.Kept == keptInCloud || len(entries) > 0) {
			return copies.Emptied
		}
	}
	return copies.Unreachable
}
