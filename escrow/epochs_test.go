package escrow

import (
	"context"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"seedvault/escrow/internal/format"
)

// The rules of FORMAT.md on how epochs vouch for each other, F71 to F74, F80, F82 and
// F83, and attacks on them; and F81, on removing what has older files.

// left rotates without bob, who keeps the folder as it was.
func left(t *testing.T) (f, bobs *fixture) {
	t.Helper()
	f = newFixture(t)
	bob, _ := freshKey(t, "bob")
	f.add(bob)
	f.sealed(2)
	bobs = f.clone()
	f.rotate(RotateOptions{Remove: []string{"bob"}})
	return f, bobs
}

func (f *fixture) epochOf(fp Fingerprint) Epoch {
	f.t.Helper()
	for _, e := range f.vault().Epochs() {
		if e.Fingerprint == fp {
			return e
		}
	}
	f.t.Fatal("no such epoch")
	return Epoch{}
}

// TestForksOfAClosedEpoch: whoever was left out forges three forks of the epoch that
// they could open. They stop nothing, a check says so in one line, and one answer
// refuses them all.
func TestForksOfAClosedEpoch(t *testing.T) {
	f, bobs := left(t)
	var forged []Fingerprint
	for range 3 {
		l := bobs.follow()
		l.begin()
		l.carry(bobs.seed(7))
		l.finish()
		forged = append(forged, l.pin.Fingerprint)
	}
	overlay(t, f, bobs)
	for _, fp := range forged {
		if e := f.epochOf(fp); !e.Fork || !e.Closed || e.Successor {
			t.Errorf("a forged fork: %+v", e)
		}
	}
	o := f.unlock()
	must(t, o.Accept(f.deposit(f.seed(3))))
	f.seal(o)
	r := f.check()
	i := slices.IndexFunc(r.Findings, func(x Finding) bool { return x.Code == CodeClosedForks })
	if i < 0 || r.Findings[i].Detail != "3" || !r.Findings[i].Red {
		t.Errorf("check: %+v", r.Findings)
	}
	// Confirmed by a person, one counts like any other.
	if _, err := f.vault().Confirm(forged[0], false); err != nil {
		t.Errorf("a closed fork cannot be confirmed: %v", err)
	}
	again := f.rotate(RotateOptions{}) // the next epoch repeats what is closed
	if e := f.epochOf(forged[1]); !e.Closed || again.Folder == "" {
		t.Errorf("after another rotation: %+v", e)
	}
	f.pin.Refused = forged
	if r := f.check(); r.Red() {
		t.Errorf("refused: %+v", r.Findings)
	}
}

// TestBothLeaveSomebodyOut: two machines at once, each closing; they find each other.
func TestBothLeaveSomebodyOut(t *testing.T) {
	a, b := left(t)
	theirs := b.rotate(RotateOptions{Remove: []string{"bob"}})
	overlay(t, a, b)
	if e := a.epochOf(theirs.Pin.Fingerprint); !e.Fork || !e.Closed {
		t.Errorf("the other's rotation: %+v", e)
	}
	if r := a.check(); !slices.ContainsFunc(r.Findings, func(x Finding) bool { return x.Code == CodeClosedForks && x.Red }) {
		t.Error("nothing says that there is another")
	}
	joined := a.rotate(RotateOptions{Join: []Fingerprint{theirs.Pin.Fingerprint}})
	overlay(t, b, a)
	if e := b.epochOf(joined.Pin.Fingerprint); !e.Successor || !e.Joined {
		t.Errorf("what brought both together, seen by the other: %+v", e)
	}
	var fork *ForkError
	if err := b.unlock().Roster().AddHolder(); !errors.As(err, &fork) || !fork.Epoch.Joined {
		t.Errorf("the other goes on: %v", err)
	}
	var successor *SuccessorError
	if _, err := b.vault().Deposit(b.seed(9)); !errors.As(err, &successor) {
		t.Errorf("the other deposits where somebody who was left out reads: %v", err)
	}
}

