package escrow

import (
	"slices"

	"seedvault/escrow/internal/holdername"
	"seedvault/escrow/key"
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
	if c.seated(name) {
		c.takeSeat(name)
		concerned = true
	}
	if slices.ContainsFunc(c.Who, func(who string) bool { return holdername.Fold(who) == holdername.Fold(name) }) {
		c.People = append(c.People, name)
		c.ask(ReasonKnown)
		concerned = true
	}
	return concerned
}

// takeSeat removes a member. A quorum that is left with fewer than it takes to
// open leaves.
func (c *PlannedHolder) takeSeat(name string) {
	if !slices.Contains(c.Unseated, name) {
		c.Unseated = append(c.Unseated, name)
	}
	if len(c.staying()) < c.Threshold {
		c.Fate, c.Reason = FateLeaves, ReasonSeats
	}
}

// staying returns the members who keep their seats.
func (c *PlannedHolder) staying() []key.Member {
	return slices.DeleteFunc(slices.Clone(c.Members), func(m key.Member) bool { return slices.Contains(c.Unseated, m.Name) })
}

// ask leaves the holder's fate to a person, unless it is settled.
func (c *PlannedHolder) ask(why Reason) {
	if c.Fate == FateStays {
		c.Fate, c.Reason = FateAsk, why
	}
}
