package escrow

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"seedvault/escrow/internal/epochs"
	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/sshsig"
	"seedvault/escrow/internal/vaultkey"
	"seedvault/escrow/roster"
)

// The rules of FORMAT.md on rotation and on adding holders, F53 to F64, held
// against the files that were written.

// text reads a file of the vault.
func (f *fixture) text(rel string) string {
	f.t.Helper()
	data, err := os.ReadFile(f.path(rel))
	must(f.t, err)
	return string(data)
}

// under lists the files below a folder of the vault.
func (f *fixture) under(prefix string) []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(f.files())), func(p string) bool { return !strings.HasPrefix(p, prefix) })
}

// olderText is all that the pinned epoch's older lists say.
func (f *fixture) olderText() string {
	f.t.Helper()
	all := ""
	for _, p := range f.under(f.vault().view.Pinned().Folder + "/older/") {
		all += f.text(p)
	}
	return all
}

// sealRecord writes a roster record and seals it.
func (f *fixture) sealRecord(plain string) format.Ref {
	f.t.Helper()
	o := f.unlock()
	r, err := writeRecord(o.reader.view.Files.FS, o.reader.view.Pinned().Folder+"/roster", func() ([]byte, error) { return []byte(plain), nil }, o.reader.pinnedKey().Recipient())
	must(f.t, err)
	o.changes.pending.accept = append(o.changes.pending.accept, r)
	f.seal(o)
	return r
}

