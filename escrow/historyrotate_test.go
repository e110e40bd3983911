package escrow

import (
	"context"
	"fmt"
	"slices"
)

// rotate rotates, removing somebody now and then, and keeps whom nobody removes.
func (m *machine) rotate(o *Opened, join []Fingerprint) (string, map[[32]byte]bool, error) {
	ro := RotateOptions{Join: join}
	holders, _ := o.Roster().Holders()
	for _, h := range holders {
		if h.Name != "paper" && m.h.rand.IntN(6) == 0 && !slices.Contains(ro.Remove, h.Name) {
			ro.Remove = append(ro.Remove, h.Name)
		}
	}
	p, err := o.PlanRotation(ro)
	if err != nil {
		return "", nil, err
	}
	p.WithoutMissing = m.h.rand.IntN(2) == 0
	if !m.answers(p) {
		return "", nil, nil
	}
	lists := o.reader.lostLists()
	if len(lists) > 0 && !p.WithoutMissing && p.CheckMissing() == nil {
		m.h.fail("%s: a rotation leaves %v behind and asks nothing", m.name, lists)
	}
	r, err := o.Rotate(context.Background(), p, testTime)
	if err != nil {
		return "", nil, err
	}
	if len(r.Damaged) > 0 {
		m.h.log = append(m.h.log, fmt.Sprintf("damaged: %v", r.Damaged))
	}
	m.pin, m.without = r.Pin, m.without || len(lists) > 0
	if join != nil {
		return "join", nil, nil
	}
	return "rotate", nil, nil
}

// answers answers what a rotation asks, and wants the paper key to stay: where its
// record is lost, nobody would rotate.
func (m *machine) answers(p *RotationPlan) bool {
	for _, c := range p.Holders {
		paper := c.Name == "paper"
		switch {
		case c.Outcome == OutcomeAsk:
			cannot := c.Reason == ReasonUnclaimed || c.Reason == ReasonUnusable
			m.h.must(p.Answer(c.Key, !cannot && (paper || m.h.rand.IntN(2) == 0)))
		case c.Outcome == OutcomeLeaves && paper && c.Reason == ReasonOneSide:
			m.h.must(p.Answer(c.Key, true))
		}
	}
	return slices.ContainsFunc(p.with(OutcomeStays), func(c PlannedHolder) bool { return c.Name == "paper" })
}

// answer confirms what follows the pinned epoch or has taken it over; else it
// joins what has grown beside it.
func (m *machine) answer(o *Opened) (string, map[[32]byte]bool, error) {
	var join []Fingerprint
	for _, e := range (&Vault{view: o.reader.view}).Epochs() {
		if e.Status != EpochUnconfirmed || !e.Sealed {
			continue
		}
		if e.Successor || e.Joined {
			v, err := (&Vault{view: o.reader.view}).Confirm(e.Fingerprint, m.h.rand.IntN(2) == 0)
			if err != nil {
				return "", nil, err
			}
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
