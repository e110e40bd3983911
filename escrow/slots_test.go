package escrow

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"filippo.io/age"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/key"
)

// plantOpener puts a slot that opens the vault for a recipient into a holder's folder, as
// somebody does who can open it, or a command that was killed.
func (f *fixture) plantOpener(holder string, to age.Recipient) (slot string) {
	f.t.Helper()
	file, err := key.Encrypt(to, []byte(f.unlock().reader.pinnedKey().Secret()+"\n"))
	must(f.t, err)
	slot = f.folder() + "/holders/" + holder + "/slot-" + format.Hash(format.Sum(file)) + ".age"
	must(f.t, os.MkdirAll(filepath.Dir(f.path(slot)), 0o700))
	must(f.t, os.WriteFile(f.path(slot), file, 0o600))
	return slot
}

// TestUnlistedSlots: a slot that no list has is named, counted for nothing, proves
// nobody, and ends with the next rotation.
func TestUnlistedSlots(t *testing.T) {
	f := newFixture(t)
	f.sealed(2)
	if r := f.check(); r.Unlisted != 0 || len(f.unlock().Roster().UnlistedSlots()) != 0 {
		t.Fatalf("%d before anything was planted", r.Unlisted)
	}
	mallory, err := age.GenerateX25519Identity()
	must(t, err)
	planted := []string{f.plantOpener("paper", mallory.Recipient()), f.plantOpener("someone", mallory.Recipient())}
	slices.Sort(planted)
	keyed, err := f.unlock().Check(context.Background(), CheckOptions{Now: testTime})
	must(t, err)
	for name, r := range map[string]*Report{"without a key": f.check(), "with a key": keyed} {
		for _, slot := range planted {
			if !reports(r, CodeUnlisted, slot) {
				t.Errorf("%s %s is not named: %v", name, slot, r.Findings)
			}
		}
		if r.Red() || r.Ways != 3 || r.Unlisted != 2 {
			t.Errorf("%s: red %t, %d ways in, %d unlisted", name, r.Red(), r.Ways, r.Unlisted)
		}
	}
	o, err := f.vault().Unlock(mallory)
	must(t, err)
	r, err := o.Check(context.Background(), CheckOptions{Now: testTime})
	must(t, err)
	if !r.Red() || o.OpenedUnlisted() == "" {
		t.Errorf("opened by %q: red %t", o.OpenedUnlisted(), r.Red())
	}
	p, err := f.unlock().PlanRotation(RotateOptions{})
	must(t, err)
	if !slices.Equal(p.Unlisted, planted) || len(p.Open()) > 0 {
		t.Errorf("the plan leaves out %v and asks about %v", p.Unlisted, p.Open())
	}
	f.rotate(RotateOptions{})
	if _, err := f.vault().Unlock(mallory); err == nil {
		o, _ := f.vault().Unlock(mallory)
		if o.Compared() {
			t.Error("a planted slot opens the next epoch")
		}
	} else if !errors.Is(err, ErrNoMatch) {
		t.Error(err)
	}
	if slots := f.unlock().Roster().UnlistedSlots(); len(slots) > 0 {
		t.Errorf("after the rotation: %v", slots)
	}
}

// TestDrillProvesWhomTheRosterNames: a slot proves the holder whose sealed record names
// it, whatever folder it lies in, and one that no record names proves nobody.
func TestDrillProvesWhomTheRosterNames(t *testing.T) {
	f := newFixture(t)
	f.sealed(1)
	anna := f.friend.(*age.X25519Identity)
	f.plantOpener("aaa", anna.Recipient()) // is read first
	f.plantOpener("paper", anna.Recipient())
	drill := func() *Drill {
		o, err := f.vault().Unlock(f.friend)
		must(t, err)
		d, err := o.Drill(context.Background(), testTime)
		must(t, err)
		return d
	}
	if d := drill(); d.Holder != "anna" || d.Seeds != 1 {
		t.Errorf("%+v", d)
	}
	own, err := filepath.Glob(f.path(f.folder() + "/holders/anna/slot-*.age"))
	must(t, err)
	must(t, os.Remove(own[0]))
	if d := drill(); d.Holder != "" || d.Slot == "" {
		t.Errorf("without her own slot: %+v", d)
	}
}

// TestListedSlotsAreNone: neither a second file of a listed slot nor a damaged one is
// taken for another way in; and without any seal nothing is told apart.
func TestListedSlotsAreNone(t *testing.T) {
	f := newFixture(t)
	f.sealed(1)
	own, err := filepath.Glob(f.path(f.folder() + "/holders/anna/slot-*.age"))
	must(t, err)
	data, err := os.ReadFile(own[0])
	must(t, err)
	must(t, os.MkdirAll(f.path(f.folder()+"/holders/bob"), 0o700))
	must(t, os.WriteFile(f.path(f.folder()+"/holders/bob/"+filepath.Base(own[0])), data, 0o600))
	data[len(data)-1] ^= 1
	must(t, os.WriteFile(own[0], data, 0o600))
	if r := f.check(); r.Unlisted != 0 || len(f.unlock().Roster().UnlistedSlots()) != 0 {
		t.Errorf("%v", r.Findings)
	}
	must(t, os.RemoveAll(f.path(f.folder()+"/seals")))
	if r := f.check(); r.Unlisted != 0 {
		t.Errorf("without seals: %v", r.Findings)
	}
}
