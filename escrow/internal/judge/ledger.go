package judge

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"seedvault/escrow/internal/format"
)

// Ledger is what the valid seals of one epoch say together. The nil Ledger is that
// of an epoch without any.
type Ledger struct {
	seals  []*format.Seal // by number, then HASH
	here   map[string]*format.Seal
	live   []*format.Seal                 // that none includes
	last   []*format.Seal                 // that none names
	untrue map[string][]string            // HASH of seals to those that they include in word only
	files  map[string][32]byte            // listed: a path with the first of its hashes
	more   map[string][][32]byte          // and with the others
	gone   map[format.Ref]bool            // retired
	epoch  [2]map[format.Fingerprint]bool // joined, closed
	extra  map[string]bool
	lost   map[string]int

	missing, givenUp []SealRef
}

// SealRef names a seal that may not be here.
type SealRef struct {
	Number int
	Hash   string
}

// String is how a person is shown it.
func (r SealRef) String() string { return format.SealName(r.Number, r.Hash) }

// NewLedger unites valid seals, each of which has been verified with the epoch's
// signer. Those that are left out must be known to be contained in one that is
// given: status is defined over all, and an includes line counts only if it is
// true, as far as the included seal is given.
func NewLedger(seals []*format.Seal) *Ledger {
	most := 0
	for _, s := range seals {
		most = max(most, len(s.Files))
	}
	l := &Ledger{
		seals: bySeal(seals), here: map[string]*format.Seal{}, untrue: map[string][]string{},
		files: make(map[string][32]byte, most), more: map[string][][32]byte{}, gone: map[format.Ref]bool{},
		epoch: [2]map[format.Fingerprint]bool{{}, {}}, extra: map[string]bool{}, lost: map[string]int{},
	}
	for _, s := range l.seals {
		l.here[s.Hash()] = s
	}
	for _, s := range l.seals {
		l.unite(s)
	}
	l.order()
	return l
}

// bySeal sorts seals by number, then HASH, each once.
func bySeal(seals []*format.Seal) []*format.Seal {
	sorted := slices.SortedFunc(slices.Values(seals), func(a, b *format.Seal) int {
		return cmp.Or(cmp.Compare(a.Number, b.Number), cmp.Compare(a.Hash(), b.Hash()))
	})
	return slices.CompactFunc(sorted, func(a, b *format.Seal) bool { return a.Sum == b.Sum })
}

// unite adds what one seal says. Two hashes for one path both count, and what any
// seal retires is retired.
func (l *Ledger) unite(s *format.Seal) {
	for path, sum := range s.Files {
		switch first, has := l.files[path]; {
		case !has:
			l.files[path] = sum
		case first != sum && !slices.Contains(l.more[path], sum):
			l.more[path] = append(l.more[path], sum)
		}
	}
	maps.Copy(l.gone, s.Retired)
	maps.Copy(l.epoch[0], s.Joined)
	maps.Copy(l.epoch[1], s.Closed)
	maps.Copy(l.extra, s.Extra)
	for hash, number := range s.Lost {
		if have, is := l.lost[hash]; !is || number < have {
			l.lost[hash] = number
		}
	}
}

// order finds which seals are live, last, missing and included in word only.
func (l *Ledger) order() {
	included, after := map[string]bool{}, map[string]int{}
	truly := map[string]map[string]bool{} // by HASH, what a seal includes indeed
	for _, s := range l.seals {
		truly[s.Hash()] = l.includes(s, truly)
	}
	for _, s := range l.seals {
		maps.Copy(included, truly[s.Hash()])
		for hash, number := range s.After {
			if have, is := after[hash]; !is || number < have {
				after[hash] = number
			}
		}
	}
	for _, s := range l.seals {
		_, named := after[s.Hash()]
		if !included[s.Hash()] {
			l.live = append(l.live, s)
			if !named {
				l.last = append(l.last, s)
			}
		}
	}
	for hash, number := range after {
		if l.here[hash] != nil || included[hash] {
			continue
		}
		if _, lost := l.lost[hash]; lost {
			l.givenUp = append(l.givenUp, SealRef{number, hash})
		} else {
			l.missing = append(l.missing, SealRef{number, hash})
		}
	}
	for _, refs := range [][]SealRef{l.missing, l.givenUp} {
		slices.SortFunc(refs, func(a, b SealRef) int { return cmp.Or(cmp.Compare(a.Number, b.Number), cmp.Compare(a.Hash, b.Hash)) })
	}
}

