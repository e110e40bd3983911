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
	if o.changes.pending.empty() {
		return nil, nil
	}
	if err := o.reader.view.mayWrite(); err != nil {
		return nil, err
	}
	e := o.reader.view.pinned()
	if err := o.changes.writeOlderList(e); err != nil {
		return nil, err
	}
	e.forgetSeals() // others may have sealed since
	s := o.changes.nextSeal(e, now)
	text := s.Marshal()
	if len(text) > testOnlySealLimit {
		return nil, ErrFull
	}
	name := e.folder + "/seals/" + format.SealFile(s.Number, s.Hash())
	if err := writeAt(o.reader.view.fsys, name+".sig", sshsig.Sign(o.reader.pinnedKey().sign, sealNamespace, text)); err != nil {
		return nil, err
	}
	if err := writeAt(o.reader.view.fsys, name, text); err != nil {
		return nil, err
	}
	e.forgetSeals()
	o.reader.read, o.changes.pending = nil, change{}
	return &SealInfo{s.Number, s.Name(), name, s.Time}, nil
}

// nextSeal is a seal of what is staged, and of what it takes over.
func (ch *changer) nextSeal(e *epoch, now time.Time) *format.Seal {
	s := format.NewSeal()
	s.Epoch, s.Time, s.By = e.number, formatTime(now), ch.reader.holder()
	for _, ref := range ch.pending.accept {
		s.Accept(ref)
	}
	for _, ref := range ch.pending.retire {
		s.Retire(ref)
	}
	for _, r := range ch.pending.lost {
		s.GiveUp(r.Number, r.Hash)
	}
	seals := ch.reader.seals(e)
	seals.Next(s, seals.without, testOnlySealLimit)
	s.Due = dueOf(ch.provenHolders())
	return s
}

// writeOlderList writes the list of what happened to older epochs' files, if
// anything did, and stages it.
func (ch *changer) writeOlderList(e *epoch) error {
	for _, text := range format.MarshalOlderLists(ch.pending.older, format.KindOlderList.Limit()) {
		sum := format.Sum([]byte(text))
		name := e.folder + "/older/" + format.Hash(sum) + ".txt"
		if err := writeAt(ch.reader.view.fsys, name, []byte(text)); err != nil {
			return err
		}
		ch.pending.accept = append(ch.pending.accept, format.Ref{Path: name, Sum: sum})
	}
	ch.pending.older = nil
	return nil
}

// GiveUp stages that seals which are missing are lost: they are not looked for any
// more. If one turns up, it counts. The error is [ErrNotHere] for one that is not
// missing.
func (o *Opened) GiveUp(seals ...SealRef) error {
	if err := o.reader.view.mayWrite(); err != nil {
		return err
	}
	missing := o.reader.seals(o.reader.view.pinned()).Missing()
	for _, r := range seals {
		i := slices.IndexFunc(missing, func(m SealRef) bool { return m.Hash == r.Hash })
		if i < 0 {
			return ErrNotHere
		}
		o.changes.pending.lost = append(o.changes.pending.lost, missing[i])
	}
	return nil
}
