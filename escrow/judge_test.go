package escrow

import (
	"flag"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// The judge is held against an oracle that says the same in the plainest words,
// without maps of maps and without thought for speed.

// oracle gives one file's standing: section "What counts" of FORMAT.md, read
// from top to bottom.
func oracle(ev evidence, ref fileRef, folder string) Standing {
	if ev.pin.IsZero() {
		return oracleOwn(sealsIn(ev, folder), ref)
	}
	pinned := folderOf(ev, ev.pin)
	if folder == pinned {
		return oracleOwn(sealsIn(ev, pinned), ref)
	}
	if fp := fingerprintOf(ev, folder); fp.IsZero() || !slices.Contains(oracleLine(ev), fp) {
		return Unconfirmed
	}
	carried, dropped := oracleLists(ev, pinned)
	if to, is := carried[ref]; is {
		for _, p := range to {
			if !isHere(ev, p) && !isRetired(sealsIn(ev, pinned), p) {
				return Accepted
			}
		}
		return Hidden
	}
	if dropped[ref] || removedHere(ev, whatOf(ev, ref)) {
		return Hidden
	}
	return Late
}

// oracleOwn reads one epoch by its own seals.
func oracleOwn(seals []*seal, ref fileRef) Standing {
	accepted := false
	for _, s := range seals {
		if s.retired[ref] {
			return Retired
		}
		if sum, listed := s.files[ref.path]; listed && sum == ref.sum && !earlierOther(seals, s, ref) {
			accepted = true
		}
	}
	if accepted {
		return Accepted
	}
	return NotAccepted
}

// earlierOther says that a seal before s gives the path another content.
func earlierOther(seals []*seal, s *seal, ref fileRef) bool {
	for _, t := range seals {
		before := t.number < s.number || t.number == s.number && t.hash() < s.hash()
		if sum, listed := t.files[ref.path]; before && listed && sum != ref.sum {
			return true
		}
	}
	return false
}

// oracleLine walks from the pinned epoch, and from each that its seals joined.
func oracleLine(ev evidence) []Fingerprint {
	var line []Fingerprint
	var follow func(Fingerprint)
	follow = func(fp Fingerprint) {
		if fp.IsZero() || slices.Contains(line, fp) {
			return
		}
		line = append(line, fp)
		for _, e := range ev.epochs {
			if e.fp == fp {
				follow(e.previous)
			}
		}
	}
	follow(ev.pin)
	for _, s := range sealsIn(ev, folderOf(ev, ev.pin)) {
		for fp := range s.joined {
			follow(fp)
		}
	}
	return line
}

func oracleLists(ev evidence, pinned string) (carried map[fileRef][]string, dropped map[fileRef]bool) {
	carried, dropped = map[fileRef][]string{}, map[fileRef]bool{}
	for _, l := range ev.lists {
		if oracleOwn(sealsIn(ev, pinned), l.ref) == Accepted {
			for ref, to := range l.list.carried {
				carried[ref] = append(carried[ref], to...)
			}
			maps.Copy(dropped, l.list.dropped)
		}
	}
	return carried, dropped
}

// removedHere says that a plaintext was removed in the pinned epoch or dropped
// on the way to it, and that no seed shown in their line still holds it.
func removedHere(ev evidence, what [32]byte) bool {
	pinned := folderOf(ev, ev.pin)
	carried, dropped := oracleLists(ev, pinned)
	gone := false
	for _, f := range ev.files {
		if f.what != what || what == [32]byte{} {
			continue
		}
		if dropped[f.ref] || f.folder == pinned && oracleOwn(sealsIn(ev, pinned), f.ref) == Retired {
			gone = true
		}
		_, listed := carried[f.ref]
		if f.folder != pinned && !listed {
			continue // late, dropped or a stranger's: no proof that it lives
		}
		if s := oracle(ev, f.ref, f.folder); s == Accepted || s == NotAccepted {
			return false
		}
	}
	return gone
}

func sealsIn(ev evidence, folder string) []*seal {
	for _, e := range ev.epochs {
		if e.folder == folder {
			return e.seals
		}
	}
	return nil
}

func folderOf(ev evidence, fp Fingerprint) string {
	for _, e := range ev.epochs {
		if e.fp == fp {
			return e.folder
		}
	}
	return ""
}

func fingerprintOf(ev evidence, folder string) Fingerprint {
	for _, e := range ev.epochs {
		if e.folder == folder {
			return e.fp
		}
	}
	return Fingerprint{}
}

func whatOf(ev evidence, ref fileRef) [32]byte {
	for _, f := range ev.files {
		if f.ref == ref {
			return f.what
		}
	}
	return [32]byte{}
}

func isHere(ev evidence, path string) bool {
	return slices.ContainsFunc(ev.files, func(f fileEvidence) bool { return f.ref.path == path })
}

func isRetired(seals []*seal, path string) bool {
	for _, s := range seals {
		for ref := range s.retired {
			if ref.path == path {
				return true
			}
		}
	}
	return false
}

// scene draws evidence: few epochs, files and plaintexts, so that what may meet
// does meet.
type scene struct {
	t    *rapid.T
	ev   evidence
	refs []fileRef // of files that are here, and of some that are not

	made int // seals
}

func drawScene(t *rapid.T) *scene {
	s := &scene{t: t}
	n := rapid.IntRange(1, 4).Draw(t, "epochs")
	for i := range n {
		e := epochEvidence{folder: fmt.Sprintf("%d-epoch", i+1), fp: mark("epoch", i), previous: s.fingerprint("previous")}
		if i > 0 && s.mostly("follows") {
			e.previous = mark("epoch", i-1)
		}
		s.ev.epochs = append(s.ev.epochs, e)
	}
	if s.mostly("pinned") {
		s.ev.pin = mark("epoch", n-1)
		if !s.mostly("newest") {
			s.ev.pin = mark("epoch", rapid.IntRange(0, n-1).Draw(t, "pin"))
		}
	}
	for i := range s.ev.epochs {
		if s.ev.epochs[i].fp != s.ev.pin && rapid.IntRange(0, 9).Draw(t, "vault.txt is lost") == 0 {
			s.ev.epochs[i].fp = Fingerprint{}
		}
	}
	for i := range rapid.IntRange(0, 10).Draw(t, "files") {
		folder := s.folder()
		ref := fileRef{fmt.Sprintf("%s/seeds/%d", folder, i), mark("file", i)}
		s.refs = append(s.refs, ref)
		if s.mostly("here") {
			s.ev.files = append(s.ev.files, fileEvidence{folder, ref, s.plaintext()})
		}
	}
	if pinned := folderOf(s.ev, s.ev.pin); !s.ev.pin.IsZero() {
		for i := range rapid.IntRange(0, 2).Draw(t, "lists") {
			ref := fileRef{fmt.Sprintf("%s/older/%d", pinned, i), mark("list", i)}
			s.refs = append(s.refs, ref)
			s.ev.lists = append(s.ev.lists, listEvidence{ref, s.list()})
		}
	}
	for i := range s.ev.epochs {
		for range rapid.IntRange(0, 3).Draw(t, "seals") {
			s.ev.epochs[i].seals = append(s.ev.epochs[i].seals, s.seal(s.ev.epochs[i].folder))
		}
	}
	return s
}

// mostly is true three times out of four.
func (s *scene) mostly(label string) bool { return rapid.IntRange(0, 3).Draw(s.t, label) < 3 }

// mark gives 32 bytes that stand for a thing.
func mark(kind string, i int) [32]byte { return sum256(fmt.Appendf(nil, "%s %d", kind, i)) }

func (s *scene) folder() string {
	return rapid.SampledFrom(s.ev.epochs).Draw(s.t, "folder").folder
}

// fingerprint draws an epoch's: one of these, one that is not here, or none.
func (s *scene) fingerprint(label string) Fingerprint {
	i := rapid.IntRange(-1, 4).Draw(s.t, label)
	if i < 0 {
		return Fingerprint{}
	}
	return mark("epoch", i)
}

// plaintext draws one of three, or none: the file was not opened.
func (s *scene) plaintext() [32]byte {
	i := rapid.IntRange(-1, 2).Draw(s.t, "plaintext")
	if i < 0 {
		return [32]byte{}
	}
	return mark("plaintext", i)
}

// ref draws a file, now and then with another content.
func (s *scene) ref(label string) fileRef {
	ref := rapid.SampledFrom(s.refs).Draw(s.t, label)
	if rapid.IntRange(0, 7).Draw(s.t, "changed") == 0 {
		ref.sum = mark("changed", 0)
	}
	return ref
}

func (s *scene) list() *olderList {
	l := &olderList{map[fileRef][]string{}, map[fileRef]bool{}}
	if len(s.refs) == 0 {
		return l
	}
	for range rapid.IntRange(0, 5).Draw(s.t, "lines") {
		if ref := s.ref("older"); rapid.Bool().Draw(s.t, "carried") {
			l.carried[ref] = append(l.carried[ref], s.ref("new").path)
		} else {
			l.dropped[ref] = true
		}
	}
	return l
}

// seal draws one of an epoch: it speaks of that epoch's files alone, as the
// parser has made sure, and of any other epoch.
func (s *scene) seal(folder string) *seal {
	x := newSeal()
	x.number = rapid.IntRange(1, 4).Draw(s.t, "number")
	s.made++ // no two seals have one hash, and their order by it is not that of their making
	x.sum = mark(fmt.Sprintf("seal %d", rapid.IntRange(0, 9).Draw(s.t, "hash")), s.made)
	var own []fileRef
	for _, ref := range s.refs {
		if strings.HasPrefix(ref.path, folder+"/") {
			own = append(own, ref)
		}
	}
	for _, ref := range own {
		switch rapid.IntRange(0, 7).Draw(s.t, "says") {
		case 0, 1, 2, 3:
			x.files[ref.path] = ref.sum
		case 4:
			x.files[ref.path] = mark("changed", 0)
		case 5:
			x.retired[ref] = true
		case 6: // the path lives on with another content
			x.retired[ref] = true
			x.files[ref.path] = mark("changed", 0)
		}
	}
	if fp := s.fingerprint("joined"); !fp.IsZero() && rapid.Bool().Draw(s.t, "joins") {
		x.joined[fp] = true
	}
	return x
}

// moreChecks runs a property on more than rapid's hundred cases, since one takes
// microseconds. What the command line says goes first.
func moreChecks(t *testing.T) {
	const checks, usual = "rapid.checks", "100"
	if flag.Lookup(checks).Value.String() == usual {
		must(t, flag.Set(checks, "400"))
		t.Cleanup(func() { must(t, flag.Set(checks, usual)) })
	}
}

// TestJudgeAgainstOracle draws evidence and wants equal standings.
func TestJudgeAgainstOracle(t *testing.T) {
	moreChecks(t)
	seen := map[Standing]int{}
	play := func(t *rapid.T) {
		s := drawScene(t)
		r := judge(s.ev)
		for _, f := range s.ev.files {
			want := oracle(s.ev, f.ref, f.folder)
			if got := r.standing[f.ref]; got != want {
				t.Fatalf("%s stands as %d, want %d", f.ref.path, got, want)
			}
			seen[want]++
		}
		if !s.ev.pin.IsZero() {
			for _, e := range s.ev.epochs {
				if is := slices.Contains(oracleLine(s.ev), e.fp); r.line[e.fp] != is {
					t.Fatalf("%s is in the line: %t, want %t", e.folder, r.line[e.fp], is)
				}
			}
		}
	}
	for range 50 { // 100 scenes each, since some standings are rare
		rapid.Check(t, play)
	}
	for standing := Accepted; standing <= Hidden; standing++ {
		if seen[standing] == 0 {
			t.Errorf("no evidence led to standing %d", standing)
		}
	}
}

// TestP6JudgeForgetsOrder: what lies in two copies means the same in whatever
// order it was found, and however often.
func TestP6JudgeForgetsOrder(t *testing.T) {
	moreChecks(t)
	rapid.Check(t, func(t *rapid.T) {
		s := drawScene(t)
		want := judge(s.ev).standing
		ev := evidence{pin: s.ev.pin, lists: shuffled(t, s.ev.lists), files: shuffled(t, s.ev.files), epochs: shuffled(t, s.ev.epochs)}
		for i, e := range ev.epochs {
			ev.epochs[i].seals = shuffled(t, e.seals)
		}
		if got := judge(ev).standing; !maps.Equal(got, want) {
			t.Fatalf("in another order: %v, want %v", got, want)
		}
	})
}

// shuffled draws another order of a list, with some of it twice.
func shuffled[E any](t *rapid.T, list []E) []E {
	if len(list) == 0 {
		return nil
	}
	again := rapid.SliceOfN(rapid.SampledFrom(list), 0, len(list)).Draw(t, "again")
	return rapid.Permutation(append(again, list...)).Draw(t, "order")
}

// TestP7JudgeOfUnsealed adds deposits to every epoch. None changes what a sealed
// file counts for; all that one may do is to keep in sight a late seed that holds
// the same as it does.
func TestP7JudgeOfUnsealed(t *testing.T) {
	moreChecks(t)
	rapid.Check(t, func(t *rapid.T) {
		s := drawScene(t)
		before := judge(s.ev).standing
		files := slices.Clone(s.ev.files)
		for i := range rapid.IntRange(1, 5).Draw(t, "deposits") {
			folder := s.folder()
			ref := fileRef{fmt.Sprintf("%s/seeds/new%d", folder, i), mark("deposit", i)}
			s.ev.files = append(s.ev.files, fileEvidence{folder, ref, s.plaintext()})
		}
		after := judge(s.ev).standing
		for _, f := range files {
			shown := before[f.ref] == Hidden && after[f.ref] == Late
			if after[f.ref] != before[f.ref] && !shown {
				t.Fatalf("a deposit makes %s stand as %d instead of %d", f.ref.path, after[f.ref], before[f.ref])
			}
		}
	})
}

// TestJudgeOfStrangers adds an epoch that nobody has confirmed, with files of any
// content and seals that accept, retire and join what they like, and a seal to
// every epoch but the pinned one. Nothing else changes.
func TestJudgeOfStrangers(t *testing.T) {
	moreChecks(t)
	rapid.Check(t, func(t *rapid.T) {
		s := drawScene(t)
		if s.ev.pin.IsZero() {
			t.Skip("without a pin every epoch speaks for itself")
		}
		before := judge(s.ev)
		own := slices.Clone(s.ev.files)
		for i, e := range s.ev.epochs {
			if e.fp != s.ev.pin {
				s.ev.epochs[i].seals = append(slices.Clone(e.seals), s.seal(e.folder))
			}
		}
		stranger := epochEvidence{folder: "9-stranger", fp: mark("stranger", 0), previous: s.ev.pin}
		for i := range rapid.IntRange(1, 5).Draw(t, "strange files") {
			ref := fileRef{fmt.Sprintf("9-stranger/seeds/%d", i), mark("strange file", i)}
			s.refs = append(s.refs, ref)
			s.ev.files = append(s.ev.files, fileEvidence{stranger.folder, ref, s.plaintext()})
		}
		stranger.seals = []*seal{s.seal(stranger.folder)}
		s.ev.epochs = append(s.ev.epochs, stranger)
		after := judge(s.ev)
		if !maps.Equal(after.line, before.line) {
			t.Fatalf("the line is now %v, was %v", after.line, before.line)
		}
		for _, f := range own {
			if after.standing[f.ref] != before.standing[f.ref] {
				t.Fatalf("%s stands as %d, stood as %d", f.ref.path, after.standing[f.ref], before.standing[f.ref])
			}
		}
		for _, f := range s.ev.files[len(own):] {
			if after.standing[f.ref] != Unconfirmed {
				t.Fatalf("%s stands as %d", f.ref.path, after.standing[f.ref])
			}
		}
	})
}
