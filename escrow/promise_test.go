package escrow

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"filippo.io/age"

	"seedvault/escrow/internal/format"
)

// exhaustive makes TestP3 flip a bit of every byte instead of some.
var exhaustive = flag.Bool("exhaustive", false, "damage every byte of every file (minutes)")

// files reads a whole vault's folder.
func (f *fixture) files() map[string]string {
	f.t.Helper()
	all := map[string]string{}
	must(f.t, filepath.WalkDir(f.dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(p)
		rel, _ := filepath.Rel(f.dir, p)
		all[filepath.ToSlash(rel)] = string(data)
		return err
	}))
	return all
}

// TestP2NothingIsChanged runs everything that writes and holds every file that
// was there before against what is there after.
func TestP2NothingIsChanged(t *testing.T) {
	f := newFixture(t)
	steps := map[string]func(o *Opened, entries []Entry){
		"deposit": func(*Opened, []Entry) { f.deposit(f.seed(7)) },
		"accept":  func(o *Opened, _ []Entry) { must(t, o.Accept(f.deposit(f.seed(8)))) },
		"edit":    func(o *Opened, e []Entry) { _, err := o.Edit(e[0], e[0].Seed.With("note", "n")); must(t, err) },
		"retire":  func(o *Opened, e []Entry) { must(t, o.Retire(e[1])) },
		"undo": func(o *Opened, _ []Entry) {
			retired, err := o.Retired(context.Background())
			must(t, err)
			_, err = o.Undo(retired[0])
			must(t, err)
		},
	}
	f.sealed(3)
	for _, name := range []string{"deposit", "accept", "edit", "retire", "undo"} {
		before := f.files()
		o := f.unlock()
		entries, _ := seedsOf(t, o)
		steps[name](o, entries)
		f.seal(o)
		after := f.files()
		for p, data := range before {
			if after[p] != data {
				t.Errorf("%s changed or deleted %s", name, p)
			}
		}
		if len(after) <= len(before) {
			t.Errorf("%s wrote nothing", name)
		}
	}
}

// TestP3OneDamagedFile damages every file of a vault, one at a time. Without any
// key the check names it; all that it may cost is one seed or one way in.
func TestP3OneDamagedFile(t *testing.T) {
	f := newFixture(t)
	f.sealed(3)
	all := f.files()
	for _, p := range slices.Sorted(maps.Keys(all)) {
		if p == attributesName {
			continue // holds nothing and is in no seal
		}
		t.Run(strings.TrimPrefix(p, f.folder()+"/"), func(t *testing.T) {
			damage(t, f, p, []byte(all[p]))
		})
	}
}

// damage writes damaged versions of one file and puts the good one back.
func damage(t *testing.T, f *fixture, p string, good []byte) {
	defer func() { must(t, os.WriteFile(f.path(p), good, 0o600)) }()
	stride := max(len(good)/6, 1)
	if *exhaustive {
		stride = 1
	}
	for i := 0; i < len(good); i += stride {
		bad := bytes.Clone(good)
		bad[i] ^= 1 << (i % 8)
		damagedBy(t, f, p, bad, fmt.Sprintf("bit %d of byte %d", i%8, i), i%(8*stride) == 0)
		damagedBy(t, f, p, good[:i], fmt.Sprintf("cut to %d bytes", i), i%(8*stride) == 0)
	}
}

// damagedBy checks one damaged version, and where restore is set opens the vault
// with every holder too.
func damagedBy(t *testing.T, f *fixture, p string, bad []byte, what string, restore bool) {
	t.Helper()
	must(t, os.WriteFile(f.path(p), bad, 0o600))
	r := f.vault().Check(CheckOptions{Now: testTime})
	named := slices.ContainsFunc(r.Findings, func(x Finding) bool {
		return x.Path == strings.TrimSuffix(p, ".sig") || x.Path == p
	})
	if !named || !r.Red() {
		t.Errorf("%s: the check does not name it: %+v", what, r.Findings)
	}
	if !restore {
		return
	}
	ways := 0
	for _, id := range f.identities(t) {
		o, err := f.vault().Unlock(id)
		if err != nil {
			continue
		}
		ways++
		entries, _ := seedsOf(t, o)
		lost := 3 - len(entries)
		if lost > 1 || lost == 1 && !strings.Contains(p, "/seeds/") {
			t.Errorf("%s: %d seeds lost", what, lost)
		}
	}
	if ways < 2 || ways < 3 && !strings.Contains(p, "/holders/") {
		t.Errorf("%s: %d of 3 ways in are left", what, ways)
	}
}

