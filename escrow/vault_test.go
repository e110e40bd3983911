package escrow

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"filippo.io/age"

	"seedvault/escrow/key"
	"seedvault/escrow/roster"
)

// TestOneSeed follows one seed from deposit to each holder.
func TestOneSeed(t *testing.T) {
	f := newFixture(t)
	s, err := NewSeed(exampleURI, Details{Added: testTime, By: "laptop", Name: "work", Tags: []string{"a", "b"}, Notes: []string{"two\nlines"}})
	must(t, err)
	r := f.deposit(s)
	if got := lines(f.entries()); !slices.Equal(got[exampleURI], []Status{NotAccepted}) {
		t.Fatalf("a deposit stands as %v, want not accepted", got)
	}
	o := f.unlock()
	must(t, o.Accept(r))
	if info := f.seal(o); info == nil || info.Number != 3 {
		t.Fatalf("sealed %+v, want seal 3", info)
	}

	key, err := f.vault().PassphraseKeys("")
	must(t, err)
	words, err := key.Unlock(passphrase)
	must(t, err)
	for name, id := range map[string]age.Identity{"words": words, "paper": f.paper, "anna": f.friend} {
		o, err := f.vault().Unlock(id)
		must(t, err)
		if o.Holder() != name || !o.Compared() || o.Pin().Fingerprint != f.pin.Fingerprint || o.Pin().Recipient != f.pin.Recipient {
			t.Errorf("%s: opened as %s, compared %t, pin %v", name, o.Holder(), o.Compared(), o.Pin())
		}
		entries, findings := seedsOf(t, o)
		if len(entries) != 1 || len(findings) != 0 {
			t.Fatalf("%s: %d entries, findings %v", name, len(entries), findings)
		}
		e := entries[0]
		if e.Status != Accepted || e.Seed.Line() != exampleURI || e.Seed.Name() != "work" || e.Seed.By() != "laptop" ||
			!e.Seed.Added().Equal(testTime) || !slices.Equal(e.Seed.Tags(), []string{"a", "b"}) || e.Seed.Notes()[0] != "two\nlines" {
			t.Errorf("%s: entry differs from what went in", name)
		}
	}
}

func TestRosterAndWaysIn(t *testing.T) {
	f := newFixture(t)
	holders, findings := f.unlock().Roster().Holders()
	if len(findings) != 0 {
		t.Fatal(findings)
	}
	kinds := map[string]roster.Kind{}
	for _, h := range holders {
		kinds[h.Name] = h.Kind
	}
	if kinds["words"] != roster.KindPassphrase || kinds["paper"] != roster.KindPaper || kinds["anna"] != roster.KindKey || len(kinds) != 3 {
		t.Errorf("roster: %v", kinds)
	}
	if r := f.check(); r.Red() || r.Ways != 3 || !r.Opened {
		t.Errorf("check: %+v", r)
	}
	if r := f.vault().Check(CheckOptions{Now: testTime}); r.Red() || r.Ways != 3 {
		t.Errorf("check without a key: %+v", r)
	}
}

func TestSingleHolderIsRed(t *testing.T) {
	dir := t.TempDir()
	fsys := openDir(t, dir)
	device, identity, err := DeviceHolder("pc", false)
	must(t, err)
	paper, _, err := PaperHolder("paper", false)
	must(t, err)
	pin, err := Create(fsys, CreateOptions{Holders: []NewHolder{device, paper}, Now: testTime})
	must(t, err)
	id, err := key.ParseIdentity(identity)
	must(t, err)
	v, err := Open(fsys, &pin)
	must(t, err)
	o, err := v.Unlock(id)
	must(t, err)
	r, err := o.Check(context.Background(), CheckOptions{Now: testTime})
	must(t, err)
	if r.Ways != 1 || !reports(r, CodeFewWays, "") || !r.Red() {
		t.Errorf("a key on this PC and a sheet: %+v, want one way in and red", r)
	}
	holders, _ := o.Roster().Holders()
	if r := v.Check(CheckOptions{Now: testTime, Memory: Memory{Holders: holders}}); r.Ways != 1 {
		t.Errorf("without a key, with what is remembered: %d ways in, want 1", r.Ways)
	}
}