// includes returns what a seal includes: what its lines name, but for seals that are
// here and not contained in it whole. The largest are compared first, since what is
// contained in a contained one need not be compared again.
func (l *Ledger) includes(s *format.Seal, truly map[string]map[string]bool) map[string]bool {
	var inside []*format.Seal
	is := map[string]bool{}
	for hash := range s.Includes {
		if o := l.here[hash]; o != nil && o != s {
			inside = append(inside, o)
		} else {
			is[hash] = true
		}
	}
	slices.SortFunc(inside, func(a, b *format.Seal) int {
		return cmp.Or(cmp.Compare(b.Lines(), a.Lines()), cmp.Compare(b.Number, a.Number), cmp.Compare(a.Hash(), b.Hash()))
	})
	covered := map[string]bool{}
	for _, o := range inside {
		switch {
		case covered[o.Hash()]:
		case Contains(s, o):
			maps.Copy(covered, truly[o.Hash()])
		default:
			l.untrue[s.Hash()] = append(l.untrue[s.Hash()], o.Hash())
			continue
		}
		is[o.Hash()] = true
	}
	return is
}

// Contains reports whether every line of a seal but its first and its due stands in
// another again, as an includes line claims. A file may have become retired, and a
// seal that came before may be included as well.
func Contains(s, o *format.Seal) bool {
	for hash := range o.Includes {
		if !s.Includes[hash] {
			return false
		}
	}
	for hash := range o.After {
		if !s.Names(hash) {
			return false
		}
	}
	for hash := range o.Lost {
		if _, is := s.Lost[hash]; !is {
			return false
		}
	}
	for path, sum := range o.Files {
		if s.Files[path] != sum && !s.Retired[format.Ref{Path: path, Sum: sum}] {
			return false
		}
	}
	for _, line := range o.Unknown {
		if !slices.Contains(s.Unknown, line) {
			return false
		}
	}
	return subset(o.Retired, s.Retired) && subset(o.Joined, s.Joined) && subset(o.Closed, s.Closed) && subset(o.Extra, s.Extra)
}

func subset[K comparable](a, b map[K]bool) bool {
	for k := range a {
		if !b[k] {
			return false
		}
	}
	return true
}

// Seals returns the seals that were given, by number.
func (l *Ledger) Seals() []*format.Seal {
	if l == nil {
		return nil
	}
	return l.seals
}

// Live returns the seals that none includes: together they say what all say.
func (l *Ledger) Live() []*format.Seal {
	if l == nil {
		return nil
	}
	return l.live
}

// Last returns the seals that none names.
func (l *Ledger) Last() []*format.Seal {
	if l == nil {
		return nil
	}
	return l.last
}

// Missing returns the seals that are named to have come before and are neither here
// nor contained in another. That changes the status of nothing.
func (l *Ledger) Missing() []SealRef {
	if l == nil {
		return nil
	}
	return l.missing
}

// GivenUp returns those of which a person has said that they are lost.
func (l *Ledger) GivenUp() []SealRef {
	if l == nil {
		return nil
	}
	return l.givenUp
}

// Untrue returns the seals that say of another that they contain it and do not.
func (l *Ledger) Untrue() (seals []*format.Seal) {
	for _, s := range l.Seals() {
		if len(l.untrue[s.Hash()]) > 0 {
			seals = append(seals, s)
		}
	}
	return seals
}

// Sealed reports whether there is any valid seal.
func (l *Ledger) Sealed() bool { return len(l.Seals()) > 0 }

// Newest returns the seal with the highest number, of several that with the
// greatest HASH, nil for none.
func (l *Ledger) Newest() *format.Seal {
	if !l.Sealed() {
		return nil
	}
	return l.seals[len(l.seals)-1]
}