func TestRulesOfRotation(t *testing.T) {
	t.Run("F53", func(t *testing.T) {
		f := newFixture(t)
		old := f.unlock().reader.pinnedKey()
		r := f.rotate(RotateOptions{})
		d := f.vault().view.Pinned().Desc
		text, sig := f.text(r.Folder+"/vault.txt"), f.text(r.Folder+"/vault.txt.sig")
		if d.Epoch != 2 || d.Previous.Hex() != fmt.Sprintf("%x", format.Sum([]byte(f.text(f.vault().view.Epochs[1].Folder+"/vault.txt")))) {
			t.Errorf("epoch %d, previous %s", d.Epoch, d.Previous)
		}
		if err := sshsig.Verify(old.Signer, epochs.Namespace, []byte(text), []byte(sig)); err != nil {
			t.Errorf("vault.txt.sig: %v", err)
		}
	})
	t.Run("F54", func(t *testing.T) {
		f := newFixture(t)
		thief, _ := freshKey(t, "thief")
		planted, err := thief.files(f.unlock().reader.pinnedKey(), Pin{})
		must(t, err)
		for _, p := range planted { // a slot, and a record, that no seal lists
			must(t, os.MkdirAll(f.path(f.folder()+"/"+path.Dir(p.rel)), 0o700))
			must(t, os.WriteFile(f.path(f.folder()+"/"+p.rel), p.data, 0o600))
		}
		bob, bobs := freshKey(t, "bob")
		bob.kept = &format.Record{Line: roster.LineHolder, Fields: []format.Field{{Key: "x-new", Value: "line"}}}
		f.add(bob)
		keys := f.under(f.folder() + "/holders/words/key-")
		r := f.rotate(RotateOptions{})
		if slices.Contains(names(r.Stayed), "thief") || len(r.Stayed) != 4 {
			t.Errorf("who stayed: %v", names(r.Stayed))
		}
		if again := f.under(r.Folder + "/holders/words/key-"); len(again) != 1 || path.Base(again[0]) != path.Base(keys[0]) || f.text(again[0]) != f.text(keys[0]) {
			t.Errorf("key files: %v, were %v", again, keys)
		}
		o, err := f.vault().Unlock(bobs)
		must(t, err)
		records, _ := o.reader.records(o.reader.view.Pinned(), o.reader.pinnedKey())
		i := slices.IndexFunc(records, func(r rosterRecord) bool { return r.Get("id") == bob.holder.ID })
		if i < 0 || records[i].Get("x-new") != "line" {
			t.Error("bob's record has lost its id or a line")
		}
	})
	t.Run("F55", func(t *testing.T) {
		for _, plain := range []string{"safe\nid 1\n\n", "holder\nid 1\nkind chip\nname chip\n\n"} {
			f := newFixture(t)
			f.sealRecord(plain)
			var unknown *UnknownRecordError
			if _, err := f.unlock().PlanRotation(RotateOptions{}); !errors.As(err, &unknown) || unknown.Path == "" {
				t.Errorf("a record of an unknown kind: %v", err)
			}
		}
		f := newFixture(t)
		one, _ := freshKey(t, "bob")
		two, twos := freshKey(t, "robert")
		two.holder.ID = one.holder.ID
		f.add(one, two)
		o := f.unlock()
		p, err := o.PlanRotation(RotateOptions{})
		must(t, err)
		if open := p.Open(); len(open) != 2 || open[0].Reason != ReasonConflict || open[0].Key == open[1].Key {
			t.Fatalf("one id and two keys: %+v", open)
		}
		must(t, p.Answer(p.named("bob").Key, false))
		must(t, p.Answer(p.named("robert").Key, true))
		r, err := o.Rotate(context.Background(), p, testTime)
		must(t, err)
		f.pin = r.Pin
		if o, err := f.vault().Unlock(twos); err != nil || !o.Compared() {
			t.Errorf("who was kept: %v", err)
		}

		// A slot that is sealed and that no record claims.
		f = newFixture(t)
		bob, _ := freshKey(t, "bob")
		f.add(bob)
		records, _ := f.unlock().reader.records(f.vault().view.Pinned(), f.unlock().reader.pinnedKey())
		i := slices.IndexFunc(records, func(r rosterRecord) bool { return r.Get("name") == "bob" })
		f.remove(records[i].ref.Path)
		p, err = f.unlock().PlanRotation(RotateOptions{})
		must(t, err)
		if open := p.Open(); len(open) != 1 || open[0].Reason != ReasonUnclaimed || open[0].Name != "bob" || !slices.Equal(p.Lost, []string{records[i].ref.Path}) {
			t.Errorf("a lost record: %+v, %v", open, p.Lost)
		}
	})
	t.Run("F56", func(t *testing.T) {
		f := newFixture(t)
		s := f.seed(0)
		a, b := f.deposit(s), f.deposit(s)
		odd, err := writeRecord(f.vault().view.Files.FS, f.vault().view.Pinned().Folder+"/seeds", func() ([]byte, error) {
			return []byte("otpauth://totp/x?secret=JBSWY3DPEHPK3PXP\nno key here\n\n"), nil // nothing that this program would write
		}, f.unlock().reader.pinnedKey().Recipient())
		must(t, err)
		o := f.unlock()
		must(t, o.Accept(a, b, odd))
		f.seal(o)
		waiting := f.deposit(f.seed(1))
		r := f.rotate(RotateOptions{})
		if r.Carried != 2 || len(f.under(r.Folder+"/seeds/")) != 2 || !slices.Equal(r.LeftUnaccepted, []Receipt{waiting}) {
			t.Errorf("carried %d, behind %v", r.Carried, r.LeftUnaccepted)
		}
		o = f.unlock()
		whats := map[[32]byte]bool{}
		for _, p := range f.under(r.Folder + "/seeds/") {
			plain, err := o.reader.pinnedKey().Decrypt([]byte(f.text(p)))
			must(t, err)
			whats[format.Sum(plain)] = true
		}
		old := o.reader.keys[f.vault().view.Epochs[1].Folder]
		for _, from := range []Receipt{a, odd} {
			plain, err := old.Decrypt([]byte(f.text(from.Path)))
			must(t, err)
			if !whats[format.Sum(plain)] {
				t.Errorf("%s was not carried byte for byte", from.Path)
			}
		}
	})
	t.Run("F57", func(t *testing.T) {
		f := newFixture(t)
		rs := f.sealed(4)
		first := f.rotate(RotateOptions{})
		one := f.vault().view.Epochs[1].Folder
		usb := f.sealRecord("copy\nid 1\nname usb\n\n")
		o := f.unlock()
		entries, _ := seedsOf(t, o)
		must(t, o.Retire(entries[0]))
		f.seal(o)
		before := slices.DeleteFunc(f.under(first.Folder+"/"), func(p string) bool {
			return !strings.Contains(p, "/seeds/") && !strings.Contains(p, "/roster/")
		})
		// What lies in the first epoch is spoken of though its folder is not here.
		f.remove(one + "/seeds")
		f.remove(entries[0].Receipts[0].Path)
		second := f.rotate(RotateOptions{Remove: []string{"anna"}})
		said := f.olderText()
		for _, p := range before {
			if !strings.Contains(said, p[:strings.Index(p, "/")]+" "+hashOfPath(p)+" ") {
				t.Errorf("no line for %s", p)
			}
		}
		if !strings.Contains(said, fmt.Sprintf("%s %s %s\n", first.Folder, usb.Hash(), hashOfPath(f.copyRecord(second.Folder)))) {
			t.Error("the copy's record was not carried")
		}
		removed := entryFrom(rs, f, entries[0], one)
		successions := f.unlock().reader.successions()
		for i, r := range rs {
			if to := successions.LeadsTo(r.Hash()); (len(to) == 1) == (r == removed) || successions.Gone(r.Hash()) != (r == removed) {
				t.Errorf("seed %d of the first epoch leads to %v", i, to)
			}
		}
		// The removed seed, and the record of anna, who left.
		if n := strings.Count(said, " -\n"); n != 2 {
			t.Errorf("%d files do not live on, want 2:\n%s", n, said)
		}
		f.remove(first.Folder + "/seeds")
		f.rotate(RotateOptions{})
		for line := range strings.Lines(said) { // repeated as it was
			if !strings.Contains(f.olderText(), line) {
				t.Errorf("after another rotation there is no line %q", line)
			}
		}
	})
	t.Run("F57 lost", func(t *testing.T) {
		f := newFixture(t)
		f.sealed(1)
		f.rotate(RotateOptions{})
		lost := f.entries()[0].Receipts[0]
		good := f.text(lost.Path)
		f.remove(lost.Path)
		r := f.rotate(RotateOptions{})
		if r.Carried != 1 || len(r.Damaged) > 0 || len(f.unlock().reader.successions().LeadsTo(lost.Hash())) != 1 {
			t.Errorf("the older file was carried in a lost one's place: %+v", r)
		}
		must(t, os.WriteFile(f.path(lost.Path), []byte(good), 0o600))
		if got := f.statuses(1); !slices.Equal(got[0], []Status{Accepted}) {
			t.Errorf("when the lost one is back, the seed stands %v", got[0])
		}
	})
	t.Run("F57 removed twins", func(t *testing.T) {
		f := newFixture(t)
		a, b := f.deposit(f.seed(0)), f.deposit(f.seed(1))
		o := f.unlock()
		plain, err := o.reader.pinnedKey().Decrypt([]byte(f.text(a.Path)))
		must(t, err)
		twin, err := writeRecord(f.vault().view.Files.FS, f.vault().view.Pinned().Folder+"/seeds", func() ([]byte, error) { return plain, nil }, o.reader.pinnedKey().Recipient())
		must(t, err)
		away := f.text(twin.Path)
		f.remove(twin.Path)
		must(t, o.Accept(a, b))
		f.seal(o)
		f.rotate(RotateOptions{})
		o = f.unlock()
		entries, _ := seedsOf(t, o)
		must(t, o.Retire(entries[0]))
		f.seal(o)
		must(t, os.WriteFile(f.path(twin.Path), []byte(away), 0o600)) // comes in from a machine that was away
		if got := f.statuses(2); got[0] != nil || len(got[1]) != 1 {
			t.Fatalf("before the rotation: %v", got)
		}
		f.deposit(f.seed(3))
		f.rotate(RotateOptions{})
		if !strings.Contains(f.olderText(), fmt.Sprintf("%s %s -\n", folderOfPath(twin.Path), twin.Hash())) {
			t.Error("the twin of a removed seed has no line")
		}
	})
	t.Run("F57 spoiled", func(t *testing.T) {
		// A seal that retires what no file of this format is called costs the list nothing.
		f := newFixture(t)
		rs := f.sealed(1)
		sealWith(f, func(s *format.Seal) {
			s.Retire(format.Ref{Path: f.folder() + "/seeds/x y.age", Sum: [32]byte{1}})
			s.Retire(format.Ref{Path: "a b", Sum: [32]byte{2}})
		})
		f.rotate(RotateOptions{})
		if !f.unlock().reader.successions().Says(rs[0].Hash()) {
			t.Error("the list says nothing")
		}
	})
	t.Run("F58 damaged", func(t *testing.T) {
		f := newFixture(t)
		f.rotate(RotateOptions{})
		old := f.vault().view.Pinned().Folder + "/old.age"
		must(t, os.WriteFile(f.path(old), []byte("damaged"), 0o600))
		r := f.rotate(RotateOptions{})
		o := f.unlock()
		plain, err := o.reader.pinnedKey().Decrypt([]byte(f.text(o.reader.view.Pinned().Folder + "/old.age")))
		must(t, err)
		if keys, err := vaultkey.ParseAll(plain); err != nil || len(keys) != 2 || !slices.Equal(r.Damaged, []string{old}) {
			t.Errorf("%d identities, %v; damaged: %v", len(keys), err, r.Damaged)
		}
	})
	t.Run("F58", func(t *testing.T) {
		f := newFixture(t)
		f.sealed(1)
		first := f.rotate(RotateOptions{})
		f.remove(f.vault().view.Epochs[1].Folder)
		f.rotate(RotateOptions{})
		o := f.unlock()
		plain, err := o.reader.pinnedKey().Decrypt([]byte(f.text(o.reader.view.Pinned().Folder + "/old.age")))
		must(t, err)
		keys, err := vaultkey.ParseAll(plain)
		must(t, err)
		if len(keys) != 2 || keys[0].Public() != first.Pin.Recipient {
			t.Errorf("old.age holds %d identities, want the newest first of 2", len(keys))
		}
	})
	t.Run("F59", func(t *testing.T) {
		f := newFixture(t)
		line := []string{f.pin.Fingerprint.Hex()}
		line = append(line, f.rotate(RotateOptions{}).Pin.Fingerprint.Hex())
		r := f.rotate(RotateOptions{})
		seals := slices.DeleteFunc(f.under(r.Folder+"/seals/"), func(p string) bool { return strings.HasSuffix(p, ".sig") })
		if len(seals) != 2 {
			t.Fatalf("%d seals", len(seals))
		}
		_, hash, _ := format.ParseSealName(path.Base(seals[0]))
		if !strings.Contains(f.text(seals[1]), "# includes "+hash+"\n") {
			t.Error("the second does not include the first")
		}
		for _, p := range seals {
			for _, fp := range line {
				if !strings.Contains(f.text(p), "# joined "+fp+"\n") {
					t.Errorf("%s does not join %s", p, fp)
				}
			}
		}
		f.sealed(1)
		for _, p := range append(seals, seals[0]+".sig", seals[1]+".sig") { // damage to one costs nothing
			good := f.text(p)
			must(t, os.WriteFile(f.path(p), []byte("damaged"), 0o600))
			if e := f.entries(); len(e) != 1 || e[0].Status != Accepted {
				t.Errorf("without %s: %v", p, lines(e))
			}
			must(t, os.WriteFile(f.path(p), []byte(good), 0o600))
		}
	})
	t.Run("F60", func(t *testing.T) {
		a := newFixture(t)
		rs := a.sealed(2)
		b := a.clone()
		a.rotate(RotateOptions{})
		theirs := b.rotate(RotateOptions{})
		grand := b.rotate(RotateOptions{}) // a fork's child is a fork
		overlay(t, a, b)
		var fork *ForkError
		bob, _ := freshKey(t, "bob")
		e := a.entries()[0]
		_, plan := a.unlock().PlanRotation(RotateOptions{})
		_, edit := a.unlock().Edit(e, e.Seed.With("note", "n"))
		for what, err := range map[string]error{"add a holder": a.unlock().Roster().AddHolder(bob), "accept": a.unlock().Accept(rs[0]), "remove": a.unlock().Retire(e), "rotate": plan, "edit": edit} {
			if !errors.As(err, &fork) {
				t.Errorf("beside a fork: %s: %v", what, err)
			}
		}
		forks := 0
		for _, e := range a.vault().Epochs() {
			if e.Fork {
				forks++
				a.pin.Refused = append(a.pin.Refused, e.Fingerprint)
			}
		}
		if forks != 2 {
			t.Errorf("%d forks, want 2", forks)
		}
		must(t, a.unlock().Roster().AddHolder(bob)) // refused, they stop nothing
		// One by a stranger, or without a seal, stops nothing.
		a.pin.Refused = nil
		for _, p := range a.under(theirs.Folder + "/vault.txt.sig") {
			must(t, os.WriteFile(a.path(p), b.unlock().reader.pinnedKey().Sign(epochs.Namespace, []byte(a.text(theirs.Folder+"/vault.txt"))), 0o600))
		}
		for _, p := range a.under(grand.Folder + "/vault.txt.sig-") { // else the grandchild's own signature leads here
			a.remove(p)
		}
		must(t, a.unlock().Roster().AddHolder(bob))
	})
	t.Run("F61", func(t *testing.T) {
		a := newFixture(t)
		b := a.clone()
		theirs := b.rotate(RotateOptions{})
		overlay(t, a, b)
		a.remove(theirs.Folder + "/seals")
		if _, err := a.vault().Confirm(theirs.Pin.Fingerprint, false); !errors.Is(err, ErrUnsealed) {
			t.Errorf("confirmed without a seal: %v", err)
		}
		if _, err := a.vault().Confirm(Fingerprint{1}, false); !errors.Is(err, ErrNoEpoch) {
			t.Errorf("confirmed what is not here: %v", err)
		}
		a.rotate(RotateOptions{}) // an unfinished one stops no other
		for fp, want := range map[Fingerprint]error{theirs.Pin.Fingerprint: ErrUnsealed, {1}: ErrNoEpoch, a.vault().view.Epochs[2].Fingerprint: ErrJoined} {
			if _, err := a.unlock().PlanRotation(RotateOptions{Join: []Fingerprint{fp}}); !errors.Is(err, want) {
				t.Errorf("joined %s: %v, want %v", fp.Short(), err, want)
			}
		}
	})
	t.Run("F62", ruleF62)
	t.Run("F63", ruleF63)
	t.Run("F64", func(t *testing.T) {
		f := newFixture(t)
		bob, bobs := freshKey(t, "anna") // a name that is taken
		before := f.files()
		f.add(bob)
		var fresh []string
		for p := range f.files() {
			if _, was := before[p]; !was {
				fresh = append(fresh, p)
			}
		}
		seal := slices.IndexFunc(fresh, func(p string) bool { return strings.HasSuffix(p, ".txt") })
		for _, p := range fresh {
			if !strings.Contains(p, "/seals/") && !strings.Contains(f.text(fresh[seal]), "  "+p+"\n") {
				t.Errorf("%s is not sealed", p)
			}
		}
		if o, err := f.vault().Unlock(bobs); len(fresh) != 4 || err != nil || o.Holder() != "anna" {
			t.Errorf("%d new files, %v", len(fresh), err)
		}
		if err := f.unlock().Roster().AddHolder(bob); !errors.Is(err, ErrSameHolder) {
			t.Errorf("one key under two names: %v", err)
		}
	})
}

