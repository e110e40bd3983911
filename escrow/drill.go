package escrow

import (
	"context"
	"slices"
	"time"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/judge"
)

// Drill is what opening a vault with one holder alone has shown.
type Drill struct {
	Proof  Proof
	Holder string // its name
	Seeds  int    // accepted seeds that were decrypted, and gave a code where they are to
	Failed []Finding
}

// Drill decrypts every accepted seed with the key that opened the vault and no
// other, and computes its code. What it shows is a proof if nothing failed.
func (o *Opened) Drill(ctx context.Context, now time.Time) (*Drill, error) {
	entries, findings, err := o.Seeds(ctx)
	if err != nil {
		return nil, err
	}
	d := &Drill{Holder: o.reader.holder, Proof: Proof{Time: now.UTC().Truncate(time.Second), Copy: InVault, Seal: o.reader.newestSeal()}}
	for _, f := range findings {
		if f.Red {
			d.Failed = append(d.Failed, f)
		}
	}
	for _, e := range entries {
		switch {
		case e.Status != Accepted:
		case givesCode(e.Seed, now):
			d.Seeds++
		default:
			d.Failed = append(d.Failed, Finding{Code: CodeNoCode, Path: e.Receipts[0].Path, Red: true})
		}
	}
	return d, nil
}

// newestSeal is the HASH of the highest valid seal of the epoch written to, "-"
// for none.
func (rd *reader) newestSeal() string {
	e := rd.view.writable()[0]
	if key := rd.keys[e.folder]; key != nil {
		return newest(rd.seals(e).Ledger)
	}
	return "-"
}

// NewestSeal returns the HASH of the highest valid seal of the pinned epoch, "-"
// for none.
func (v *Vault) NewestSeal() string {
	if e := v.view.pinned(); e != nil {
		return newest(v.view.seals(e).Ledger)
	}
	return "-"
}

func newest(l *judge.Ledger) string {
	if top := l.Newest(); top != nil {
		return top.Hash()
	}
	return "-"
}

// Prove writes a proof into a holder's record, in the place of an older one for the
// same copy and member, and stages it for the next [Opened.Seal]. The error is
// [ErrNotHere] for a holder that the sealed roster does not have.
func (o *Opened) Prove(holderID string, p Proof) error {
	if err := o.reader.view.mayWrite(); err != nil {
		return err
	}
	holders := o.changes.provenHolders()
	i := slices.IndexFunc(holders, func(h Holder) bool { return h.ID == holderID })
	if i < 0 || p.Member != "" && !holders[i].seated(p.Member) {
		return ErrNotHere
	}
	if holders[i].has(p) {
		return nil
	}
	proven := latestProofs(holders[i].Proven, []Proof{p})
	if err := o.changes.renew(holderID, func(r *format.Record) *format.Record { return withProofs(r, proven) }); err != nil {
		return err
	}
	if o.changes.pending.proven == nil {
		o.changes.pending.proven = map[string][]Proof{}
	}
	o.changes.pending.proven[holderID] = proven
	return nil
}

// provenHolders are the holders of the roster with what is staged of proofs.
func (ch *changer) provenHolders() []Holder {
	holders, _ := ch.reader.roster()
	for i, h := range holders {
		holders[i].Proven = latestProofs(h.Proven, ch.pending.proven[h.ID])
	}
	return holders
}
