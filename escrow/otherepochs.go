package escrow

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"seedvault/escrow/internal/epochs"
	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/judge"
	"seedvault/escrow/roster"
)

// ForkError stops what writes, but for deposits: another epoch follows one that
// the pinned one follows too, as when two holders rotate at once. A person joins
// the two, confirms the other, or refuses it.
type ForkError struct{ Epoch Epoch }

// Error says what is wrong, and nothing secret.
func (e *ForkError) Error() string {
	return fmt.Sprintf("failed to change the vault: epoch %s grew beside this one and has been neither joined nor refused", e.Epoch.Folder)
}

// EpochStatus is how an epoch relates to the one that this machine writes to.
type EpochStatus int

const (
	// EpochNotCompared: there is no pin, so every epoch speaks for itself.
	EpochNotCompared EpochStatus = iota
	// EpochPinned is the one that this machine writes to.
	EpochPinned
	// EpochOlder is one that the pinned epoch follows.
	EpochOlder
	// EpochUnconfirmed is any other: it hides nothing and takes no writes.
	EpochUnconfirmed
)

// Epoch describes one epoch's folder.
type Epoch struct {
	Number      int
	Folder      string
	Fingerprint Fingerprint // zero when vault.txt is missing, damaged or newer
	Status      EpochStatus
	Sealed      bool // has a valid seal; without one it cannot be confirmed
	Unverified  bool // its signer is of a type that this program cannot verify
	Refused     bool // by a person on this machine

	// Of an unconfirmed epoch that is not refused:
	Successor bool // it follows the pinned one, signed by its signer: perhaps a colleague's rotation
	Fork      bool // it follows one that the pinned epoch follows: two rotated at once, or a former holder made it
	Closed    bool // such a fork, of an epoch from which somebody was left out: it stops nothing
	Joined    bool // it has taken the pinned one over, whose signer has signed it
}

// Epochs lists the vault's epochs, newest first.
func (v *Vault) Epochs() []Epoch {
	return listEpochs(v.view)
}

// list is [Vault.Epochs].
func listEpochs(v *epochs.View) []Epoch {
	facts := v.Facts(nil)
	line := facts.Line()
	relations := facts.Relations(line)
	var list []Epoch
	for _, e := range v.Epochs {
		list = append(list, describeEpoch(v, e, relations[e.Folder], line))
	}
	return list
}

func statusOf(v *epochs.View, e *epochs.Epoch, line map[Fingerprint]bool) EpochStatus {
	switch {
	case v.Pin == nil:
		return EpochNotCompared
	case e == v.Pinned():
		return EpochPinned
	case e.Desc != nil && line[e.Fingerprint]:
		return EpochOlder
	}
	return EpochUnconfirmed
}

// describe says how an epoch stands to the pinned one.
func describeEpoch(v *epochs.View, e *epochs.Epoch, r judge.Relation, line map[Fingerprint]bool) Epoch {
	d := Epoch{Number: e.Number, Folder: e.Folder, Fingerprint: e.Fingerprint, Status: statusOf(v, e, line), Refused: v.IsRefused(e)}
	d.Unverified = e.Desc != nil && e.Desc.Unverified
	d.Sealed = v.Seals(e).Sealed()
	if d.Status == EpochUnconfirmed && !d.Refused {
		d.Successor, d.Fork, d.Closed = r.Successor, r.Fork, r.Closed
		d.Joined = r.Joins && e.Desc.Previous != v.Pin.Fingerprint // else it is a rotation of the pinned one
	}
	return d
}

// Foremost returns the epoch of a list that follows the others, or else the first: a
// person who is asked about it is asked about all.
func (v *Vault) Foremost(list []Epoch) Epoch {
	return foremost(v.view, list)
}

// foremost is [Vault.Foremost].
func foremost(v *epochs.View, list []Epoch) Epoch {
	facts, best, most := v.BareFacts(), 0, -1
	find := func(e Epoch) judge.Epoch {
		return facts.Epochs[slices.IndexFunc(facts.Epochs, func(x judge.Epoch) bool { return x.Folder == e.Folder })]
	}
	for i, e := range list {
		n := 0
		for _, other := range list {
			if other.Folder != e.Folder && facts.Follows(find(e), find(other)) {
				n++
			}
		}
		if n > most {
			best, most = i, n
		}
	}
	return list[best]
}

// unanswered returns the sealed epoch of the kind that a person has neither
// confirmed nor refused, and that none to be joined follows; of several the one that
// follows the others.
func unanswered(v *epochs.View, kind func(Epoch) bool, join []Fingerprint) (Epoch, bool) {
	joined := map[Fingerprint]bool{}
	facts := v.Facts(nil)
	for _, fp := range join {
		facts.Pin = fp
		maps.Copy(joined, facts.Line())
	}
	list := slices.DeleteFunc(listEpochs(v), func(e Epoch) bool { return !e.Sealed || !kind(e) || joined[e.Fingerprint] })
	if len(list) == 0 {
		return Epoch{}, false
	}
	return foremost(v, list), true
}

