package escrow

import (
	"slices"
	"time"

	"seedvault/escrow/internal/epochs"
	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/sealset"
	"seedvault/escrow/internal/verified"
	"seedvault/escrow/roster"
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
	if err := mayWrite(o.reader.view); err != nil {
		return nil, err
	}
	e := o.reader.view.Pinned()
	if err := o.changes.writeOlderList(e); err != nil {
		return nil, err
	}
	e.ForgetSeals() // others may have sealed since
	s := o.changes.nextSeal(e, now)
	text := s.Marshal()
	if len(text) > testOnlySealLimit {
		return nil, ErrFull
	}
	name := e.Folder + "/seals/" + format.SealFile(s.Number, s.Hash())
	if err := writeAt(o.reader.view.Files.FS, name+".sig", o.reader.pinnedKey().Sign(verified.Namespace, text)); err != nil {
		return nil, err
	}
	if err := writeAt(o.reader.view.Files.FS, name, text); err != nil {
		return nil, err
	}
	e.ForgetSeals()
	o.reader.read, o.reader.list, o.changes.pending = nil, nil, change{}
	return &SealInfo{s.Number, s.Name(), name, s.Time}, nil
}

// nextSeal is a seal of what is staged, and of what it takes over.
func (ch *changer) nextSeal(e *epochs.Epoch, now time.Time) *format.Seal {
	s := format.NewSeal()
	s.Epoch, s.Time, s.By = e.Number, format.Time(now), ch.reader.holder()
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
	seals.Next(s, seals.Without, testOnlySealLimit)
	s.Due = roster.FirstDue(ch.provenHolders())
	return s
}

// writeOlderList writes the list of what happened to older epochs' files, if
// anything did, and stages it.
func (ch *changer) writeOlderList(e *epochs.Epoch) error {
	for _, text := range format.MarshalOlderLists(ch.pending.older, format.KindOlderList.Limit()) {
		sum := format.Sum([]byte(text))
		name := e.Folder + "/older/" + format.Hash(sum) + ".txt"
		if err := writeAt(ch.reader.view.Files.FS, name, []byte(text)); err != nil {
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
	if err := mayWrite(o.reader.view); err != nil {
		return err
	}
	missing := o.reader.seals(o.reader.view.Pinned()).Missing()
	for _, r := range seals {
		i := slices.IndexFunc(missing, func(m SealRef) bool { return m.Hash == r.Hash })
		if i < 0 {
			return ErrNotHere
		}
		o.changes.pending.lost = append(o.changes.pending.lost, missing[i])
	}
	return nil
}

// KeptSeal is a seal as a machine keeps it outside of the vault: what lies there under
// its name, byte for byte but for line ends that a tool has changed. Whoever reads it
// verifies it anew.
type KeptSeal struct {
	Name      string // NNNN-HASH.txt
	Text, Sig []byte
}

// keptOf and keptSeals are seals that a machine keeps, as they are read and as it stores them.
func keptOf(seals []KeptSeal) []sealset.Kept {
	kept := make([]sealset.Kept, len(seals))
	for i, k := range seals {
		kept[i] = sealset.Kept(k)
	}
	return kept
}

func keptSeals(kept []sealset.Kept) (seals []KeptSeal) {
	for _, k := range kept {
		seals = append(seals, KeptSeal(k))
	}
	return seals
}

// Withheld returns the seals that this machine has verified before, that are live, and
// that do not lie here whole: this is an older state of the vault, or was damaged. They
// count all the same.
func (v *Vault) Withheld() (seals []SealRef) {
	e := v.view.Pinned()
	if e == nil {
		return nil
	}
	for _, f := range v.view.Seals(e).LiveAway() {
		seals = append(seals, f.Ref())
	}
	return seals
}

// PutBack writes what [Vault.Withheld] returns into the vault, and returns what is back.
// No key is needed: a seal is its text and its signature.
func (v *Vault) PutBack() (back []SealRef, err error) {
	e, err := writeTarget(v.view)
	if err != nil {
		return nil, err
	}
	for _, f := range v.view.Seals(e).LiveAway() {
		if v.view.Files.IsSpecial(f.Path) || v.view.Files.IsSpecial(f.Path+".sig") {
			continue // a link or the like, which stays and is named
		}
		err = writeAt(v.view.Files.FS, f.Path+".sig", f.Kept.Sig)
		if err == nil {
			err = writeAt(v.view.Files.FS, f.Path, f.Kept.Text)
		}
		if err != nil {
			break
		}
		back = append(back, f.Ref())
	}
	if len(back) > 0 {
		e.ForgetSeals()
	}
	return back, err
}