// identities opens each holder's key as far as it can be.
func (f *fixture) identities(t *testing.T) []age.Identity {
	t.Helper()
	ids := []age.Identity{f.paper, f.friend}
	if key, err := f.vault().PassphraseKeys(""); err == nil {
		if id, err := key.Unlock(passphrase); err == nil {
			ids = append(ids, id)
		}
	}
	return ids
}

// TestP6CopiesMerge lets two machines work apart and copies their files together
// in either order.
func TestP6CopiesMerge(t *testing.T) {
	a := newFixture(t)
	a.sealed(4)
	b := a.clone()

	work := func(f *fixture, edit, retire, fresh int) {
		o := f.unlock()
		entries, _ := seedsOf(t, o)
		_, err := o.Edit(entries[edit], entries[edit].Seed.With("note", fmt.Sprint(fresh)))
		must(t, err)
		must(t, o.Retire(entries[retire]))
		must(t, o.Accept(f.deposit(f.seed(fresh))))
		f.seal(o)
		f.deposit(f.seed(fresh + 1))
	}
	work(a, 0, 1, 100)
	work(b, 2, 3, 200)

	ab, ba := a.clone(), b.clone()
	overlay(t, ab, b)
	overlay(t, ba, a)
	if !maps.Equal(ab.files(), ba.files()) {
		t.Fatal("the order of copying matters")
	}
	got := lines(ab.entries())
	want := map[string][]Status{}
	for n, s := range map[int]Status{0: Accepted, 2: Accepted, 100: Accepted, 200: Accepted, 101: NotAccepted, 201: NotAccepted} {
		want[a.seed(n).Line()] = []Status{s}
	}
	if !maps.EqualFunc(got, want, func(x, y []Status) bool { return slices.Equal(x, y) }) {
		t.Errorf("merged: %d lines, want %d as each side left them", len(got), len(want))
	}

	// The next seal joins both, and reading then takes one file.
	o := ab.unlock()
	must(t, o.Accept(ab.deposit(ab.seed(300))))
	ab.seal(o)
	if heads := ab.vault().Remember(Memory{}, testTime).Seals; len(heads) != 1 {
		t.Errorf("%d seals are in no other, want 1", len(heads))
	}
	if r := ab.check(); r.Red() || r.NotAccepted != 2 || r.Accepted != 5 {
		t.Errorf("check after the merge: %+v", r)
	}
}

// overlay copies every file of from that to lacks, as any copying tool does.
func overlay(t *testing.T, to, from *fixture) {
	t.Helper()
	for p, data := range from.files() {
		must(t, os.MkdirAll(filepath.Dir(to.path(p)), 0o700))
		must(t, os.WriteFile(to.path(p), []byte(data), 0o600))
	}
}

