package judge

import (
	"cmp"
	"slices"

	"seedvault/escrow/internal/format"
)

// Next completes a seal that so far says only what is new: what no seal but a last
// one says is said again, so that any one seal that is not last can be lost at no
// cost; then it contains live seals, the shortest first, as binary counters carry, so
// that few are live and bytes grow as n log n; and it names every last seal that it does
// not contain (F33). without gives the ledger as it would be without one seal, which
// must not be nil. What is repeated or contained never makes the text longer than limit;
// what was new, and the names of the last seals, may.
func (l *Ledger) Next(s *format.Seal, without func(hash string) *Ledger, limit int) {
	s.Number = 1
	if top := l.Newest(); top != nil {
		s.Number = min(top.Number+1, format.MaxNumber) // two may share a number
	}
	for _, last := range l.Last() {
		s.Follow(last.Number, last.Hash())
	}
	for _, last := range l.Last() {
		repeat(s, last, without(last.Hash()), limit)
	}
	live := slices.SortedFunc(slices.Values(l.Live()), func(a, b *format.Seal) int {
		return cmp.Or(cmp.Compare(a.Lines(), b.Lines()), cmp.Compare(a.Hash(), b.Hash()))
	})
	size := len(s.Clone().Marshal()) + dueSize // at most
	for _, old := range live {
		if old.Lines() > 2*s.Lines() {
			break
		}
		if len(l.untrue[old.Hash()]) == 0 && !clash(s, old) {
			if size += old.Size + includesSize; size > limit {
				size = include(s, old, limit)
			} else {
				s.Include(old)
			}
		}
	}
}

const (
	dueSize      = len("# due 2006-01-02\n") // the caller adds that line afterwards
	includesSize = len("# includes \n") + 32
)

// repeat says again what a last seal says and no other, as far as there is room.
func repeat(s, last *format.Seal, others *Ledger, limit int) {
	room := limit - dueSize - len(s.Clone().Marshal())
	fits := func(size int) bool {
		if room < size {
			return false
		}
		room -= size
		return true
	}
	for ref := range last.Retired {
		if !others.gone[ref] && fits(len("# retired ")+len(ref.Path)+66) {
			s.Retire(ref)
		}
	}
	for path, sum := range last.Files {
		if ref := (format.Ref{Path: path, Sum: sum}); !others.lists(ref) && !s.Retired[ref] && fits(67+len(path)) {
			s.Accept(ref) // a path that is listed already is left out
		}
	}
	for fp := range last.Joined {
		s.Joined[fp] = s.Joined[fp] || !others.epoch[0][fp] && fits(74)
	}
	for fp := range last.Closed {
		s.Closed[fp] = s.Closed[fp] || !others.epoch[1][fp] && fits(74)
	}
	for hash, number := range last.Lost {
		if _, said := others.lost[hash]; !said && fits(50) {
			s.GiveUp(number, hash)
		}
	}
	for line := range last.Extra {
		if !others.extra[line] && fits(len(line)+1) {
			s.Extra[line] = true
		}
	}
	dropFalse(s.Joined)
	dropFalse(s.Closed)
}

func dropFalse(m map[format.Fingerprint]bool) {
	for fp, is := range m {
		if !is {
			delete(m, fp)
		}
	}
}

// clash reports whether two seals together would list a path twice.
func clash(s, o *format.Seal) bool {
	for path, b := range o.Files {
		a, both := s.Files[path]
		if both && a != b && !o.Retired[format.Ref{Path: path, Sum: a}] && !s.Retired[format.Ref{Path: path, Sum: b}] {
			return true
		}
	}
	return false
}

// include contains a seal, unless that makes the text too long, and returns how long
// it is then, with a due line.
func include(s, o *format.Seal, limit int) int {
	longer := s.Clone()
	longer.Include(o)
	if size := len(longer.Marshal()) + dueSize; size <= limit {
		s.Include(o)
		return size
	}
	return len(s.Clone().Marshal()) + dueSize
}