func TestCreateRefuses(t *testing.T) {
	f := newFixture(t)
	paper, _, err := PaperHolder("paper", false)
	must(t, err)
	if _, err := Create(f.fsys, CreateOptions{Holders: []NewHolder{paper}, Now: testTime}); !errors.Is(err, ErrExist) {
		t.Errorf("over a vault: %v", err)
	}
	empty := openDir(t, t.TempDir())
	if _, err := Create(empty, CreateOptions{Now: testTime}); !errors.Is(err, ErrNoHolders) {
		t.Errorf("without holders: %v", err)
	}
	if _, err := Create(empty, CreateOptions{Holders: []NewHolder{paper, paper}, Now: testTime}); !errors.Is(err, ErrTwice) {
		t.Errorf("with one name twice: %v", err)
	}
	if entries, _ := empty.ReadDir("."); len(entries) != 0 {
		t.Errorf("a refused creation left %v", entries)
	}
	if _, err := PassphraseHolder("words", "fifteen letters", false); !errors.Is(err, key.ErrPassphraseShort) {
		t.Errorf("15 characters: %v", err)
	}
	for _, name := range []string{"", "-a", "A", "a b", "con", "lpt1", strings.Repeat("a", 33), "ü"} {
		if CheckName(name) == nil {
			t.Errorf("name %q is accepted", name)
		}
	}
}

func TestOpenErrors(t *testing.T) {
	f := newFixture(t)
	if _, err := Open(openDir(t, t.TempDir()), nil); !errors.Is(err, ErrNoVault) {
		t.Errorf("empty folder: %v", err)
	}
	other := newFixture(t)
	var pe *PinError
	if _, err := Open(f.fsys, &other.pin); !errors.As(err, &pe) || pe.Have[0] != f.pin.Fingerprint {
		t.Errorf("another vault in the pinned place: %v", err)
	}
	if _, err := f.vault().Unlock(other.paper); !errors.Is(err, ErrNoMatch) {
		t.Errorf("a stranger's key: %v", err)
	}
	k, err := f.vault().PassphraseKeys("words")
	must(t, err)
	if _, err := k.Unlock("wrong passphrase, quite"); !errors.Is(err, key.ErrPassphrase) {
		t.Errorf("a wrong passphrase: %v", err)
	}
	if _, err := f.vault().PassphraseKeys("paper"); !errors.Is(err, ErrNoPassphrase) {
		t.Errorf("a holder without a passphrase: %v", err)
	}
	unpinned, err := Open(f.fsys, nil)
	must(t, err)
	if _, err := unpinned.Deposit(f.seed(1)); !errors.Is(err, ErrNotPinned) {
		t.Errorf("deposit without a pin: %v", err)
	}
	reader := f.pin
	reader.Recipient = ""
	v, err := Open(f.fsys, &reader)
	must(t, err)
	if _, err := v.Deposit(f.seed(1)); !errors.Is(err, ErrNoRecipient) {
		t.Errorf("deposit without a recipient: %v", err)
	}
	reader.Recipient = other.pin.Recipient
	if _, err := v.Deposit(f.seed(1)); !errors.Is(err, ErrNoRecipient) {
		t.Errorf("deposit to another vault's recipient: %v", err)
	}
}

func TestUnpinnedReads(t *testing.T) {
	f := newFixture(t)
	f.sealed(2)
	v, err := Open(f.fsys, nil)
	must(t, err)
	o, err := v.Unlock(f.paper)
	must(t, err)
	entries, _ := seedsOf(t, o)
	if len(entries) != 2 || entries[0].Status != Accepted || o.Compared() {
		t.Errorf("%d entries, compared %t", len(entries), o.Compared())
	}
	if err := o.Accept(entries[0].Receipts...); !errors.Is(err, ErrNotPinned) {
		t.Errorf("accept without a pin: %v", err)
	}
}

