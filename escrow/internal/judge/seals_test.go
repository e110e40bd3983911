package judge_test

import (
	"flag"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/judge"
)

// sealHistories is how many random histories TestSealHistories plays, e.g.
//
//	go test ./escrow/internal/judge -run TestSealHistories -seal-histories 10000
var (
	sealHistories    = flag.Int("seal-histories", 60, "random histories of seals to play")
	firstSealHistory = flag.Int("first-seal-history", 0, "number of the first one")
)

const sealFolder = "1-0123456789abcdef"

// world holds every seal that was ever written, with all that had come before it.
type world struct {
	t      *testing.T
	n      uint64
	rand   *rand.Rand
	all    map[string]*format.Seal
	before map[string]map[string]bool // by HASH: every seal that its writer had, and all that had come before those
	staged map[string]*format.Seal    // by HASH: what was new in it
	made   int
}

// has are the valid seals of one machine, by HASH.
type has map[string]*format.Seal

func (h has) ledger() *judge.Ledger { return judge.NewLedger(slices.Collect(maps.Values(h))) }

// without is the ledger as a reader sees it who passes over what is contained.
func (h has) without(hash string) *judge.Ledger {
	rest := maps.Clone(h)
	delete(rest, hash)
	return rest.ledger()
}

func newWorld(t *testing.T, n uint64) *world {
	return &world{t, n, rand.New(rand.NewPCG(n, 13)), map[string]*format.Seal{}, map[string]map[string]bool{}, map[string]*format.Seal{}, 0}
}

func (w *world) file() format.Ref {
	w.made++
	return format.Ref{Path: fmt.Sprintf("%s/seeds/%06d.age", sealFolder, w.made), Sum: mark("seed", w.made)}
}

// write seals what is new, as the program does, and reads it back.
func (w *world) write(m has, news func(*format.Seal)) *format.Seal {
	s := format.NewSeal()
	w.made++
	s.Epoch, s.By, s.Time = 1, "paper", fmt.Sprintf("2026-11-22T%02d:%02d:%02dZ", w.made/3600%24, w.made/60%60, w.made%60)
	news(s)
	staged := s.Clone()
	m.ledger().Next(s, m.without, int(format.KindSeal.Limit()))
	again, err := format.ParseSeal(s.Marshal(), sealFolder)
	if err != nil {
		w.t.Fatalf("a seal is written that is not valid: %s", s.Marshal())
	}
	for hash := range again.After {
		if again.Includes[hash] {
			w.t.Fatalf("%s names again what it includes", again.Name())
		}
	}
	before := map[string]bool{}
	for hash := range m {
		before[hash] = true
		maps.Copy(before, w.before[hash])
	}
	w.all[again.Hash()], w.before[again.Hash()], w.staged[again.Hash()] = again, before, staged
	m[again.Hash()] = again
	return again
}

// first writes an epoch's first seal, twice.
func (w *world) first(m has, files int) {
	var news []format.Ref
	for range files {
		news = append(news, w.file())
	}
	for range 2 {
		w.write(m, func(s *format.Seal) {
			for _, ref := range news {
				s.Accept(ref)
			}
			news = nil
		})
	}
}

// state is all that a set of seals says.
type state struct {
	accepted, retired string
	marks             string
}

func stateOf(l *judge.Ledger) state {
	var marks []string
	for fp := range l.Joined() {
		marks = append(marks, "joined "+fp.Hex())
	}
	for fp := range l.Closed() {
		marks = append(marks, "closed "+fp.Hex())
	}
	for _, s := range l.Seals() {
		for line := range s.Extra {
			marks = append(marks, line)
		}
		for hash := range s.Lost {
			marks = append(marks, "lost "+hash)
		}
	}
	slices.Sort(marks)
	return state{fmt.Sprint(l.Under("")), fmt.Sprint(retiredOf(l)), fmt.Sprint(slices.Compact(marks))}
}

func retiredOf(l *judge.Ledger) []string {
	var all []string
	for ref := range l.Retired() {
		all = append(all, ref.Path)
	}
	slices.Sort(all)
	return all
}

