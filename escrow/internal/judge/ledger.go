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

// Missing returns the seals that after lines name and that are neither here, nor contained
// in another, nor given up, by number. That changes the status of nothing.
func (l *Ledger) Missing() []SealRef {
	if l == nil {
		return nil
	}
	return l.missing
}

// GivenUp returns those that would be missing if a person had not said that they are lost.
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

// Under lists the accepted files whose paths begin with a prefix, sorted by path.
func (l *Ledger) Under(prefix string) []format.Ref { return l.UnderBut(prefix, nil) }

// UnderBut is [Ledger.Under] without the paths of but.
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

// Retired returns what any seal retires. It is the ledger's own map, and not to be changed;
// so are those of [Ledger.Joined] and [Ledger.Closed].
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
