package judge

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"seedvault/escrow/internal/format"
)

// order finds which seals are live, last, missing and included in word only.
func (l *Ledger) order() {
	included, after := map[string]bool{}, map[string]int{}
	truly := map[string]map[string]bool{} // by HASH, what a seal includes indeed
	for _, s := range l.seals {
		truly[s.Hash()] = l.includes(s, truly)
	}
	for _, s := range l.seals {
		maps.Copy(included, truly[s.Hash()])
	}
	for _, s := range l.seals {
		if included[s.Hash()] {
			continue // what it names its includer names, and not every reader reads it
		}
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

// MissingSealGrace is how long a missing seal is no cause for worry: slow synchronization
// looks the same as loss.
const MissingSealGrace = 72 * time.Hour

// Overdue returns the missing seals that are more than a note: all of them, but for
// those that a memory has first missed less than [MissingSealGrace] ago. A machine without a
// memory has nil; in one that is there, a seal without an entry is missed now.
func (l *Ledger) Overdue(since map[string]time.Time, now time.Time) []SealRef {
	return slices.DeleteFunc(slices.Clone(l.Missing()), func(r SealRef) bool {
		first, noted := since[r.Hash]
		return since != nil && (!noted || now.Sub(first) < MissingSealGrace)
	})
}
