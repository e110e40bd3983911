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
	"time"

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
	histories    = flag.Int("histories", 15, "random histories of several machines to play")
	firstHistory = flag.Uint64("first-history", 0, "number of the first one")
)

// TestHistories plays random histories of two and three machines through all
// that writes, and through what befalls files: damage, half copies and deposits
// that wait, and folders that are put back to how they were. Nothing is lost, nothing that is retired comes back, nothing that no
// person has confirmed hides anything, half a copy hides nothing, damage is named,
// the order of copying does not matter, and at the end all machines find to one
// epoch and agree. After each step every file's status is held against the oracle.
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
	t.Logf("%d histories from number %d, %d seeds at the end, steps %v", *histories, *firstHistory, shown, steps)
	for _, step := range []string{"add", "accept", "edit", "remove", "remove", "undo", "undo", "add holder", "rotate", "confirm", "join", "refuse", "refuse all", "drill", "deposits", "damage", "lasting damage", "half copy", "roll back", "put back"} {
		if steps[step] == 0 && *histories >= 200 && !t.Failed() {
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

	opened  *Opened // since the last change, with what it shows
	sight   sight
	removed map[[32]byte]bool // what was removed here and brought back nowhere
	memory  Memory
	states  []state // how its folder has been
	without bool    // it has rotated without lists of what became of older files
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
	rough    bool              // files are lost for good, and merges may take half
	whole    map[string]string // each file of an epoch as it was written
	hours    int
	proven   map[Fingerprint]time.Time // by pinned epoch, the latest drill there
	settled  int
}

func newHistory(t *testing.T, n uint64) *history {
	h := &history{t: t, n: n, rand: rand.New(rand.NewPCG(n, 7)), steps: map[string]int{}, ever: map[[32]byte]bool{}}
	h.rough, h.whole, h.proven = n%2 == 1, map[string]string{}, map[Fingerprint]time.Time{}
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
		h.machines = append(h.machines, h.machine(string(rune('A'+i)), base.Clone(), pin))
	}
	h.learn(base)
	return h
}

func (h *history) machine(name string, fsys *durabletest.FS, pin Pin) *machine {
	return &machine{h: h, name: name, fsys: fsys, pin: pin, removed: map[[32]byte]bool{}}
}

// learn notes how new files of epochs are when they are whole.
func (h *history) learn(fsys *durabletest.FS) {
	for p, data := range fsys.Files() {
		if _, known := h.whole[p]; !known && strings.Contains(p, "/") {
			h.whole[p] = data
		}
	}
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

var historySteps = []string{"add", "add", "accept", "accept", "edit", "remove", "remove", "undo", "undo", "add holder", "rotate", "rotate", "answer", "answer", "refuse", "refuse", "drill", "drills", "deposits", "damage", "damage", "roll back", "roll back", "merge", "merge", "merge"}

func (h *history) play() {
	for range 8 + h.rand.IntN(25) {
		m := h.machines[h.rand.IntN(len(h.machines))]
		step := historySteps[h.rand.IntN(len(historySteps))]
		switch step {
		case "merge":
			h.merge(m, h.machines[h.rand.IntN(len(h.machines))])
		case "damage":
			m.damage()
		case "drills":
			h.drillAtOnce()
		case "roll back":
			m.rollBack()
		default:
			m.step(step)
		}
	}
	h.end()
}

func (h *history) merge(a, b *machine) {
	if a == b {
		return
	}
	files, what := b.fsys.Files(), "files"
	if h.rough && h.rand.IntN(4) == 0 {
		files, what = h.halfOf(files), "files by half"
		h.steps["half copy"]++
	}
	h.log = append(h.log, fmt.Sprintf("%s gets %s's %s", a.name, b.name, what))
	if h.rand.IntN(2) == 0 {
		h.log = append(h.log, fmt.Sprintf("%s gets %s's files", b.name, a.name))
		h.copyInto(b.fsys, a.fsys.Files())
	}
	h.copyInto(a.fsys, files)
	a.opened, b.opened = nil, nil
	if what == "files" {
		a.wantRemoved()
	}
}

// halfOf leaves out some of the files, and nothing without which the paper key
// would not open what is there.
func (h *history) halfOf(files map[string]string) map[string]string {
	part := map[string]string{}
	for _, p := range slices.Sorted(maps.Keys(files)) {
		if needed(p) || h.rand.IntN(10) < 7 {
			part[p] = files[p]
		}
	}
	return part
}

func needed(p string) bool {
	return path.Base(p) == "vault.txt" || strings.Contains(p, "/holders/paper/")
}

// copyInto copies what is missing, as any tool does, and mends what is damaged, as
// seedvault's own does.
func (h *history) copyInto(fsys *durabletest.FS, files map[string]string) {
	have := fsys.Files()
	for _, p := range slices.Sorted(maps.Keys(files)) {
		data, is := have[p]
		whole, known := h.whole[p]
		if is && known && data != whole && files[p] == whole {
			h.must(fsys.Remove(p))
			is = false
		}
		if !is {
			h.must(writeAt(fsys, p, []byte(files[p])))
		}
	}
}

func (m *machine) open() *Opened {
	v, err := Open(m.fsys, &m.pin)
	m.h.must(err)
	v.Recall(m.memory)
	o, err := v.Unlock(m.h.paper)
	m.h.must(err)
	m.remember(v)
	return o
}

// sight is what a machine sees.
type sight struct {
	shown       map[[32]byte]map[Status]bool // by plaintext
	seeds       []opened
	retired     map[format.Ref]bool
	successions judge.Successions
	proven      time.Time // the paper key's last drill
}

// see reads the vault and holds each file's status against the oracle.
func (m *machine) see() sight {
	if m.opened == nil {
		m.opened = m.open()
		if !m.opened.Compared() {
			m.h.fail("%s does not open the pinned epoch", m.name)
		}
		m.sight = m.h.seeWith(m.opened)
	}
	return m.sight
}

func (h *history) seeWith(o *Opened) sight {
	h.t.Helper()
	r, err := o.reader.readSeeds(context.Background())
	h.must(err)
	if len(r.findings) > 0 {
		h.log = append(h.log, fmt.Sprint(r.findings))
	}
	s := sight{shown: map[[32]byte]map[Status]bool{}, retired: map[format.Ref]bool{}}
	for _, e := range o.reader.view.Epochs {
		if key := o.reader.keys[e.Folder]; key != nil {
			maps.Copy(s.retired, o.reader.seals(e).Retired())
		}
	}
	holders, _ := o.Roster().Holders()
	for _, holder := range holders {
		if holder.Name == "paper" {
			s.proven = holder.LastProven()
		}
	}
	s.seeds = h.everySeed(o)
	s.successions = o.reader.factsOf(s.seeds).Successions()
	facts := o.reader.facts()
	for _, f := range s.seeds {
		facts.Files = append(facts.Files, judge.File{Folder: f.folder, Ref: f.Ref(), Plain: f.what})
	}
	for i, f := range s.seeds {
		if want := judgetest.Oracle(facts, f.Ref(), f.folder); want != f.status {
			h.fail("%s stands as %d, want %d", f.Path, f.status, want)
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
			h.fail("%s is shown as %d", f.Path, f.status)
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