func TestEditRetireUndo(t *testing.T) {
	f := newFixture(t)
	f.sealed(3)
	o := f.unlock()
	entries, _ := seedsOf(t, o)
	old := entries[1]
	fresh, err := old.Seed.With("note", "new").With("x-unknown", "kept").WithLine(exampleURI)
	must(t, err)
	_, err = o.Edit(old, fresh)
	must(t, err)
	must(t, o.Retire(entries[2]))
	f.seal(o)

	got := lines(f.entries())
	if len(got) != 2 || !slices.Equal(got[exampleURI], []Status{Accepted}) || got[old.Seed.Line()] != nil {
		t.Fatalf("after edit and remove: %d lines", len(got))
	}
	for _, e := range f.entries() {
		if e.Seed.Line() == exampleURI && (e.Seed.ID() != old.Seed.ID() || e.Seed.All("x-unknown")[0] != "kept") {
			t.Error("the edited seed has lost its id or a line")
		}
	}
	if _, err := os.Stat(f.path(old.Receipts[0].Path)); err != nil {
		t.Error("a retired file was deleted")
	}

	o = f.unlock()
	retired, err := o.Retired(context.Background())
	must(t, err)
	if len(retired) != 2 {
		t.Fatalf("%d retired, want 2", len(retired))
	}
	for _, e := range retired { // the edit and the removal
		_, err = o.Undo(e)
		must(t, err)
	}
	f.seal(o)
	got = lines(f.entries())
	if len(got) != 3 || got[exampleURI] != nil || !slices.Equal(got[old.Seed.Line()], []Status{Accepted}) {
		t.Errorf("after undo: %d lines", len(got))
	}
	if r := f.check(); r.Red() {
		t.Errorf("check: %+v", r.Findings)
	}
}

func TestConflictCopiesCostNothing(t *testing.T) {
	f := newFixture(t)
	rs := f.sealed(9)
	stem := func(i int) (dir, base string) {
		p := f.path(rs[i].Path)
		return filepath.Dir(p), strings.TrimSuffix(filepath.Base(p), ".age")
	}
	debris := []func(string) string{ // conflict names of the usual sync tools
		func(s string) string { return s + " (conflicted copy 2026-11-22).age" },
		func(s string) string { return s + ".sync-conflict-20261122-100000-ABCDEFG.age" },
		func(s string) string { return s + " (1).age" },
		func(s string) string { return s + "-DESKTOP-ABC.age" },
		func(s string) string { return s + ".age.orig" },
		func(s string) string { return s + ".AGE" },
		func(s string) string { return "Copy of " + s + ".age" },
		func(s string) string { return s + " - Copy.age" },
		func(s string) string { return s + "~" },
	}
	for i, name := range debris { // the original is gone, the copy is there
		dir, base := stem(i)
		must(t, os.Rename(filepath.Join(dir, base+".age"), filepath.Join(dir, name(base))))
	}
	dir, _ := stem(0)
	for _, junk := range []string{"desktop.ini", "._x", ".DS_Store", "x.icloud", "empty.age"} {
		must(t, os.WriteFile(filepath.Join(dir, junk), nil, 0o600))
	}
	entries, findings := seedsOf(t, f.unlock())
	accepted := 0
	for _, e := range entries {
		if e.Status == Accepted {
			accepted++
		}
	}
	if accepted != 9 || len(findings) != 1 {
		t.Errorf("%d of 9 accepted seeds found; findings %v, want the empty files once", accepted, findings)
	}
	if r := f.check(); r.Red() {
		t.Errorf("renamed files are red: %+v", r.Findings)
	}
}

func TestDamageCostsOneSeed(t *testing.T) {
	f := newFixture(t)
	rs := f.sealed(4)
	must(t, os.WriteFile(f.path(rs[1].Path), []byte("half"), 0o600))
	must(t, os.Remove(f.path(rs[2].Path)))
	if got := len(f.entries()); got != 2 {
		t.Errorf("%d seeds left, want 2", got)
	}
	for name, r := range map[string]*Report{"opened": f.check(), "without a key": f.vault().Check(CheckOptions{Now: testTime})} {
		if !reports(r, CodeDamaged, rs[1].Path) || !reports(r, CodeMissing, rs[2].Path) || !r.Red() {
			t.Errorf("%s: %+v", name, r.Findings)
		}
	}
}

