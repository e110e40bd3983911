package escrow

import (
	"fmt"
	"maps"
	"slices"

	"seedvault/escrow/internal/epochs"
	"seedvault/escrow/internal/judge"
)

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
// without keys with [Vault.Join]. The error is [ErrNoEpoch], [ErrUnverified], [ErrUnsealed],
// or a [*MissingSealsError] if seals are missing, unless withoutMissing is set.
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