// MissingSealsError is returned by what takes an epoch for what its seals say while
// seals are named that are not here, and nobody has said to go on without them.
type MissingSealsError struct {
	Folder string
	Seals  []SealRef
}

// Error says what is wrong, and nothing secret.
func (e *MissingSealsError) Error() string {
	return fmt.Sprintf("failed to go on: seal %s of %s is missing", e.Seals[0], e.Folder)
}

// SealRef names a seal that may not be here.
type SealRef = judge.SealRef

// MissingSeals returns the seals that seals of an epoch name and that are neither
// here nor contained in another, by number.
func (v *Vault) MissingSeals(fp Fingerprint) []SealRef {
	if e := v.view.ByFingerprint(fp); e != nil {
		return v.view.Seals(e).Missing()
	}
	return nil
}

// mayFollow returns why an epoch cannot be confirmed or joined. That seals of it are
// missing a person may overlook.
func mayFollow(v *epochs.View, e *epochs.Epoch, withoutMissing bool) error {
	switch {
	case e == nil:
		return ErrNoEpoch
	case e.Desc.Unverified:
		return ErrUnverified
	case !v.Seals(e).Sealed():
		return ErrUnsealed
	}
	if missing := v.Seals(e).Missing(); len(missing) > 0 && !withoutMissing {
		return &MissingSealsError{e.Folder, missing}
	}
	return nil
}

// Confirm returns the vault as a machine sees it once a person has compared fp: from then
// on it writes to that epoch. It stores nothing. Pin the result with [Opened.Pin], or
// without keys with [Vault.Join]. The error is a [*MissingSealsError] if seals are missing,
// unless withoutMissing is set.
func (v *Vault) Confirm(fp Fingerprint, withoutMissing bool) (*Vault, error) {
	if err := mayFollow(v.view, v.view.ByFingerprint(fp), withoutMissing); err != nil {
		return nil, err
	}
	pin := Pin{Fingerprint: fp}
	if v.view.Pin != nil {
		pin.Refused = slices.DeleteFunc(slices.Clone(v.view.Pin.Refused), func(r Fingerprint) bool { return r == fp })
	}
	return Open(v.view.Files.FS, &pin)
}

// LateHolders returns the holders that older epochs' rosters have and that the
// pinned one knows nothing of: they were added where a rotation had not
// arrived. They can open what lies there and nothing else.
func (ro *Roster) LateHolders() []roster.Holder {
	if ro.reader.view.Pinned() == nil {
		return nil
	}
	ways := ro.reader.ways()
	known := map[string]bool{}
	holders, _ := ro.Holders()
	for _, h := range holders {
		known[h.ID], known[h.Recipient] = true, true
	}
	for _, f := range ro.reader.formers() {
		known[f.ID] = true
	}
	var late []roster.Holder
	for _, e := range ro.reader.older() {
		records, _ := ro.reader.records(e, ro.reader.keys[e.Folder])
		for _, r := range records {
			if h, is := roster.ReadHolder(r.Record); is && !ways.Says(r.ref.Hash()) && !known[h.ID] && !known[h.Recipient] {
				late = append(late, h)
			}
		}
	}
	return roster.Merge(late)
}

// LateRetired returns the accepted seeds that somebody removed or edited where a
// rotation had not arrived. That is shown and not obeyed: who was removed by the
// rotation could say so too.
func (o *Opened) LateRetired(ctx context.Context) ([]Entry, error) {
	if o.reader.view.Pinned() == nil {
		return nil, nil
	}
	entries, _, err := o.Seeds(ctx)
	if err != nil {
		return nil, err
	}
	retired := map[format.Ref]bool{}
	for _, e := range o.reader.older() {
		for ref := range o.reader.seals(e).Retired() {
			retired[ref] = true
		}
	}
	ways := o.reader.ways()
	gone := map[string]bool{} // what took the place of a retired file
	for ref := range retired {
		for _, to := range ways.LeadsTo(ref.Hash()) {
			gone[to] = true
		}
	}
	return slices.DeleteFunc(entries, func(e Entry) bool {
		return e.Status != Accepted || !slices.ContainsFunc(e.Receipts, func(r Receipt) bool { return gone[r.Hash()] })
	}), nil
}

// older returns the epochs of the line that opened, but for the pinned one.
func (rd *reader) older() []*epochs.Epoch {
	line := rd.view.Line()
	var list []*epochs.Epoch
	for _, e := range rd.view.Epochs {
		inLine := e.Desc != nil && line[e.Fingerprint] || line[rd.proven[e.Folder].Fingerprint]
		if e != rd.view.Pinned() && rd.keys[e.Folder] != nil && inLine {
			list = append(list, e)
		}
	}
	return list
}

// ways are what the sealed older lists say of where files have gone.
func (rd *reader) ways() judge.Ways { return rd.facts().Ways() }

// waysOf is what the lists of another epoch say, as a machine sees it that has pinned
// that.
func (rd *reader) waysOf(e *epochs.Epoch) judge.Ways {
	facts := rd.view.Facts(rd.proven)
	facts.Pin, facts.Lists = e.Fingerprint, rd.view.OlderLists(e)
	return facts.Ways()
}
