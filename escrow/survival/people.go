package survival

import (
	"cmp"
	"slices"
	"strings"

	"seedvault/escrow/roster"
)

// Group is a group of people. Any Need of them can open the vault together.
type Group struct {
	Need int      `json:"need"`
	Of   []string `json:"of"`
}

// People returns who can open the vault alone, and how those who cannot do it together:
// a group for each quorum that they reach, of those that take the fewest people. Whoever a
// holder names is one of them; a holder that names nobody stands for whoever has it.
func (in Situation) People() (alone []string, together []Group) {
	for _, h := range in.Holders {
		switch {
		case h.Kind != roster.KindQuorum && len(h.Who) == 0:
			alone = append(alone, h.Name)
		case h.Kind != roster.KindQuorum:
			alone = append(alone, h.Who...)
		}
	}
	for _, h := range in.Holders {
		for member, seats := range seatsOf(h) {
			if seats >= h.Threshold {
				alone = append(alone, member)
			}
		}
	}
	slices.SortFunc(alone, func(a, b string) int { return cmp.Or(strings.Compare(foldName(a), foldName(b)), strings.Compare(a, b)) })
	alone = slices.CompactFunc(alone, func(a, b string) bool { return foldName(a) == foldName(b) })
	for _, h := range in.Holders {
		if g, ok := group(h, alone); ok {
			together = append(together, g)
		}
	}
	return alone, fewest(together)
}

// seatsOf counts a quorum's seats by member.
func seatsOf(h roster.Holder) map[string]int {
	seats := map[string]int{}
	if h.Kind == roster.KindQuorum {
		for _, m := range h.Members {
			seats[m.Name]++
		}
	}
	return seats
}

// group is those of a quorum's members who need others, and how many of them it takes. It
// is false where they do not reach the quorum, or the holder is none. Members of a quorum
// have names of their own, and so one seat each.
func group(h roster.Holder, without []string) (Group, bool) {
	g := Group{Need: h.Threshold}
	for member := range seatsOf(h) {
		if !slices.ContainsFunc(without, func(one string) bool { return foldName(one) == foldName(member) }) {
			g.Of = append(g.Of, member)
		}
	}
	slices.Sort(g.Of)
	return g, h.Kind == roster.KindQuorum && len(g.Of) >= g.Need
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