// TestP7UnacceptedStaysApart deposits seeds that claim to be an accepted one, as
// somebody who stole the recipient from a depositing machine could.
func TestP7UnacceptedStaysApart(t *testing.T) {
	f := newFixture(t)
	f.sealed(2)
	victim := f.entries()[0]
	forged, err := victim.Seed.WithLine(strings.Replace(victim.Seed.Line(), "JBSWY3DPEHPK3PXP", "GEZDGNBVGY3TQOJQ", 1))
	must(t, err)
	same, err := NewSeed(victim.Seed.Line(), Details{Name: "same secret"})
	must(t, err)
	f.deposit(forged)
	f.deposit(same)
	f.deposit(victim.Seed) // encrypted anew, equal byte for byte

	entries := f.entries()
	if len(entries) != 5 || entries[0].Status != Accepted || entries[1].Status != Accepted {
		t.Fatalf("%d entries, want 2 accepted ones and 3 apart", len(entries))
	}
	if entries[0].Seed.Line() != victim.Seed.Line() || entries[0].Differs || len(entries[0].Receipts) != 1 {
		t.Error("an accepted seed is changed by deposits that claim to be it")
	}
	resemblances := map[string]int{}
	for _, e := range entries[2:] {
		if e.Status != NotAccepted {
			t.Errorf("a deposit stands as %d", e.Status)
		}
		for _, c := range e.Resemblances {
			resemblances[string(c.Same)]++
		}
	}
	if resemblances["id"] != 2 || resemblances["secret"] < 2 {
		t.Errorf("resemblances are not flagged: %v", resemblances)
	}

	o := f.unlock()
	entries, _ = seedsOf(t, o)
	must(t, o.Retire(entries[2:]...)) // refusing them costs the accepted one nothing
	f.seal(o)
	if got := lines(f.entries()); len(got) != 2 || !slices.Equal(got[victim.Seed.Line()], []Status{Accepted}) {
		t.Errorf("after refusing the forgeries: %v", len(got))
	}
}

// TestP7StrangersSealIsIgnored lets somebody without the key sign a list.
func TestP7StrangersSealIsIgnored(t *testing.T) {
	f := newFixture(t)
	f.sealed(1)
	other := newFixture(t)
	evil := other.unlock()
	r := f.deposit(f.seed(9))
	s := format.NewSeal()
	s.Number, s.Epoch, s.Time, s.By = 99, 1, "2026-11-22T10:00:00Z", "paper"
	s.Accept(r)
	s.Retire(f.entries()[0].Receipts[0])
	text := s.Marshal()
	name := f.folder() + "/seals/" + format.SealFile(99, s.Hash())
	must(t, os.WriteFile(f.path(name), text, 0o600))
	must(t, os.WriteFile(f.path(name+".sig"), signSeal(evil.reader.pinnedKey(), text), 0o600))
	entries := f.entries()
	if len(entries) != 2 || entries[0].Status != Accepted || entries[1].Status != NotAccepted {
		t.Errorf("a stranger's seal counts: %d entries", len(entries))
	}
	if c := f.check(); !reports(c, CodeDamaged, name) || c.SealNumber != 3 {
		t.Errorf("check: %+v", c)
	}
}

// TestPrintsNoSecret prints everything that can reach a seed, a key or a
// passphrase with every verb.
func TestPrintsNoSecret(t *testing.T) {
	f := newFixture(t)
	f.sealed(1)
	o := f.unlock()
	entries, _ := seedsOf(t, o)
	words, err := PassphraseHolder("words", passphrase, false)
	must(t, err)
	paper, identity, err := PaperHolder("paper", false)
	must(t, err)
	type nested struct {
		seed  Seed
		entry Entry
		o     *Opened
		h     NewHolder
	}
	values := []any{entries[0].Seed, &entries[0].Seed, entries[0], entries, o, o.Roster(), words, paper,
		o.reader, o.changes, &planner{rd: o.reader}, &unlocker{reader: o.reader},
		nested{entries[0].Seed, entries[0], o, words}, &nested{entries[0].Seed, entries[0], o, paper},
		map[string]any{"seed": entries[0].Seed, "opened": o}}
	secrets := []string{"JBSWY3DPEHPK3PXP", "otpauth:", passphrase, identity, "AGE-SECRET", "4a425357"}
	for i, v := range values {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d"} {
			noSecret(t, fmt.Sprintf("value %d with %s", i, verb), fmt.Sprintf(verb, v), secrets)
		}
		for name, text := range logged(t, v) {
			noSecret(t, fmt.Sprintf("value %d in %s", i, name), text, secrets)
		}
	}
}
