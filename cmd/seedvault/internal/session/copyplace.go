package session

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/explain"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
	"seedvault/escrow/copies"
)

// Spot is a folder in which a copy could lie.
type Spot struct {
	Name string // what a person calls it
	Path string
	Kept string
}

const (
	keptOnStick = "stick" // carried apart from any PC
	keptInCloud = "cloud" // in the hands of whoever a program carries it to
)

// SpotFound is a folder of our own in a place that was found: a stick and a
// synchronized folder hold other things too.
func SpotFound(e local.Elsewhere) Spot {
	spot := Spot{Name: e.Name, Path: filepath.Join(e.Path, "seedvault"), Kept: keptInCloud}
	if e.Removable {
		spot.Kept = keptOnStick
	}
	return spot
}

// SpotTyped is the folder that a person has named, with where it is kept as far as
// that can be seen.
func (p *Place) SpotTyped(path string) (Spot, error) {
	abs, err := local.VaultPath(path)
	if err != nil {
		return Spot{}, err
	}
	spot := Spot{Name: filepath.Base(abs), Path: abs}
	for _, e := range p.world.Elsewhere() {
		if in, err := filepath.Rel(e.Path, abs); err == nil && filepath.IsLocal(in) {
			spot.Kept = SpotFound(e).Kept
			return spot, nil
		}
	}
	if local.SameDisk(p.Path, abs) {
		spot.Kept = escrow.KeptThisPC
	}
	return spot, nil
}

// NewCopy is a copy of the vault at a spot, once nothing stands against it there. The
// vault's files are nil where it is yet to be made.
func (p *Place) NewCopy(files *escrow.Vault, spot Spot) (*local.Copy, error) {
	path, err := p.freeFolder(files, spot.Path)
	if err != nil {
		return nil, err
	}
	c, err := escrow.NewCopy(p.FreeCopyName(spot.Name), escrow.CopyFolder, spot.Kept)
	return &local.Copy{ID: c.ID, Name: c.Name, Kind: c.Kind, Kept: c.Kept, Path: path}, err
}

// freeFolder is the folder itself where it is empty, or holds this vault already,
// or can be made; where it holds other things it is a folder of our own in it.
func (p *Place) freeFolder(files *escrow.Vault, path string) (string, error) {
	path, err := local.VaultPath(path)
	if err != nil {
		return "", err
	}
	for _, c := range p.conf.Copies {
		if c.Path == path {
			return "", say.Fail(words.CopyTwice, console.Safe(path, 0), c.Name).WithHint(words.HintCopyTwice, c.Name)
		}
	}
	if err := refuseOverlap(p.Path, path); err != nil {
		return "", err
	}
	entries, err := os.ReadDir(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if info, err := os.Stat(filepath.Dir(path)); err != nil || !info.IsDir() {
			return "", say.Fail(words.FirstNoFolder, console.Safe(path, 0)).WithHint(words.HintCopyFolder)
		}
		return path, nil
	case err != nil:
		return "", explain.Unreadable(path, err)
	}
	if !slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return !strings.HasPrefix(e.Name(), ".") }) {
		return path, nil
	}
	switch lies, err := vaultLies(files, path); {
	case err != nil:
		return "", err
	case lies:
		return path, nil
	case filepath.Base(path) == "seedvault":
		return "", say.Fail(words.CopyFolderTaken, console.Safe(path, 0)).WithHint(words.HintCopyFolder)
	}
	return p.freeFolder(files, filepath.Join(path, "seedvault"))
}

// vaultLies reports whether this vault lies in a folder. Another person's is an error.
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

// FreeCopyName makes a name out of what a person calls a place, and one that no other
// copy has on this machine.
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
	if escrow.CheckName(name) != nil || name == "seedvault" {
		name = "copy"
	}
	free := name
	for n := 2; p.CopyNamed(free) != nil; n++ {
		free = name + "-" + strconv.Itoa(n)
	}
	return free
}

// refuseOverlap wants the copy's folder to be apart from the vault's.
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

// SameFolder reports whether two paths lead to one folder.
func SameFolder(a, b string) bool {
	how, err := copies.OverlapOf(a, b)
	return err == nil && how == copies.Same
}
