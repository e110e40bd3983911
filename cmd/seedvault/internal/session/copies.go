package session

import (
	"context"
	"slices"
	"strings"
	"time"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/explain"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
	"seedvault/escrow/copies"
)

// AddCopy makes a copy's folder, has the vault know of it once it is sealed, and this
// machine at once.
func (w *Writable) AddCopy(c local.Copy) error {
	if err := w.Opened.AddCopy(escrow.Copy{ID: c.ID, Name: c.Name, Kind: c.Kind, Kept: c.Kept}); err != nil {
		return err
	}
	if _, err := local.MakeFolder(c.Path); err != nil {
		return err
	}
	return w.Home.vault.Place.addCopy(c)
}

// RemoveCopy has the vault forget a copy once it is sealed, and this machine at once.
// Its files stay.
func (w *Writable) RemoveCopy(id string) error {
	if err := w.Opened.RemoveCopy(id); err != nil {
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

// rememberedCopy is what this machine remembers of one copy.
type rememberedCopy struct {
	Synced time.Time    `json:"synced,omitzero"` // when it last held everything
	Seen   copies.Seen  `json:"seen"`
	State  copies.State `json:"state"`
}

// remembered is what this machine remembers of a copy.
func (h *Home) remembered(c local.Copy) (r rememberedCopy) {
	h.vault.Place.Memory().RecallCopy(c.ID, &r)
	return r
}

// SyncCopy brings one copy and the vault to the same. A copy that is not there is
// no failure.
func (h *Home) SyncCopy(ctx context.Context, c local.Copy, o copies.Options) (copies.Result, error) {
	w, was := h.world(), h.remembered(c)
	o.Pin, o.Seen = h.vault.Place.pin, was.Seen
	progress := w.Voice.Progress(words.CopyProgress, w.Now)
	r, err := h.onCopy(ctx, c, func(ctx context.Context, there *escrow.Dir, heard func()) (copies.Result, error) {
		o.Watch = func(done, total int) {
			heard()
			if ctx.Err() == nil {
				progress.At(done, total)
			}
		}
		return copies.Sync(ctx, h.vault.folder, there, o)
	})
	progress.Done()
	if r.State == copies.Unreachable {
		return r, err
	}
	was.Seen, was.State = r.Seen, r.State
	if err == nil && HoldsAll(r) {
		was.Synced = w.Now().UTC()
	}
	if err2 := h.vault.Place.Memory().SawCopy(c.ID, was); err2 != nil {
		w.Voice.Remark(words.NotRemembered, explain.Error(err2))
	}
	return r, err
}

// HoldsAll reports whether a copy has everything that the vault has.
func HoldsAll(r copies.Result) bool {
	switch r.State {
	case copies.Equal, copies.New, copies.Behind, copies.Ahead, copies.Healed, copies.LostFiles, copies.Older:
		return r.Left == 0 && r.Err == nil
	}
	return false
}

// BringCopies brings the copies that are there up to date, in one line, and says
// apart what a person should know of one. It fails only where the vault does.
func (h *Home) BringCopies(ctx context.Context) error {
	if len(h.vault.Place.conf.Copies) == 0 {
		return nil
	}
	voice := h.world().Voice
	var brought, missed []string
	for _, c := range h.vault.Place.conf.Copies {
		r, err := h.SyncCopy(ctx, c, copies.Options{})
		if err != nil {
			return err
		}
		switch {
		case r.State == copies.Unreachable || r.State == copies.Emptied:
			missed = append(missed, c.Name)
		case HoldsAll(r) && r.Given.Files > 0:
			brought = append(brought, voice.Text(words.CopyState, c.Name, r.Given.Files))
		case HoldsAll(r):
			brought = append(brought, c.Name)
		}
		RemarkCopy(voice, c, r)
	}
	switch there, away := strings.Join(brought, ", "), strings.Join(missed, ", "); {
	case there != "" && away != "":
		voice.Remark(words.CopiesBoth, there, away)
	case there != "":
		voice.Remark(words.CopiesBrought, there)
	case away != "":
		voice.Remark(words.CopiesNotReached, away)
	}
	return h.reread()
}

// RemindOfCopies has copies made anew where this machine knows of none: those that
// it knows are brought up to date by whoever has written.
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
	for _, name := range append(slices.Clone(r.Damaged), r.Differs...) {
		voice.Remark(words.CopyUnhealed, c.Name, console.Safe(name, 0))
	}
	switch r.State {
	case copies.ReadOnly, copies.Full, copies.Failed:
		voice.Remark(words.CopyFailed, c.Name, voice.Text(words.CopyStates.Of(string(r.State))))
	}
}

// copiesKnown is what is known of the vault's copies: of those that are there by
// looking, of the others by what they held when they were last brought up to date.
func (h *Home) copiesKnown(ctx context.Context) []escrow.CopyState {
	var list []escrow.CopyState
	for _, c := range h.vault.Place.conf.Copies {
		r := h.remembered(c)
		state := escrow.CopyState{Copy: escrow.Copy{ID: c.ID, Name: c.Name, Kind: c.Kind, Kept: c.Kept}, Synced: r.Synced}
		if !r.Synced.IsZero() && h.look(ctx, c, r) {
			lacks, err := r.Seen.Lacks(h.vault.Files, h.vault.folder)
			state.Whole = err == nil && lacks == 0
		}
		list = append(list, state)
	}
	return list
}

// look reports whether nothing speaks against a copy: it is not there to be looked at, or
// holds what it held.
func (h *Home) look(ctx context.Context, c local.Copy, r rememberedCopy) bool {
	found, err := h.lookAt(ctx, c, r)
	switch found.State {
	case copies.Unreachable, copies.Equal, copies.Ahead:
		return err == nil
	}
	return false
}

// lookAt holds a copy against the vault without writing.
func (h *Home) lookAt(ctx context.Context, c local.Copy, was rememberedCopy) (copies.Result, error) {
	return h.onCopy(ctx, c, func(ctx context.Context, there *escrow.Dir, heard func()) (copies.Result, error) {
		return copies.Look(ctx, h.vault.folder, there, copies.Options{
			Pin: h.vault.Place.pin, Seen: was.Seen, Watch: func(int, int) { heard() },
		})
	})
}

// ReachCopies opens the folders of the copies that are there, until the vault is
// closed.
func (h *Home) ReachCopies(ctx context.Context) []escrow.FS {
	var list []escrow.FS
	for _, c := range h.vault.Place.conf.Copies {
		if dir, err := h.reach(ctx, c.Path); err == nil {
			h.reached = append(h.reached, dir)
			list = append(list, dir)
		}
	}
	return list
}

// CopyState returns how a copy stands to the vault, as far as it is there to be seen,
// and when it last held everything.
func (h *Home) CopyState(ctx context.Context, c local.Copy) (copies.State, time.Time) {
	was := h.remembered(c)
	if r, err := h.lookAt(ctx, c, was); err == nil {
		return r.State, was.Synced
	}
	return copies.Unreachable, was.Synced
}

func (h *Home) world() *world.World { return h.vault.Place.world }
