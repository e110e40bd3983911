package escrow

import (
	"fmt"
	"slices"
	"strings"
)

// mostThings is how many things are searched through.
const mostThings = 30

// Cuts are the smallest sets of things whose loss locks out for good: all sets of the
// smallest size, sorted. Of things whose loss costs the same one speaks for all, a
// place before a person before a holder. ok is false where there are more than 30
// things left then, which are not searched through; an empty list with ok says that
// nobody can open the vault even now.
func (in Situation) Cuts() (cuts [][]Thing, ok bool) {
	s := survivalOf(in)
	speak := s.speakers()
	if len(speak) > mostThings {
		return nil, false
	}
	if !s.opens(func(int) bool { return false }) {
		return nil, true
	}
	search := cutter{speak: speak}
	for size := 1; len(search.found) == 0; size++ {
		search.found = map[uint64]bool{}
		search.cut(s.stores, 0, size)
		search.cut(s.ways, 0, size)
	}
	for set := range search.found {
		var things []Thing
		for bit, i := range speak {
			if set>>bit&1 == 1 {
				things = append(things, s.things[i])
			}
		}
		cuts = append(cuts, things)
	}
	slices.SortFunc(cuts, func(a, b []Thing) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
	return cuts, true
}

// cutter gathers the sets whose loss leaves no unit: bits, one for each thing that
// speaks.
type cutter struct {
	speak []int
	found map[uint64]bool
}

// cut takes the first unit that is left, and tries each thing that it is lost with.
func (c *cutter) cut(units []unit, lost uint64, size int) {
	i := slices.IndexFunc(units, func(u unit) bool { return u.survives(c.isIn(lost)) })
	switch {
	case i < 0 && size == 0:
		c.found[lost] = true
		return
	case i < 0 || size == 0:
		return
	}
	for _, thing := range slices.Concat(slices.Concat(units[i].seats...), units[i].lost) {
		if bit := slices.Index(c.speak, thing); bit >= 0 && lost>>bit&1 == 0 {
			c.cut(units, lost|1<<bit, size-1)
		}
	}
}

func (c *cutter) isIn(set uint64) func(int) bool {
	return func(thing int) bool {
		bit := slices.Index(c.speak, thing)
		return bit >= 0 && set>>bit&1 == 1
	}
}

// speakers are the things whose loss costs anything, one of those that cost the same.
func (s *survival) speakers() []int {
	order := []ThingKind{ThingPC, ThingPhone, ThingPlace, ThingPerson, ThingHolder, ThingCopy}
	byCost := map[string]int{}
	for i, t := range s.things {
		cost := s.cost(i)
		if cost == "" {
			continue
		}
		have, seen := byCost[cost]
		if !seen || slices.Index(order, t.Kind) < slices.Index(order, s.things[have].Kind) {
			byCost[cost] = i
		}
	}
	var speak []int
	for _, i := range byCost {
		speak = append(speak, i)
	}
	slices.Sort(speak)
	return speak
}

// cost describes all that a thing takes with it: a person who alone has a holder
// costs what the holder costs.
func (s *survival) cost(thing int) string {
	var b strings.Builder
	is := func(other int) bool { return other == thing }
	for n, u := range slices.Concat(s.stores, s.ways) {
		if !u.survives(is) {
			fmt.Fprintf(&b, "unit %d;", n)
			continue
		}
		for m, seat := range u.seats {
			if slices.Contains(seat, thing) {
				fmt.Fprintf(&b, "seat %d of %d;", m, n)
			}
		}
	}
	return b.String()
}
