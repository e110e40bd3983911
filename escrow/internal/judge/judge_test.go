package judge_test

import (
	"flag"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/judge"
	"seedvault/escrow/internal/judge/judgetest"
)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// scene draws facts: few epochs, files and plaintexts, so that what may meet
// does meet.
type scene struct {
	t     *rapid.T
	facts judge.Facts
	seals map[string][]*format.Seal // by folder
	refs  []format.Ref              // of files that are here, and of some that are not

	made int // seals
}

func drawScene(t *rapid.T) *scene {
	s := &scene{t: t, seals: map[string][]*format.Seal{}}
	n := rapid.IntRange(1, 4).Draw(t, "epochs")
	for i := range n {
		e := judge.Epoch{Folder: folderName(i), Number: i + 1, Fingerprint: mark("epoch", i), Previous: s.fingerprint("previous")}
		if i > 0 && s.mostly("follows") {
			e.Previous = mark("epoch", i-1)
		}
		s.facts.Epochs = append(s.facts.Epochs, e)
	}
	if s.mostly("pinned") {
		s.facts.Pin = mark("epoch", n-1)
		if !s.mostly("newest") {
			s.facts.Pin = mark("epoch", rapid.IntRange(0, n-1).Draw(t, "pin"))
		}
	}
	for i := range s.facts.Epochs {
		if s.facts.Epochs[i].Fingerprint != s.facts.Pin && rapid.IntRange(0, 9).Draw(t, "vault.txt is lost") == 0 {
			s.facts.Epochs[i].Fingerprint = format.Fingerprint{}
		}
	}
	for i := range rapid.IntRange(0, 10).Draw(t, "files") {
		folder := s.folder()
		ref := format.Ref{Path: fmt.Sprintf("%s/seeds/%d", folder, i), Sum: mark("file", i)}
		s.refs = append(s.refs, ref)
		if s.mostly("here") {
			s.facts.Files = append(s.facts.Files, judge.File{folder, ref, s.plaintext()})
		}
	}
	if pinned := s.pinned(); !s.facts.Pin.IsZero() {
		for i := range rapid.IntRange(0, 2).Draw(t, "lists") {
			ref := format.Ref{Path: fmt.Sprintf("%s/older/%d", pinned, i), Sum: mark("list", i)}
			s.refs = append(s.refs, ref)
			s.facts.Lists = append(s.facts.Lists, judge.OlderList{Ref: ref, Lines: s.list()})
		}
	}
	for i := range s.facts.Epochs {
		for range rapid.IntRange(0, 3).Draw(t, "seals") {
			folder := s.facts.Epochs[i].Folder
			s.seals[folder] = append(s.seals[folder], s.seal(folder))
		}
	}
	s.ledgers()
	return s
}

// ledgers unites each epoch's seals.
func (s *scene) ledgers() {
	for i, e := range s.facts.Epochs {
		s.facts.Epochs[i].Ledger = judge.NewLedger(s.seals[e.Folder])
	}
}

// folderName is the folder of an epoch.
func folderName(i int) string { return format.EpochFolder(i+1, mark("epoch", i)) }

// pinned is the folder of the pinned epoch.
func (s *scene) pinned() string {
	for _, e := range s.facts.Epochs {
		if e.Fingerprint == s.facts.Pin {
			return e.Folder
		}
	}
	return ""
}

// mostly is true three times out of four.
func (s *scene) mostly(label string) bool { return rapid.IntRange(0, 3).Draw(s.t, label) < 3 }

// mark gives 32 bytes that stand for a thing.
func mark(kind string, i int) [32]byte { return format.Sum(fmt.Appendf(nil, "%s %d", kind, i)) }

func (s *scene) folder() string {
	return rapid.SampledFrom(s.facts.Epochs).Draw(s.t, "folder").Folder
}

