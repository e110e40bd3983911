package session

import (
	"context"
	"slices"
	"time"

	"seedvault/cmd/seedvault/internal/explain"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
)

// Writable is a vault opened as the one that this machine has confirmed: what is
// staged in it can be sealed.
type Writable struct {
	Home   *Home
	Opened *escrow.Opened
}

// Writable returns the vault with what opened it, if it is the one that this machine
// has confirmed, in its place.
func (v *Vault) Writable(o *escrow.Opened) (*Writable, bool) {
	if home, ok := v.Home(); ok && o != nil && o.Compared() {
		return &Writable{home, o}, true
	}
	return nil, false
}

// ToWrite is Writable for commands that do nothing else. The error is
// [escrow.ErrNotPinned].
func (v *Vault) ToWrite(o *escrow.Opened) (*Writable, error) {
	if w, ok := v.Writable(o); ok {
		return w, nil
	}
	return nil, escrow.ErrNotPinned
}

// UnlockToWrite opens the vault as the one that this machine has confirmed.
func (v *Vault) UnlockToWrite() (*Writable, error) {
	o, err := v.Keys().Unlock()
	if err != nil {
		return nil, err
	}
	return v.ToWrite(o)
}

// Seal signs what was staged, this machine's own deposits with it, since one opening
// writes one seal, and brings the copies up to date. Those of its own that are staged
// already are named.
func (w *Writable) Seal(ctx context.Context, staged ...escrow.Receipt) error {
	if _, err := w.SealOnly(staged...); err != nil {
		return err
	}
	return w.Finish(ctx)
}

// SealOnly does so without the copies, for a command that has something to say first.
// What could not be accepted of this machine's own is returned by [Writable.Finish].
func (w *Writable) SealOnly(staged ...escrow.Receipt) (*escrow.SealInfo, error) {
	failed := w.stageOwn(staged)
	w.stageProofs()
	info, err := w.Opened.Seal(w.now())
	if err != nil {
		return nil, err
	}
	if failed != nil {
		w.voice().Remark(words.OwnNotAccepted, explain.Error(failed))
	}
	return info, nil
}

// Finish remembers what was sealed, and brings the copies up to date.
func (w *Writable) Finish(ctx context.Context) error {
	w.Home.RememberOpened(w.Opened)
	return w.Home.copies.Bring(ctx)
}

// AcceptOwn has this machine's own deposits accepted, remembers what was seen, and
// brings the copies up to date if anything was written. It comes after the command's
// own work, and what goes wrong here is a remark and no failure.
func (w *Writable) AcceptOwn(ctx context.Context) { w.acceptOwn(ctx, 0) }

// acceptOwn does so, and says nothing of as many as the command has just said itself.
func (w *Writable) acceptOwn(ctx context.Context, said int) {
	own := len(w.Opened.Pending(w.deposits()))
	failed := w.stageOwn(nil)
	w.stageProofs()
	sealed, err := w.Opened.Seal(w.now())
	if err != nil {
		failed = err
	}
	switch {
	case failed != nil:
		w.voice().Remark(words.OwnNotAccepted, explain.Error(failed))
	case own > said:
		w.voice().Remark(words.OwnAccepted, own)
	}
	w.Home.RememberOpened(w.Opened)
	if sealed != nil {
		if err := w.Home.copies.Bring(ctx); err != nil {
			w.voice().Remark(words.OwnNotAccepted, explain.Error(err))
		}
	}
}

// AcceptOwn does so where the vault is the one that this machine writes to.
func (v *Vault) AcceptOwn(ctx context.Context, o *escrow.Opened) {
	if w, ok := v.Writable(o); ok {
		w.AcceptOwn(ctx)
	}
}

// AcceptWaiting does so where anything waits for it, or was not yet seen here; else it
// does nothing.
func (v *Vault) AcceptWaiting(ctx context.Context, o *escrow.Opened) {
	w, ok := v.Writable(o)
	if !ok {
		return
	}
	known := v.Place.Memory().Recall()
	idle := v.Place.conf.Remembered && len(known.Holders) > 0 && v.Files.Knows(known) && len(o.Pending(known.Deposits)) == 0
	if !idle || len(o.Roster().WaitingProofs(w.now())) > 0 {
		w.AcceptOwn(ctx)
	}
}

// waiting counts this machine's own deposits that are to be accepted, where the vault
// is the one that it writes to.
func (v *Vault) waiting(o *escrow.Opened) int {
	w, ok := v.Writable(o)
	if !ok {
		return 0
	}
	return len(o.Pending(w.deposits()))
}

// stageProofs takes up what members of quorums have written down of their shares.
func (w *Writable) stageProofs() {
	for _, p := range w.Opened.Roster().WaitingProofs(w.now()) {
		if w.Opened.Roster().Prove(p.Holder.ID, p.Proof) == nil {
			w.voice().Remark(words.ProofSealed, p.Proof.Member, p.Holder.Name)
		}
	}
}

// stageOwn stages this machine's own deposits for the next seal, but for those
// that are staged already, and returns the last of what went wrong: one that
// fails costs the others nothing.
func (w *Writable) stageOwn(staged []escrow.Receipt) (failed error) {
	for _, r := range w.Opened.Pending(w.deposits()) {
		if slices.Contains(staged, r) {
			continue
		}
		if err := w.Opened.Accept(r); err != nil {
			failed = err
		}
	}
	return failed
}

func (w *Writable) voice() say.Voice { return w.Home.vault.Place.world.Voice }
func (w *Writable) now() time.Time   { return w.Home.vault.Place.world.Now() }
func (w *Writable) deposits() []escrow.Receipt {
	return w.Home.vault.Place.Memory().Recall().Deposits
}
