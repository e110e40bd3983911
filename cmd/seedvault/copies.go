package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
	"seedvault/escrow/copies"
)

// copyPlace is a folder in which a copy could lie.
type copyPlace struct {
	name string // what a person calls it
	path string
	kept string
}

const (
	keptOnStick = "stick" // carried apart from any PC
	keptInCloud = "cloud" // in the hands of whoever a program carries it to
)

// placeFound is a folder of our own in a place that was found: a stick and a
// synchronized folder hold other things too.
func placeFound(e local.Elsewhere) copyPlace {
	place := copyPlace{name: e.Name, path: filepath.Join(e.Path, "seedvault"), kept: keptInCloud}
	if e.Removable {
		place.kept = keptOnStick
	}
	return place
}

// placeTyped is the folder that a person has named, with where it is kept as far as
// that can be seen.
func (p *program) placeTyped(s *site, path string) (copyPlace, error) {
	abs, err := local.VaultPath(path)
	if err != nil {
		return copyPlace{}, err
	}
	place := copyPlace{name: filepath.Base(abs), path: abs}
	for _, e := range p.elsewhere() {
		if in, err := filepath.Rel(e.Path, abs); err == nil && filepath.IsLocal(in) {
			place.kept = placeFound(e).kept
			return place, nil
		}
	}
	if local.SameDisk(s.path, abs) {
		place.kept = escrow.KeptThisPC
	}
	return place, nil
}

// newCopy is a copy of the vault at a place, once nothing stands against it there.
func (p *program) newCopy(s *site, place copyPlace) (*local.Copy, error) {
	path, err := freeFolder(s, place.path)
	if err != nil {
		return nil, err
	}
	c, err := escrow.NewCopy(s.copyName(place.name), escrow.CopyFolder, place.kept)
	return &local.Copy{ID: c.ID, Name: c.Name, Kind: c.Kind, Kept: c.Kept, Path: path}, err
}

// freeFolder is the folder itself where it is empty, or holds this vault already,
// or can be made; where it holds other things it is a folder of our own in it.
func freeFolder(s *site, path string) (string, error) {
	path, err := local.VaultPath(path)
	if err != nil {
		return "", err
	}
	for _, c := range s.conf.Copies {
		if c.Path == path {
			return "", say.Fail(words.CopyTwice, console.Safe(path, 0), c.Name).WithHint(words.HintCopyTwice, c.Name)
		}
	}
	if err := refuseOverlap(s.path, path); err != nil {
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
		return "", unreadable(path, err)
	}
	if !slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return !strings.HasPrefix(e.Name(), ".") }) {
		return path, nil
	}
	switch lies, err := vaultLies(s, path); {
	case err != nil:
		return "", err
	case lies:
		return path, nil
	case filepath.Base(path) == "seedvault":
		return "", say.Fail(words.CopyFolderTaken, console.Safe(path, 0)).WithHint(words.HintCopyFolder)
	}
	return freeFolder(s, filepath.Join(path, "seedvault"))
}

// vaultLies says that this vault lies in a folder. Another person's is an error.
func vaultLies(s *site, path string) (bool, error) {
	dir, err := escrow.OpenDir(path)
	if err != nil {
		return false, unreadable(path, err)
	}
	defer dir.Close()
	switch other, err := escrow.Open(dir, nil); {
	case errors.Is(err, escrow.ErrNoVault):
		return false, nil
	case err != nil:
		return false, err
	case s.vault == nil || !shares(s.vault, other):
		return false, say.Fail(words.CopyOfAnother, console.Safe(path, 0)).WithHint(words.HintCopyFolder)
	}
	return true, nil
}

// copyName makes a name out of what a person calls a place, and one that no other
// copy has on this machine.
func (s *site) copyName(called string) string {
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
	for n := 2; s.copyNamed(free) != nil; n++ {
		free = name + "-" + strconv.Itoa(n)
	}
	return free
}