// entryFrom finds the file of the first epoch that an entry was carried from.
func entryFrom(rs []Receipt, f *fixture, e Entry, folder string) Receipt {
	for i, r := range rs {
		if strings.HasPrefix(r.Path, folder) && f.seed(i).Line() == e.Seed.Line() {
			return r
		}
	}
	return Receipt{}
}

// copyRecord finds the record of a copy in an epoch.
func (f *fixture) copyRecord(folder string) string {
	f.t.Helper()
	o := f.unlock()
	for _, p := range f.under(folder + "/roster/") {
		if r, err := openRecord([]byte(f.text(p)), o.reader.keys[folder]); err == nil && r.Line == roster.LineCopy {
			return p
		}
	}
	return ""
}

func ruleF62(t *testing.T) {
	a := newFixture(t)
	a.sealed(3)
	b := a.clone()
	a.rotate(RotateOptions{})
	middle := b.rotate(RotateOptions{})
	dave, daves := freshKey(t, "dave")
	b.add(dave)
	theirs := b.rotate(RotateOptions{})
	o := b.unlock()
	must(t, o.Accept(b.deposit(b.seed(7))))
	b.seal(o)
	overlay(t, a, b)
	a.remove(middle.Folder + "/holders") // its key is in old.age alone

	ro := RotateOptions{Join: []Fingerprint{theirs.Pin.Fingerprint}}
	o, p := a.plan(ro)
	if c := p.named("dave"); c == nil || c.Outcome != OutcomeLeaves || c.Reason != ReasonOneSide {
		t.Fatalf("whom only one side has: %+v", c)
	}
	must(t, p.Answer(p.named("dave").Key, true))
	r, err := o.Rotate(context.Background(), p, testTime)
	must(t, err)
	mine := a.vault().view.Pinned()
	a.pin = r.Pin
	o, err = a.vault().Unlock(daves)
	must(t, err)
	if !o.Compared() || o.reader.view.Pinned().Number != 4 || o.reader.view.Pinned().Desc.Previous != mine.Fingerprint {
		t.Errorf("compared %t, epoch %d", o.Compared(), o.reader.view.Pinned().Number)
	}
	if len(o.reader.keys) != 5 {
		t.Errorf("%d of 5 epochs open", len(o.reader.keys))
	}
	for _, e := range a.vault().Epochs() {
		if e.Status == EpochUnconfirmed {
			t.Errorf("%s is not followed", e.Folder)
		}
	}
	entries, _ := seedsOf(t, o)
	if len(entries) != 4 || r.Carried != 3 || !slices.Equal(a.statuses(8)[7], []Status{Late}) {
		t.Errorf("%d entries, %d carried", len(entries), r.Carried)
	}
	said := a.olderText()
	for _, path := range a.under(theirs.Folder + "/seeds/") {
		late := a.statuses(8)[7] != nil && slices.ContainsFunc(entries, func(e Entry) bool { return e.Status == Late && e.Receipts[0].Path == path })
		if strings.Contains(said, " "+hashOfPath(path)+" ") == late {
			t.Errorf("%s is late: %t, and has a line", path, late)
		}
	}
}

