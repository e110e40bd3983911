package escrow

import (
	"cmp"
	"context"
	"errors"
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
	paper, key, err := PaperHolder("paper", false)
	h.must(err)
	h.paper, err = ParseIdentity(key)
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
	shown   map[[32]byte]map[Standing]bool // by plaintext
	seeds   []opened
	dropped map[fileRef]bool
	retired map[fileRef]bool
	carried map[fileRef][]string
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
	r, err := o.readSeeds(context.Background())
	h.must(err)
	if len(r.findings) > 0 {
		h.log = append(h.log, fmt.Sprint(r.findings))
	}
	s := sight{shown: map[[32]byte]map[Standing]bool{}, dropped: o.droppedLines(), carried: o.carriedLines(), retired: map[fileRef]bool{}}
	for _, e := range o.vault.epochs {
		if key := o.keys[e.folder]; key != nil {
			maps.Copy(s.retired, tallyOf(o.vault.sealsOf(e, key.signer).valid()).retired)
		}
	}
	s.seeds = h.everySeed(o)
	ev := o.evidence()
	for _, f := range s.seeds {
		ev.files = append(ev.files, fileEvidence{f.folder, f.ref(), f.what})
	}
	for i, f := range s.seeds {
		if want := oracle(ev, f.ref(), f.folder); want != f.standing {
			h.fail("%s stands as %d, want %d", f.path, f.standing, want)
		}
		if s.seeds[i].standing != Retired && s.seeds[i].standing != Hidden {
			if s.shown[f.what] == nil {
				s.shown[f.what] = map[Standing]bool{}
			}
			s.shown[f.what][f.standing] = true
		}
	}
	for _, f := range r.seeds { // what a person is shown is what was judged here
		if f.standing != Retired && f.standing != Hidden && !s.shown[f.what][f.standing] {
			h.fail("%s is shown as %d", f.path, f.standing)
		}
	}
	return s
}

// everySeed opens the seeds that are hidden too.
func (h *history) everySeed(o *Opened) []opened {
	files := o.seedFiles(true)
	o.rule(files)
	o.open(context.Background(), files, func(Standing) bool { return true })
	o.rule(files)
	return slices.DeleteFunc(files, func(f opened) bool { return f.what == [32]byte{} })
}

// step does one thing, as a person at the machine would, and wants of it what
// the thing is for.
func (m *machine) step(name string) {
	h := m.h
	before := m.see()
	did, target, err := m.do(name)
	var fork *ForkError
	var successor *SuccessorError
	if errors.As(err, &fork) || errors.As(err, &successor) {
		h.log = append(h.log, fmt.Sprintf("%s: %s stops at another epoch", m.name, name))
		return
	}
	if err != nil {
		h.fail("%s: %s: %v", m.name, name, err)
	}
	if did == "" {
		return
	}
	h.log = append(h.log, fmt.Sprintf("%s: %s", m.name, did))
	h.steps[did]++
	after := m.see()
	gone, fresh := missing(before, after), missing(after, before)
	switch did {
	case "add":
		if len(fresh) != 1 || len(gone) > 0 {
			h.fail("add shows %d more and %d less", len(fresh), len(gone))
		}
	case "accept", "rotate", "add holder":
		if len(gone)+len(fresh) > 0 {
			h.fail("%s shows %d more and %d less", did, len(fresh), len(gone))
		}
	case "edit", "remove", "undo":
		for _, w := range gone {
			if !target[w] {
				h.fail("%s: another seed is gone", did)
			}
			delete(h.ever, w)
		}
	case "confirm", "join": // may hide what others removed, and not what they never saw
		for _, w := range gone {
			if !after.spokenOf(w) {
				h.fail("%s hides a seed that nobody there has seen", did)
			}
		}
		return
	}
	for _, w := range fresh {
		h.ever[w] = true
	}
}

// missing lists what is shown in a and not in b.
func missing(a, b sight) [][32]byte {
	var list [][32]byte
	for w := range a.shown {
		if b.shown[w] == nil {
			list = append(list, w)
		}
	}
	return list
}

// spokenOf says that a seal or a list speaks of a file with that plaintext.
func (s sight) spokenOf(what [32]byte) bool {
	return slices.ContainsFunc(s.seeds, func(f opened) bool {
		_, carried := s.carried[f.ref()]
		return f.what == what && (carried || s.dropped[f.ref()] || s.retired[f.ref()])
	})
}

