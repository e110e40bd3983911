package escrow

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"seedvault/escrow/internal/format"
)

// step does one thing, as a person at the machine would, and wants of it what
// the thing is for.
func (m *machine) step(name string) {
	h := m.h
	before := m.see()
	did, target, err := m.do(name)
	var fork *ForkError
	var successor *SuccessorError
	if errors.As(err, &fork) || errors.As(err, &successor) {
		h.log = append(h.log, fmt.Sprintf("%s: %s stops at another epoch", m.name, name))
		return
	}
	if err != nil {
		h.fail("%s: %s: %v", m.name, name, err)
	}
	if did == "" {
		return
	}
	h.log = append(h.log, fmt.Sprintf("%s: %s", m.name, did))
	h.steps[did]++
	after := m.see()
	gone, fresh := missing(before, after), missing(after, before)
	switch did {
	case "add":
		if len(fresh) != 1 || len(gone) > 0 {
			h.fail("add shows %d more and %d less", len(fresh), len(gone))
		}
	case "accept", "rotate", "add holder":
		if len(gone)+len(fresh) > 0 {
			h.fail("%s shows %d more and %d less", did, len(fresh), len(gone))
		}
	case "edit", "remove", "undo":
		for _, w := range gone {
			if !target[w] {
				h.fail("%s: another seed is gone", did)
			}
			delete(h.ever, w)
		}
	case "confirm", "join": // may hide what others removed, and not what they never saw
		for _, w := range gone {
			if !after.spokenOf(w) {
				h.fail("%s hides a seed that nobody there has seen", did)
			}
		}
		return
	}
	for _, w := range fresh {
		h.ever[w] = true
	}
}

// missing lists what is shown in a and not in b.
func missing(a, b sight) [][32]byte {
	var list [][32]byte
	for w := range a.shown {
		if b.shown[w] == nil {
			list = append(list, w)
		}
	}
	return list
}

// spokenOf reports whether a seal or a list speaks of a file with that plaintext.
func (s sight) spokenOf(what [32]byte) bool {
	return slices.ContainsFunc(s.seeds, func(f opened) bool {
		return f.what == what && (s.ways.Says(f.ref().Hash()) || s.retired[f.ref()])
	})
}

// do does a step, if there is something to do it to. It returns the step's name
// and the plaintexts that it may take away.
func (m *machine) do(name string) (did string, target map[[32]byte]bool, err error) {
	o := m.open()
	switch name {
	case "add":
		m.h.made++
		_, err = (&Vault{o.reader.view}).Deposit((&fixture{t: m.h.t}).seed(m.h.made))
		return name, nil, err
	case "rotate":
		return m.rotate(o, nil)
	case "answer":
		return m.answer(o)
	case "add holder":
		m.h.made++
		holder, _ := freshKey(m.h.t, fmt.Sprintf("friend%d", m.h.made%3)) // names may meet
		err = o.AddHolder(holder)
	default:
		did, target, err = m.change(o, name)
		if did == "" {
			return "", nil, err
		}
	}
	if err == nil {
		_, err = o.Seal(testTime)
	}
	return name, target, err
}

// change accepts everything, or edits, removes or brings back one seed.
func (m *machine) change(o *Opened, name string) (did string, target map[[32]byte]bool, err error) {
	entries, _, err := o.Seeds(context.Background())
	if name == "undo" {
		entries, err = o.Retired(context.Background())
	}
	entries = slices.DeleteFunc(entries, func(e Entry) bool { return e.Status == Unconfirmed })
	if err != nil || len(entries) == 0 {
		return "", nil, err
	}
	e := entries[m.h.rand.IntN(len(entries))]
	target = map[[32]byte]bool{}
	switch name {
	case "accept":
		for _, e := range entries {
			if e.Status != Accepted {
				did, err = name, cmp.Or(err, o.Accept(e.Receipts...))
			}
		}
		return did, nil, err
	case "edit":
		m.h.made++
		target[whatOfSeed(e.Seed)] = true
		_, err = o.Edit(e, e.Seed.With("note", fmt.Sprint(m.h.made)))
	case "remove":
		target[whatOfSeed(e.Seed)] = true
		err = o.Retire(e)
	case "undo":
		live, _, _ := o.Seeds(context.Background())
		for _, l := range live {
			if l.Seed.ID() == e.Seed.ID() {
				target[whatOfSeed(l.Seed)] = true
			}
		}
		_, err = o.Undo(e)
	}
	return name, target, err
}

func whatOfSeed(s Seed) [32]byte {
	plain, _ := s.plaintext()
	return format.Sum(plain)
}

// rotate rotates, removing somebody now and then, and keeps whom nobody removes.
func (m *machine) rotate(o *Opened, join []Fingerprint) (string, map[[32]byte]bool, error) {
	ro := RotateOptions{Join: join}
	holders, _ := o.Roster()
	for _, h := range holders {
		if h.Name != "paper" && m.h.rand.IntN(6) == 0 && !slices.Contains(ro.Remove, h.Name) {
			ro.Remove = append(ro.Remove, h.Name)
		}
	}
	p, err := o.PlanRotation(ro)
	if err != nil {
		return "", nil, err
	}
	for _, c := range p.Open() {
		m.h.must(p.Answer(c.Key, m.h.rand.IntN(2) == 0))
	}
	r, err := o.Rotate(context.Background(), p, testTime)
	if err != nil {
		return "", nil, err
	}
	if len(r.Damaged) > 0 {
		m.h.log = append(m.h.log, fmt.Sprintf("damaged: %v", r.Damaged))
	}
	m.pin = r.Pin
	if join != nil {
		return "join", nil, nil
	}
	return "rotate", nil, nil
}

// answer confirms what follows the pinned epoch or has taken it over; else it
// joins what has grown beside it.
func (m *machine) answer(o *Opened) (string, map[[32]byte]bool, error) {
	var join []Fingerprint
	for _, e := range (&Vault{o.reader.view}).Epochs() {
		if e.Status != EpochUnconfirmed || !e.Sealed {
			continue
		}
		if e.Successor || e.Joined {
			v, err := (&Vault{o.reader.view}).Confirm(e.Fingerprint, false)
			m.h.must(err)
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