// Due returns the earliest day on which a proof runs out, as the last seals say, ""
// for none.
func (l *Ledger) Due() (due string) {
	for _, s := range l.Last() {
		if s.Due != "" && (due == "" || s.Due < due) {
			due = s.Due
		}
	}
	return due
}

// Status is what a file of the epoch counts for by its own seals.
func (l *Ledger) Status(ref format.Ref) Status { return l.Verdict(ref).Status }

// Verdict is [Ledger.Status] with the rule that says so.
func (l *Ledger) Verdict(ref format.Ref) Verdict {
	switch {
	case l == nil:
		return Verdict{NotAccepted, 30}
	case l.gone[ref]:
		return Verdict{Retired, 31}
	case l.lists(ref):
		return Verdict{Accepted, 30}
	}
	return Verdict{NotAccepted, 30}
}

// lists reports whether a seal lists the file, retired or not.
func (l *Ledger) lists(ref format.Ref) bool {
	first, has := l.files[ref.Path]
	return has && (first == ref.Sum || slices.Contains(l.more[ref.Path], ref.Sum))
}

// Accepted returns the contents that a path is accepted with, normally one.
func (l *Ledger) Accepted(path string) (sums [][32]byte) {
	if l == nil {
		return nil
	}
	if first, has := l.files[path]; has {
		for _, sum := range append([][32]byte{first}, l.more[path]...) {
			if !l.gone[format.Ref{Path: path, Sum: sum}] {
				sums = append(sums, sum)
			}
		}
	}
	return sums
}

// Under lists the accepted files whose paths begin so, sorted by path.
func (l *Ledger) Under(prefix string) []format.Ref { return l.UnderBut(prefix, nil) }

// UnderBut is [Ledger.Under] without some paths.
func (l *Ledger) UnderBut(prefix string, but map[string]bool) []format.Ref {
	if l == nil {
		return nil
	}
	var refs []format.Ref
	for path := range l.files {
		if strings.HasPrefix(path, prefix) && !but[path] {
			for _, sum := range l.Accepted(path) {
				refs = append(refs, format.Ref{Path: path, Sum: sum})
			}
		}
	}
	slices.SortFunc(refs, func(a, b format.Ref) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), slices.Compare(a.Sum[:], b.Sum[:]))
	})
	return refs
}

// Twice lists the paths that are accepted with more than one content.
func (l *Ledger) Twice() (paths []string) {
	if l == nil {
		return nil
	}
	for path := range l.more {
		if len(l.Accepted(path)) > 1 {
			paths = append(paths, path)
		}
	}
	slices.Sort(paths)
	return paths
}

// Retired returns what any seal retires.
func (l *Ledger) Retired() map[format.Ref]bool {
	if l == nil {
		return nil
	}
	return l.gone
}

// Joined returns the epochs that any seal takes over.
func (l *Ledger) Joined() map[format.Fingerprint]bool {
	if l == nil {
		return nil
	}
	return l.epoch[0]
}

// Closed returns the epochs that any seal closes.
func (l *Ledger) Closed() map[format.Fingerprint]bool {
	if l == nil {
		return nil
	}
	return l.epoch[1]
}

// Has reports whether a seal is here or contained in one that is. A seal is named by
// HASH or the beginning of it.
func (l *Ledger) Has(hash string) bool {
	return slices.ContainsFunc(l.Seals(), func(s *format.Seal) bool {
		if strings.HasPrefix(s.Hash(), hash) {
			return true
		}
		for h := range s.Includes {
			if strings.HasPrefix(h, hash) && !slices.Contains(l.untrue[s.Hash()], h) {
				return true
			}
		}
		return false
	})
}

// Patience is how long a missing seal is no cause for worry: slow synchronization
// looks the same as loss.
const Patience = 72 * time.Hour

// Overdue returns the missing seals that are more than a note: all of them, but for
// those that a memory has first missed less than 72 hours ago. A machine without a
// memory has nil; in one that is there, a seal without an entry is missed now.
func (l *Ledger) Overdue(since map[string]time.Time, now time.Time) []SealRef {
	return slices.DeleteFunc(slices.Clone(l.Missing()), func(r SealRef) bool {
		first, noted := since[r.Hash]
		return since != nil && (!noted || now.Sub(first) < Patience)
	})
}
