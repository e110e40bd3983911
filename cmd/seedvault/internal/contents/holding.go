package contents

import (
	"context"
	"slices"

	"seedvault/cmd/seedvault/internal/explain"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/seedlist"
	"seedvault/cmd/seedvault/internal/session"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
	"seedvault/escrow/otpauth"
)

// Holding knows which seeds a vault already has, as far as a key has opened it, so that none
// is added twice.
type Holding struct {
	vault    *session.Vault
	writable *session.Writable // nil where nothing of the vault was opened: everything is new then
	entries  []escrow.Entry    // with what was added meanwhile
	own      []escrow.Receipt
	staged   []escrow.Receipt // what a person has said is theirs, for the next seal
	said     int              // how many a person has read to be saved
}

// NewHolding returns what the vault holds of the seeds that are about to be added. If this
// machine's index knows none of them, it reads none; else it reads all. Where something else
// than the confirmed vault was opened, it holds nothing.
func NewHolding(ctx context.Context, v *session.Vault, o *escrow.Opened, seeds []escrow.Seed) (*Holding, error) {
	h := &Holding{vault: v}
	writable, ok := v.Writable(o)
	if !ok {
		return h, nil
	}
	h.writable, h.own = writable, v.Place.Memory().Recall().Deposits
	if ids, _ := v.Place.Memory().AnnouncedBatches(); len(ids) == 0 && !v.MayHold(ctx, o, seeds) {
		return h, nil
	}
	entries, _, err := o.Seeds(ctx)
	h.entries = slices.Clone(entries)
	if err == nil {
		h.resume()
	}
	return h, err
}

// resume counts the seeds of a batch that was interrupted as added by this machine: it had
// noted their random ids beforehand, which nobody else can have known.
func (h *Holding) resume() {
	memory := h.vault.Place.Memory()
	ids, forget := memory.AnnouncedBatches()
	if len(ids) == 0 {
		return
	}
	var arrived []escrow.Receipt
	for _, e := range h.entries {
		if e.Status == escrow.NotAccepted && ids[e.Seed.ID()] && !h.isOwn(e) {
			arrived = append(arrived, e.Receipts...)
		}
	}
	h.own = append(h.own, arrived...)
	if err := memory.Deposited(h.vault.Place.World.Now(), arrived...); err != nil {
		h.voice().Remark(words.NotRemembered, explain.Error(err))
		return
	}
	forget()
}

// Add records that a seed has just been added.
func (h *Holding) Add(seed escrow.Seed, r escrow.Receipt) {
	h.own = append(h.own, r)
	if h.vault.Place.World.Attended() {
		h.said++
	}
	h.entries = append(h.entries, escrow.Entry{Seed: seed, Status: escrow.NotAccepted, Receipts: []escrow.Receipt{r}})
}

// Has reports whether a seed need not be saved: it is accepted already, this machine has added
// it before, or the person now says that the one that waits is theirs. It prints what the
// person should know about that.
func (h *Holding) Has(seed escrow.Seed) (bool, error) {
	had, title := heldOf(h.entries, seed), seedlist.TitleOfSeed(seed, escrow.Receipt{})
	switch {
	case had.Accepted != nil:
		h.voice().Remark(words.HeldAlready, title)
		return true, h.goOn(*had.Accepted, seed)
	case had.Waiting != nil && counterOf(seed) > counterOf(had.Waiting.Seed):
	case had.Waiting != nil && h.isOwn(*had.Waiting):
		h.voice().Remark(words.HeldWaiting, title)
		return true, nil
	case had.Waiting != nil:
		return h.offer(*had.Waiting, title)
	}
	if had.Secret != nil {
		h.voice().Remark(words.HeldSecret, title, seedlist.Title(*had.Secret))
	}
	return false, nil
}

func (h *Holding) isOwn(e escrow.Entry) bool {
	return slices.ContainsFunc(e.Receipts, func(r escrow.Receipt) bool { return slices.Contains(h.own, r) })
}

