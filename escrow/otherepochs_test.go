package escrow

import (
	"context"
	"errors"
	"slices"
	"testing"

	"filippo.io/age"
	"filippo.io/age/plugin"

	"seedvault/escrow/key"
)

// TestLate lets a machine work on that has not heard of a rotation: what it adds
// is late, what it removes and whom it lets in is shown, and none of it is obeyed.
func TestLate(t *testing.T) {
	f := newFixture(t)
	f.sealed(3)
	away := f.clone()
	r := f.rotate(RotateOptions{Remove: []string{"anna"}})

	dave, daves := freshKey(t, "dave")
	away.add(dave)
	o := away.unlock()
	entries, _ := seedsOf(t, o)
	must(t, o.Retire(entries[0]))
	must(t, o.Accept(away.deposit(f.seed(7))))
	away.seal(o)
	overlay(t, f, away)

	o = f.unlock()
	got := f.statuses(8)
	for n := range 3 {
		if !slices.Equal(got[n], []Status{Accepted}) {
			t.Errorf("seed %d stands %v", n, got[n])
		}
	}
	if !slices.Equal(got[7], []Status{Late}) {
		t.Errorf("the late one stands %v", got[7])
	}
	if late := names(o.Roster().LateHolders()); !slices.Equal(late, []string{"dave"}) {
		t.Errorf("late holders: %v", late)
	}
	removed, err := o.LateRetired(context.Background())
	must(t, err)
	if len(removed) != 1 || removed[0].Seed.Line() != entries[0].Seed.Line() {
		t.Errorf("%d late retirements", len(removed))
	}
	opened, err := f.vault().Unlock(daves)
	must(t, err)
	if opened.reader.keys[r.Folder] != nil {
		t.Error("a late holder opens the new epoch")
	}
	// What a person decides about it settles it.
	late, err := o.ReEnrol(context.Background())
	must(t, err)
	must(t, o.Retire(removed[0]))
	f.seal(o)
	o = f.unlock()
	if removed, err = o.LateRetired(context.Background()); err != nil || len(removed) > 0 {
		t.Errorf("%d late retirements after the removal, %v", len(removed), err)
	}
	if len(late) != 3 {
		t.Errorf("anna has known %d seeds", len(late))
	}
	f.rotate(RotateOptions{})
	if holders := f.unlock().Roster().LateHolders(); !slices.Equal(names(holders), []string{"dave"}) {
		t.Errorf("after another rotation, late holders: %v", names(holders))
	}
}

// TestLateHoldersAreNotThoseWhoLeft removes two of one name.
func TestLateHoldersAreNotThoseWhoLeft(t *testing.T) {
	f := newFixture(t)
	one, _ := freshKey(t, "bob")
	two, _ := freshKey(t, "bob")
	f.add(one, two)
	if r := f.rotate(RotateOptions{Remove: []string{"bob"}}); len(r.Left) != 2 {
		t.Fatalf("left: %v", names(r.Left))
	}
	if late := f.unlock().Roster().LateHolders(); len(late) > 0 {
		t.Errorf("late holders: %v", names(late))
	}
}

// TestRefuse refuses a colleague's rotation and confirms it after all.
func TestRefuse(t *testing.T) {
	f := newFixture(t)
	old := *f
	r := f.rotate(RotateOptions{})
	old.pin.Refused = []Fingerprint{r.Pin.Fingerprint, {1}}
	e := old.vault().Epochs()[0]
	if e.Successor || !e.Refused || e.Status != EpochUnconfirmed {
		t.Errorf("refused, it is %+v", e)
	}
	if _, err := old.vault().Deposit(f.seed(1)); err != nil {
		t.Errorf("and deposits stop: %v", err)
	}
	v, err := old.vault().Confirm(r.Pin.Fingerprint, false)
	must(t, err)
	if p := v.Pin(); p.Fingerprint != r.Pin.Fingerprint || !slices.Equal(p.Refused, []Fingerprint{{1}}) {
		t.Errorf("confirmed after all: %+v", p)
	}
	v, err = Open(f.fsys, nil) // a machine that has never seen the vault
	must(t, err)
	if v, err = v.Confirm(r.Pin.Fingerprint, false); err != nil {
		t.Fatal(err)
	}
	if _, err := v.Join(r.Pin.Recipient); err != nil {
		t.Errorf("a depositor joins the confirmed epoch: %v", err)
	}
}

// TestRotatePlugins makes recipients that need a plugin through the caller, for
// those of the sealed roster alone.
func TestRotatePlugins(t *testing.T) {
	f := newFixture(t)
	h, id := freshKey(t, "yubi")
	to := h.to
	fancy := plugin.EncodeRecipient("fancy", []byte("a key in hardware"))
	h.holder.Recipient = fancy
	f.add(h)
	o, p := f.plan(RotateOptions{})
	if c := p.named("yubi"); c.Plugin != "fancy" || c.Outcome != OutcomeStays || p.named("paper").Plugin != "" {
		t.Errorf("%+v", c)
	}
	var holder *HolderError
	if _, err := o.Rotate(context.Background(), p, testTime); !errors.As(err, &holder) || holder.Name != "yubi" || !errors.Is(err, key.ErrPluginRecipient) {
		t.Errorf("without a plugin: %v", err)
	}
	var asked []string
	r := f.rotate(RotateOptions{Recipient: func(text string) (age.Recipient, error) { asked = append(asked, text); return to, nil }})
	o, err := f.vault().Unlock(id)
	must(t, err)
	if !slices.Equal(asked, []string{fancy}) || len(r.Stayed) != 4 || !o.Compared() {
		t.Errorf("asked for %v", asked)
	}
	// One that cannot be read at all leaves, and a person is asked first.
	h, _ = freshKey(t, "odd")
	h.holder.Recipient = "no recipient"
	f.add(h)
	p, err = f.unlock().PlanRotation(RotateOptions{})
	must(t, err)
	if c := p.named("odd"); c.Outcome != OutcomeAsk || c.Reason != ReasonUnusable || !errors.Is(p.Answer(c.Key, true), ErrNoSuchAnswer) {
		t.Errorf("%+v", c)
	}
}
