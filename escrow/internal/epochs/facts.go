package epochs

import (
	"maps"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/judge"
	"seedvault/escrow/internal/vaultfs"
)

// Attested is what a slot that an identity opened attests of an epoch without a vault.txt:
// whose seals are its own.
type Attested struct {
	Fingerprint format.Fingerprint // zero if it is not known whether the pinned epoch follows it
	Signer      string
}

// Line is the pinned epoch and those that it follows, nil without a pin.
func (v *View) Line() map[format.Fingerprint]bool {
	if v.Pin == nil {
		return nil
	}
	return v.Facts(nil).Line()
}

// Facts gathers what the judge needs to know of the epochs, and reads their seals. attested
// holds, by folder, what an identity attests of an epoch whose vault.txt is lost.
func (v *View) Facts(attested map[string]Attested) judge.Facts {
	facts := v.BareFacts()
	pinned := v.Pinned()
	for i, e := range v.Epochs {
		x := &facts.Epochs[i]
		switch p, ok := attested[e.Folder]; {
		case e.Desc != nil:
			x.Ledger = v.Seals(e).Ledger
		case ok:
			x.Fingerprint = p.Fingerprint
			x.Ledger = v.SealsBy(e, p.Signer).Ledger
		case e == pinned:
			x.Fingerprint = v.Pin.Fingerprint
		case e.Newer != nil && v.Pin == nil:
			x.Fingerprint = format.Fingerprint{} // what opens of it is as if it had no vault.txt
		}
		x.SignedBy = v.signedByAttested(e, x.SignedBy, attested)
	}
	return facts
}

// signedByAttested adds those of the attested epochs in the line whose signer has signed
// an epoch.
func (v *View) signedByAttested(e *Epoch, by map[format.Fingerprint]bool, attested map[string]Attested) map[format.Fingerprint]bool {
	for folder, a := range attested {
		if v.Pin != nil && folder != e.Folder && !a.Fingerprint.IsZero() && v.isSignedBy(e, folder, a.Signer) {
			with := map[format.Fingerprint]bool{a.Fingerprint: true}
			maps.Copy(with, by)
			by = with
		}
	}
	return by
}

// BareFacts are those that no seal needs to be read for.
func (v *View) BareFacts() (facts judge.Facts) {
	if v.Pin != nil {
		facts.Pin = v.Pin.Fingerprint
	}
	for _, e := range v.Epochs {
		x := judge.Epoch{Folder: e.Folder, Number: e.Number, Fingerprint: e.Fingerprint, SignedBy: e.SignedBy}
		if e.Newer != nil {
			x.Fingerprint = e.fits
		}
		if e.Desc != nil {
			x.Previous = e.Desc.Previous
		}
		facts.Epochs = append(facts.Epochs, x)
	}
	return facts
}

// OlderLists reads an epoch's older folder, and passes over a list under a name that its
// content does not give it, which is damaged (F3). Which of them a seal lists, and so which
// count, the judge decides.
func (v *View) OlderLists(e *Epoch) []judge.OlderList {
	var lists []judge.OlderList
	for _, f := range vaultfs.Distinct(v.Files.ReadFiles(e.Folder+"/older", true)) {
		if l, err := format.ParseOlderList(f.Data); err == nil && f.Kind == format.KindOlderList && f.Right {
			lists = append(lists, judge.OlderList{Ref: f.Ref(), Lines: l})
		}
	}
	return lists
}

// RootSums returns each SHA-256 with which a file beside the epochs is accepted: by the
// pinned epoch and those that it follows, without a pin by any. A vault.txt must tell the
// signer.
func (v *View) RootSums(name string) (sums [][32]byte) {
	line := v.Line()
	for _, e := range v.Epochs {
		if e.Desc != nil && (v.Pin == nil || line[e.Fingerprint]) {
			sums = append(sums, v.Seals(e).Accepted(name)...)
		}
	}
	return sums
}
