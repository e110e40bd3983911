package escrow

import (
	"slices"
	"strings"
)

// remove takes out whom the options name: as holders, from quorums, and as
// people who know what others keep.
func (p *RotationPlan) remove(names []string) error {
	for _, name := range names {
		known := false
		for i := range p.Holders {
			known = p.Holders[i].without(name) || known
		}
		if !known {
			return &UnknownNameError{name}
		}
	}
	return nil
}

// without says whether a name concerns the holder at all.
func (c *PlannedHolder) without(name string) bool {
	if c.Name == name || c.Key == name {
		c.Fate, c.Reason = FateLeaves, ReasonRemoved
		return true
	}
	concerned := false
	if c.record != nil && slices.ContainsFunc(c.members(), func(m string) bool { return memberName(m) == name }) {
		c.takeSeat(name)
		concerned = true
	}
	if slices.ContainsFunc(c.Who, func(who string) bool { return spoken(who) == spoken(name) }) {
		c.People = append(c.People, name)
		c.ask(ReasonKnown)
		concerned = true
	}
	return concerned
}

// takeSeat removes a member. A quorum that is left with fewer than it takes to
// open leaves.
func (c *PlannedHolder) takeSeat(name string) {
	if !slices.Contains(c.Seats, name) {
		c.Seats = append(c.Seats, name)
	}
	if len(c.staying()) < c.Threshold {
		c.Fate, c.Reason = FateLeaves, ReasonSeats
	}
}

// staying returns the members who keep their seats.
func (c *PlannedHolder) staying() []string {
	return slices.DeleteFunc(c.members(), func(m string) bool { return slices.Contains(c.Seats, memberName(m)) })
}

func memberName(line string) string {
	name, _, _ := strings.Cut(line, " ")
	return name
}

// ask leaves the holder's fate to a person, unless it is settled.
func (c *PlannedHolder) ask(why Reason) {
	if c.Fate == FateStays {
		c.Fate, c.Reason = FateAsk, why
	}
}
