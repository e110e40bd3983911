package escrow

import (
	"slices"
	"time"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/sshsig"
)

// SealInfo names a seal.
type SealInfo struct {
	Number int
	Name   string // NNNN-HASH8, as a person is shown it: a number alone may be shared
	Path   string
	Time   string // RFC 3339
}

// testOnlySealLimit is how long a seal may be.
var testOnlySealLimit = int(format.KindSeal.Limit())

// Seal signs everything staged since the vault was opened, with what other seals of
// the epoch say as far as that keeps seals few and short. It returns nil when nothing
// was staged. Until it returns without an error nothing staged counts.
func (o *Opened) Seal(now time.Time) (*SealInfo, error) {
	if o.pending.empty() {
		return nil, nil
	}
	if err := o.vault.mayWrite(); err != nil {
		return nil, err
	}
	e := o.vault.pinned()
	if err := o.writeOlderList(e); err != nil {
		return nil, err
	}
	e.forgetSeals() // others may have sealed since
	s := o.nextSeal(e, now)
	text := s.Marshal()
	if len(text) > testOnlySealLimit {
		return nil, ErrFull
	}
	name := e.folder + "/seals/" + format.SealFile(s.Number, s.Hash())
	if err := writeAt(o.vault.fsys, name+".sig", sshsig.Sign(o.pinnedKey().sign, sealNamespace, text)); err != nil {
		return nil, err
	}
	if err := writeAt(o.vault.fsys, name, text); err != nil {
		return nil, err
	}
	e.forgetSeals()
	o.read, o.pending = nil, change{}
	return &SealInfo{s.Number, s.Name(), name, s.Time}, nil
}

// nextSeal is a seal of what is staged, and of what it takes over.
func (o *Opened) nextSeal(e *epoch, now time.Time) *format.Seal {
	s := format.NewSeal()
	s.Epoch, s.Time, s.By = e.number, formatTime(now), o.holder
	for _, ref := range o.pending.accept {
		s.Accept(ref)
	}
	for _, ref := range o.pending.retire {
		s.Retire(ref)
	}
	for _, r := range o.pending.lost {
		s.GiveUp(r.Number, r.Hash)
	}
	seals := o.seals(e)
	seals.Next(s, seals.without, testOnlySealLimit)
	s.Due = dueOf(o.provenHolders())
	return s
}

// writeOlderList writes the list of what happened to older epochs' files, if
// anything did, and stages it.
func (o *Opened) writeOlderList(e *epoch) error {
	for _, text := range format.MarshalOlderLists(o.pending.older, format.KindOlderList.Limit()) {
		sum := format.Sum([]byte(text))
		name := e.folder + "/older/" + format.Hash(sum) + ".txt"
		if err := writeAt(o.vault.fsys, name, []byte(text)); err != nil {
			return err
		}
		o.pending.accept = append(o.pending.accept, format.Ref{Path: name, Sum: sum})
	}
	o.pending.older = nil
	return nil
}

// GiveUp stages that seals which are missing are lost: they are not looked for any
// more. If one turns up, it counts. The error is [ErrNotHere] for one that is not
// missing.
func (o *Opened) GiveUp(seals ...SealRef) error {
	if err := o.vault.mayWrite(); err != nil {
		return err
	}
	missing := o.seals(o.vault.pinned()).Missing()
	for _, r := range seals {
		i := slices.IndexFunc(missing, func(m SealRef) bool { return m.Hash == r.Hash })
		if i < 0 {
			return ErrNotHere
		}
		o.pending.lost = append(o.pending.lost, missing[i])
	}
	return nil
}