// TestClosedCountsInThePinnedEpochAlone: nobody else closes anything, and an epoch that
// is not followed is not closed by the pinned one either.
func TestClosedCountsInThePinnedEpochAlone(t *testing.T) {
	f := newFixture(t)
	f.sealed(1)
	a := f.clone()
	f.rotate(RotateOptions{})
	l := a.follow()
	l.begin()
	l.builder.Seal.Closed[a.pin.Fingerprint] = true
	l.finish()
	overlay(t, f, a)
	if e := f.epochOf(l.pin.Fingerprint); !e.Fork || e.Closed {
		t.Errorf("a fork has closed its own root: %+v", e)
	}
}

// TestTheForemostIsAskedAbout: F83, of several that may follow, the one that follows the
// others.
func TestTheForemostIsAskedAbout(t *testing.T) {
	a := newFixture(t)
	a.sealed(1)
	b := a.clone()
	one := b.rotate(RotateOptions{})
	two := b.rotate(RotateOptions{})
	l := a.follow() // forged, with a number above both
	l.number = 9
	l.begin()
	l.finish()
	overlay(t, a, b)
	var successor *SuccessorError
	if _, err := a.vault().Deposit(a.seed(1)); !errors.As(err, &successor) || successor.Epoch.Fingerprint != two.Pin.Fingerprint {
		t.Errorf("asked about %v: %v", successor, err)
	}
	a.pin.Refused = []Fingerprint{two.Pin.Fingerprint}
	if _, err := a.vault().Deposit(a.seed(1)); !errors.As(err, &successor) || successor.Epoch.Fingerprint == one.Pin.Fingerprint && successor.Epoch.Number != 9 && successor.Epoch.Number != 2 {
		t.Errorf("one is refused: %v", err)
	}
}

// TestJoinIsBelievedWithItsSignature: F80, a former holder's epoch that merely writes
// "joined" is a stranger's.
func TestJoinIsBelievedWithItsSignature(t *testing.T) {
	f, bobs := left(t)
	l := bobs.follow()
	l.joined = []Fingerprint{f.pin.Fingerprint}
	l.begin()
	l.finish()
	overlay(t, f, bobs)
	if e := f.epochOf(l.pin.Fingerprint); e.Joined || e.Successor || !e.Closed {
		t.Errorf("it is described as bringing both together: %+v", e)
	}
	f.deposit(f.seed(4)) // and does not stop a deposit
}

// TestTwoEpochsBehind: a machine that is two epochs behind knows the newest by its own
// signer, though the folder between is lost.
func TestTwoEpochsBehind(t *testing.T) {
	f := newFixture(t)
	f.sealed(1)
	old := *f
	middle := f.rotate(RotateOptions{})
	last := f.rotate(RotateOptions{})
	f.remove(middle.Folder)
	if e := old.epochOf(last.Pin.Fingerprint); !e.Successor {
		t.Errorf("the newest: %+v", e)
	}
	if sigs := f.under(last.Folder + "/vault.txt.sig"); len(sigs) != 2 || !strings.HasSuffix(sigs[1], old.folder()) {
		t.Errorf("signed by %v", sigs)
	}
	sealed := f.vault().view.Seals(f.vault().view.Pinned())
	for _, p := range f.under(last.Folder + "/vault.txt.sig") {
		if len(sealed.Accepted(p)) != 1 { // F73: so damage to one is told
			t.Errorf("%s is in no seal", p)
		}
		c := f.clone()
		c.change(p, flip)
		if r := c.check(); !reports(r, CodeDamaged, p) {
			t.Errorf("%s is changed: %+v", p, r.Findings)
		}
	}
	must(t, os.WriteFile(f.path(last.Folder+"/vault.txt.sig-9-0123456789abcdef"), []byte("x"), 0o600))
	if r := f.check(); r.Red() {
		t.Errorf("one that nobody sealed: %+v", r.Findings)
	}
}