func ruleF63(t *testing.T) {
	f := newFixture(t)
	f.sealed(2)
	one := f.folder()
	f.rotate(RotateOptions{Remove: []string{"anna"}})
	f.rotate(RotateOptions{})
	o := f.unlock()
	formers := o.reader.formers()
	if len(formers) != 1 || formers[0].Name != "anna" || !slices.Equal(formers[0].Epochs, []string{one}) || formers[0].Until != format.Time(testTime) {
		t.Fatalf("former holders: %+v", formers)
	}
	known := func() (lines []string) {
		entries, err := f.unlock().ReEnrol(context.Background())
		must(t, err)
		for _, e := range entries {
			lines = append(lines, e.Seed.Line())
		}
		return lines
	}
	if got := known(); len(got) != 2 {
		t.Fatalf("%d seeds are known to anna", len(got))
	}
	for _, p := range f.under(o.reader.view.Pinned().Folder + "/seeds/") { // not arrived: the older file speaks
		half := f.clone()
		half.remove(p)
		half.remove(o.reader.view.Epochs[1].Folder + "/seeds/")
		entries, err := half.unlock().ReEnrol(context.Background())
		must(t, err)
		if len(entries) != 2 {
			t.Errorf("%d seeds are known where one has not arrived", len(entries))
		}
	}
	entries, err := o.ReEnrol(context.Background())
	must(t, err)
	_, err = o.Edit(entries[0], entries[0].Seed.With("note", "n"))
	must(t, err)
	f.seal(o)
	o = f.unlock()
	entries, err = o.ReEnrol(context.Background())
	must(t, err)
	i := slices.IndexFunc(entries, func(e Entry) bool { return slices.Equal(e.Seed.All("known"), []string{"anna"}) })
	if len(entries) != 2 || i < 0 {
		t.Fatalf("%d seeds are known after an edit, one marked: %t", len(entries), i >= 0)
	}
	must(t, o.NeedsNone(entries[i]))
	before := f.under(o.reader.view.Pinned().Folder + "/seeds/")
	f.seal(o)
	if got := known(); len(got) != 1 || !slices.Equal(f.under(o.reader.view.Pinned().Folder+"/seeds/"), before) {
		t.Errorf("%d seeds are known after one was settled", len(got))
	}
	// A new secret settles it, and takes the mark away.
	o = f.unlock()
	entries, err = o.ReEnrol(context.Background())
	must(t, err)
	fresh, err := entries[0].Seed.With("known", "anna", "a neighbour").WithLine(exampleURI2)
	must(t, err)
	_, err = o.Edit(entries[0], fresh)
	must(t, err)
	f.seal(o)
	if got := known(); len(got) != 0 {
		t.Errorf("%d seeds are known after a new secret", len(got))
	}
	for _, e := range f.entries() {
		if e.Seed.Line() == exampleURI2 && !slices.Equal(e.Seed.All("known"), []string{"a neighbour"}) {
			t.Errorf("known: %v", e.Seed.All("known"))
		}
	}
	// One without an id is settled by its plaintext.
	plain := []byte("otpauth://totp/x?secret=JBSWY3DPEHPK3PXP\n\n")
	s, err := parseSeed(plain)
	must(t, err)
	if id := reEnrolID(s); id != fmt.Sprintf("%x", format.Sum(plain)) || bytes.Contains([]byte(id), []byte("JBSW")) {
		t.Errorf("a seed without an id is called %s", id)
	}
}
