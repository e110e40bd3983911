package escrow

import (
	"context"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"seedvault/escrow/internal/durable/durabletest"
	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/sealset"
	"seedvault/escrow/roster"
)

// The rules of FORMAT.md on how seals stand to each other: F32, F33 and F75 to F79. The
// properties that they are for are tested in package judge.

func TestRulesOfSealGraph(t *testing.T) {
	t.Run("F32 F75", func(t *testing.T) {
		f := newFixture(t)
		a, b := f.deposit(f.seed(0)), f.deposit(f.seed(1))
		inner := f.bareSeal(8, func(s *format.Seal) { s.Accept(a); s.Accept(b) })
		outer := f.bareSeal(9, func(s *format.Seal) { s.Includes[inner] = true; s.Accept(a) }) // and does not say b
		for range 2 {                                                                          // again, with all that was compared in memory
			v := f.vault()
			m := v.Remember(Memory{}, testTime)
			v.Recall(m)
			seals := v.view.Seals(v.view.Pinned())
			if seals.Status(b) != Accepted || len(seals.Untrue()) != 1 || m.Compared[outer] != nil {
				t.Errorf("a line that is not true counts: %d, untrue %d", seals.Status(b), len(seals.Untrue()))
			}
		}
		if r := f.check(); !reports(r, CodeUntrueSeal, f.folder()+"/seals/"+format.SealFile(9, outer)) || !r.Red() {
			t.Errorf("check: %+v", r.Findings)
		}
		o := f.unlock()
		for n := range 12 { // whatever is sealed, that one is contained in nothing
			must(t, o.Accept(f.deposit(f.seed(10+n))))
		}
		f.seal(o)
		v := f.vault()
		if top := v.view.Seals(v.view.Pinned()).Newest(); top.Includes[outer] || !top.Names(outer) {
			t.Error("a seal with an untrue line is included, or not named")
		}
	})
	t.Run("F32 memory", func(t *testing.T) {
		f := newFixture(t)
		f.addedOneByOne(20)
		v := f.vault()
		m := v.Remember(Memory{}, testTime)
		seals := v.view.Seals(v.view.Pinned())
		if len(m.Compared) != len(seals.Live()) || len(m.Seals) != len(seals.Live()) {
			t.Fatalf("%d compared, %d live", len(m.Compared), len(seals.Live()))
		}
		v = f.vault()
		v.Recall(m)
		again := v.view.Seals(v.view.Pinned())
		if countRead(again) != len(seals.Live()) || len(again.Under("")) != len(seals.Under("")) || len(again.Last()) != 1 {
			t.Errorf("%d of %d seals are read, %d accepted", countRead(again), len(again.Files), len(again.Under("")))
		}
		// One more, of which nothing is remembered: it and what it contains are read.
		o := f.unlock()
		must(t, o.Accept(f.deposit(f.seed(30))))
		f.seal(o)
		v = f.vault()
		v.Recall(m)
		if s := v.view.Seals(v.view.Pinned()); countRead(s) > len(s.Live())+len(seals.Live()) || len(s.Under("")) != len(seals.Under(""))+1 {
			t.Errorf("%d seals are read where %d are live", countRead(s), len(s.Live()))
		}
	})
	t.Run("F32 absent", func(t *testing.T) {
		// What was not here to be compared is compared when it comes.
		f := newFixture(t)
		a, b := f.deposit(f.seed(0)), f.deposit(f.seed(1))
		inner := f.bareSeal(8, func(s *format.Seal) { s.Accept(a); s.Accept(b) })
		f.bareSeal(9, func(s *format.Seal) { s.Includes[inner] = true; s.Accept(a) })
		at := f.folder() + "/seals/" + format.SealFile(8, inner)
		text, sig := f.text(at), f.text(at+".sig")
		f.removeSeal(8, true)
		m := f.vault().Remember(Memory{}, testTime)
		must(t, os.WriteFile(f.path(at), []byte(text), 0o600))
		must(t, os.WriteFile(f.path(at+".sig"), []byte(sig), 0o600))
		v := f.vault()
		v.Recall(m)
		if seals := v.view.Seals(v.view.Pinned()); seals.Status(b) != Accepted || len(seals.Untrue()) != 1 {
			t.Errorf("it is passed over: %d", seals.Status(b))
		}
	})
	t.Run("F33 F78", func(t *testing.T) {
		f := newFixture(t)
		names := func() (all []int) {
			for _, s := range f.sealFiles() {
				all = append(all, s.Number)
			}
			return all
		}
		if got := names(); !slices.Equal(got, []int{2, 1}) {
			t.Fatalf("a new vault has the seals %v", got)
		}
		o := f.unlock()
		if first := o.reader.seals(o.reader.view.Pinned()); len(first.Live()) != 1 || len(first.Newest().Includes) != 1 {
			t.Error("the second does not include the first")
		}
		must(t, o.Accept(f.deposit(f.seed(0)), f.deposit(f.seed(1))))
		_, err := o.Edit(f.oneSealed(o), f.seed(5))
		must(t, err)
		f.seal(o)
		if got := names(); !slices.Equal(got, []int{3, 2, 1}) {
			t.Errorf("one opening has written the seals %v", got)
		}
		f.bareSeal(format.MaxNumber, func(s *format.Seal) {})
		o = f.unlock()
		must(t, o.Accept(f.deposit(f.seed(2))))
		if info := f.seal(o); info.Number != format.MaxNumber || len(o.reader.view.Seals(o.reader.view.Pinned()).Last()) != 1 {
			t.Errorf("after the highest number comes %d", info.Number)
		}
	})
	t.Run("F76", func(t *testing.T) {
		f := newFixture(t)
		f.addedOneByOne(6)
		gone := f.removeNamed()
		missing := f.vault().MissingSeals(f.pin.Fingerprint)
		if !slices.Equal(missing, []SealRef{gone}) || len(f.statuses(6)) != 6 {
			t.Fatalf("missing: %v, want %v", missing, gone)
		}
		at := f.folder() + "/seals/" + format.SealFile(gone.Number, gone.Hash)
		remembered := Memory{Missing: map[string]time.Time{missing[0].Hash: testTime.Add(-71 * time.Hour)}}
		for name, c := range map[string]struct {
			m   Memory
			red bool
		}{
			"without a memory":        {Memory{}, true},
			"first missed now":        {Memory{Missing: map[string]time.Time{}}, false},
			"missed for 71 hours":     {remembered, false},
			"missed for three days":   {Memory{Missing: map[string]time.Time{missing[0].Hash: testTime.Add(-73 * time.Hour)}}, true},
			"missed again, as before": {f.vault().Remember(remembered, testTime.Add(time.Hour)), false},
		} {
			r, err := f.unlock().Check(context.Background(), CheckOptions{Now: testTime, Memory: c.m})
			must(t, err)
			i := slices.IndexFunc(r.Findings, func(x Finding) bool { return x.Code == CodeMissingSeal && x.Path == at && x.Detail == "1" })
			if i < 0 || r.Findings[i].Red != c.red || len(r.MissingSeals) != 1 {
				t.Errorf("%s: %+v", name, r.Findings)
			}
		}
		// Confirming and rotating ask, and never refuse.
		var ask *MissingSealsError
		if _, err := f.vault().Confirm(f.pin.Fingerprint, false); !errors.As(err, &ask) || len(ask.Seals) != 1 {
			t.Errorf("confirmed: %v", err)
		}
		if _, err := f.vault().Confirm(f.pin.Fingerprint, true); err != nil {
			t.Errorf("confirmed without: %v", err)
		}
		o, p := f.plan(RotateOptions{})
		if _, err := o.Rotate(context.Background(), p, testTime); !errors.As(err, &ask) || len(p.MissingSeals) != 1 {
			t.Errorf("rotated: %v", err)
		}
		lost := f.clone()
		lost.rotate(RotateOptions{WithoutMissing: true})
		if got := lost.statuses(6); len(got) != 6 {
			t.Errorf("rotated without: %v", got)
		}
		o = f.unlock()
		if err := o.GiveUp(SealRef{Number: 6, Hash: absentHash}); !errors.Is(err, ErrNotHere) {
			t.Errorf("gave up what is not missing: %v", err)
		}
		must(t, o.GiveUp(missing...))
		f.seal(o)
		if r := f.check(); r.Red() || len(r.MissingSeals) != 0 || !slices.ContainsFunc(r.Findings, func(x Finding) bool { return x.Code == CodeLostSeal && x.Path == at }) {
			t.Errorf("given up: %+v", r.Findings)
		}
	})
	t.Run("F77", func(t *testing.T) {
		f := newFixture(t)
		id := f.holderID("paper")
		o := f.unlock()
		must(t, o.Roster().Prove(id, roster.Proof{Time: testTime, Copy: roster.InVault, Seal: "-"}))
		f.seal(o)
		o = f.unlock()
		must(t, o.Accept(f.deposit(f.seed(0))))
		f.seal(o)
		want := testTime.AddDate(0, 13, 0).Format(time.DateOnly)
		if r := f.check(); r.Due != want {
			t.Errorf("a seal that has nothing to do with drills says %q, want %s", r.Due, want)
		}
	})
	t.Run("F79", func(t *testing.T) {
		// The phases of a sync are tested in package copies; what they rest on is that a
		// copy that has seals up to a number lacks none.
		f := newFixture(t)
		f.addedOneByOne(9)
		memory := durabletest.New()
		files := f.sealFiles()
		slices.Reverse(files)
		for p, data := range f.files() {
			if !strings.Contains(p, "/seals/") {
				must(t, writeAt(memory, p, []byte(data)))
			}
		}
		for _, s := range files {
			must(t, writeAt(memory, s.Path+".sig", []byte(f.text(s.Path+".sig"))))
			must(t, writeAt(memory, s.Path, []byte(f.text(s.Path))))
			v, err := Open(memory, &f.pin)
			must(t, err)
			if missing := v.MissingSeals(f.pin.Fingerprint); len(missing) > 0 {
				t.Errorf("up to %d it lacks %v", s.Number, missing)
			}
		}
	})
	t.Run("min-seal", func(t *testing.T) {
		f := newFixture(t)
		f.addedOneByOne(5)
		v := f.vault()
		top := v.view.Seals(v.view.Pinned()).Newest()
		inside := format.Hash([32]byte{})
		for h := range top.Includes {
			inside = h
		}
		for name, c := range map[string]struct {
			o   CheckOptions
			red bool
		}{
			"its number":            {CheckOptions{MinSeal: top.Number}, false},
			"a higher number":       {CheckOptions{MinSeal: top.Number + 1}, true},
			"its name":              {CheckOptions{MinSealHash: top.Hash()[:8]}, false},
			"one that it includes":  {CheckOptions{MinSealHash: inside[:8]}, false},
			"one of another number": {CheckOptions{MinSealHash: "aaaaaaaa"}, true},
		} {
			c.o.Now = testTime
			if got := reports(f.vault().Check(c.o), CodeRolledBack, ""); got != c.red {
				t.Errorf("%s is red: %t", name, got)
			}
		}
	})
}

