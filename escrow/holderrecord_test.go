package escrow

import (
	"errors"
	"os"
	"slices"
	"testing"

	"seedvault/escrow/roster"
)

// describe says of a holder where it is kept and who reaches it.
func (f *fixture) describe(name, kept string, who ...string) {
	f.t.Helper()
	h, o := f.named(name), f.unlock()
	must(f.t, o.Roster().Describe(h.ID, kept, who))
	f.seal(o)
}

// A holder's place and people can be said at any time and again. Its key, its
// proofs and its sheets stay, and so does every file but its record.
func TestDescribe(t *testing.T) {
	f := newFixture(t)
	f.sealed(2)
	f.drill(testTime)
	before, files := f.named("anna"), f.files()
	f.describe("anna", "office", "anna", "bob")
	h := f.named("anna")
	if h.Kept != "office" || !slices.Equal(h.Who, []string{"anna", "bob"}) {
		t.Errorf("%+v", h)
	}
	h.Kept, h.Who = before.Kept, before.Who
	if h.Recipient != before.Recipient || h.ID != before.ID || !slices.Equal(h.Files, before.Files) || !slices.Equal(h.Proven, before.Proven) {
		t.Errorf("%+v, it was %+v", h, before)
	}
	after := f.files()
	for name := range files {
		if after[name] != files[name] {
			t.Error("changed:", name)
		}
	}
	f.describe("anna", "")
	if h := f.named("anna"); h.Kept != "" || len(h.Who) > 0 {
		t.Errorf("taken back: %+v", h)
	}
	if r := f.check(); r.Red() || len(r.Findings) > 0 {
		t.Errorf("%+v", r.Findings)
	}
	if err := f.unlock().Roster().Describe("0000", "office", nil); !errors.Is(err, ErrNotHere) {
		t.Error("an unknown holder:", err)
	}
}

// What is said of one holder in one go is all kept, in either order.
func TestDescribeAndProve(t *testing.T) {
	for _, describeFirst := range []bool{true, false} {
		f := newFixture(t)
		o, id, p := f.unlock(), f.named("paper").ID, roster.Proof{Time: testTime, Copy: roster.InVault, Seal: "-"}
		steps := []func() error{
			func() error { return o.Roster().Prove(id, p) },
			func() error { return o.Roster().Describe(id, "office", []string{"bob"}) },
			func() error { return o.Roster().SheetPrinted(id, testTime) },
		}
		if describeFirst {
			slices.Reverse(steps)
		}
		for _, step := range steps {
			must(t, step())
		}
		f.seal(o)
		h := f.named("paper")
		if h.Kept != "office" || !slices.Equal(h.Who, []string{"bob"}) || !slices.Contains(h.Proven, p) || len(h.Sheets) == 0 {
			t.Errorf("described first %v: %+v", describeFirst, h)
		}
		if r := f.check(); r.Red() {
			t.Errorf("described first %v: %+v", describeFirst, r.Findings)
		}
	}
}

// Two machines say something of one holder at the same time: all lists are kept,
// and whoever says something next makes one record of the two again.
func TestDescribeOnTwoMachines(t *testing.T) {
	f := newFixture(t)
	other := f.clone()
	f.drill(testTime)
	other.describe("paper", "office", "bob")
	for name, data := range other.files() {
		must(t, os.WriteFile(f.path(name), []byte(data), 0o600))
	}
	h := f.named("paper")
	if len(h.Proven) != 1 || !slices.Equal(h.Who, []string{"bob"}) {
		t.Errorf("brought together: %+v", h)
	}
	f.describe("paper", "lawyer", "carol")
	records, _ := f.unlock().reader.records(f.vault().view.Pinned(), f.unlock().reader.pinnedKey())
	n := 0
	for _, r := range records {
		if r.Get("id") == h.ID {
			n++
		}
	}
	if h := f.named("paper"); n != 1 || h.Kept != "lawyer" || !slices.Equal(h.Who, []string{"carol"}) || len(h.Proven) != 1 {
		t.Errorf("%d records, %+v", n, h)
	}
}