// fingerprint draws an epoch's: one of these, one that is not here, or none.
func (s *scene) fingerprint(label string) format.Fingerprint {
	i := rapid.IntRange(-1, 4).Draw(s.t, label)
	if i < 0 {
		return format.Fingerprint{}
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
func (s *scene) ref(label string) format.Ref {
	ref := rapid.SampledFrom(s.refs).Draw(s.t, label)
	if rapid.IntRange(0, 7).Draw(s.t, "changed") == 0 {
		ref.Sum = mark("changed", 0)
	}
	return ref
}

// list draws lines of files from HASH to HASH, with circles and lines of epochs that
// nobody follows.
func (s *scene) list() (lines []format.OlderLine) {
	if len(s.refs) == 0 {
		return nil
	}
	for range rapid.IntRange(0, 8).Draw(s.t, "lines") {
		l := format.OlderLine{Folder: folderName(rapid.IntRange(0, 4).Draw(s.t, "line of")), From: s.ref("older").Hash()}
		if rapid.IntRange(0, 2).Draw(s.t, "lives on") > 0 {
			l.To = s.ref("new").Hash()
		}
		lines = append(lines, l)
	}
	return lines
}

// seal draws one of an epoch: it speaks of that epoch's files alone, as the
// parser has made sure, and of any other epoch.
func (s *scene) seal(folder string) *format.Seal {
	x := format.NewSeal()
	x.Number = rapid.IntRange(1, 4).Draw(s.t, "number")
	s.made++ // no two seals have one hash, and their order by it is not that of their making
	x.Sum = mark(fmt.Sprintf("seal %d", rapid.IntRange(0, 9).Draw(s.t, "hash")), s.made)
	var own []format.Ref
	for _, ref := range s.refs {
		if strings.HasPrefix(ref.Path, folder+"/") {
			own = append(own, ref)
		}
	}
	for _, ref := range own {
		switch rapid.IntRange(0, 7).Draw(s.t, "says") {
		case 0, 1, 2, 3:
			x.Files[ref.Path] = ref.Sum
		case 4:
			x.Files[ref.Path] = mark("changed", 0)
		case 5:
			x.Retired[ref] = true
		case 6: // the path lives on with another content
			x.Retired[ref] = true
			x.Files[ref.Path] = mark("changed", 0)
		}
	}
	if fp := s.fingerprint("joined"); !fp.IsZero() && rapid.Bool().Draw(s.t, "joins") {
		x.Joined[fp] = true
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

// TestJudgeAgainstOracle draws facts and wants equal statuses.
func TestJudgeAgainstOracle(t *testing.T) {
	moreChecks(t)
	seen := map[judge.Status]int{}
	play := func(t *rapid.T) {
		s := drawScene(t)
		r := judge.Judge(s.facts)
		for _, f := range s.facts.Files {
			want := judgetest.Oracle(s.facts, f.Ref, f.Folder)
			if rule := r.Of[f.Ref].Rule; !slices.Contains(rulesOf[want], rule) {
				t.Fatalf("%s is %d by %s", f.Ref.Path, want, rule)
			}
			if got := r.Of[f.Ref].Status; got != want {
				t.Fatalf("%s stands as %d, want %d", f.Ref.Path, got, want)
			}
			seen[want]++
		}
		if !s.facts.Pin.IsZero() {
			for _, e := range s.facts.Epochs {
				if is := slices.Contains(judgetest.Line(s.facts), e.Fingerprint); r.Line[e.Fingerprint] != is {
					t.Fatalf("%s is in the line: %t, want %t", e.Folder, r.Line[e.Fingerprint], is)
				}
			}
		}
	}
	for range 50 { // 100 scenes each, since some statuses are rare
		rapid.Check(t, play)
	}
	for status := judge.Accepted; status <= judge.Hidden; status++ {
		if seen[status] == 0 {
			t.Errorf("no facts led to status %d", status)
		}
	}
}

// rulesOf are the rules of FORMAT.md that can make a file what it is.
var rulesOf = map[judge.Status][]format.Rule{
	judge.Accepted: {30, 40}, judge.NotAccepted: {30}, judge.Late: {41},
	judge.Unconfirmed: {38, 44}, judge.Retired: {31}, judge.Hidden: {40, 41},
}

// TestP6JudgeForgetsOrder: what lies in two copies means the same in whatever
// order it was found, and however often.
func TestP6JudgeForgetsOrder(t *testing.T) {
	moreChecks(t)
	rapid.Check(t, func(t *rapid.T) {
		s := drawScene(t)
		want := judge.Judge(s.facts).Of
		facts := judge.Facts{Pin: s.facts.Pin, Lists: shuffled(t, s.facts.Lists), Files: shuffled(t, s.facts.Files), Epochs: shuffled(t, s.facts.Epochs)}
		for i, e := range facts.Epochs {
			facts.Epochs[i].Ledger = judge.NewLedger(shuffled(t, s.seals[e.Folder]))
		}
		if got := judge.Judge(facts).Of; !maps.Equal(got, want) {
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
		before := judge.Judge(s.facts).Of
		files := slices.Clone(s.facts.Files)
		for i := range rapid.IntRange(1, 5).Draw(t, "deposits") {
			folder := s.folder()
			ref := format.Ref{Path: fmt.Sprintf("%s/seeds/new%d", folder, i), Sum: mark("deposit", i)}
			s.facts.Files = append(s.facts.Files, judge.File{folder, ref, s.plaintext()})
		}
		after := judge.Judge(s.facts).Of
		for _, f := range files {
			shown := before[f.Ref].Status == judge.Hidden && after[f.Ref].Status == judge.Late
			if after[f.Ref] != before[f.Ref] && !shown {
				t.Fatalf("a deposit makes %s stand as %v instead of %v", f.Ref.Path, after[f.Ref], before[f.Ref])
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
		if s.facts.Pin.IsZero() {
			t.Skip("without a pin every epoch speaks for itself")
		}
		before := judge.Judge(s.facts)
		own := slices.Clone(s.facts.Files)
		for i, e := range s.facts.Epochs {
			if e.Fingerprint != s.facts.Pin {
				s.seals[s.facts.Epochs[i].Folder] = append(s.seals[e.Folder], s.seal(e.Folder))
			}
		}
		stranger := judge.Epoch{Folder: "9-stranger", Number: 9, Fingerprint: mark("stranger", 0), Previous: s.facts.Pin}
		for i := range rapid.IntRange(1, 5).Draw(t, "strange files") {
			ref := format.Ref{Path: fmt.Sprintf("9-stranger/seeds/%d", i), Sum: mark("strange file", i)}
			s.refs = append(s.refs, ref)
			s.facts.Files = append(s.facts.Files, judge.File{stranger.Folder, ref, s.plaintext()})
		}
		s.seals[stranger.Folder] = []*format.Seal{s.seal(stranger.Folder)}
		s.facts.Epochs = append(s.facts.Epochs, stranger)
		s.ledgers()
		after := judge.Judge(s.facts)
		if !maps.Equal(after.Line, before.Line) {
			t.Fatalf("the line is now %v, was %v", after.Line, before.Line)
		}
		for _, f := range own {
			if after.Of[f.Ref].Status != before.Of[f.Ref].Status {
				t.Fatalf("%s stands as %d, stood as %d", f.Ref.Path, after.Of[f.Ref].Status, before.Of[f.Ref].Status)
			}
		}
		for _, f := range s.facts.Files[len(own):] {
			if after.Of[f.Ref].Status != judge.Unconfirmed {
				t.Fatalf("%s stands as %d", f.Ref.Path, after.Of[f.Ref].Status)
			}
		}
	})
}
