package escrow

import (
	"slices"
	"time"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/key"
)

// DepositProof writes the proof of a member of a quorum who has opened a share and
// not the vault. It is a claim until a holder seals it. The quorum is named by the
// share's [key.Dealing], which is all that a share from paper has, so that an old
// sheet proves nothing of the new key.
func (v *Vault) DepositProof(dealing string, p Proof) (Receipt, error) {
	e, err := v.view.mayDeposit()
	if err != nil {
		return Receipt{}, err
	}
	to, public, err := key.ParsePublic(v.view.pin.Recipient)
	if err != nil || format.Sum([]byte(public)) != e.desc.RecipientSum {
		return Receipt{}, ErrNoRecipient
	}
	r := &format.Record{Line: rosterHolder}
	r.Add("id", dealing)
	r.Add("kind", string(KindQuorum))
	r.Add("proven", p.String())
	return v.view.writeRecord(e, "roster", r.Marshal, to)
}

// WaitingProof is a member's proof that no holder has sealed yet.
type WaitingProof struct {
	Holder Holder // the quorum
	Proof  Proof
}

// WaitingProofs reads the proofs that members have deposited and that the roster
// does not have, oldest first. Whoever can deposit can write one, so that each is
// worth what the word of its machine is worth.
func (o *Opened) WaitingProofs(now time.Time) []WaitingProof {
	e, key := o.reader.view.pinned(), o.reader.pinnedKey()
	if e == nil || key == nil {
		return nil
	}
	sealed := o.reader.seals(e)
	holders := o.changes.provenHolders()
	var waiting []WaitingProof
	for _, f := range distinct(o.reader.view.readFiles(e.folder+"/roster", true)) {
		if sealed.Status(f.ref()) == Accepted || sealed.Status(f.ref()) == Retired {
			continue
		}
		r, err := openRecord(f.data, key)
		if err != nil || r.Line != rosterHolder {
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
func waitingFor(holders []Holder, dealing, line string, now time.Time) (WaitingProof, bool) {
	p, err := ParseProof(line)
	if err != nil || p.Member == "" || p.Time.After(now.Add(24*time.Hour)) {
		return WaitingProof{}, false
	}
	for _, h := range holders {
		if h.Kind == KindQuorum && key.Dealing(h.Recipient) == dealing && h.seated(p.Member) && !h.has(p) {
			return WaitingProof{h, p}, true
		}
	}
	return WaitingProof{}, false
}
