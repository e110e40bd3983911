package escrow

import (
	"cmp"
	"slices"
	"strings"
)

// Group is people any Need of whom can open the vault together.
type Group struct {
	Need int      `json:"need"`
	Of   []string `json:"of"`
}

// People says who can open the vault alone, and of those who cannot the smallest
// groups that can together, one of each quorum that they reach. Whoever a holder
// names is one of them; a holder that names nobody stands for whoever has it.
func (in Situation) People() (alone []string, together []Group) {
	for _, h := range in.Holders {
		switch {
		case h.Kind != KindQuorum && len(h.Who) == 0:
			alone = append(alone, h.Name)
		case h.Kind != KindQuorum:
			alone = append(alone, h.Who...)
		}
	}
	for _, h := range in.Holders {
		for member, seats := range h.seatsOf() {
			if seats >= h.Threshold {
				alone = append(alone, member)
			}
		}
	}
	slices.SortFunc(alone, func(a, b string) int { return cmp.Or(strings.Compare(spoken(a), spoken(b)), strings.Compare(a, b)) })
	alone = slices.CompactFunc(alone, func(a, b string) bool { return spoken(a) == spoken(b) })
	for _, h := range in.Holders {
		if g, ok := h.group(alone); ok {
			together = append(together, g)
		}
	}
	return alone, fewest(together)
}

// seatsOf counts a quorum's seats by member.
func (h Holder) seatsOf() map[string]int {
	seats := map[string]int{}
	if h.Kind == KindQuorum {
		for _, m := range h.Members {
			seats[m.Name]++
		}
	}
	return seats
}

// group is the smallest group that reaches a quorum without those who need nobody.
// Members of a quorum have names of their own, and so one seat each.
func (h Holder) group(without []string) (Group, bool) {
	g := Group{Need: h.Threshold}
	for member := range h.seatsOf() {
		if !slices.ContainsFunc(without, func(one string) bool { return spoken(one) == spoken(member) }) {
			g.Of = append(g.Of, member)
		}
	}
	slices.Sort(g.Of)
	return g, h.Kind == KindQuorum && len(g.Of) >= g.Need
}

// fewest keeps the groups that need the fewest people.
func fewest(groups []Group) []Group {
	need := 0
	for _, g := range groups {
		if need == 0 || g.Need < need {
			need = g.Need
		}
	}
	groups = slices.DeleteFunc(groups, func(g Group) bool { return g.Need > need })
	slices.SortFunc(groups, func(a, b Group) int { return strings.Compare(strings.Join(a.Of, " "), strings.Join(b.Of, " ")) })
	return groups
}
