package escrow

import (
	"errors"
	"slices"
	"time"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/vaultfs"
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
	if err := writeAt(o.reader.view.fsys, name+".sig", o.reader.pinnedKey().Sign(sealNamespace, text)); err != nil {
		return nil, err
	}
	if err := writeAt(o.reader.view.fsys, name, text); err != nil {
		return nil, err
	}
	e.forgetSeals()
	o.reader.read, o.reader.list, o.changes.pending = nil, nil, change{}
	return &SealInfo{s.Number, s.Name(), name, s.Time}, nil
}

// nextSeal is a seal of what is staged, and of what it takes over.
func (ch *changer) nextSeal(e *epoch, now time.Time) *format.Seal {
	s := format.NewSeal()
	s.Epoch, s.Time, s.By = e.number, format.Time(now), ch.reader.holder()
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
	s.Due = roster.FirstDue(ch.provenHolders())
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

// KeptSeal is a seal as a machine keeps it outside of the vault: what lies there under
// its name, byte for byte. Whoever reads it verifies it anew.
type KeptSeal struct {
	Name      string // NNNN-HASH.txt
	Text, Sig []byte
}

// A machine keeps as many live seals as these allow, the newest first. An epoch has some
// log n of them; who seals more, or longer ones, is noticed by their hashes alone.
const (
	maxKept      = 256
	maxKeptBytes = 64 << 20
)

// withKept adds the seals that this machine keeps to those that lie in an epoch's folder.
func (r *sealSet) withKept(kept []KeptSeal) *sealSet {
	for i, k := range kept {
		number, hash, ok := format.ParseSealName(k.Name)
		if !ok {
			continue
		}
		at := slices.IndexFunc(r.names, func(f sealFile) bool { return f.path == r.folder+"/seals/"+k.Name })
		if at < 0 {
			at = len(r.names)
			r.names = append(r.names, sealFile{path: r.folder + "/seals/" + k.Name, number: number, hash: hash})
		}
		r.names[at].kept = &kept[i]
	}
	sortSeals(r.names)
	return r
}

// fromMemory returns the live seals that count though they do not lie here, or not
// whole, since this machine keeps them: the lowest number first.
func (r *sealSet) fromMemory() (files []sealFile) {
	if r.Ledger == nil {
		return nil
	}
	live := map[string]bool{}
	for _, s := range r.Live() {
		live[s.Hash()] = true
	}
	for _, f := range slices.Backward(r.names) {
		if r.away[f.path] && live[f.hash] {
			files = append(files, f)
		}
	}
	return files
}

// openSeals finds an epoch's seals, those that this machine keeps of it among them.
func (v *view) openSeals(e *epoch, signer string, memory map[string][]string) *sealSet {
	set := v.openFolder(e.folder, signer, memory)
	if e == v.pinned() {
		set.withKept(v.kept)
	}
	return set
}

// Withheld returns the seals that this machine has verified before, that are live, and
// that do not lie here whole: this is an older state of the vault, or was damaged. They
// count all the same.
func (v *Vault) Withheld() (seals []SealRef) {
	e := v.view.pinned()
	if e == nil {
		return nil
	}
	for _, f := range v.view.seals(e).fromMemory() {
		seals = append(seals, SealRef{Number: f.number, Hash: f.hash})
	}
	return seals
}

// PutBack writes what [Vault.Withheld] returns into the vault, and returns what is back.
// No key is needed: a seal is its text and its signature.
func (v *Vault) PutBack() (back []SealRef, err error) {
	e, err := v.view.target()
	if err != nil {
		return nil, err
	}
	for _, f := range v.view.seals(e).fromMemory() {
		if v.view.files.IsSpecial(f.path) || v.view.files.IsSpecial(f.path+".sig") {
			continue // a link or the like, which stays and is named
		}
		err = writeAt(v.view.fsys, f.path+".sig", f.kept.Sig)
		if err == nil {
			err = writeAt(v.view.fsys, f.path, f.kept.Text)
		}
		if err != nil {
			break
		}
		back = append(back, SealRef{Number: f.number, Hash: f.hash})
	}
	if len(back) > 0 {
		e.forgetSeals()
	}
	return back, err
}

// keep returns the live seals of an epoch as a machine keeps them; those that it has
// kept before need not be read again.
func (v *view) keep(set *sealSet, before []KeptSeal) (kept []KeptSeal) {
	have := map[string]KeptSeal{}
	for _, k := range before {
		have[k.Name] = k
	}
	left := maxKeptBytes
	for _, s := range set.Live() { // from the highest number down
		name := format.SealFile(s.Number, s.Hash())
		k, known := have[name]
		if !known {
			var err error
			if k, err = v.readKept(set.folder, name); err != nil {
				continue
			}
		}
		if left -= len(k.Text) + len(k.Sig); left < 0 || len(kept) == maxKept {
			break
		}
		kept = append(kept, k)
	}
	return kept
}

// readKept reads a seal that was verified, as it is to be kept.
func (v *view) readKept(folder, name string) (k KeptSeal, err error) {
	text, err1 := vaultfs.ReadFile(v.fsys, folder+"/seals/"+name, format.KindSeal.Limit())
	sig, err2 := vaultfs.ReadFile(v.fsys, folder+"/seals/"+name+".sig", format.KindSealSig.Limit())
	k = KeptSeal{Name: name}
	k.Text, _ = format.UndoCRLF(text)
	k.Sig, _ = format.UndoCRLF(sig)
	return k, errors.Join(err1, err2)
}