// TestSignerOfAnotherType: F72, it opens, and nothing is accepted, confirmed or written.
func TestSignerOfAnotherType(t *testing.T) {
	f := newFixture(t)
	f.rebuild(&vector{}, func(text string) string {
		_, after, _ := strings.Cut(text, "\nrecipient-sha256")
		return "seedvault 1\nepoch 1\nsigner sk-later@openssh.com AAAA\nrecipient-sha256" + after
	})
	o := f.unlock()
	entries, _ := seedsOf(t, o)
	if len(entries) != 1 || entries[0].Status != NotAccepted {
		t.Fatalf("%d entries", len(entries))
	}
	if r := f.check(); !reports(r, CodeUnverified, f.folder()) || reports(r, CodeDamaged, f.folder()+"/vault.txt") {
		t.Errorf("check: %+v", r.Findings)
	}
	_, err := f.vault().Deposit(f.seed(1))
	_, confirm := f.vault().Confirm(f.pin.Fingerprint, true)
	for what, err := range map[string]error{"deposit": err, "accept": o.Accept(entries[0].Receipts...), "confirm": confirm} {
		if !errors.Is(err, ErrUnverified) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// TestReservedNames: F71 and F74, carried by a rotation or left where they are.
func TestReservedNames(t *testing.T) {
	for rel, want := range map[string]format.Kind{
		"seals/0001-" + absentHash + ".txt.sig-pq": format.KindOtherSig, "vault.txt.sig-owner": format.KindOtherSig,
		"vault.txt.sig-1-0123456789abcdef": format.KindEpochSig, "holders/paper/badge-" + absentHash + ".age": format.KindHolderOther,
		"seals/0001-" + absentHash + ".txt.sig-": format.KindUnknown, "seals/0001-" + absentHash + ".txt.sig-PQ": format.KindUnknown,
		"seals/001-" + absentHash + ".txt.sig-pq": format.KindUnknown, "vault.txt.sig-" + strings.Repeat("a", 33): format.KindUnknown,
		"vault.txt.sig-1-01234567": format.KindUnknown, "vault.txt.sig-": format.KindUnknown, "old.age.sig-pq": format.KindUnknown,
		"holders/paper/Badge-" + absentHash + ".age": format.KindUnknown, "holders/paper/-" + absentHash + ".age": format.KindUnknown,
		"holders/paper/badge-" + absentHash[1:] + ".age": format.KindUnknown, "holders/paper/share-" + absentHash + ".age": format.KindUnknown,
		"holders/paper/badge-" + absentHash + ".txt": format.KindUnknown, "seeds/badge-" + absentHash + ".age": format.KindUnknown,
	} {
		if got, _ := format.Classify(rel); got != want {
			t.Errorf("%s is of kind %d, want %d", rel, got, want)
		}
	}
	f := newFixture(t)
	f.sealed(1)
	data := []byte("later\n")
	hash := format.Hash(format.Sum(data))
	name := f.folder() + "/holders/anna/badge-" + hash + ".age"
	must(t, os.WriteFile(f.path(name), data, 0o600))
	o := f.unlock()
	must(t, o.changes.renew(f.holderID("anna"), func(r *format.Record) *format.Record {
		return r.With("file", append(r.All("file"), hash)).With("signer", []string{"reserved"})
	}))
	o.changes.pending.accept = append(o.changes.pending.accept, format.Ref{Path: name, Sum: format.Sum(data)})
	f.seal(o)
	r := f.rotate(RotateOptions{})
	if got := f.text(r.Folder + "/holders/anna/badge-" + hash + ".age"); got != string(data) {
		t.Errorf("a file that a record names is carried as %q", got)
	}
	records, _ := f.unlock().reader.records(f.vault().view.Pinned(), f.unlock().reader.pinnedKey())
	if !slices.ContainsFunc(records, func(r rosterRecord) bool { return r.Get("name") == "anna" && r.Get("signer") == "reserved" }) {
		t.Error("a record has lost a reserved key")
	}
}

// TestOldVaults are said to be older than the format.
func TestOldVaults(t *testing.T) {
	dir := t.TempDir()
	must(t, os.MkdirAll(dir+"/1-0123abcd/seeds", 0o700))
	if _, err := Open(openDir(t, dir), nil); !errors.Is(err, ErrOlderFormat) {
		t.Errorf("a folder of 8 digits: %v", err)
	}
	f := newFixture(t)
	must(t, os.MkdirAll(f.path("1-0123abcd"), 0o700))
	if r := f.check(); r.Red() || !reports(r, CodeOlderFormat, "1-0123abcd") {
		t.Errorf("beside a vault: %+v", r.Findings)
	}
}

// TestRemovingWhatHasOlderFiles: F81.
func TestRemovingWhatHasOlderFiles(t *testing.T) {
	f := newFixture(t)
	rs := f.sealed(2)
	f.rotate(RotateOptions{})
	whole := f.clone()
	arrives := f.entries()[0].Receipts[0]
	f.remove(arrives.Path) // has not arrived: the older file stands for it
	entries := f.entries()
	i := slices.IndexFunc(entries, func(e Entry) bool { return strings.HasPrefix(e.Receipts[0].Path, "1-") })
	o := f.unlock()
	must(t, o.Retire(entries[i]))
	f.seal(o)
	if got := f.entries(); len(got) != 1 {
		t.Fatalf("%d seeds after removing one", len(got))
	}
	overlay(t, f, whole) // the file arrives
	if got := f.entries(); len(got) != 1 {
		t.Error("what was removed before it arrived is back")
	}
	if !strings.Contains(f.olderText(), " -\n") || !f.unlock().reader.successions().Says(rs[0].Hash()) {
		t.Error("the older file has no line that it does not live on")
	}
}

// The directed histories that spoke against lists by plaintext.
func TestCounterexamples(t *testing.T) {
	t.Run("removed in the new epoch before its file arrived", func(t *testing.T) {
		a := newFixture(t)
		a.sealed(1)
		a.rotate(RotateOptions{})
		b := a.clone()
		b.remove(b.entries()[0].Receipts[0].Path)
		o := b.unlock()
		must(t, o.Retire(b.entries()[0]))
		b.seal(o)
		overlay(t, b, a)
		if got := b.entries(); len(got) != 0 {
			t.Errorf("the file arrives: %v", lines(got))
		}
	})
	t.Run("retired in the old epoch, its file not here when it is rotated", func(t *testing.T) {
		a := newFixture(t)
		rs := a.sealed(1)
		o := a.unlock()
		must(t, o.Retire(a.entries()[0]))
		a.seal(o)
		b := a.clone()
		b.remove(rs[0].Path)
		b.rotate(RotateOptions{})
		overlay(t, b, a)
		if got := b.entries(); len(got) != 0 {
			t.Errorf("the old file arrives: %v", lines(got))
		}
	})
	t.Run("an equal deposit hides no accepted one", func(t *testing.T) {
		a := newFixture(t)
		a.sealed(1)
		a.rotate(RotateOptions{})
		entry := a.entries()[0]
		a.remove(entry.Receipts[0].Path)
		a.deposit(entry.Seed)
		if got := lines(a.entries())[entry.Seed.Line()]; !slices.Contains(got, Accepted) {
			t.Errorf("half a copy with an equal deposit: %v", got)
		}
	})
	t.Run("removed, undone, rotated, half a copy", func(t *testing.T) {
		a := newFixture(t)
		a.sealed(1)
		a.rotate(RotateOptions{})
		o := a.unlock()
		must(t, o.Retire(a.entries()[0]))
		a.seal(o)
		o = a.unlock()
		retired, err := o.Retired(context.Background())
		must(t, err)
		undone, err := o.Undo(retired[0])
		must(t, err)
		a.seal(o)
		line := a.entries()[0].Seed.Line()
		r := a.rotate(RotateOptions{})
		half := a.clone()
		half.remove(undone.Path)
		if got := lines(half.entries())[line]; !slices.Equal(got, []Status{Accepted}) {
			t.Errorf("without the file that undo wrote: %v", got)
		}
		half.remove(half.under(r.Folder + "/seeds/")[0])
		if got := lines(a.entries())[line]; !slices.Equal(got, []Status{Accepted}) {
			t.Errorf("whole: %v", got)
		}
	})
}

// TestOneLateFileOpensNoHidden: what is hidden because it lives on is not decrypted for
// a late file's sake.
func TestOneLateFileOpensNoHidden(t *testing.T) {
	f := newFixture(t)
	f.sealed(20)
	late := f.clone()
	f.rotate(RotateOptions{})
	o := f.unlock()
	must(t, o.Retire(f.entries()[0]))
	f.seal(o)
	late.deposit(late.seed(50))
	overlay(t, f, late)
	o = f.unlock()
	opened := 0
	o.Watch(func(done, total int) { opened++ })
	entries, _ := seedsOf(t, o)
	// 19 accepted and the late one; and the removed one, whose older file is hidden.
	if len(entries) != 20 || opened != 21 {
		t.Errorf("%d files were decrypted for %d seeds, of 41", opened, len(entries))
	}
}
