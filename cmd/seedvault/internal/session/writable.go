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

// Writable is an opened vault that this machine has confirmed, so that it may seal what is
// staged.
type Writable struct {
	Home   *Home
	Opened *escrow.Opened
}

// Writable returns the vault together with o, which has opened it, and reports whether it
// is the one that this machine has confirmed, in its place.
func (v *Vault) Writable(o *escrow.Opened) (*Writable, bool) {
	if home, ok := v.Home(); ok && o != nil && o.Compared() {
		return &Writable{home, o}, true
	}
	return nil, false
}

// ToWrite does the same as [Vault.Writable], but returns [escrow.ErrNotPinned] if the vault
// is not the confirmed one.
func (v *Vault) ToWrite(o *escrow.Opened) (*Writable, error) {
	if w, ok := v.Writable(o); ok {
		return w, nil
	}
	return nil, escrow.ErrNotPinned
}

// UnlockToWrite unlocks the vault that this machine has confirmed, to be written to.
func (v *Vault) UnlockToWrite() (*Writable, error) {
	o, err := v.Keys().Unlock()
	if err != nil {
		return nil, err
	}
	return v.ToWrite(o)
}

// Seal seals what is staged together with what this machine has added, in one seal, and
// updates the copies. staged are those of this machine's receipts that are staged already.
func (w *Writable) Seal(ctx context.Context, staged ...escrow.Receipt) error {
	if _, err := w.SealOnly(staged...); err != nil {
		return err
	}
	return w.Finish(ctx)
}

// SealOnly seals like [Writable.Seal] but does not update the copies, for a command that
// has something to print first. Call [Writable.Finish] afterwards. A seed of this machine's
// own that could not be accepted is a remark and no error.
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

// Finish remembers what was sealed, and updates the copies.
func (w *Writable) Finish(ctx context.Context) error {
	w.Home.RememberOpened(w.Opened)
	return w.Home.UpdateCopies(ctx)
}

// AcceptOwn accepts what this machine has added, remembers what was seen, and updates the
// copies if anything was written. It is called after the command's own work; a failure here
// is a remark and no error.
func (w *Writable) AcceptOwn(ctx context.Context) { w.AcceptOwnAfterTelling(ctx, 0) }

// AcceptOwnAfterTelling does the same as [Writable.AcceptOwn] for a command that has itself told
// of some of the seeds: it prints how many were accepted only if there are more than told.
func (w *Writable) AcceptOwnAfterTelling(ctx context.Context, told int) {
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
	case own > told:
		w.voice().Remark(words.OwnAccepted, own)
	}
	w.Home.RememberOpened(w.Opened)
	if sealed != nil {
		if err := w.Home.UpdateCopies(ctx); err != nil {
			w.voice().Remark(words.CopiesMayLack, explain.Error(err))
		}
	}
}

// AcceptOwnIfWritable does what [Writable.AcceptOwn] does if o is the vault that this machine
// writes to, and nothing if it is a copy or was not confirmed here.
func (v *Vault) AcceptOwnIfWritable(ctx context.Context, o *escrow.Opened) {
	if w, ok := v.Writable(o); ok {
		w.AcceptOwn(ctx)
	}
}

// AcceptOwnIfDue does the same as [Vault.AcceptOwnIfWritable], but only if this machine has added
// something that is not accepted, or something was not yet seen here: for commands that read.
func (v *Vault) AcceptOwnIfDue(ctx context.Context, o *escrow.Opened) {
	w, ok := v.Writable(o)
	if !ok {
		return
	}
	known := v.Place.Memory().Recall()
	idle := v.Place.Remembered() && len(known.Holders) > 0 && v.Files.Knows(known) && len(o.Pending(known.Deposits)) == 0
	if !idle || len(o.Roster().WaitingProofs(w.now())) > 0 {
		w.AcceptOwn(ctx)
	}
}

// Waiting returns how many seeds this machine has added and nobody has accepted yet, 0 if
// this machine does not write to the vault.
func (v *Vault) Waiting(o *escrow.Opened) int {
	w, ok := v.Writable(o)
	if !ok {
		return 0
	}
	return len(o.Pending(w.deposits()))
}

// stageProofs stages the proofs that members of quorums have written about their shares.
func (w *Writable) stageProofs() {
	for _, p := range w.Opened.Roster().WaitingProofs(w.now()) {
		if w.Opened.Roster().Prove(p.Holder.ID, p.Proof) == nil {
			w.voice().Remark(words.ProofSealed, p.Proof.Member, p.Holder.Name)
		}
	}
}

// stageOwn stages what this machine has added for the next seal, except what is staged
// already, and returns the last error: one that fails does not keep the others back.
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

func (w *Writable) voice() say.Voice { return w.Home.vault.Place.World.Voice }

func (w *Writable) now() time.Time { return w.Home.vault.Place.World.Now() }

func (w *Writable) deposits() []escrow.Receipt {
	return w.Home.vault.Place.Memory().Recall().Deposits
}
