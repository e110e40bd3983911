package main

import (
	"context"
	"slices"

	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
)

// settleDeposits has this machine's own deposits accepted, remembers what was
// seen, and brings the copies up to date if anything was written. It comes after
// the command's own work, and what goes wrong here is a remark and no failure.
func (p *program) settleDeposits(ctx context.Context, s *site, o *escrow.Opened) {
	if s.copied || !s.known || !o.Compared() {
		return
	}
	own := len(o.Pending(s.memory().Recall().Deposits))
	failed := stageOwn(s, o, nil)
	p.stageProofs(o)
	sealed, err := o.Seal(p.now())
	if err != nil {
		failed = err
	}
	switch {
	case failed != nil:
		p.Remark(words.NotSettled, explain(failed))
	case own > 0:
		p.Remark(words.Settled, own)
	}
	p.remember(s, o)
	if sealed != nil {
		if err := p.bringCopies(ctx, s); err != nil {
			p.Remark(words.NotSettled, explain(err))
		}
	}
}

// stageProofs takes up what members of quorums have written down of their shares.
func (p *program) stageProofs(o *escrow.Opened) {
	for _, w := range o.WaitingProofs(p.now()) {
		if o.Prove(w.Holder.ID, w.Proof) == nil {
			p.Remark(words.ProofSealed, w.Proof.Member, w.Holder.Name)
		}
	}
}

// stageOwn stages this machine's own deposits for the next seal, but for those
// that are staged already, and returns the last of what went wrong: one that
// fails costs the others nothing.
func stageOwn(s *site, o *escrow.Opened, staged []escrow.Receipt) (failed error) {
	for _, r := range o.Pending(s.memory().Recall().Deposits) {
		if slices.Contains(staged, r) {
			continue
		}
		if err := o.Accept(r); err != nil {
			failed = err
		}
	}
	return failed
}

// remember keeps what was seen of the vault, so that an older copy is noticed, and
// who can open it, so that a verdict needs no key.
func (p *program) remember(s *site, o *escrow.Opened) {
	if s.copied || !s.known {
		return
	}
	var holders []escrow.Holder
	if o != nil {
		holders, _ = o.Roster()
	}
	p.rememberHolders(s, holders)
}

func (p *program) rememberHolders(s *site, holders []escrow.Holder) {
	memory := s.memory()
	if err := memory.Saw(s.vault.Seen(memory.Recall().Seals), holders); err != nil {
		p.Remark(words.NotRemembered, explain(err))
	}
}
