package escrow

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"filippo.io/age"

	"seedvault/escrow/internal/durable/durabletest"
	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/judge"
	"seedvault/escrow/internal/judge/judgetest"
	"seedvault/escrow/key"
)

// histories is how many random histories TestHistories plays, e.g.
//
//	go test ./escrow -run TestHistories -histories 10000 -timeout 2h
var (
	histories    = flag.Int("histories", 40, "random histories of several machines to play")
	firstHistory = flag.Uint64("first-history", 0, "number of the first one")
)

// TestHistories plays random histories of two and three machines through all
// that writes. Nothing is lost, nothing that no person has confirmed hides
// anything, half a copy hides nothing, the order of copying does not matter, and
// at the end everything settles. After each step every file's standing is held
// against the oracle.
func TestHistories(t *testing.T) {
	var next atomic.Uint64
	next.Store(*firstHistory)
	var steps, shown, mu = map[string]int{}, 0, sync.Mutex{}
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for n := next.Add(1) - 1; n < *firstHistory+uint64(*histories) && !t.Failed(); n = next.Add(1) - 1 {
				h := newHistory(t, n)
				h.play()
				mu.Lock()
				shown += h.settled
				for step, n := range h.steps {
					steps[step] += n
				}
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	t.Logf("%d histories, %d seeds at the end, steps %v", *histories, shown, steps)
	for _, step := range []string{"add", "accept", "edit", "remove", "undo", "add holder", "rotate", "confirm", "join"} {
		if steps[step] == 0 && !t.Failed() {
			t.Errorf("no history had the step %q", step)
		}
	}
}

// machine is one machine with its own copy of the vault and its own pin.
type machine struct {
	h    *history
	name string
	fsys *durabletest.FS
	pin  Pin
}

// history is one run.
type history struct {
	t        *testing.T
	n        uint64
	rand     *rand.Rand
	paper    age.Identity
	machines []*machine
	made     int
	log      []string
	steps    map[string]int
	ever     map[[32]byte]bool // added or edited, and removed nowhere
	settled  int
}

func newHistory(t *testing.T, n uint64) *history {
	h := &history{t: t, n: n, rand: rand.New(rand.NewPCG(n, 7)), steps: map[string]int{}, ever: map[[32]byte]bool{}}
	paper, secret, err := PaperHolder("paper", false)
	h.must(err)
	h.paper, err = key.ParseIdentity(secret)
	h.must(err)
	holders := []NewHolder{paper}
	for _, name := range []string{"alice", "bob", "carol"} {
		holder, _ := freshKey(t, name)
		holders = append(holders, holder)
	}
	base := durabletest.New()
	pin, err := Create(base, CreateOptions{Holders: holders, Now: testTime})
	h.must(err)
	for i := range 2 + h.rand.IntN(4)/3 {
		h.machines = append(h.machines, &machine{h, string(rune('A' + i)), base.Clone(), pin})
	}
	return h
}

// fail ends the history with all that led there.
func (h *history) fail(format string, args ...any) {
	h.t.Helper()
	h.t.Errorf("history %d: %s\n%s", h.n, fmt.Sprintf(format, args...), strings.Join(h.log, "\n"))
	runtime.Goexit()
}

func (h *history) must(err error) {
	h.t.Helper()
	if err != nil {
		h.fail("%v", err)
	}
}

var historySteps = []string{"add", "add", "accept", "accept", "edit", "remove", "undo", "add holder", "rotate", "answer", "answer", "merge", "merge", "merge"}

func (h *history) play() {
	for range 8 + h.rand.IntN(25) {
		m := h.machines[h.rand.IntN(len(h.machines))]
		step := historySteps[h.rand.IntN(len(historySteps))]
		if step == "merge" {
			h.merge(m, h.machines[h.rand.IntN(len(h.machines))])
			continue
		}
		m.step(step)
	}
	h.end()
}

func (h *history) merge(a, b *machine) {
	h.log = append(h.log, fmt.Sprintf("%s gets %s's files", a.name, b.name))
	if a == b {
		return
	}
	files := b.fsys.Files()
	if h.rand.IntN(2) == 0 {
		h.log = append(h.log, fmt.Sprintf("%s gets %s's files", b.name, a.name))
		h.copyInto(b.fsys, a.fsys.Files())
	}
	h.copyInto(a.fsys, files)
}

// copyInto copies what is missing, as any tool does.
func (h *history) copyInto(fsys *durabletest.FS, files map[string]string) {
	have := fsys.Files()
	for _, p := range slices.Sorted(maps.Keys(files)) {
		if _, is := have[p]; !is {
			h.must(writeAt(fsys, p, []byte(files[p])))
		}
	}
}

func (m *machine) open() *Opened {
	v, err := Open(m.fsys, &m.pin)
	m.h.must(err)
	o, err := v.Unlock(m.h.paper)
	m.h.must(err)
	return o
}

// sight is what a machine sees.
type sight struct {
	shown   map[[32]byte]map[Status]bool // by plaintext
	seeds   []opened
	retired map[format.Ref]bool
	ways    judge.Ways
}

// see reads the vault and holds each file's standing against the oracle.
func (m *machine) see() sight {
	o := m.open()
	if !o.Compared() {
		m.h.fail("%s does not open the pinned epoch", m.name)
	}
	return m.h.seeWith(o)
}

func (h *history) seeWith(o *Opened) sight {
	h.t.Helper()
	r, err := o.reader.readSeeds(context.Background())
	h.must(err)
	if len(r.findings) > 0 {
		h.log = append(h.log, fmt.Sprint(r.findings))
	}
	s := sight{shown: map[[32]byte]map[Status]bool{}, retired: map[format.Ref]bool{}}
	for _, e := range o.reader.view.epochs {
		if key := o.reader.keys[e.folder]; key != nil {
			maps.Copy(s.retired, o.reader.seals(e).Retired())
		}
	}
	s.seeds = h.everySeed(o)
	s.ways = o.reader.factsOf(s.seeds).Ways()
	facts := o.reader.facts()
	for _, f := range s.seeds {
		facts.Files = append(facts.Files, judge.File{Folder: f.folder, Ref: f.ref(), Plain: f.what})
	}
	for i, f := range s.seeds {
		if want := judgetest.Oracle(facts, f.ref(), f.folder); want != f.status {
			h.fail("%s stands as %d, want %d", f.path, f.status, want)
		}
		if s.seeds[i].status != Retired && s.seeds[i].status != Hidden {
			if s.shown[f.what] == nil {
				s.shown[f.what] = map[Status]bool{}
			}
			s.shown[f.what][f.status] = true
		}
	}
	for _, f := range r.seeds { // what a person is shown is what was judged here
		if f.status != Retired && f.status != Hidden && !s.shown[f.what][f.status] {
			h.fail("%s is shown as %d", f.path, f.status)
		}
	}
	return s
}

// everySeed opens the seeds that are hidden too.
func (h *history) everySeed(o *Opened) []opened {
	files := o.reader.seedFiles(true)
	o.reader.rule(files)
	o.reader.open(context.Background(), files, func(*opened) bool { return true })
	o.reader.rule(files)
	return slices.DeleteFunc(files, func(f opened) bool { return f.what == [32]byte{} })
}

// end brings all files together and looks at what is left of everything.
func (h *history) end() {
	union := map[string]string{}
	for _, m := range h.machines {
		maps.Copy(union, m.fsys.Files())
	}
	var first map[string]string
	for _, order := range [][]*machine{h.machines, reversed(h.machines)} {
		fsys := durabletest.New()
		for _, m := range order {
			h.copyInto(fsys, m.fsys.Files())
		}
		if first == nil {
			first = fsys.Files()
		} else if !maps.Equal(first, fsys.Files()) {
			h.fail("the order of copying matters")
		}
	}
	for _, m := range h.machines {
		whole := &machine{h, m.name + "+", durabletest.New(), m.pin}
		h.copyInto(whole.fsys, union)
		s := whole.see()
		for w := range h.ever {
			if s.shown[w] == nil && !s.spokenOf(w) {
				h.fail("%s has lost a seed", m.name)
			}
		}
		for range 2 {
			h.half(whole, union, s)
		}
	}
	h.settle(union)
}

func reversed(list []*machine) []*machine {
	list = slices.Clone(list)
	slices.Reverse(list)
	return list
}

// half copies some of the files. What the whole shows, and the half has a file
// of, the half shows too, unless it knows that a person has removed it.
func (h *history) half(whole *machine, union map[string]string, s sight) {
	part := map[string]string{}
	for _, p := range slices.Sorted(maps.Keys(union)) {
		if path.Base(p) == "vault.txt" || strings.Contains(p, "/holders/paper/") || h.rand.IntN(10) < 7 {
			part[p] = union[p]
		}
	}
	m := &machine{h, whole.name + " half", durabletest.New(), whole.pin}
	h.copyInto(m.fsys, part)
	o := m.open()
	if !o.Compared() {
		h.fail("half a copy does not open")
	}
	have := h.seeWith(o)
	removed := map[[32]byte]bool{}
	for _, f := range s.seeds {
		removed[f.what] = removed[f.what] || have.ways.Gone(f.ref().Hash()) || have.retired[f.ref()]
	}
	live := map[string]bool{}
	for _, f := range s.seeds {
		live[f.ref().Hash()] = f.status == Accepted
	}
	for _, f := range s.seeds {
		_, here := part[f.path]
		arrives := slices.ContainsFunc(s.ways.LeadsTo(f.ref().Hash()), func(h string) bool { return live[h] })
		shown := f.status != Retired && f.status != Hidden
		if here && (shown || arrives) && s.shown[f.what] != nil && !removed[f.what] && have.shown[f.what] == nil {
			h.fail("half a copy hides %s", f.path)
		}
	}
}

// settle lets one machine answer everything and accept everything.
func (h *history) settle(union map[string]string) {
	z := &machine{h, "Z", durabletest.New(), h.machines[h.rand.IntN(len(h.machines))].pin}
	h.copyInto(z.fsys, union)
	for range 8 {
		z.step("answer")
	}
	z.step("accept")
	s := z.see()
	for _, standings := range s.shown {
		if len(standings) != 1 || !standings[Accepted] {
			h.fail("it does not settle: a seed stands %v", standings)
		}
	}
	h.settled = len(s.shown)
}
