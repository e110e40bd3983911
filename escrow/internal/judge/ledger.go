package judge

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"seedvault/escrow/internal/format"
)

// Ledger is what the valid seals of one epoch say together. The nil Ledger is that
// of an epoch without any.
type Ledger struct {
	seals    []*format.Seal // by number, then HASH
	accepted map[string][32]byte
	retired  map[format.Ref]bool
}

// NewLedger unites seals, each of which has been verified with the epoch's signer.
// A path keeps the hash that it was first sealed with, and what any seal retired
// is retired.
func NewLedger(seals []*format.Seal) *Ledger {
	l := &Ledger{oldestFirst(seals), map[string][32]byte{}, map[format.Ref]bool{}}
	for _, s := range l.seals {
		for path, sum := range s.Files {
			if _, has := l.accepted[path]; !has {
				l.accepted[path] = sum
			}
		}
		maps.Copy(l.retired, s.Retired)
	}
	return l
}

func oldestFirst(seals []*format.Seal) []*format.Seal {
	return slices.SortedFunc(slices.Values(seals), func(a, b *format.Seal) int {
		return cmp.Or(cmp.Compare(a.Number, b.Number), cmp.Compare(a.Hash(), b.Hash()))
	})
}

// Seals returns the seals, by number.
func (l *Ledger) Seals() []*format.Seal {
	if l == nil {
		return nil
	}
	return l.seals
}

// Sealed reports whether there is any valid seal.
func (l *Ledger) Sealed() bool { return len(l.Seals()) > 0 }

// Newest returns the seal with the highest number, nil for none.
func (l *Ledger) Newest() *format.Seal {
	if !l.Sealed() {
		return nil
	}
	return l.seals[len(l.seals)-1]
}

// Status is what a file of the epoch counts for by its own seals.
func (l *Ledger) Status(ref format.Ref) Status {
	switch {
	case l == nil:
		return NotAccepted
	case l.retired[ref]:
		return Retired
	}
	if sum, listed := l.accepted[ref.Path]; listed && sum == ref.Sum {
		return Accepted
	}
	return NotAccepted
}

// Accepted returns the content that a path is accepted with.
func (l *Ledger) Accepted(path string) (sum [32]byte, is bool) {
	if l == nil {
		return sum, false
	}
	sum, is = l.accepted[path]
	return sum, is
}

// Under lists the accepted files whose paths begin so, sorted by path.
func (l *Ledger) Under(prefix string) []format.Ref {
	if l == nil {
		return nil
	}
	var refs []format.Ref
	for p, sum := range l.accepted {
		if ref := (format.Ref{Path: p, Sum: sum}); strings.HasPrefix(p, prefix) && !l.retired[ref] {
			refs = append(refs, ref)
		}
	}
	slices.SortFunc(refs, func(a, b format.Ref) int { return cmp.Compare(a.Path, b.Path) })
	return refs
}

// Retired returns what any seal retires.
func (l *Ledger) Retired() map[format.Ref]bool {
	if l == nil {
		return nil
	}
	return l.retired
}