// offer shows a seed that waits, which somebody may have put there, and asks whether it
// is the person's own. Where nobody can be asked it returns false, and theirs is saved.
func (h *Holding) offer(e escrow.Entry, title string) (bool, error) {
	w := h.vault.Place.World
	h.voice().Remark(words.WaitsAlready, title)
	if !w.Attended() {
		return false, nil
	}
	seedlist.Write(h.voice(), h.voice().Err, []escrow.Entry{e})
	answer, err := w.Ask(h.voice().Text(words.AskWaiting), world.No)
	if err != nil || answer == world.No {
		return false, err
	}
	if err := h.writable.Opened.Accept(e.Receipts...); err != nil {
		h.voice().Tell(explain.Error(err))
		return false, nil
	}
	h.staged = append(h.staged, e.Receipts...)
	return true, nil
}

// goOn asks, for a seed of type hotp whose counter is higher in what is being added than in
// the vault, whether to take over the higher one.
func (h *Holding) goOn(had escrow.Entry, seed escrow.Seed) error {
	w, at := h.vault.Place.World, counterOf(seed)
	if at <= counterOf(had.Seed) {
		return nil
	}
	if !w.Attended() {
		h.voice().Remark(words.CountsFurther, at, counterOf(had.Seed), had.Receipts[0], at)
		return nil
	}
	answer, err := w.Ask(h.voice().Text(words.AskCounter, counterOf(had.Seed), at), world.Yes)
	if err != nil || answer == world.No {
		return err
	}
	fresh, err := had.Seed.WithLine(seed.Line())
	if err != nil {
		return err
	}
	r, err := h.writable.Opened.Edit(had, fresh)
	if err != nil {
		h.voice().Tell(explain.Error(err))
		return nil
	}
	h.staged = append(h.staged, r)
	return nil
}

// counterOf returns how far a seed counts, 0 for one that does not.
func counterOf(seed escrow.Seed) uint64 {
	key, err := seed.Key()
	if err != nil || key.Type() != otpauth.HOTP {
		return 0
	}
	return key.Counter()
}

// AcceptOwnAndClaimed accepts what this machine has added and what the person has now said is
// theirs, with one seal, and brings the copies up to date.
func (h *Holding) AcceptOwnAndClaimed(ctx context.Context) error {
	switch {
	case h.writable == nil:
		return nil
	case len(h.staged) == 0:
		h.writable.AcceptOwnAfterTelling(ctx, h.said)
		return nil
	}
	info, err := h.writable.SealOnly(h.staged...)
	if err != nil {
		return err
	}
	h.voice().Remark(words.Accepted, len(h.staged), info.Name)
	return h.writable.Finish(ctx)
}

func (h *Holding) voice() say.Voice { return h.vault.Place.World.Voice }

// held is what a vault already has of a seed that is about to be added.
type held struct {
	Accepted *escrow.Entry // it is accepted already, in whatever spelling
	Waiting  *escrow.Entry // likewise, and nobody has accepted it: it may be anybody's
	Secret   *escrow.Entry // an accepted seed with its secret that is another enrolment
}

// heldOf looks for a seed among entries. Entries of an epoch that nobody here has confirmed do
// not count.
func heldOf(entries []escrow.Entry, s escrow.Seed) (h held) {
	key, err := s.Key()
	for i, e := range entries {
		other, failed := e.Seed.Key()
		same := e.Seed.Line() == s.Line() || err == nil && failed == nil && key.SameSeed(other)
		switch {
		case same && e.Status == escrow.Accepted:
			h.Accepted = higherCounter(h.Accepted, &entries[i])
		case same && (e.Status == escrow.NotAccepted || e.Status == escrow.Late):
			h.Waiting = higherCounter(h.Waiting, &entries[i])
		case e.Status == escrow.Accepted && err == nil && failed == nil && key.SameSecret(other) && h.Secret == nil:
			h.Secret = &entries[i]
		}
	}
	return h
}

// higherCounter returns the entry with the higher counter, a where both are equal.
func higherCounter(a, b *escrow.Entry) *escrow.Entry {
	if a != nil && counterOf(a.Seed) >= counterOf(b.Seed) {
		return a
	}
	return b
}
