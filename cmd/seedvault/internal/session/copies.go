package session

import (
	"context"
	"path/filepath"
	"slices"

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

// AddCopy makes a copy's folder and adds the copy to this machine's configuration at once, and
// to the vault's records with the next seal.
func (w *Writable) AddCopy(c local.Copy) error {
	if err := w.Opened.Roster().AddCopy(sharedCopy(c)); err != nil {
		return err
	}
	if _, err := makePlace(c); err != nil {
		return err
	}
	return w.Home.vault.Place.addCopy(c)
}

// sharedCopy returns what the vault records about a copy for every machine. Of the place only
// that part is recorded that means the same on each of them.
func sharedCopy(c local.Copy) roster.Copy {
	shared := roster.Copy{ID: c.ID, Name: c.Name, Kind: c.Kind, Kept: c.Kept}
	if a, err := remote.Parse(c.Path); isRemote(c) && err == nil {
		shared.At = a.Shared()
	}
	return shared
}

// RemoveCopy removes a copy from this machine's configuration at once, and from the vault's
// records with the next seal. Its files stay.
func (w *Writable) RemoveCopy(id string) error {
	if err := w.Opened.Roster().RemoveCopy(id); err != nil {
		return err
	}
	p := w.Home.vault.Place
	err := p.update(func(v *local.Vault) {
		v.Copies = slices.DeleteFunc(v.Copies, func(have local.Copy) bool { return have.ID == id })
	})
	if err != nil {
		return err
	}
	if err := p.Memory().ForgetCopy(id); err != nil {
		p.world.Voice.Remark(words.NotRemembered, explain.Error(err))
	}
	return nil
}

// EditCopy changes where a copy is kept: in this machine's configuration at once, and in the
// vault's records with the next seal.
func (w *Writable) EditCopy(c roster.Copy) error {
	if err := w.Opened.Roster().EditCopy(c); err != nil {
		return err
	}
	return w.Home.vault.Place.placeCopy(c.ID, c.Kept)
}

// placeCopy stores where a copy is kept in this machine's configuration.
func (p *Place) placeCopy(id, kept string) error {
	return p.update(func(v *local.Vault) {
		for i := range v.Copies {
			if v.Copies[i].ID == id {
				v.Copies[i].Kept = kept
			}
		}
	})
}

// Copies are the copies of a vault at home: reached, compared, healed and brought up to
// date.
type Copies struct {
	home      *Home
	reached   []copies.Store       // until the vault is closed
	silent    map[string]bool      // paths of those that were waited for in vain
	found     map[string]foundCopy // what they were found to be in this run, by id
	asked     map[string]bool      // carried by a program that could ask a person in this run, by id
	forgotten map[string]bool      // of which what was remembered was said to be lost, by id
}

// close releases the copies.
func (cs *Copies) close() {
	for _, store := range cs.reached {
		store.Close()
	}
	cs.reached = nil
}

// Sync makes one copy and the vault hold the same files. With refill an empty copy that once
// had files is filled again. A copy that cannot be reached is no failure.
func (cs *Copies) Sync(ctx context.Context, c local.Copy, read Reading, refill bool) (copies.Result, error) {
	w, was := cs.home.world(), cs.remembered(c)
	o := withPages(copies.Options{Pin: cs.home.vault.Place.pin, Vault: cs.home.vault.Files, Seen: was.Seen, Thorough: read.all(was, w.Now()), Refill: refill})
	progress := w.Voice.Progress(words.CopyProgress, w.Now)
	r, err := cs.onCopy(ctx, c, farWork, func(ctx context.Context, there copies.Store, alive func()) (copies.Result, error) {
		o.Watch = func(done, total int) {
			alive()
			if ctx.Err() == nil {
				progress.At(done, total)
			}
		}
		r, err := copies.Sync(ctx, cs.home.vault.folder, there, o)
		if err == nil {
			rewriteTorn(ctx, there, &r)
		}
		return r, err
	})
	progress.Done()
	if err == nil {
		cs.note(c, r, HoldsAll(r), o.Thorough)
	}
	return r, err
}

// SyncAll calls sync for one copy after the other. Files that a later copy has brought or
// healed are passed on to the earlier ones too.
func (cs *Copies) SyncAll(ctx context.Context, list []local.Copy, sync func(local.Copy) (copies.Result, error)) ([]copies.Result, error) {
	results, brings := make([]copies.Result, len(list)), 0
	for i, c := range list {
		r, err := sync(c)
		if results[i] = r; err != nil {
			return results, err
		}
		if r.Taken.Files+len(r.HealedHere) > 0 {
			brings = i
		}
	}
	for i, c := range list[:brings] {
		if !HoldsAll(results[i]) {
			continue
		}
		r, err := cs.Sync(ctx, c, ReadSample, false)
		if err != nil {
			return results, err
		}
		if given := results[i].Given.Files + r.Given.Files; HoldsAll(r) {
			results[i].Given.Files = given
		} else {
			results[i] = r
		}
	}
	return results, nil
}

// HoldsAll reports whether a copy, as it was brought up to date, holds everything that the
// vault does.
func HoldsAll(r copies.Result) bool {
	switch r.State {
	case copies.Equal, copies.New, copies.Behind, copies.Ahead, copies.Healed, copies.LostFiles, copies.Older:
		return r.Left == 0 && r.Err == nil && len(r.DamagedHere) == 0
	}
	return false
}

// remarkSwapped names pages of a copy that were not the right ones, and says which are
// now.
func remarkSwapped(voice say.Voice, c local.Copy, r copies.Result) {
	for _, name := range r.Swapped {
		m := words.CopyPageSwapped
		if slices.Contains(r.Healed, name) {
			m = words.CopyPageMended
		}
		voice.Remark(m, c.Name, name)
	}
}

// remarkApart names the files in a copy's folder that do not belong to the vault, and those
// whose content has not been downloaded.
func remarkApart(voice say.Voice, c local.Copy, r copies.Result) {
	if len(r.NotFetched) > 0 {
		voice.Remark(words.CopyNotFetched, c.Name, len(r.NotFetched), console.Safe(c.Path, 0))
	}
	for _, name := range r.Skipped {
		voice.Remark(words.CopyInTheWay, c.Name, console.Safe(filepath.Join(c.Path, filepath.FromSlash(name)), 0))
	}
	if others := slices.Concat(r.OtherEpochs, r.Others); len(others) > 0 {
		voice.Remark(words.CopyOthers, c.Name, len(others), console.Safe(filepath.Join(c.Path, filepath.FromSlash(others[0])), 0))
	}
}

// RemarkLooked says what a person should know of a copy that was looked at and not
// written to.
func RemarkLooked(voice say.Voice, c local.Copy, r copies.Result) {
	for _, said := range []struct {
		n int
		m words.Message
	}{
		{r.Given.Files, words.CopyLacks}, {len(r.Healed), words.CopyIsDamaged}, {r.Taken.Files, words.CopyHasMore}, {len(r.HealedHere), words.CopyCanHeal},
	} {
		if said.n > 0 {
			voice.Remark(said.m, c.Name, said.n, c.Name)
		}
	}
	for _, name := range append(slices.Clone(r.Damaged), r.Differs...) {
		voice.Remark(words.CopyUnhealed, c.Name, console.Safe(name, 0))
	}
	remarkApart(voice, c, r)
}

// RemindOfCopies prints that copies are to be made anew, where this machine knows of none.
// Those that it knows have been brought up to date already.
func (p *Place) RemindOfCopies() {
	if len(p.conf.Copies) == 0 {
		p.world.Voice.Remark(words.CopyAgain)
	}
}

// RemarkCopy says of a copy what a person should know: what was wrong with it, and
// what nobody here had seen.
func RemarkCopy(voice say.Voice, c local.Copy, r copies.Result) {
	path := console.Safe(c.Path, 0)
	if r.State == copies.Foreign {
		voice.Remark(words.CopyAnother, c.Name, path)
	}
	if r.Rewound {
		voice.Remark(words.CopyRewound, c.Name)
	}
	if r.Lost.Files > 0 && r.State != copies.Emptied {
		voice.Remark(words.CopyOlder, c.Name, r.Lost.Files)
	}
	if r.Taken.Files > 0 {
		voice.Remark(words.CopyBrings, c.Name, r.Taken.Files)
	}
	if len(r.Healed) > 0 {
		voice.Remark(words.CopyHealed, c.Name, len(r.Healed))
	}
	if len(r.HealedHere) > 0 {
		voice.Remark(words.VaultHealed, len(r.HealedHere), c.Name)
	}
	remarkSwapped(voice, c, r)
	remarkApart(voice, c, r)
	for _, name := range append(slices.Clone(r.Damaged), r.Differs...) {
		voice.Remark(words.CopyUnhealed, c.Name, console.Safe(name, 0))
	}
	switch r.State {
	case Linked, InMemory, VaultItself, Twin, NoKit, copies.Shared, copies.Emptied:
		voice.Remark(words.CopyNothingWritten, c.Name, path, voice.Text(words.CopyStates.Of(string(r.State))))
	case copies.ReadOnly, copies.Full, copies.Failed:
		voice.Remark(words.CopyFailed, c.Name, whyNot(voice, r))
	}
}

// Reach opens the copies that can be reached. They stay open until the vault is closed.
func (cs *Copies) Reach(ctx context.Context) []escrow.FS {
	var list []escrow.FS
	for _, c := range cs.home.vault.Place.conf.Copies {
		if dir, err := cs.dial(ctx, c); err == nil {
			cs.reached = append(cs.reached, dir)
			list = append(list, dir)
		}
	}
	return list
}

func (h *Home) world() *world.World { return h.vault.Place.world }
