package survival

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// mostComponents is how many are searched through, at most 64 since a set is that many bits.
const mostComponents = 30

// CutSets returns the smallest sets of components whose loss locks out for good: all
// sets of the smallest size, sorted. Of components whose loss costs the same one
// represents all: this PC, the phone, a place, a person, a holder or a copy, in this
// order. ok is false where there are more than 30 left then, which are not searched
// through; an empty list with ok says that nobody can open the vault even now.
func (in Situation) CutSets() (cutSets [][]Component, ok bool) {
	s := survivalOf(in)
	represent := s.representatives()
	if len(represent) > mostComponents {
		return nil, false
	}
	if !s.opens(func(int) bool { return false }) {
		return nil, true
	}
	search := cutter{represent: represent}
	for size := 1; len(search.found) == 0; size++ {
		search.found = map[uint64]bool{}
		search.cut(s.stores, 0, size)
		search.cut(s.ways, 0, size)
	}
	for set := range search.found {
		var components []Component
		for bit, i := range represent {
			if set>>bit&1 == 1 {
				components = append(components, s.components[i])
			}
		}
		cutSets = append(cutSets, components)
	}
	slices.SortFunc(cutSets, func(a, b []Component) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
	return cutSets, true
}

// cutter gathers the sets whose loss leaves no unit: bits, one for each
// representative.
type cutter struct {
	represent []int
	found     map[uint64]bool
}

// cut takes the first unit that is left, and tries each component that it is lost with.
func (c *cutter) cut(units []unit, lost uint64, size int) {
	i := slices.IndexFunc(units, func(u unit) bool { return u.survives(c.isIn(lost)) })
	switch {
	case i < 0 && size == 0:
		c.found[lost] = true
		return
	case i < 0 || size == 0:
		return
	}
	for _, component := range slices.Concat(slices.Concat(units[i].seats...), units[i].lost) {
		if bit := slices.Index(c.represent, component); bit >= 0 && lost>>bit&1 == 0 {
			c.cut(units, lost|1<<bit, size-1)
		}
	}
}

func (c *cutter) isIn(set uint64) func(int) bool {
	return func(component int) bool {
		bit := slices.Index(c.represent, component)
		return bit >= 0 && set>>bit&1 == 1
	}
}

// representatives are the components whose loss costs anything, one of those that cost
// the same.
func (s *survival) representatives() []int {
	order := []Kind{KindPC, KindPhone, KindPlace, KindPerson, KindHolder, KindCopy}
	byCost := map[string]int{}
	for i, t := range s.components {
		cost := s.cost(i)
		if cost == "" {
			continue
		}
		have, seen := byCost[cost]
		if !seen || slices.Index(order, t.Kind) < slices.Index(order, s.components[have].Kind) {
			byCost[cost] = i
		}
	}
	return slices.Sorted(maps.Values(byCost))
}

// cost describes all that a component takes with it: a person who alone has a holder
// costs what the holder costs.
func (s *survival) cost(component int) string {
	var b strings.Builder
	is := func(other int) bool { return other == component }
	for n, u := range slices.Concat(s.stores, s.ways) {
		if !u.survives(is) {
			fmt.Fprintf(&b, "unit %d;", n)
			continue
		}
		for m, seat := range u.seats {
			if slices.Contains(seat, component) {
				fmt.Fprintf(&b, "seat %d of %d;", m, n)
			}
		}
	}
	return b.String()
}