// step does one thing on one machine of a history.
func (w *world) step(ms []has) {
	m := ms[w.rand.IntN(len(ms))]
	l := m.ledger()
	accepted := slices.DeleteFunc(l.Under(sealFolder+"/seeds/"), func(ref format.Ref) bool { return ref.Sum == mark("seed", 1) })
	some := func() format.Ref { return accepted[w.rand.IntN(len(accepted))] }
	add := func(s *format.Seal) { s.Accept(w.file()) }
	switch w.rand.IntN(13) {
	case 0, 1, 2:
		w.write(m, add)
	case 3:
		n := 2 + w.rand.IntN(38)
		w.write(m, func(s *format.Seal) {
			for range n {
				add(s)
			}
		})
	case 4, 5:
		if len(accepted) > 0 {
			w.write(m, func(s *format.Seal) { add(s); s.Retire(some()) })
		}
	case 6:
		if len(accepted) > 0 {
			w.write(m, func(s *format.Seal) {
				for range 1 + w.rand.IntN(3) {
					s.Retire(some())
				}
			})
		}
	case 7:
		w.write(m, func(s *format.Seal) { add(s); s.Due = fmt.Sprintf("2027-%02d-%02d", 1+w.made/28%12, 1+w.made%28) })
	case 8:
		w.write(m, func(s *format.Seal) {
			s.Extra[fmt.Sprintf("# x-mark %d", w.made)] = true
			s.Joined[mark("joined", w.made)], s.Closed[mark("closed", w.made)] = true, true
		})
	case 9:
		if missing := l.Missing(); len(missing) > 0 {
			w.write(m, func(s *format.Seal) { s.GiveUp(missing[0].Number, missing[0].Hash) })
		}
	case 10:
		for _, a := range ms {
			maps.Copy(m, a)
		}
		for _, a := range ms {
			maps.Copy(a, m)
		}
	default:
		for hash, s := range ms[w.rand.IntN(len(ms))] {
			if w.rand.IntN(10) < 6 {
				m[hash] = s
			}
		}
	}
}

// TestSealHistories plays random histories of one to three machines that seal, merge
// and copy by halves, and takes seals away from what is left in the end.
func TestSealHistories(t *testing.T) {
	seen := map[string]int{}
	for i := range *sealHistories {
		n := *firstSealHistory + i
		w := newWorld(t, uint64(n))
		base := has{}
		w.first(base, 12)
		var ms []has
		for range 1 + n%3 {
			ms = append(ms, maps.Clone(base))
		}
		for range 5 + w.rand.IntN(40) {
			w.step(ms)
		}
		union := has{}
		for _, m := range ms {
			maps.Copy(union, m)
		}
		w.whole(union)
		w.oneGone(union, seen)
		w.someGone(union, seen)
	}
	t.Logf("%d histories: %v", *sealHistories, seen)
	for _, what := range []string{"one gone", "one gone, not last", "some gone, named", "some gone, silent"} {
		if seen[what] == 0 {
			t.Errorf("never %s", what)
		}
	}
}

// whole wants of a whole copy that live seals say what all say, and that no beginning
// by numbers lacks anything.
func (w *world) whole(union has) {
	l := union.ledger()
	live := judge.NewLedger(l.Live())
	if stateOf(live) != stateOf(l) || live.Due() != l.Due() || len(live.Last()) != len(l.Last()) {
		w.t.Fatal("live seals do not say what all say")
	}
	if len(l.Missing()) > 0 || len(l.Untrue()) > 0 {
		w.t.Fatalf("missing in a whole copy: %v, untrue: %d", l.Missing(), len(l.Untrue()))
	}
	prefix := has{}
	for _, s := range l.Seals() {
		prefix[s.Hash()] = s
		if missing := prefix.ledger().Missing(); len(missing) > 0 {
			w.t.Fatalf("up to %s the copy is said to lack %v", s.Name(), missing)
		}
	}
}

// oneGone takes each seal away. One that is not last costs nothing, and one that is
// costs no more than what was new in it.
func (w *world) oneGone(union has, seen map[string]int) {
	l := union.ledger()
	want := stateOf(l)
	for hash, s := range union {
		seen["one gone"]++
		rest := union.without(hash)
		if !slices.ContainsFunc(l.Last(), func(last *format.Seal) bool { return last.Hash() == hash }) {
			seen["one gone, not last"]++
			if got := stateOf(rest); got != want {
				w.t.Fatalf("without %s, which is not last, it says another thing", s.Name())
			}
			continue
		}
		for _, ref := range l.Under("") {
			if rest.Status(ref) != judge.Accepted && w.staged[hash].Files[ref.Path] != ref.Sum {
				w.t.Fatalf("without %s, which is last, %s is not accepted, and was not new in it", s.Name(), ref.Path)
			}
		}
		for ref := range l.Retired() {
			if !rest.Retired()[ref] && !w.staged[hash].Retired[ref] {
				w.t.Fatalf("without %s, which is last, %s is not retired, and was not new in it", s.Name(), ref.Path)
			}
		}
	}
}

