package session

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/explain"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
	"seedvault/escrow/copies"
	"seedvault/escrow/copies/remote"
	"seedvault/escrow/roster"
)

// Spot is a place where a copy could lie.
type Spot struct {
	Name string // what a person calls it
	Kind string // of the copy
	Path string
	Kept string
}

const (
	keptOnStick = "stick" // carried apart from any PC
	keptInCloud = "cloud" // in the hands of whoever a program carries it to
)

// SpotFound returns a folder of our own in a place that was found: a stick or a synchronized
// folder holds other things too.
func SpotFound(e local.CopySite) Spot {
	spot := Spot{Name: e.Name, Kind: roster.CopyFolder, Path: filepath.Join(e.Path, local.OwnFolder), Kept: keptInCloud}
	if e.Removable {
		spot.Kept = keptOnStick
	}
	return spot
}

// SpotTyped returns the folder, kit or address that a person has named, with where it is kept
// as far as that can be seen.
func (p *Place) SpotTyped(typed string) (Spot, error) {
	if remote.Is(typed) {
		return p.spotRemote(typed)
	}
	abs, err := local.VaultPath(PathOf(typed))
	if err != nil {
		return Spot{}, err
	}
	spot := Spot{Name: filepath.Base(abs), Kind: roster.CopyFolder, Path: abs}
	if typed != PathOf(typed) {
		spot.Name, spot.Kind = strings.TrimSuffix(spot.Name, filepath.Ext(abs)), roster.CopyKit
	}
	for _, e := range p.world.CopySites() {
		if in, err := filepath.Rel(e.Path, abs); err == nil && filepath.IsLocal(in) {
			spot.Kept = SpotFound(e).Kept
			return spot, nil
		}
	}
	if local.SameDisk(p.Path, abs) {
		spot.Kept = roster.KeptThisPC
	}
	return spot, nil
}

// NewCopy returns a new copy of the vault at a spot, or an error that says why there can be
// none. files is nil where the vault is yet to be made.
func (p *Place) NewCopy(files *escrow.Vault, spot Spot) (*local.Copy, error) {
	s := site{p, files}
	free := s.folder
	switch spot.Kind {
	case roster.CopyKit:
		free = s.kit
	case roster.CopyGit, roster.CopyRclone:
		free = s.remote
	}
	path, err := free(spot.Path)
	if err != nil {
		return nil, err
	}
	c, err := roster.NewCopy(p.FreeCopyName(spot.Name), spot.Kind, spot.Kept)
	return &local.Copy{ID: c.ID, Name: c.Name, Kind: c.Kind, Kept: c.Kept, Path: path}, err
}

// site checks where a new copy of a vault may lie: where there is nothing yet, or where this
// vault lies already.
type site struct {
	place *Place
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
	if s.place.world.InMemory(path) {
		return "", s.refuse(path, InMemory)
	}
	for _, c := range s.place.conf.Copies {
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

// refuse returns the error about a folder that cannot be a copy.
func (s site) refuse(path string, what copies.State) error {
	why := s.place.world.Voice.Text(words.CopyStates.Of(string(what)))
	return say.Fail(words.CopyRefused, console.Safe(path, 0), why).WithHint(words.HintCopyFolder)
}

// AskKept asks where the copy that is being made is kept.
func AskKept(w *world.World) (string, error) {
	t, err := w.Terminal()
	if err != nil {
		return "", err
	}
	defer t.Close()
	for {
		kept, err := t.Line(w.Voice.Text(words.AskCopyKept))
		if err != nil {
			return "", err
		}
		_, answer := world.AnswerOf(kept)
		switch {
		case kept == "":
		case answer || !strings.ContainsFunc(kept, unicode.IsLetter):
			w.Voice.Remark(words.NoPlaceTyped, console.Safe(kept, 40))
		default:
			return kept, nil
		}
	}
}

// Try makes a copy's folder and writes everything into it, before the vault or this machine
// records that there is such a copy.
func (cs *Copies) Try(ctx context.Context, c local.Copy) error {
	made, err := makePlace(c)
	if err != nil {
		return err
	}
	r, err := cs.Sync(ctx, c, ReadAll, false)
	if err == nil && !HoldsAll(r) {
		err = cs.notMade(c, r)
	}
	if err != nil {
		cs.forget(c)
		local.RemoveFolders(made)
	}
	return err
}

// Refill fills a copy again that is empty though it once was not, or whose folder
// is gone.
func (cs *Copies) Refill(ctx context.Context, c local.Copy) (copies.Result, error) {
	if _, err := makePlace(c); err != nil {
		return copies.Result{State: copies.Failed, Err: err}, nil
	}
	return cs.Sync(ctx, c, ReadAll, true)
}

// Held returns how many files a copy had when it was last reached.
func (cs *Copies) Held(c local.Copy) int { return cs.remembered(c).Seen.Files() }

// Made returns an error unless the copy, which has just been made, holds everything that the
// vault does.
func (cs *Copies) Made(c local.Copy) error {
	if found := cs.found[c.ID]; !found.whole {
		return cs.notMade(c, found.Result)
	}
	return nil
}

func (cs *Copies) notMade(c local.Copy, r copies.Result) error {
	if isRemote(c) && r.Err != nil {
		return r.Err
	}
	why := cs.home.world().Voice.Text(words.CopyStates.Of(string(r.State)))
	made := say.Fail(words.CopyNotMade, console.Safe(c.Path, 0), why)
	if c.Kind == roster.CopyKit {
		return made.WithHint(words.HintKitNotMade)
	}
	return made.WithHint(words.HintCopyNotMade, r.Given.Files)
}

// forget removes what this machine has noted about a copy.
func (cs *Copies) forget(c local.Copy) {
	delete(cs.found, c.ID)
	if err := cs.home.vault.Place.Memory().ForgetCopy(c.ID); err != nil {
		cs.home.world().Voice.Remark(words.NotRemembered, explain.Error(err))
	}
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
	case files == nil || !related(files, other):
		return false, say.Fail(words.CopyOfAnother, console.Safe(path, 0)).WithHint(words.HintCopyFolder)
	}
	return true, nil
}

// FreeCopyName makes a valid name out of what a person calls a place, different from those of
// the copies that this machine knows.
func (p *Place) FreeCopyName(called string) string {
	name := strings.Trim(strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			return r
		case r >= 'A' && r <= 'Z':
			return r - 'A' + 'a'
		}
		return '-'
	}, called), "-")
	if len(name) > 24 {
		name = strings.TrimRight(name[:24], "-")
	}
	if escrow.CheckName(name) != nil || name == local.OwnFolder {
		name = "copy"
	}
	free := name
	for n := 2; p.CopyNamed(free) != nil; n++ {
		free = name + "-" + strconv.Itoa(n)
	}
	return free
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

// LiesAt reports whether a copy lies at the path or address that a person has typed.
func LiesAt(c local.Copy, named string) bool {
	if remote.Is(named) || isRemote(c) {
		at, err := remoteMeant(named)
		return err == nil && at.Path == c.Path
	}
	return SameFolder(c.Path, PathOf(named))
}

// SameFolder reports whether two paths lead to one folder.
func SameFolder(a, b string) bool {
	how, err := copies.OverlapOf(a, b)
	return err == nil && how == copies.Same
}
