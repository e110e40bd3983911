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
func (m *machine) step(name string) bool {
	h := m.h
	before := m.see()
	did, target, err := m.do(name)
	if asks(err) {
		h.log = append(h.log, fmt.Sprintf("%s: %s stops: %v", m.name, name, err))
		m.opened = nil
		return false
	}
	if err != nil {
		h.fail("%s: %s: %v", m.name, name, err)
	}
	if did == "" {
		return false
	}
	h.log = append(h.log, fmt.Sprintf("%s: %s", m.name, did))
	h.steps[did]++
	m.opened = nil
	h.learn(m.fsys)
	after := m.see()
	if after.proven.Before(before.proven) && did != "confirm" {
		h.fail("%s forgets a drill", did)
	}
	gone, fresh := missing(before, after), missing(after, before)
	switch did {
	case "add":
		if len(fresh) != 1 || len(gone) > 0 {
			h.fail("add shows %d more and %d less", len(fresh), len(gone))
		}
	case "deposits":
		if len(fresh) == 0 || len(gone) > 0 {
			h.fail("deposits show %d more and %d less", len(fresh), len(gone))
		}
	case "accept", "rotate", "add holder", "drill":
		if did == "rotate" {
			gone = slices.DeleteFunc(gone, before.waitsRemoved)
		}
		if len(gone)+len(fresh) > 0 {
			h.fail("%s shows %d more and %d less", did, len(fresh), len(gone))
		}
		if did != "accept" {
			before.wantWaiting(h, after)
		}
	case "refuse", "refuse all": // hides what lies in strange epochs alone
		for _, w := range gone {
			if len(before.shown[w]) != 1 || !before.shown[w][Unconfirmed] {
				h.fail("%s hides what this machine has", did)
			}
		}
	case "edit", "remove", "undo":
		for _, w := range gone {
			if !target[w] {
				h.fail("%s: another seed is gone", did)
			}
			delete(h.ever, w)
			if m.hasAllOf(w) {
				m.removed[w] = true
			}
		}
	case "confirm", "join": // may hide what others removed, and not what they never saw
		for _, w := range gone {
			if !after.spokenOf(w) {
				h.fail("%s hides a seed that nobody there has seen", did)
			}
		}
		if did == "confirm" { // where somebody else's word counts
			clear(m.removed)
		}
		m.wantRemoved()
		return true
	}
	for _, w := range fresh {
		h.ever[w] = true
	}
	for w, statuses := range after.shown { // whom somebody brings back is back
		for _, other := range h.machines {
			if did != "rotate" && statuses[Accepted] && !before.shown[w][Accepted] {
				delete(other.removed, w)
			}
		}
	}
	m.wantRemoved()
	return true
}

// hasAllOf reports whether no other machine has a file of a seed that is not here:
// what others have accepted meanwhile, a removal does not speak of.
func (m *machine) hasAllOf(w [32]byte) bool {
	files := m.fsys.Files()
	return !slices.ContainsFunc(m.h.machines, func(other *machine) bool {
		return slices.ContainsFunc(other.see().seeds, func(f opened) bool { return f.what == w && files[f.Path] == "" })
	})
}

// asks reports whether an error is a question to a person.
func asks(err error) bool {
	var fork *ForkError
	var successor *SuccessorError
	var missing *MissingSealsError
	var files *MissingFilesError
	return errors.As(err, &fork) || errors.As(err, &successor) || errors.As(err, &missing) || errors.As(err, &files)
}

// wantRemoved wants that what was removed here stays away. Where files are lost for
// good, what says so may be lost with them: the seals that a machine keeps say what
// became of the files of their epoch, and name the list of what became of older ones, so
// that one of these waits again until that is back, or for good where a person rotates
// without it.
func (m *machine) wantRemoved() {
	if m.h.rough {
		return
	}
	s := m.see()
	for w := range m.removed {
		if m.without && s.shown[w][Late] || s.shown[w][Late] && len(m.open().reader.lostLists()) > 0 {
			continue
		}
		if len(s.shown[w]) > 1 || len(s.shown[w]) == 1 && !s.shown[w][Unconfirmed] {
			m.h.fail("%s: what was removed comes back as %v", m.name, s.shown[w])
		}
	}
}

// wantWaiting wants that what nobody has accepted waits still.
func (s sight) wantWaiting(h *history, after sight) {
	for w, statuses := range s.shown {
		if !statuses[Accepted] && after.shown[w][Accepted] {
			h.fail("a seed is accepted that waited")
		}
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

// waitsRemoved reports whether a seed only waits, and is of the content of one that was
// removed: a rotation leaves it behind, and what it says of the removed one hides it (F41).
func (s sight) waitsRemoved(what [32]byte) bool {
	return !s.shown[what][Accepted] && slices.ContainsFunc(s.seeds, func(f opened) bool { return f.what == what && f.status == Retired })
}

// spokenOf reports whether a seal or a list speaks of a file with that plaintext.
func (s sight) spokenOf(what [32]byte) bool {
	return slices.ContainsFunc(s.seeds, func(f opened) bool {
		return f.what == what && (s.successions.Says(f.Ref().Hash()) || s.retired[f.Ref()])
	})
}

// do does a step, if there is something to do it to. It returns the step's name
// and the plaintexts that it may take away.
func (m *machine) do(name string) (did string, target map[[32]byte]bool, err error) {
	o := m.opened
	m.putBack(&Vault{view: o.reader.view})
	switch name {
	case "deposits":
		v, err := Open(m.fsys, &m.pin) // no key is needed
		for range 1 + m.h.rand.IntN(3) {
			if err == nil {
				m.h.made++
				_, err = v.Deposit((&fixture{t: m.h.t}).seed(m.h.made))
			}
		}
		return name, nil, err
	case "refuse":
		return m.refuse(o), nil, nil
	case "drill":
		return m.drill(o)
	case "add":
		m.h.made++
		_, err = (&Vault{view: o.reader.view}).Deposit((&fixture{t: m.h.t}).seed(m.h.made))
		return name, nil, err
	case "rotate":
		return m.rotate(o, nil)
	case "answer":
		return m.answer(o)
	case "add holder":
		m.h.made++
		holder, _ := freshKey(m.h.t, fmt.Sprintf("friend%d", m.h.made%3)) // names may meet
		err = o.Roster().AddHolder(holder)
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