// do does a step, if there is something to do it to. It returns the step's name
// and the plaintexts that it may take away.
func (m *machine) do(name string) (did string, target map[[32]byte]bool, err error) {
	o := m.open()
	switch name {
	case "add":
		m.h.made++
		_, err = o.vault.Deposit((&fixture{t: m.h.t}).seed(m.h.made))
		return name, nil, err
	case "rotate":
		return m.rotate(o, nil)
	case "answer":
		return m.answer(o)
	case "add holder":
		m.h.made++
		holder, _ := freshKey(m.h.t, fmt.Sprintf("friend%d", m.h.made%3)) // names may meet
		err = o.AddHolder(holder)
	default:
		did, target, err = m.change(o, name)
		if did == "" {
			return "", nil, err
		}
	}
	if err == nil {
		_, err = o.Seal(testTime)
	}
	return name, target, err
}

// change accepts everything, or edits, removes or brings back one seed.
func (m *machine) change(o *Opened, name string) (did string, target map[[32]byte]bool, err error) {
	entries, _, err := o.Seeds(context.Background())
	if name == "undo" {
		entries, err = o.Retired(context.Background())
	}
	entries = slices.DeleteFunc(entries, func(e Entry) bool { return e.Standing == Unconfirmed })
	if err != nil || len(entries) == 0 {
		return "", nil, err
	}
	e := entries[m.h.rand.IntN(len(entries))]
	target = map[[32]byte]bool{}
	switch name {
	case "accept":
		for _, e := range entries {
			if e.Standing != Accepted {
				did, err = name, cmp.Or(err, o.Accept(e.Receipts...))
			}
		}
		return did, nil, err
	case "edit":
		m.h.made++
		target[whatOfSeed(e.Seed)] = true
		_, err = o.Edit(e, e.Seed.With("note", fmt.Sprint(m.h.made)))
	case "remove":
		target[whatOfSeed(e.Seed)] = true
		err = o.Retire(e)
	case "undo":
		live, _, _ := o.Seeds(context.Background())
		for _, l := range live {
			if l.Seed.ID() == e.Seed.ID() {
				target[whatOfSeed(l.Seed)] = true
			}
		}
		_, err = o.Undo(e)
	}
	return name, target, err
}

func whatOfSeed(s Seed) [32]byte {
	plain, _ := s.plaintext()
	return sum256(plain)
}

// rotate rotates, removing somebody now and then, and keeps whom nobody removes.
func (m *machine) rotate(o *Opened, join []Fingerprint) (string, map[[32]byte]bool, error) {
	ro := RotateOptions{Join: join}
	holders, _ := o.Roster()
	for _, h := range holders {
		if h.Name != "paper" && m.h.rand.IntN(6) == 0 && !slices.Contains(ro.Remove, h.Name) {
			ro.Remove = append(ro.Remove, h.Name)
		}
	}
	p, err := o.PlanRotation(ro)
	if err != nil {
		return "", nil, err
	}
	for _, c := range p.Open() {
		m.h.must(p.Answer(c.Key, m.h.rand.IntN(2) == 0))
	}
	r, err := o.Rotate(context.Background(), p, testTime)
	if err != nil {
		return "", nil, err
	}
	if len(r.Damaged) > 0 {
		m.h.log = append(m.h.log, fmt.Sprintf("damaged: %v", r.Damaged))
	}
	m.pin = r.Pin
	if join != nil {
		return "join", nil, nil
	}
	return "rotate", nil, nil
}

// answer confirms what follows the pinned epoch or has taken it over; else it
// joins what has grown beside it.
func (m *machine) answer(o *Opened) (string, map[[32]byte]bool, error) {
	var join []Fingerprint
	for _, e := range o.vault.Epochs() {
		if e.Standing != EpochUnconfirmed || !e.Sealed {
			continue
		}
		if e.Successor || e.Joined {
			v, err := o.vault.Confirm(e.Fingerprint)
			m.h.must(err)
			next, err := v.Unlock(m.h.paper)
			m.h.must(err)
			m.pin = next.Pin()
			return "confirm", nil, nil
		}
		if e.Fork {
			join = append(join, e.Fingerprint)
		}
	}
	if len(join) == 0 {
		return "", nil, nil
	}
	if m.h.rand.IntN(2) == 0 { // the newest alone takes those along that it follows
		did, target, err := m.rotate(o, join[:1])
		if err == nil {
			return did, target, nil
		}
	}
	return m.rotate(o, join)
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
		removed[f.what] = removed[f.what] || have.dropped[f.ref()] || have.retired[f.ref()]
	}
	live := map[string]bool{}
	for _, f := range s.seeds {
		live[f.ref().path] = f.standing == Accepted
	}
	for _, f := range s.seeds {
		_, here := part[f.path]
		arrives := slices.ContainsFunc(s.carried[f.ref()], func(p string) bool { return live[p] }) && !s.dropped[f.ref()]
		shown := f.standing != Retired && f.standing != Hidden
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
