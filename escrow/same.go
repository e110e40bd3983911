package escrow

import (
	"cmp"
	"slices"
)

// Held is what a vault has of a seed that is about to be added.
type Held struct {
	Accepted *Entry // it is accepted already, in whatever spelling
	Waiting  *Entry // likewise, and nobody has accepted it: it may be anybody's
	Secret   *Entry // an accepted seed with its secret that is another enrolment
}

// HeldOf looks for a seed among entries. Only what is accepted is held: what lies in an
// epoch that nobody here has confirmed is nothing of this vault.
func HeldOf(entries []Entry, s Seed) (h Held) {
	key, err := s.Key()
	for i, e := range entries {
		other, failed := e.Seed.Key()
		same := e.Seed.Line() == s.Line() || err == nil && failed == nil && key.SameSeed(other)
		switch {
		case same && e.Status == Accepted:
			h.Accepted = further(h.Accepted, &entries[i])
		case same && (e.Status == NotAccepted || e.Status == Late):
			h.Waiting = further(h.Waiting, &entries[i])
		case e.Status == Accepted && err == nil && failed == nil && key.SameSecret(other) && h.Secret == nil:
			h.Secret = &entries[i]
		}
	}
	return h
}

// further is the one of two entries whose counter is higher, else the first.
func further(a, b *Entry) *Entry {
	if a != nil && a.counter() >= b.counter() {
		return a
	}
	return b
}

// counter is an HOTP seed's, 0 of any other.
func (e Entry) counter() uint64 {
	key, err := e.Seed.Key()
	if err != nil {
		return 0
	}
	return key.Counter()
}

// twice names the accepted seeds that are one enrolment with another one: all but the
// one whose counter is highest, and of equal ones that was added first. Those of one id
// are an edit on two machines, which is named as that.
func (c *checker) twice(entries []Entry) {
	same := map[[32]byte][]Entry{}
	for _, e := range entries {
		if key, err := e.Seed.Key(); err == nil && e.Status == Accepted {
			same[key.SeedMark()] = append(same[key.SeedMark()], e)
		}
	}
	for _, group := range same {
		slices.SortStableFunc(group, func(a, b Entry) int {
			return cmp.Or(cmp.Compare(b.counter(), a.counter()), a.Seed.Added().Compare(b.Seed.Added()), cmp.Compare(a.Receipts[0].Path, b.Receipts[0].Path))
		})
		for _, e := range group[1:] {
			if e.Seed.ID() == "" || e.Seed.ID() != group[0].Seed.ID() {
				c.report.Findings = append(c.report.Findings, Finding{Code: CodeSameSeed, Path: e.Receipts[0].Path, Detail: group[0].Receipts[0].Path})
			}
		}
	}
}
