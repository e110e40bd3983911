package copyplace

import (
	"path/filepath"
	"strconv"
	"strings"
	"unicode"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/place"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
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
func SpotTyped(p *place.Place, typed string) (Spot, error) {
	if remote.Is(typed) {
		return spotTypedRemote(p, typed)
	}
	abs, err := local.VaultPath(pathOf(typed))
	if err != nil {
		return Spot{}, err
	}
	spot := Spot{Name: filepath.Base(abs), Kind: roster.CopyFolder, Path: abs}
	if typed != pathOf(typed) {
		spot.Name, spot.Kind = strings.TrimSuffix(spot.Name, filepath.Ext(abs)), roster.CopyKit
	}
	for _, e := range p.World.CopySites() {
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

// spotTypedRemote returns the remote copy that a person has named. Where it is kept only the person
// knows, unless it is a folder of this PC.
func spotTypedRemote(p *place.Place, typed string) (Spot, error) {
	a, err := addressOf(typed)
	if err != nil {
		return Spot{}, err
	}
	spot := Spot{Name: lastPart(a), Kind: a.Kind, Path: a.String()}
	if dir := a.Folder(); dir != "" && local.SameDisk(p.Path, dir) {
		spot.Kept = roster.KeptThisPC
	}
	return spot, nil
}

// lastPart returns the last part of an address, from which a name for the copy is made.
func lastPart(a remote.Address) string {
	parts := strings.FieldsFunc(a.Remote, func(r rune) bool { return strings.ContainsRune(`/\:`, r) })
	if len(parts) == 0 {
		return a.Kind
	}
	return strings.TrimSuffix(parts[len(parts)-1], ".git")
}

// New returns a new copy of the vault at a spot, or an error that says why there can be
// none. files is nil where the vault is yet to be made.
func New(p *place.Place, files *escrow.Vault, spot Spot) (*local.Copy, error) {
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
	c, err := roster.NewCopy(FreeName(p, spot.Name), spot.Kind, spot.Kept)
	return &local.Copy{ID: c.ID, Name: c.Name, Kind: c.Kind, Kept: c.Kept, Path: path}, err
}

// FreeName makes a valid name out of what a person calls a place, different from those of
// the copies that this machine knows.
func FreeName(p *place.Place, called string) string {
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