// removeNamed takes away a seal that the newest one names and does not include.
func (f *fixture) removeNamed() SealRef {
	f.t.Helper()
	v := f.vault()
	for hash, number := range v.view.Seals(v.view.Pinned()).Newest().After {
		f.removeSeal(number, true)
		return SealRef{Number: number, Hash: hash}
	}
	f.t.Fatal("the newest seal includes all")
	return SealRef{}
}

// oneSealed returns a seed to edit.
func (f *fixture) oneSealed(o *Opened) Entry {
	f.t.Helper()
	entries, _ := seedsOf(f.t, o)
	return entries[0]
}

func (f *fixture) holderID(name string) string {
	f.t.Helper()
	holders, _ := f.unlock().Roster().Holders()
	i := slices.IndexFunc(holders, func(h roster.Holder) bool { return h.Name == name })
	return holders[i].ID
}

// TestFirstSealsOfMuch: what is too long for one seal is written as several, each twice,
// and a seal that would be too long takes less over.
func TestFirstSealsOfMuch(t *testing.T) {
	f := newFixture(t)
	f.sealed(12)
	testOnlySealLimit = 1500
	defer func() { testOnlySealLimit = int(format.KindSeal.Limit()) }()
	f.rotate(RotateOptions{})
	v := f.vault()
	seals := v.view.Seals(v.view.Pinned())
	if n := len(seals.Files); n < 4 || n%2 != 0 || len(seals.Missing()) > 0 || len(seals.Live()) != n/2 || len(f.statuses(12)) != 12 {
		t.Fatalf("%d seals, %d live", n, len(seals.Live()))
	}
	for _, s := range seals.Files { // damage to any one costs nothing
		c := f.clone()
		c.change(s.Path, flip)
		if got := c.statuses(12); len(got) != 12 || got[11][0] != Accepted {
			t.Errorf("without %d: %d seeds", s.Number, len(got))
		}
	}
	o := f.unlock()
	for n := range 6 {
		must(t, o.Accept(f.deposit(f.seed(20+n))))
	}
	f.seal(o)
	if got := f.statuses(30); len(got) != 18 {
		t.Errorf("%d seeds", len(got))
	}
	o = f.unlock()
	for n := range 12 {
		must(t, o.Accept(f.deposit(f.seed(40+n))))
	}
	if _, err := o.Seal(testTime); !errors.Is(err, ErrFull) {
		t.Errorf("what alone is too long: %v", err)
	}
}

// countRead is how many seals of a set were read.
func countRead(set *sealset.Set) (n int) {
	for _, f := range set.Files {
		if _, read := set.Seal(f); read {
			n++
		}
	}
	return n
}
