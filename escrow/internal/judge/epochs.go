package judge

import (
	"cmp"
	"slices"

	"seedvault/escrow/internal/format"
)

// Epoch is one epoch's folder.
type Epoch struct {
	Folder      string
	Number      int
	Fingerprint format.Fingerprint // zero when vault.txt is missing or damaged and nothing vouches for it
	Previous    format.Fingerprint
	SignedBy    map[format.Fingerprint]bool // those of the epochs here whose signer has signed it
	Ledger      *Ledger                     // of seals that its own signer signed
}

// signedBy reports whether another epoch's signer has signed this one, which is the
// later of the two: no epoch follows one of its own number or of a higher one.
func (e Epoch) signedBy(other Epoch) bool {
	return other.Number < e.Number && e.SignedBy[other.Fingerprint]
}

// farthest is how far an epoch's number may lie above the highest of those that have signed
// it (F49).
const farthest = 1000

func (f Facts) pinned() Epoch {
	for _, e := range f.Epochs {
		if !f.Pin.IsZero() && e.Fingerprint == f.Pin {
			return e
		}
	}
	return Epoch{}
}

func (f Facts) find(fp format.Fingerprint) (Epoch, bool) {
	for _, e := range f.Epochs {
		if !fp.IsZero() && e.Fingerprint == fp {
			return e, true
		}
	}
	return Epoch{}, false
}

// Line is the pinned epoch and those that it follows: by the previous hashes, and by
// what its own seals have joined. Nobody else's seals are asked.
func (f Facts) Line() map[format.Fingerprint]bool {
	line := map[format.Fingerprint]bool{}
	if f.Pin.IsZero() {
		return line
	}
	f.follow(f.Pin, line)
	for fp := range f.pinned().Ledger.Joined() {
		f.follow(fp, line)
	}
	return line
}

// follow adds an epoch and those that the previous hashes lead to.
func (f Facts) follow(fp format.Fingerprint, line map[format.Fingerprint]bool) {
	for !fp.IsZero() && !line[fp] {
		line[fp] = true
		e, _ := f.find(fp)
		fp = e.Previous
	}
}

// Relation is how an epoch that the pinned one does not follow stands to it. The zero
// Relation is a stranger's.
type Relation struct {
	ComesFrom bool // signatures lead to it from the pinned epoch, or from one that the pinned one follows
	Successor bool // the pinned epoch has signed it: it may be the next one
	Fork      bool // it comes from one that the pinned epoch follows, and the pinned one has not signed it
	Closed    bool // a fork of an epoch that the pinned one has closed: it stops nothing
	Joins     bool // its seals take the pinned epoch over, which has signed it
}

// Rule is the rule by which an epoch stands so.
func (r Relation) Rule() format.Rule {
	switch {
	case r.Joins:
		return 80
	case r.Closed:
		return 82
	case r.Fork:
		return 60
	case r.Successor, !r.ComesFrom:
		return 49
	}
	return 37
}

// Relations tell by folder how the epochs outside of the line stand to the pinned one;
// without a pin there are none. A signature proves no more than that a holder of the
// epoch that signed has made it, now or once.
func (f Facts) Relations(line map[format.Fingerprint]bool) map[string]Relation {
	all := make(map[string]Relation, len(f.Epochs))
	if f.Pin.IsZero() {
		return all
	}
	roots := map[string][]Epoch{} // the epochs of the line that an epoch comes from
	closed := f.pinned().Ledger.Closed()
	for _, e := range f.oldest() {
		if !e.Fingerprint.IsZero() && line[e.Fingerprint] {
			roots[e.Folder] = []Epoch{e}
			continue
		}
		roots[e.Folder] = f.rootsOf(e, roots)
		r := Relation{ComesFrom: len(roots[e.Folder]) > 0}
		signed := e.signedBy(f.pinned())
		r.Successor = r.ComesFrom && signed
		older := slices.DeleteFunc(slices.Clone(roots[e.Folder]), func(root Epoch) bool { return root.Fingerprint == f.Pin })
		r.Fork = len(older) > 0 && !r.Successor
		r.Closed = r.Fork && allClosed(older, closed)
		r.Joins = r.ComesFrom && signed && e.Ledger.Joined()[f.Pin]
		all[e.Folder] = r
	}
	return all
}

// oldest sorts the epochs by number.
func (f Facts) oldest() []Epoch {
	return slices.SortedStableFunc(slices.Values(f.Epochs), func(a, b Epoch) int { return cmp.Compare(a.Number, b.Number) })
}

// rootsOf returns the epochs of the line from which signatures lead to an epoch. What
// a stranger's has signed counts for nothing, and neither does a number that lies too
// far above.
func (f Facts) rootsOf(e Epoch, roots map[string][]Epoch) (from []Epoch) {
	highest := 0
	for _, signer := range f.Epochs {
		if e.signedBy(signer) && len(roots[signer.Folder]) > 0 {
			from, highest = append(from, roots[signer.Folder]...), max(highest, signer.Number)
		}
	}
	if e.Number > highest+farthest {
		return nil // nobody's rotation
	}
	return from
}

// allClosed reports whether the newest of some epochs is closed; of two of one number
// both.
func allClosed(roots []Epoch, closed map[format.Fingerprint]bool) bool {
	highest := slices.MaxFunc(roots, func(a, b Epoch) int { return cmp.Compare(a.Number, b.Number) }).Number
	return !slices.ContainsFunc(roots, func(r Epoch) bool { return r.Number == highest && !closed[r.Fingerprint] })
}

// Follows reports whether an epoch follows another, by what has signed it and by its
// previous hashes: of several that may follow the pinned one, a person is asked about
// the one that follows the others.
func (f Facts) Follows(e, other Epoch) bool {
	f.Pin = other.Fingerprint
	if f.Relations(map[format.Fingerprint]bool{f.Pin: true})[e.Folder].ComesFrom {
		return true
	}
	before := map[format.Fingerprint]bool{}
	f.follow(e.Previous, before)
	return before[other.Fingerprint]
}
