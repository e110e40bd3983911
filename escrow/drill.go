package escrow

import (
	"context"
	"slices"
	"time"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/judge"
	"seedvault/escrow/internal/vaultfs"
	"seedvault/escrow/key"
	"seedvault/escrow/roster"
)

// Drill is what opening a vault with one holder alone has shown.
type Drill struct {
	Proof  roster.Proof
	Holder string // its name, "" where no sealed record names the slot that opened
	Slot   string // the path of that slot
	Seeds  int    // accepted seeds that were decrypted, and gave a code where they are to
	Failed []Finding
}

// Drill decrypts every accepted seed with what the holder's key has opened, and computes
// its code where it is of a kind that gives one. What it shows is a proof of its holder if
// nothing failed. A slot that no sealed record names proves nobody. The error is the
// context's.
func (o *Opened) Drill(ctx context.Context, now time.Time) (*Drill, error) {
	entries, findings, err := o.Seeds(ctx)
	if err != nil {
		return nil, err
	}
	d := &Drill{Slot: o.reader.opener.slot.Path, Proof: roster.Proof{Time: now.UTC().Truncate(time.Second), Copy: roster.InVault, Seal: o.reader.newestSeal()}}
	if h, ok := o.reader.claimant(); ok {
		d.Holder = h.Name
	}
	for _, f := range findings {
		if f.Red {
			d.Failed = append(d.Failed, f)
		}
	}
	for _, e := range entries {
		switch {
		case e.Status != Accepted:
		case givesCode(e.Seed, now), otherKind(e.Seed):
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
	e := rd.view.Writable()[0]
	if key := rd.keys[e.Folder]; key != nil {
		return newest(rd.seals(e).Ledger)
	}
	return "-"
}

// NewestSeal returns the HASH of the highest valid seal of the pinned epoch, "-"
// for none.
func (v *Vault) NewestSeal() string {
	if e := v.view.Pinned(); e != nil {
		return newest(v.view.Seals(e).Ledger)
	}
	return "-"
}

// NewestSealName returns the highest valid seal of the pinned epoch as a check shows
// it, NNNN-HASH8, "" for none.
func (v *Vault) NewestSealName() string {
	if e := v.view.Pinned(); e != nil {
		if top := v.view.Seals(e).Newest(); top != nil {
			return top.Name()
		}
	}
	return ""
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
func (ro *Roster) Prove(holderID string, p roster.Proof) error {
	if err := mayWrite(ro.reader.view); err != nil {
		return err
	}
	holders := ro.changes.provenHolders()
	i := slices.IndexFunc(holders, func(h roster.Holder) bool { return h.ID == holderID })
	if i < 0 || p.Member != "" && !holders[i].HasSeat(p.Member) {
		return ErrNotHere
	}
	if holders[i].HasProof(p) {
		return nil
	}
	proven := roster.LatestProofs(holders[i].Proven, []roster.Proof{p})
	if err := ro.changes.renew(holderID, func(r *format.Record) *format.Record { return roster.WithProofs(r, proven) }); err != nil {
		return err
	}
	if ro.changes.pending.proven == nil {
		ro.changes.pending.proven = map[string][]roster.Proof{}
	}
	ro.changes.pending.proven[holderID] = proven
	return nil
}

// DepositProof writes the proof of a member of a quorum who has opened a share and
// not the vault. It is a claim until a holder seals it. The quorum is named by the
// share's [key.Dealing], which is all that a share from paper has, so that an old
// sheet proves nothing of the new key.
func (v *Vault) DepositProof(dealing string, p roster.Proof) (Receipt, error) {
	e, err := mayDeposit(v.view)
	if err != nil {
		return Receipt{}, err
	}
	to, public, err := key.ParseNativeRecipient(v.view.Pin.Recipient)
	if err != nil || format.Sum([]byte(public)) != e.Desc.RecipientSum {
		return Receipt{}, ErrNoRecipient
	}
	r := &format.Record{Line: roster.LineHolder}
	r.Add("id", dealing)
	r.Add("kind", string(roster.KindQuorum))
	r.Add("proven", p.String())
	return writeRecord(v.view.Files.FS, e.Folder+"/roster", r.Marshal, to)
}

// WaitingProof is a member's proof that no holder has sealed yet.
type WaitingProof struct {
	Holder roster.Holder // the quorum
	Proof  roster.Proof
}

// WaitingProofs reads the proofs that members have deposited and that the roster
// does not have, oldest first. Whoever can deposit can write one, so that each is
// worth what the word of its machine is worth.
func (ro *Roster) WaitingProofs(now time.Time) []WaitingProof {
	e := ro.reader.view.Pinned()
	if e == nil {
		return nil
	}
	key := ro.reader.pinnedKey()
	sealed := ro.reader.seals(e)
	known := map[string]bool{} // what seals speak of is no claim that waits
	for ref := range sealed.Retired() {
		known[ref.Path] = true
	}
	claims := slices.DeleteFunc(ro.reader.view.Files.List(e.Folder+"/roster"), func(f vaultfs.File) bool {
		return known[f.Path] || len(sealed.Accepted(f.Path)) > 0
	})
	if len(claims) == 0 {
		return nil
	}
	holders := ro.changes.provenHolders()
	var waiting []WaitingProof
	for _, f := range vaultfs.Distinct(ro.reader.view.Files.ReadAll(claims, true)) {
		if sealed.Status(f.Ref()) == Accepted || sealed.Status(f.Ref()) == Retired {
			continue
		}
		r, err := openRecord(f.Data, key)
		if err != nil || r.Line != roster.LineHolder {
			continue
		}
		for _, line := range r.All("proven") {
			if w, ok := waitingFor(holders, r.Get("id"), line, now); ok && !slices.Contains(waitingLines(waiting), line) {
				waiting = append(waiting, w)
			}
		}
	}
	slices.SortFunc(waiting, func(a, b WaitingProof) int { return a.Proof.Time.Compare(b.Proof.Time) })
	return waiting
}

func waitingLines(waiting []WaitingProof) (lines []string) {
	for _, w := range waiting {
		lines = append(lines, w.Proof.String())
	}
	return lines
}

// waitingFor holds a claimed line against the roster.
func waitingFor(holders []roster.Holder, dealing, line string, now time.Time) (WaitingProof, bool) {
	p, err := roster.ParseProof(line)
	if err != nil || p.Member == "" || p.Time.After(now.Add(24*time.Hour)) {
		return WaitingProof{}, false
	}
	for _, h := range holders {
		if h.Kind == roster.KindQuorum && key.Dealing(h.Recipient) == dealing && h.HasSeat(p.Member) && !h.HasProof(p) {
			return WaitingProof{h, p}, true
		}
	}
	return WaitingProof{}, false
}