// copyNamed returns the copy of a name that this machine knows, or nil.
func (s *site) copyNamed(name string) *local.Copy {
	i := slices.IndexFunc(s.conf.Copies, func(c local.Copy) bool { return c.Name == name })
	if i < 0 {
		return nil
	}
	return &s.conf.Copies[i]
}

// refuseOverlap wants the copy's folder to be apart from the vault's.
func refuseOverlap(vault, path string) error {
	how, err := copies.OverlapOf(path, vault)
	if err != nil {
		return unreadable(path, err)
	}
	said := map[copies.Overlap]words.Message{copies.Same: words.CopyIsVault, copies.Inside: words.CopyInVault, copies.Around: words.VaultInCopy}
	if how == copies.Apart {
		return nil
	}
	return say.Fail(said[how], console.Safe(path, 0)).WithHint(words.HintCopyFolder)
}

// sameFolder says that two paths lead to one folder.
func sameFolder(a, b string) bool {
	how, err := copies.OverlapOf(a, b)
	return err == nil && how == copies.Same
}

// takeCopy makes a copy's folder, has the vault know of it once it is sealed, and
// this machine at once.
func (p *program) takeCopy(s *site, o *escrow.Opened, c local.Copy) error {
	if err := o.AddCopy(escrow.Copy{ID: c.ID, Name: c.Name, Kind: c.Kind, Kept: c.Kept}); err != nil {
		return err
	}
	if _, err := local.MakeFolder(c.Path); err != nil {
		return err
	}
	if err := s.config.Update(s.path, func(v *local.Vault) { v.Copies = append(v.Copies, c) }); err != nil {
		return err
	}
	s.conf.Copies = append(s.conf.Copies, c)
	return nil
}

// rememberedCopy is what this machine remembers of one copy.
type rememberedCopy struct {
	Synced time.Time    `json:"synced,omitzero"` // when it last held everything
	Seen   copies.Seen  `json:"seen"`
	State  copies.State `json:"state"`
}

func (s *site) remembered(c local.Copy) (r rememberedCopy) {
	s.memory().RecallCopy(c.ID, &r)
	return r
}

// syncCopy brings one copy and the vault to the same. A copy that is not there is
// no failure.
func (p *program) syncCopy(ctx context.Context, s *site, c local.Copy, o copies.Options) (copies.Result, error) {
	was := s.remembered(c)
	o.Pin, o.Seen = s.pin, was.Seen
	progress := p.Progress(words.CopyProgress, p.now)
	r, err := s.onCopy(ctx, c, func(ctx context.Context, there *escrow.Dir, heard func()) (copies.Result, error) {
		o.Watch = func(done, total int) {
			heard()
			if ctx.Err() == nil {
				progress.At(done, total)
			}
		}
		return copies.Sync(ctx, s.folder, there, o)
	})
	progress.Done()
	if r.State == copies.Unreachable {
		return r, err
	}
	was.Seen, was.State = r.Seen, r.State
	if err == nil && holdsAll(r) {
		was.Synced = p.now().UTC()
	}
	if err2 := s.memory().SawCopy(c.ID, was); err2 != nil {
		p.Remark(words.NotRemembered, explain(err2))
	}
	return r, err
}

// holdsAll says that a copy has everything that the vault has.
func holdsAll(r copies.Result) bool {
	switch r.State {
	case copies.Equal, copies.New, copies.Behind, copies.Ahead, copies.Healed, copies.LostFiles, copies.Older:
		return r.Left == 0 && r.Err == nil
	}
	return false
}

