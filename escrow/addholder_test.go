package escrow

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"seedvault/escrow/roster"

	"filippo.io/age"
)

// add adds holders and seals.
func (f *fixture) add(holders ...NewHolder) {
	f.t.Helper()
	o := f.unlock()
	must(f.t, o.Roster().AddHolder(holders...))
	f.seal(o)
}

// freshKey makes a key holder and returns its identity.
func freshKey(t *testing.T, name string) (NewHolder, age.Identity) {
	t.Helper()
	id, err := age.GenerateX25519Identity()
	must(t, err)
	h, err := KeyHolder(name, id.Recipient().String())
	must(t, err)
	return h, id
}

func TestAddHolder(t *testing.T) {
	f := newFixture(t)
	f.sealed(3)
	before := f.files()
	bob, bobs := freshKey(t, "bob")
	words, err := PassphraseHolder("more-words", "another long passphrase", false)
	must(t, err)
	f.add(bob.KnownTo("bob").KeptAt("office"), words)

	after := f.files()
	for p, data := range before {
		if after[p] != data {
			t.Errorf("%s was changed", p)
		}
		delete(after, p)
	}
	for p := range after {
		if strings.Contains(p, "/seeds/") {
			t.Errorf("a seed was written: %s", p)
		}
	}
	if len(after) != 2+3+2 {
		t.Errorf("%d new files, want 2 and 3 for the holders and 2 of the seal", len(after))
	}
	holders, findings := f.unlock().Roster().Holders()
	i := slices.IndexFunc(holders, func(h roster.Holder) bool { return h.Name == "bob" })
	if len(findings) > 0 || len(holders) != 5 || i < 0 || holders[i].Kept != "office" || !slices.Equal(holders[i].Who, []string{"bob"}) {
		t.Errorf("roster: %+v, %v", holders, findings)
	}
	o, err := f.vault().Unlock(bobs)
	must(t, err)
	if entries, _ := seedsOf(t, o); len(entries) != 3 || o.Holder() != "bob" {
		t.Errorf("bob sees %d seeds as %s", len(entries), o.Holder())
	}
	key, err := f.vault().PassphraseKeys("more-words")
	must(t, err)
	if _, err := key.Unlock("another long passphrase"); err != nil {
		t.Error(err)
	}
	if r := f.check(); r.Red() || r.Ways != 5 {
		t.Errorf("check: %d ways, %+v", r.Ways, r.Findings)
	}
}

// TestTwoHoldersOfOneName lets two machines give one name to two keys. Both
// open, both are shown.
func TestTwoHoldersOfOneName(t *testing.T) {
	a := newFixture(t)
	b := a.clone()
	one, ones := freshKey(t, "bob")
	two, twos := freshKey(t, "bob")
	a.add(one)
	b.add(two)
	overlay(t, a, b)
	for _, id := range []age.Identity{ones, twos} {
		if _, err := a.vault().Unlock(id); err != nil {
			t.Error(err)
		}
	}
	holders, _ := a.unlock().Roster().Holders()
	if n := len(slices.DeleteFunc(holders, func(h roster.Holder) bool { return h.Name != "bob" })); n != 2 {
		t.Errorf("%d holders are called bob, want 2", n)
	}
}

func TestAddHolderRefuses(t *testing.T) {
	f := newFixture(t)
	bob, _ := freshKey(t, "bob")
	v, err := Open(f.fsys, nil)
	must(t, err)
	o, err := v.Unlock(f.paper)
	must(t, err)
	if err := o.Roster().AddHolder(bob); !errors.Is(err, ErrNotPinned) {
		t.Errorf("without a pin: %v", err)
	}
	o = f.unlock()
	again, err := KeyHolder("again", f.paperRecipient())
	must(t, err)
	if err := o.Roster().AddHolder(again); !errors.Is(err, ErrSameHolder) {
		t.Errorf("a holder's key again: %v", err)
	}
	if err := o.Roster().AddHolder(bob, bob); !errors.Is(err, ErrSameHolder) {
		t.Errorf("one key twice: %v", err)
	}
	if info := f.seal(o); info != nil {
		t.Error("something was staged all the same")
	}
}
