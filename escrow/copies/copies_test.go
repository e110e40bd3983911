package copies

import (
	"context"
	"errors"
	"maps"
	"testing"

	"seedvault/escrow"
	"seedvault/escrow/internal/durable/durabletest"
)

func TestSync(t *testing.T) {
	m := newMachine(t, 3)
	stick := durabletest.New()
	r := m.sync(stick, Options{}, New)
	if r.Given.Seeds != 3 || r.Given.Holders != 2 || r.Given.Seals != 3 || r.Taken.Files != 0 || r.Given.Files != len(m.fsys.Files()) {
		t.Errorf("%+v", r)
	}
	if !maps.Equal(m.fsys.Files(), stick.Files()) {
		t.Error("the copy is not the vault")
	}
	r = m.sync(stick, Options{Seen: r.Seen}, Equal)
	m.add(1)
	if r = m.sync(stick, Options{Seen: r.Seen}, Behind); r.Given != (Count{Files: 1, Seeds: 1}) {
		t.Errorf("%+v", r)
	}
	other := m.twin()
	other.add(2)
	other.seal()
	other.sync(stick, Options{}, Behind)
	m.add(1)
	if r = m.sync(stick, Options{Seen: r.Seen}, Ahead); r.Given.Seeds != 1 || r.Taken.Seeds != 2 || r.Taken.Seals != 1 {
		t.Errorf("%+v", r)
	}
	if m.seeds() != 7 || !maps.Equal(m.fsys.Files(), stick.Files()) {
		t.Errorf("%d seeds", m.seeds())
	}
}

func TestBring(t *testing.T) {
	m := newMachine(t, 3)
	seed := find(t, m.fsys, "/seeds/")
	stick := m.fsys.Clone()
	plant(t, stick, seed, "half")
	plant(t, stick, "photo.jpg", "a person's")
	before := stick.Files()
	home := durabletest.New()
	r, err := Bring(context.Background(), home, stick, Options{Pin: &m.pin})
	must(t, err)
	if len(r.Skipped) != 1 || r.Skipped[0] != seed || r.Copied != len(m.fsys.Files())-1 {
		t.Errorf("%+v", r)
	}
	if !maps.Equal(before, stick.Files()) {
		t.Error("the copy was written to")
	}
	want := m.fsys.Files()
	delete(want, seed)
	if !maps.Equal(want, home.Files()) {
		t.Errorf("brought %d of %d files", len(home.Files()), len(want))
	}
	if _, err := Bring(context.Background(), newMachine(t, 0).fsys, stick, Options{}); !errors.Is(err, ErrForeign) {
		t.Errorf("over another vault: %v", err)
	}
	if _, err := Bring(context.Background(), durabletest.New(), missing{stick}, Options{Pin: &m.pin}); err == nil {
		t.Error("from nowhere")
	}
}

// TestEnds ends the work at once and in the middle.
func TestEnds(t *testing.T) {
	m := newMachine(t, 1)
	ctx, cancel := context.WithCancel(context.Background())
	o := m.options()
	o.Watch = func(done, total int) {
		if done == 3 {
			cancel()
		}
	}
	stick := durabletest.New()
	r, err := Sync(ctx, m.fsys, stick, o)
	if !errors.Is(err, context.Canceled) || r.Given.Files == 0 || r.Left == 0 || r.Given.Files+r.Left != len(m.fsys.Files()) {
		t.Errorf("%v, %+v", err, r)
	}
	if _, err := Sync(ctx, m.fsys, stick, m.options()); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled context: %v", err)
	}
	m.sync(stick, Options{Seen: r.Seen}, Behind)
}

func TestNoVaultHere(t *testing.T) {
	m := newMachine(t, 1)
	if _, err := Sync(context.Background(), durabletest.New(), m.fsys, m.options()); !errors.Is(err, escrow.ErrNoVault) {
		t.Errorf("an empty place: %v", err)
	}
	var pin *escrow.PinError
	if _, err := Sync(context.Background(), newMachine(t, 0).fsys, m.fsys, m.options()); !errors.As(err, &pin) {
		t.Errorf("another vault in the place: %v", err)
	}
}