// someGone takes sets of seals away. Either one is named as missing, or what is left
// is a state that was. Of a seal that a person has given up nothing says that it is
// gone, nor of those that only it names.
func (w *world) someGone(union has, seen map[string]int) {
	for range 8 {
		rest := has{}
		often := []int{1, 3, 6}[w.rand.IntN(3)]
		for _, hash := range slices.Sorted(maps.Keys(union)) {
			if w.rand.IntN(10) >= often {
				rest[hash] = union[hash]
			}
		}
		l := rest.ledger()
		if len(l.Missing()) > 0 {
			seen["some gone, named"]++
			continue
		}
		seen["some gone, silent"]++
		was := maps.Clone(rest)
		for hash := range rest {
			for b := range w.before[hash] {
				was[b] = w.all[b]
			}
		}
		for _, lost := range l.GivenUp() {
			w.forget(was, rest, lost.Hash)
		}
		if stateOf(l) != stateOf(was.ledger()) {
			w.t.Fatalf("history %d: seals are gone, none is named, and what is left is no state that was: it says\n%v, want\n%v", w.n, stateOf(l), stateOf(was.ledger()))
		}
	}
}

// forget takes a seal and all that came before it out of a state, but for what is left.
func (w *world) forget(was, rest has, hash string) {
	for b := range w.before[hash] {
		if _, here := rest[b]; !here {
			delete(was, b)
		}
	}
	delete(was, hash)
}

// TestLiveSealsAreFew: of one writer at most 1 + log2 of the lines, whatever it seals.
func TestLiveSealsAreFew(t *testing.T) {
	for n, kinds := range [][]int{{0}, {0, 3}, {0, 4}, {0, 4, 6}, {0, 3, 4, 6}} {
		w := newWorld(t, uint64(n))
		m := has{}
		w.first(m, 12)
		l := m.ledger()
		for i := range 100 {
			batch := 1
			if kinds[i%len(kinds)] == 3 {
				batch = 1 + max(0, 60-i/5) // batches that shrink
			}
			accepted := l.Under(sealFolder + "/seeds/")
			w.write(m, func(s *format.Seal) {
				if kinds[i%len(kinds)] != 6 {
					for range batch {
						s.Accept(w.file())
					}
				}
				if k := kinds[i%len(kinds)]; k == 4 || k == 6 {
					s.Retire(accepted[w.rand.IntN(len(accepted))])
				}
			})
			l = m.ledger()
			lines := len(l.Under("")) + len(l.Retired())
			if live := len(l.Live()); float64(live) > 1+math.Log2(float64(lines)) {
				t.Fatalf("kinds %v, after %d seals: %d live of %d lines", kinds, i+3, live, lines)
			}
		}
	}
}

// TestDrillsAtOnce: two machines drill at once, and the earlier day counts until a seal
// that has seen both says otherwise.
func TestDrillsAtOnce(t *testing.T) {
	w := newWorld(t, 1)
	a := has{}
	w.first(a, 3)
	b := maps.Clone(a)
	w.write(a, func(s *format.Seal) { s.Accept(w.file()); s.Due = "2027-12-20" })
	w.write(b, func(s *format.Seal) { s.Accept(w.file()); s.Due = "2027-12-01" })
	maps.Copy(a, b)
	if l := a.ledger(); l.Due() != "2027-12-01" || len(l.Last()) != 2 {
		t.Errorf("due %s, %d last", l.Due(), len(l.Last()))
	}
	w.write(a, func(s *format.Seal) { s.Accept(w.file()); s.Due = "2028-01-05" })
	if l := a.ledger(); l.Due() != "2028-01-05" || len(l.Last()) != 1 {
		t.Errorf("after one that has seen both: due %s, %d last", l.Due(), len(l.Last()))
	}
}

