package escrow

import (
	"maps"
	"slices"

	"seedvault/escrow/internal/durable/durabletest"
)

// end brings all files together and looks at what is left of everything.
func (h *history) end() {
	union := map[string]string{}
	for _, m := range h.machines {
		m.see()
		m.putBack(&Vault{view: m.opened.reader.view})
		for p, data := range m.fsys.Files() {
			if _, has := union[p]; !has || h.whole[p] == data {
				union[p] = data
			}
		}
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
		m.pin.Refused = nil // a person may think again: nothing was destroyed
		whole := h.machine(m.name+"+", durabletest.New(), m.pin)
		h.copyInto(whole.fsys, union)
		s := whole.see()
		if s.proven.Before(h.proven[m.pin.Fingerprint]) {
			h.fail("%s has lost a drill", m.name)
		}
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
	part := h.halfOf(union)
	m := h.machine(whole.name+" half", durabletest.New(), whole.pin)
	h.copyInto(m.fsys, part)
	h.hidesNothing(s, m.see(), part)
}

// hidesNothing compares what is seen with some of the files with what all show.
func (h *history) hidesNothing(s, have sight, part map[string]string) {
	h.t.Helper()
	removed := map[[32]byte]bool{}
	for _, f := range s.seeds {
		removed[f.what] = removed[f.what] || have.successions.Gone(f.Ref().Hash()) || have.retired[f.Ref()]
	}
	live := map[string]bool{}
	for _, f := range s.seeds {
		live[f.Ref().Hash()] = f.status == Accepted
	}
	for _, f := range s.seeds {
		_, here := part[f.Path]
		arrives := slices.ContainsFunc(s.successions.LeadsTo(f.Ref().Hash()), func(h string) bool { return live[h] })
		shown := f.status != Retired && f.status != Hidden
		if here && (shown || arrives) && s.shown[f.what] != nil && !removed[f.what] && have.shown[f.what] == nil {
			h.fail("half a copy hides %s", f.Path)
		}
	}
}

// settle lets all machines get everything and answer everything, one after another,
// until they write to one epoch; one then accepts all that waits.
func (h *history) settle(union map[string]string) {
	for range 6 {
		for _, m := range h.machines {
			h.copyInto(m.fsys, union)
			m.opened = nil
			for range 8 {
				if !m.step("answer") {
					break
				}
			}
			maps.Copy(union, m.fsys.Files())
		}
		if h.oneEpoch() {
			break
		}
	}
	if !h.oneEpoch() {
		h.fail("the machines do not find to one epoch")
	}
	for _, m := range h.machines {
		h.copyInto(m.fsys, union)
		m.opened = nil
		if !maps.Equal(union, m.fsys.Files()) {
			h.fail("%s has not all files", m.name)
		}
	}
	z := h.machines[h.rand.IntN(len(h.machines))]
	z.wantRemoved()
	z.step("accept")
	s := z.see()
	for _, statuses := range s.shown {
		if len(statuses) != 1 || !statuses[Accepted] {
			h.fail("it does not settle: a seed stands %v", statuses)
		}
	}
	h.settled = len(s.shown)
}

func (h *history) oneEpoch() bool {
	return !slices.ContainsFunc(h.machines, func(m *machine) bool { return m.pin.Fingerprint != h.machines[0].pin.Fingerprint })
}
