package copies

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"

	"seedvault/escrow"
	"seedvault/escrow/internal/durable/durabletest"
)

// rotate puts a new epoch beside the old one and goes on with it.
func (m *machine) rotate() {
	m.t.Helper()
	o, err := m.vault().Unlock(m.paper)
	must(m.t, err)
	p, err := o.PlanRotation(escrow.RotateOptions{})
	must(m.t, err)
	for _, c := range p.Open() {
		must(m.t, p.Answer(c.Key, false))
	}
	r, err := o.Rotate(context.Background(), p, testTime)
	must(m.t, err)
	m.pin = r.Pin
}

// TestRotationTravels carries a rotation to another machine by stick, and heals
// every file of it from either side, those without a HASH in their names too.
func TestRotationTravels(t *testing.T) {
	m, stick := newMachine(t, 2), durabletest.New()
	other := m.twin()
	seen := m.sync(stick, Options{}, New).Seen
	m.rotate()
	seen = m.sync(stick, Options{Seen: seen}, Behind).Seen
	if r := other.sync(stick, Options{}, Ahead); r.Taken.Seeds != 2 || !maps.Equal(other.fsys.Files(), m.fsys.Files()) {
		t.Errorf("%+v", r)
	}
	good := m.fsys.Files()
	tried := 0
	for _, name := range slices.Sorted(maps.Keys(good)) {
		if name == ".gitattributes" {
			continue
		}
		tried++
		m, stick := m.twin(), stick.Clone()
		plant(t, stick, name, flip(good[name]))
		m.sync(stick, Options{Seen: seen, Thorough: true}, Healed)
		plant(t, m.fsys, name, good[name][:len(good[name])-1])
		m.sync(stick, Options{Seen: seen}, Healed)
		if !maps.Equal(m.fsys.Files(), good) || !maps.Equal(stick.Files(), good) {
			t.Errorf("%s is not as it was", name)
		}
	}
	if tried < 20 || !slices.ContainsFunc(slices.Collect(maps.Keys(good)), func(n string) bool { return strings.HasSuffix(n, "old.age") }) {
		t.Errorf("%d files", tried)
	}
}

// TestOlderCopy: a copy from before a rotation is the same vault, and gets it.
func TestOlderCopy(t *testing.T) {
	m := newMachine(t, 1)
	stick := m.fsys.Clone()
	m.rotate()
	m.rotate()
	if r := m.sync(stick, Options{Thorough: true}, Behind); r.Given.Files == 0 || r.Taken.Files != 0 || !maps.Equal(stick.Files(), m.fsys.Files()) {
		t.Errorf("%+v", r)
	}
}