// bringCopies brings the copies that are there up to date, in one line, and says
// apart what a person should know of one. It fails only where the vault does.
func (p *program) bringCopies(ctx context.Context, s *site) error {
	if s.copied || !s.known || len(s.conf.Copies) == 0 {
		return nil
	}
	var brought, missed []string
	for _, c := range s.conf.Copies {
		r, err := p.syncCopy(ctx, s, c, copies.Options{})
		if err != nil {
			return err
		}
		switch {
		case r.State == copies.Unreachable || r.State == copies.Emptied:
			missed = append(missed, c.Name)
		case holdsAll(r) && r.Given.Files > 0:
			brought = append(brought, p.Text(words.CopyState, c.Name, r.Given.Files))
		case holdsAll(r):
			brought = append(brought, c.Name)
		}
		p.remarkCopy(c, r)
	}
	switch there, away := strings.Join(brought, ", "), strings.Join(missed, ", "); {
	case there != "" && away != "":
		p.Remark(words.CopiesBoth, there, away)
	case there != "":
		p.Remark(words.CopiesBrought, there)
	case away != "":
		p.Remark(words.CopiesNotReached, away)
	}
	return s.reread()
}

// remindOfCopies has copies made anew where this machine knows of none: those that
// it knows are brought up to date by whoever has written.
func (p *program) remindOfCopies(s *site) {
	if len(s.conf.Copies) == 0 {
		p.Remark(words.CopyAgain)
	}
}

// remarkCopy says of a copy what a person should know: what was wrong with it, and
// what nobody here had seen.
func (p *program) remarkCopy(c local.Copy, r copies.Result) {
	path := console.Safe(c.Path, 0)
	if r.State == copies.Foreign {
		p.Remark(words.CopyAnother, c.Name, path)
	}
	if r.Lost.Files > 0 && r.State != copies.Emptied {
		p.Remark(words.CopyOlder, c.Name, r.Lost.Files)
	}
	if r.Taken.Files > 0 {
		p.Remark(words.CopyBrings, c.Name, r.Taken.Files)
	}
	if len(r.Healed) > 0 {
		p.Remark(words.CopyHealed, c.Name, len(r.Healed))
	}
	if len(r.HealedHere) > 0 {
		p.Remark(words.VaultHealed, len(r.HealedHere), c.Name)
	}
	for _, name := range append(slices.Clone(r.Damaged), r.Differs...) {
		p.Remark(words.CopyUnhealed, c.Name, console.Safe(name, 0))
	}
	switch r.State {
	case copies.ReadOnly, copies.Full, copies.Failed:
		p.Remark(words.CopyFailed, c.Name, p.Text(words.CopyStates.Of(string(r.State))))
	}
}

// copiesKnown is what is known of the vault's copies: of those that are there by
// looking, of the others by what they held when they were last brought up to date.
func (s *site) copiesKnown(ctx context.Context) []escrow.CopyState {
	var list []escrow.CopyState
	for _, c := range s.conf.Copies {
		r := s.remembered(c)
		state := escrow.CopyState{Copy: escrow.Copy{ID: c.ID, Name: c.Name, Kind: c.Kind, Kept: c.Kept}, Synced: r.Synced}
		if !r.Synced.IsZero() && s.look(ctx, c, r) {
			lacks, err := r.Seen.Lacks(s.folder)
			state.Whole = err == nil && lacks == 0
		}
		list = append(list, state)
	}
	return list
}

// look says that nothing speaks against a copy: it is not there to be looked at, or
// holds what it held.
func (s *site) look(ctx context.Context, c local.Copy, r rememberedCopy) bool {
	found, err := s.lookAt(ctx, c, r)
	switch found.State {
	case copies.Unreachable, copies.Equal, copies.Ahead:
		return err == nil
	}
	return false
}

// lookAt holds a copy against the vault without writing.
func (s *site) lookAt(ctx context.Context, c local.Copy, was rememberedCopy) (copies.Result, error) {
	return s.onCopy(ctx, c, func(ctx context.Context, there *escrow.Dir, heard func()) (copies.Result, error) {
		return copies.Look(ctx, s.folder, there, copies.Options{
			Pin: s.pin, Seen: was.Seen, Watch: func(int, int) { heard() },
		})
	})
}