// TestInventedSeals: a holder names seals that never were. They are all missing until they
// are given up, and nothing else changes, nor does the next seal's number.
func TestInventedSeals(t *testing.T) {
	w := newWorld(t, 1)
	m := has{}
	w.first(m, 3)
	w.write(m, func(s *format.Seal) { s.Accept(w.file()) })
	before := stateOf(m.ledger())
	w.write(m, func(s *format.Seal) {
		for i := range 1000 {
			s.After[format.Hash(mark("invented", i))] = 900_000_000 + i
		}
	})
	l := m.ledger()
	if after := stateOf(l); after != before || len(l.Missing()) != 1000 {
		t.Errorf("%d are missing, and something else has changed: %t", len(l.Missing()), after != before)
	}
	if s := w.write(m, func(s *format.Seal) { s.Accept(w.file()) }); s.Number != 5 {
		t.Errorf("the next seal is number %d", s.Number)
	}
	w.write(m, func(s *format.Seal) {
		for _, r := range l.Missing() {
			s.GiveUp(r.Number, r.Hash)
		}
	})
	if l := m.ledger(); len(l.Missing()) != 0 || len(l.GivenUp()) != 1000 {
		t.Errorf("given up, %d are missing", len(l.Missing()))
	}
}

// TestNextHasRoom: nothing that is taken over makes a seal longer than readers read.
func TestNextHasRoom(t *testing.T) {
	w := newWorld(t, 1)
	m := has{}
	w.first(m, 40)
	limit := w.all[m.ledger().Newest().Hash()].Size + 600
	for range 60 {
		s := format.NewSeal()
		s.Epoch, s.By, s.Time = 1, "paper", "2026-11-22T10:00:00Z"
		s.Accept(w.file())
		m.ledger().Next(s, m.without, limit)
		s.Due = "2027-01-01"
		text := s.Marshal()
		if len(text) > limit {
			t.Fatalf("%d bytes, %d are read", len(text), limit)
		}
		again, err := format.ParseSeal(text, sealFolder)
		must(t, err)
		m[again.Hash()] = again
	}
	if l := m.ledger(); len(l.Under("")) != 100 || len(l.Missing()) > 0 || len(l.Live()) < 2 {
		t.Errorf("%d accepted, %d live", len(l.Under("")), len(l.Live()))
	}
}

// TestContains: what must stand in a seal again, each line taken away once.
func TestContains(t *testing.T) {
	o := format.NewSeal()
	o.Number, o.Sum = 3, mark("old", 0)
	a, b := format.Ref{Path: "a", Sum: mark("a", 0)}, format.Ref{Path: "b", Sum: mark("b", 0)}
	o.Accept(a)
	o.Retire(b)
	o.Joined[mark("j", 0)], o.Closed[mark("c", 0)], o.Extra["# x-y z"] = true, true, true
	o.After["after"], o.Lost["lost"], o.Includes["included"] = 7, 8, true
	whole := func() *format.Seal {
		s := format.NewSeal()
		s.Include(o)
		return s
	}
	for name, change := range map[string]func(*format.Seal){
		"a file": func(s *format.Seal) { delete(s.Files, "a") }, "its hash": func(s *format.Seal) { s.Files["a"] = mark("x", 0) },
		"retired": func(s *format.Seal) { delete(s.Retired, b) }, "joined": func(s *format.Seal) { delete(s.Joined, mark("j", 0)) },
		"closed": func(s *format.Seal) { delete(s.Closed, mark("c", 0)) }, "x-": func(s *format.Seal) { delete(s.Extra, "# x-y z") },
		"after": func(s *format.Seal) { delete(s.After, "after") }, "lost": func(s *format.Seal) { delete(s.Lost, "lost") },
		"includes": func(s *format.Seal) { delete(s.Includes, "included") },
	} {
		s := whole()
		if !judge.Contains(s, o) {
			t.Fatal("what includes it does not contain it")
		}
		if change(s); judge.Contains(s, o) {
			t.Errorf("without %s it still contains it", name)
		}
	}
	for name, change := range map[string]func(*format.Seal){
		"a retired file":  func(s *format.Seal) { s.Retire(a) },
		"other numbers":   func(s *format.Seal) { s.After["after"], s.Lost["lost"] = 1, 2 },
		"after, included": func(s *format.Seal) { delete(s.After, "after"); s.Includes["after"] = true },
		"no due":          func(s *format.Seal) { o.Due = "2027-01-01" },
	} {
		s := whole()
		if change(s); !judge.Contains(s, o) {
			t.Errorf("with %s it does not contain it", name)
		}
	}
}
