package escrow

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

var changeRuns = flag.Int("changes", 8, "how many random sequences of changes TestChangesByEveryWay plays")

// wayToEntries is one of the ways in which a command comes by the entries that it changes.
type wayToEntries struct {
	name    string
	entries func(f *fixture, o *Opened) []Entry
}

var waysToEntries = []wayToEntries{
	{"all read", func(f *fixture, o *Opened) []Entry { entries, _ := seedsOf(f.t, o); return entries }},
	{"listed without an index", func(f *fixture, o *Opened) []Entry { return f.entriesListed(o) }},
	{"listed with an empty index", func(f *fixture, o *Opened) []Entry { o.UseIndex(nil, testTime); return f.entriesListed(o) }},
	{"listed with the index of before", func(f *fixture, o *Opened) []Entry {
		f.aged()
		_, _, kept := f.listed(nil)
		o.UseIndex(kept, time.Now())
		return f.entriesListed(o)
	}},
	{"read by an earlier run", func(f *fixture, _ *Opened) []Entry { return f.entries() }},
}

// entriesListed lists, and reads each seed by itself.
func (f *fixture) entriesListed(o *Opened) (entries []Entry) {
	f.t.Helper()
	items, _, err := o.Items(context.Background())
	must(f.t, err)
	for _, i := range items {
		e, err := o.Entry(i)
		must(f.t, err)
		entries = append(entries, e)
	}
	return entries
}

// shownSeeds is what a vault shows, without the names of its files.
func (f *fixture) shownSeeds() (shown []string) {
	for _, e := range f.entries() {
		shown = append(shown, fmt.Sprintf("%d %s x%d", e.Status, contentOf(e.Seed), len(e.Receipts)))
	}
	retired, err := f.unlock().Retired(context.Background())
	must(f.t, err)
	for _, e := range retired {
		shown = append(shown, "retired "+contentOf(e.Seed))
	}
	slices.Sort(shown)
	return shown
}

func contentOf(s Seed) string { return s.Line() + " " + strings.Join(s.All("name"), ",") }

// act is one thing that a command does, with the positions of what it is done to.
type act struct {
	kind    int
	at, new int
}

const (
	changeDeposit = iota
	changeAccept
	changeEdit
	changeRetire
	changeUndo
	changeKinds
)

func (c act) String() string {
	return fmt.Sprint([]string{"deposit", "accept", "edit", "retire", "undo"}[c.kind], c.at, c.new)
}

// apply does some changes in one run and seals them, and wants of each what it promises.
func (f *fixture) apply(way wayToEntries, list []act) {
	f.t.Helper()
	for _, c := range list {
		if c.kind == changeDeposit {
			f.deposit(f.someSeed(c.new))
		}
	}
	o := f.unlock()
	entries := way.entries(f, o)
	slices.SortStableFunc(entries, func(a, b Entry) int {
		return strings.Compare(fmt.Sprint(a.Status, contentOf(a.Seed)), fmt.Sprint(b.Status, contentOf(b.Seed)))
	})
	taken := map[int]bool{}
	for _, c := range list {
		if len(entries) == 0 || c.kind == changeDeposit || taken[c.at%len(entries)] {
			continue
		}
		e := entries[c.at%len(entries)]
		taken[c.at%len(entries)] = true
		switch {
		case c.kind == changeAccept && e.Status != Accepted:
			must(f.t, o.Accept(e.Receipts...))
		case c.kind == changeEdit && e.Status == Accepted:
			_, err := o.Edit(e, e.Seed.With("name", fmt.Sprint("n", c.new%3)))
			must(f.t, err)
		case c.kind == changeRetire:
			must(f.t, o.Retire(e))
		case c.kind == changeUndo:
			retired, err := o.Retired(context.Background())
			must(f.t, err)
			if len(retired) > 0 {
				slices.SortFunc(retired, func(a, b Entry) int { return strings.Compare(contentOf(a.Seed), contentOf(b.Seed)) })
				_, err := o.Undo(retired[c.new%len(retired)])
				must(f.t, err)
			}
		}
	}
	f.seal(o)
}

// someSeed is one of few, so that equal ones meet.
func (f *fixture) someSeed(n int) Seed { return f.seed(n % 3) }

// TestChangesByEveryWay: a change does the same however the seeds were read before it, and
// an edit, a removal and an undo of one seed leave what they promise. A failure prints the
// number to play again.
func TestChangesByEveryWay(t *testing.T) {
	start := newFixture(t)
	for n := range *changeRuns {
		t.Run(strconv.Itoa(n), func(t *testing.T) { // whose folders are closed at its end
			of := *start
			of.t = t
			of.changeByEveryWay(n)
		})
	}
}

// changeByEveryWay plays one sequence of changes.
func (f *fixture) changeByEveryWay(n int) {
	f.t.Helper()
	rnd := rand.New(rand.NewPCG(uint64(n), 1))
	f = f.clone()
	for step := range 6 {
		list := make([]act, 1+rnd.IntN(3))
		for i := range list {
			list[i] = act{rnd.IntN(changeKinds), rnd.IntN(8), rnd.IntN(8)}
		}
		if step == 0 {
			list = []act{{changeDeposit, 0, 0}, {changeDeposit, 0, 1}, {changeDeposit, 0, rnd.IntN(3)}}
		}
		var want []string
		var next *fixture
		for _, way := range waysToEntries {
			c := f.clone()
			c.apply(way, list)
			got := c.shownSeeds()
			if want == nil {
				want, next = got, c
			}
			if !slices.Equal(got, want) {
				f.t.Fatalf("run %d, step %d, %v, %s:\n%s\nand not, as %s,\n%s", n, step, list, way.name, strings.Join(got, "\n"), waysToEntries[0].name, strings.Join(want, "\n"))
			}
		}
		f = next
		if rnd.IntN(6) == 0 {
			f.pin = f.rotate(RotateOptions{}).Pin
		}
	}
}