func TestStrangersAreNamedOnce(t *testing.T) {
	f := newFixture(t)
	f.sealed(1)
	must(t, os.Mkdir(f.path(f.folder()+"/photos"), 0o700))
	must(t, os.WriteFile(f.path(f.folder()+"/notes.doc"), []byte("x"), 0o600))
	must(t, os.WriteFile(f.path("todo.txt"), []byte("x"), 0o600))
	must(t, os.Symlink("/etc/passwd", f.path(f.folder()+"/seeds/link.age")))
	r := f.check()
	for path, code := range map[string]FindingCode{"/photos": CodeUnknown, "/notes.doc": CodeUnknown, "/seeds/link.age": CodeSpecial} {
		if !reports(r, code, f.folder()+path) {
			t.Errorf("%s is not reported as %s: %+v", path, code, r.Findings)
		}
	}
	if r.Red() || len(r.Findings) != 4 || !reports(r, CodeUnknown, "todo.txt") {
		t.Errorf("findings: %+v", r.Findings)
	}
}

// TestWatch: each file that is decrypted is told of once, damaged ones too, and
// what was read already is not read again.
func TestWatch(t *testing.T) {
	f := newFixture(t)
	f.sealed(20)
	must(t, os.WriteFile(filepath.Join(f.dir, f.deposit(f.seed(20)).Path), []byte("x"), 0o600))
	o := f.unlock()
	var told []int
	o.Watch(func(done, total int) {
		if total != 21 {
			t.Errorf("%d of %d", done, total)
		}
		told = append(told, done)
	})
	for range 2 {
		if entries, _ := seedsOf(t, o); len(entries) != 20 {
			t.Errorf("%d seeds", len(entries))
		}
	}
	if len(told) != 21 || !slices.IsSorted(told) || told[20] != 21 {
		t.Errorf("told of %v", told)
	}
}

// TestStage: a vault that is staged is written whole and is none yet, whether it is
// published or abandoned then; and one whose time ran out is abandoned.
func TestStage(t *testing.T) {
	holder, _, err := PaperHolder("paper", false)
	must(t, err)
	ended, end := context.WithCancel(context.Background())
	end()
	for _, c := range []struct {
		what string
		next func(*Staged) error
		want error
		left bool
	}{
		{"published", func(s *Staged) error { return s.Publish(context.Background()) }, nil, true},
		{"abandoned", func(s *Staged) error { s.Abandon(); return nil }, nil, false},
		{"too late", func(s *Staged) error { return s.Publish(ended) }, context.Canceled, false},
	} {
		dir := t.TempDir()
		fsys := openDir(t, dir)
		s, err := Stage(fsys, CreateOptions{Holders: []NewHolder{holder}, Now: testTime})
		must(t, err)
		if _, err := Open(fsys, nil); !errors.Is(err, ErrNoVault) {
			t.Errorf("%s: there is a vault already: %v", c.what, err)
		}
		slots, err := filepath.Glob(filepath.Join(dir, ".tmp-*", "holders", "paper", "slot-*.age"))
		if err != nil || len(slots) != 1 {
			t.Errorf("%s: not all is written: %v", c.what, slots)
		}
		err = c.next(s)
		left, _ := os.ReadDir(dir)
		if !errors.Is(err, c.want) || (len(left) > 0) != c.left {
			t.Errorf("%s: %v, left %v", c.what, err, left)
		}
		if s.Abandon(); !c.left {
			continue
		}
		pin := s.Pin()
		if _, err := Open(fsys, &pin); err != nil {
			t.Errorf("%s: %v", c.what, err)
		}
	}
}

// TestEditWithoutAChange: a seed that is written anew as it is stays accepted, whether or
// not the seeds had been read before, and in a vault that has been rotated.
func TestEditWithoutAChange(t *testing.T) {
	f := newFixture(t)
	f.sealed(2)
	for range 2 {
		entries, want := f.entries(), f.entries()[0].Seed
		for _, readBefore := range []bool{true, false} {
			o := f.unlock()
			if readBefore {
				seedsOf(t, o)
			}
			if _, err := o.Edit(entries[0], want); err != nil {
				t.Fatal(err)
			}
			f.seal(o)
			got := f.entries()
			if len(got) != 2 || got[0].Status != Accepted || got[0].Seed.Line() != want.Line() || len(got[0].Receipts) != 1 || got[0].Receipts[0] == entries[0].Receipts[0] {
				t.Fatalf("read before: %t: %d seeds, the first %+v", readBefore, len(got), got[0])
			}
			entries = got
		}
		f.pin = f.rotate(RotateOptions{}).Pin
	}
}
