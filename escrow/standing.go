package escrow

import (
	"cmp"
	"slices"
)

// Standing is what a file counts for.
type Standing int

const (
	// Accepted: a valid seal lists it, or the pinned epoch carried it over.
	Accepted Standing = iota + 1
	// NotAccepted: a deposit that no holder has accepted yet. It never joins,
	// hides or outranks what has been accepted.
	NotAccepted
	// Late: a file of an older epoch that the pinned one knows nothing of. It is
	// shown as not accepted.
	Late
	// Unconfirmed: a file of an epoch that no person has confirmed here.
	Unconfirmed
	// Retired: removed or refused, for ever.
	Retired
	// Hidden: it lives on under another name, or was dropped by a rotation.
	Hidden
)

// evidence is all that decides what counts: names, hashes, verified seals and
// the pin. It holds no key and no clock.
type evidence struct {
	pin    Fingerprint // zero: no epoch speaks for another
	epochs []epochEvidence
	files  []fileEvidence
	lists  []listEvidence // found undamaged in the pinned epoch's older folder
}

// epochEvidence is one epoch's folder. Its seals have been verified with its
// own signer.
type epochEvidence struct {
	folder   string
	fp       Fingerprint // zero when vault.txt is missing or damaged and nothing vouches for it
	previous Fingerprint
	seals    []*seal
}

// fileEvidence is a file whose content is what its name says. Copies under odd
// names appear once, under the name that their content should have.
type fileEvidence struct {
	folder string
	ref    fileRef
	what   [32]byte // SHA-256 of the plaintext; zero when it has not been opened
}

type listEvidence struct {
	ref  fileRef
	list *olderList
}

// ruling is what follows from the evidence.
type ruling struct {
	line     map[Fingerprint]bool // the pinned epoch and those that it follows
	standing map[fileRef]Standing
}

// judge decides what every file counts for. It is the one place where that is
// decided, and it is a pure function.
func judge(ev evidence) ruling {
	r := ruling{line: lineOf(ev), standing: make(map[fileRef]Standing, len(ev.files))}
	own := make(map[string]tally, len(ev.epochs))
	inLine := make(map[string]bool, len(ev.epochs))
	for _, e := range ev.epochs {
		own[e.folder] = tallyOf(e.seals)
		inLine[e.folder] = !e.fp.IsZero() && r.line[e.fp]
	}
	pinned := pinnedFolder(ev)
	older := olderOf(ev, own[pinned])
	for _, f := range ev.files {
		switch {
		case ev.pin.IsZero() || f.folder == pinned:
			r.standing[f.ref] = own[f.folder].standing(f.ref)
		case inLine[f.folder]:
			r.standing[f.ref] = older.standing(f.ref)
		default:
			r.standing[f.ref] = Unconfirmed
		}
	}
	hideRemoved(ev, r.standing, older)
	return r
}

func pinnedFolder(ev evidence) string {
	for _, e := range ev.epochs {
		if !ev.pin.IsZero() && e.fp == ev.pin {
			return e.folder
		}
	}
	return ""
}

// lineOf follows the previous hashes from the pinned epoch, then from each that
// its own seals have joined. Nobody else's seals are asked.
func lineOf(ev evidence) map[Fingerprint]bool {
	line := map[Fingerprint]bool{}
	previous := map[Fingerprint]Fingerprint{}
	var joined []Fingerprint
	for _, e := range ev.epochs {
		previous[e.fp] = e.previous
		if e.fp == ev.pin {
			for _, s := range e.seals {
				for fp := range s.joined {
					joined = append(joined, fp)
				}
			}
		}
	}
	if ev.pin.IsZero() {
		return line
	}
	for _, fp := range append([]Fingerprint{ev.pin}, joined...) {
		for ; !fp.IsZero() && !line[fp]; fp = previous[fp] {
			line[fp] = true
		}
	}
	return line
}

// tally is the union of one epoch's seals.
type tally struct {
	accepted map[string][32]byte
	retired  map[fileRef]bool
}

// tallyOf unites seals. A path keeps the hash that it was first sealed with,
// and what any seal retired is retired.
func tallyOf(seals []*seal) tally {
	t := tally{map[string][32]byte{}, map[fileRef]bool{}}
	for _, s := range oldestFirst(seals) {
		for path, sum := range s.files {
			if _, has := t.accepted[path]; !has {
				t.accepted[path] = sum
			}
		}
		for ref := range s.retired {
			t.retired[ref] = true
		}
	}
	return t
}

func oldestFirst(seals []*seal) []*seal {
	return slices.SortedFunc(slices.Values(seals), func(a, b *seal) int {
		return cmp.Or(cmp.Compare(a.number, b.number), cmp.Compare(a.hash(), b.hash()))
	})
}

func (t tally) standing(ref fileRef) Standing {
	switch sum, listed := t.accepted[ref.path]; {
	case t.retired[ref]:
		return Retired
	case listed && sum == ref.sum:
		return Accepted
	}
	return NotAccepted
}

// olderRuling is what the pinned epoch's sealed lists say of older files.
type olderRuling struct {
	carried map[fileRef][]string
	dropped map[fileRef]bool
	arrived map[string]bool // paths of the pinned epoch that are here, or retired
}

// olderOf unites the lists that the pinned epoch has sealed; others say nothing.
func olderOf(ev evidence, pinned tally) olderRuling {
	o := olderRuling{map[fileRef][]string{}, map[fileRef]bool{}, map[string]bool{}}
	for _, l := range ev.lists {
		if pinned.standing(l.ref) != Accepted {
			continue
		}
		for ref, paths := range l.list.carried {
			o.carried[ref] = append(o.carried[ref], paths...)
		}
		for ref := range l.list.dropped {
			o.dropped[ref] = true
		}
	}
	for _, f := range ev.files {
		o.arrived[f.ref.path] = true
	}
	for ref := range pinned.retired {
		o.arrived[ref.path] = true
	}
	return o
}

// standing of an older epoch's file. Carried wins over dropped, and a carried
// file speaks for itself until all that took its place is here, so that a
// half-copied epoch hides nothing.
func (o olderRuling) standing(ref fileRef) Standing {
	paths, carried := o.carried[ref]
	switch {
	case carried:
		for _, p := range paths {
			if !o.arrived[p] {
				return Accepted
			}
		}
		return Hidden
	case o.dropped[ref]:
		return Hidden
	}
	return Late
}

// hideRemoved hides late files whose plaintext was removed here: a machine that
// was away brings back what it never saw removed, under another file's name.
func hideRemoved(ev evidence, standing map[fileRef]Standing, older olderRuling) {
	gone, live := map[[32]byte]bool{}, map[[32]byte]bool{}
	for _, f := range ev.files {
		s := standing[f.ref]
		if f.what == [32]byte{} {
			continue // not opened
		}
		if s == Retired || older.dropped[f.ref] {
			gone[f.what] = true
		}
		if s == Accepted || s == NotAccepted { // a dropped one too, if it was carried as well and speaks for itself
			live[f.what] = true
		}
	}
	for _, f := range ev.files {
		if standing[f.ref] == Late && gone[f.what] && !live[f.what] {
			standing[f.ref] = Hidden
		}
	}
}
