package escrow

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"seedvault/escrow/internal/format"
)

// What somebody can do who could open the vault before a rotation: they have the
// old identity, and sign with it. THREATS.md has each attack's number.

// TestA03ChangedSlot: slots for the next vault key cannot be planted, since a
// rotation takes its recipients from the sealed roster alone: F54 of
// TestRulesOfRotation. Here the slot's own stanza is changed.
func TestA03ChangedSlot(t *testing.T) {
	f := newFixture(t)
	f.sealed(1)
	theirs, id := freshKey(t, "thief")
	files, err := theirs.files(f.unlock().reader.pinnedKey(), Pin{}) // what a holder could make
	must(t, err)
	slot := []byte(f.text(f.glob("holders/paper/slot-*.age")))
	stanza := files[0].data[len("age-encryption.org/v1\n") : strings.Index(string(files[0].data), "\n---")+1]
	at := strings.Index(string(slot), "\n---") + 1
	forged := slices.Concat(slot[:at], stanza, slot[at:])
	_, err = write(f.fsys, f.folder()+"/holders/paper", "slot-", forged)
	must(t, err)
	if _, err := f.vault().Unlock(id); !errors.Is(err, ErrNoMatch) {
		t.Errorf("a stanza put into a slot: %v", err)
	}
	if o := f.unlock(); o.Holder() != "paper" {
		t.Errorf("opened as %s", o.Holder())
	}
	if r := f.rotate(RotateOptions{}); !slices.Equal(names(r.Stayed), []string{"anna", "paper", "words"}) {
		t.Errorf("who stayed: %v", names(r.Stayed))
	}
}

// parted is a vault after anna was removed, with anna's own view of it.
func parted(t *testing.T) (f, anna *fixture) {
	f = newFixture(t)
	f.sealed(3)
	old := *f
	f.rotate(RotateOptions{Remove: []string{"anna"}})
	return f, &old
}

// TestA09FormerHolderForges: everything that a former holder can sign, at once.
func TestA09FormerHolderForges(t *testing.T) {
	f, anna := parted(t)
	anna.pin.Refused = []Fingerprint{f.pin.Fingerprint}
	before := f.statuses(9)

	// In the old epoch: seeds accepted and retired, joined lines, a new holder, a
	// list of older files.
	forged := anna.deposit(anna.seed(7))
	entries := anna.entries()
	s := anna.unlock().changes.nextSeal(anna.vault().view.Pinned(), testTime)
	s.Number = format.MaxNumber
	s.Accept(forged)
	for _, e := range entries {
		for _, r := range e.Receipts {
			s.Retire(r)
		}
	}
	// Another epoch that follows the new one by its own word.
	l := anna.follow()
	l.number, l.previous = 3, f.pin.Fingerprint
	l.begin()
	l.carry(f.seed(8))
	l.finish()
	s.Joined[l.pin.Fingerprint] = true
	anna.signed(s)
	dave, daves := freshKey(t, "dave")
	anna.pin.Refused = append(anna.pin.Refused, l.pin.Fingerprint)

	got := f.statuses(9)
	for n := range 3 {
		if !slices.Equal(got[n], before[n]) || len(got[n]) != 1 || got[n][0] != Accepted {
			t.Errorf("seed %d stands %v", n, got[n])
		}
	}
	if !slices.Equal(got[7], []Status{Late}) || got[8] != nil && !slices.Equal(got[8], []Status{Unconfirmed}) {
		t.Errorf("the forged ones stand %v, %v", got[7], got[8])
	}
	for _, e := range f.vault().Epochs() {
		if e.Folder == l.builder.Folder && (e.Status != EpochUnconfirmed || e.Successor || e.Fork && !e.Closed) {
			t.Errorf("the forged epoch: %+v", e)
		}
	}
	if _, err := f.vault().Deposit(f.seed(9)); err != nil {
		t.Errorf("deposits stop: %v", err)
	}
	files, err := dave.files(anna.unlock().reader.pinnedKey(), Pin{})
	must(t, err)
	for _, p := range files {
		must(t, os.MkdirAll(f.path(f.folderNow()+"/holders/dave"), 0o700))
		must(t, os.WriteFile(f.path(f.folderNow()+"/"+p.rel), p.data, 0o600))
	}
	if o, err := f.vault().Unlock(daves); err == nil && o.Compared() {
		t.Error("a holder added by one who left opens the vault")
	}
	for _, x := range f.check().Findings {
		if x.Red && strings.HasPrefix(x.Path, f.folderNow()) {
			t.Errorf("red in the new epoch: %+v", x)
		}
	}
}

// TestA38MovedSeals: seals and signatures under each other's names, in another
// epoch's folder, and for another purpose.
func TestA38MovedSeals(t *testing.T) {
	f, anna := parted(t)
	before := f.statuses(3)
	oldSeals := f.under(anna.folder() + "/seals/")
	for _, p := range oldSeals { // the old epoch's, in the new one
		name := p[strings.LastIndex(p, "/")+1:]
		must(t, os.WriteFile(f.path(f.folderNow()+"/seals/9"+name), []byte(f.text(p)), 0o600))
		must(t, os.WriteFile(f.path(f.folderNow()+"/seals/"+name), []byte(f.text(p)), 0o600))
	}
	if got := f.statuses(3); len(got) != len(before) || !slices.Equal(got[0], before[0]) {
		t.Errorf("with the old epoch's seals: %v", got)
	}
	if r := f.check(); !r.Red() || r.SealNumber != 2 {
		t.Errorf("check: seal %d", r.SealNumber)
	}
	f, _ = parted(t)
	sigs := slices.DeleteFunc(f.under(f.folderNow()+"/seals/"), func(p string) bool { return !strings.HasSuffix(p, ".sig") })
	first, second := sigs[0], sigs[1]
	one, two := f.text(first), f.text(second)
	must(t, os.WriteFile(f.path(first), []byte(two), 0o600))
	must(t, os.WriteFile(f.path(second), []byte(one), 0o600))
	for n, got := range f.statuses(3) { // the older list is in no valid seal either
		slices.Sort(got)
		if !slices.Equal(got, []Status{NotAccepted, Late}) {
			t.Errorf("signatures swapped: seed %d stands %v", n, got)
		}
	}
	if r := f.check(); !r.Red() || !reports(r, CodeNoSeal, f.folderNow()) {
		t.Errorf("signatures swapped: %+v", r.Findings)
	}
	must(t, os.WriteFile(f.path(first), []byte(f.text(f.folderNow()+"/vault.txt.sig")), 0o600))
	if r := f.check(); !reports(r, CodeNoSeal, f.folderNow()) {
		t.Error("vault.txt.sig passes for a seal's signature")
	}
}
