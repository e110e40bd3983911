package escrow

import (
	"bytes"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"filippo.io/age"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/key"
)

// The rules of FORMAT.md on what counts and on writing, F34 to F48. Some are
// tested where they are promises: F34 by TestP7UnacceptedStaysApart, F45 by
// TestP1SavedSurvivesPowerCut and package durable, F46 by TestP2NothingIsChanged
// and TestCreateFails; F17 and F18 by the tests of passphrases.

func TestRulesOfWhatCounts(t *testing.T) {
	t.Run("F35", func(t *testing.T) {
		f := newFixture(t)
		s := f.seed(0)
		a, b := f.deposit(s), f.deposit(s)
		o := f.unlock()
		must(t, o.Accept(a, b))
		f.seal(o)
		if e := f.entries(); len(e) != 1 || len(e[0].Receipts) != 2 || e[0].Differs {
			t.Fatalf("equal files are %d seeds", len(e))
		}
		c := f.deposit(s.With("note", "other"))
		o = f.unlock()
		must(t, o.Accept(c))
		f.seal(o)
		e := f.entries()
		if len(e) != 2 || !e[0].Differs || !e[1].Differs || !reports(f.check(), CodeDiffers, e[0].Receipts[0].Path) {
			t.Errorf("one id and two contents: %d entries", len(e))
		}
		o = f.unlock()
		must(t, o.Retire(e[1])) // a person keeps one
		f.seal(o)
		if e := f.entries(); len(e) != 1 || e[0].Differs {
			t.Errorf("after a choice: %d entries", len(e))
		}
	})
	t.Run("F36", func(t *testing.T) {
		f := newFixture(t)
		rs := f.sealed(3)
		l := f.follow()
		l.begin()
		l.carried(rs[0], l.carry(f.entries()[0].Seed))
		l.dropped(rs[1])
		l.finish()
		v, err := Open(f.fsys, nil)
		must(t, err)
		o, err := v.Unlock(f.paper)
		must(t, err)
		entries, _ := seedsOf(t, o)
		if len(entries) != 3 || len(entries[0].Receipts) != 2 || entries[0].Epoch != l.builder.Folder {
			t.Errorf("%d entries, %d files of the first, in %s", len(entries), len(entries[0].Receipts), entries[0].Epoch)
		}
		for _, e := range entries {
			if e.Status != Accepted {
				t.Errorf("an epoch's own seals do not count: %d", e.Status)
			}
		}
	})
	t.Run("F50", func(t *testing.T) {
		f := newFixture(t)
		rs := f.sealed(2)
		l := f.follow() // with a slot for paper alone
		l.begin()
		l.dropped(rs[0])
		l.finish()
		o, err := l.pinned().vault().Unlock(f.friend)
		must(t, err)
		entries, _ := seedsOf(t, o)
		if o.Compared() || len(entries) != 2 || entries[0].Status != Accepted {
			t.Errorf("a holder of the older epoch alone: compared %t, %d entries", o.Compared(), len(entries))
		}
		if err := o.Accept(rs[0]); !errors.Is(err, ErrNotPinned) {
			t.Errorf("and accepts: %v", err)
		}
		if o, err = l.pinned().vault().Unlock(f.paper); err != nil || !o.Compared() {
			t.Errorf("a holder of both: %v", err)
		}
		// A stranger's epoch with a slot for a holder, and the pinned one's slots
		// gone: what it holds does not pass for accepted.
		f = newFixture(t)
		f.sealed(2)
		l = f.follow()
		l.forged, l.older = true, nil
		l.begin()
		to := l.carry(f.seed(7))
		l.builder.Seal.Accept(to)
		l.finish()
		f.remove(f.folder() + "/holders")
		o, err = f.vault().Unlock(f.paper)
		must(t, err)
		entries, _ = seedsOf(t, o)
		if o.Compared() || len(entries) != 1 || entries[0].Status != Unconfirmed {
			t.Errorf("a stranger's epoch alone: compared %t, %d entries", o.Compared(), len(entries))
		}
	})
	t.Run("F37 F38", func(t *testing.T) {
		f := newFixture(t)
		rs := f.sealed(2)
		l := f.follow() // what a former holder can make
		l.begin()
		l.carry(f.seed(7))
		l.dropped(rs[0])
		l.finish()
		got := f.statuses(8)
		if !slices.Equal(got[0], []Status{Accepted}) || !slices.Equal(got[1], []Status{Accepted}) || !slices.Equal(got[7], []Status{Unconfirmed}) {
			t.Errorf("an epoch that nobody has confirmed: %v", got)
		}
		var statuses []EpochStatus
		for _, e := range f.vault().Epochs() {
			statuses = append(statuses, e.Status)
		}
		if !slices.Equal(statuses, []EpochStatus{EpochUnconfirmed, EpochPinned}) {
			t.Errorf("epochs stand %v", statuses)
		}
		if r := f.check(); r.Red() || !reports(r, CodeSuccessor, l.builder.Folder) {
			t.Errorf("check: %+v", r.Findings)
		}
		// Confirmed, it is the other way round.
		statuses = nil
		for _, e := range l.pinned().vault().Epochs() {
			statuses = append(statuses, e.Status)
		}
		if !slices.Equal(statuses, []EpochStatus{EpochPinned, EpochOlder}) {
			t.Errorf("after confirming, epochs stand %v", statuses)
		}
		// A line that only joined names, and what that follows.
		far := f.follow()
		far.number, far.previous, far.joined = 3, Fingerprint{1}, []Fingerprint{l.pin.Fingerprint}
		far.begin()
		far.finish()
		line := far.pinned().vault().view.Line()
		if !line[l.pin.Fingerprint] || !line[f.pin.Fingerprint] || !line[Fingerprint{1}] || len(line) != 4 {
			t.Errorf("the line has %d epochs", len(line))
		}
	})
	t.Run("F39", func(t *testing.T) {
		f := newFixture(t)
		rs := f.sealed(1)
		l := f.follow()
		l.unsaid = true
		l.begin()
		l.dropped(rs[0])
		l.finish()
		if got := l.pinned().statuses(1); !slices.Equal(got[0], []Status{Late}) {
			t.Errorf("a list in no seal speaks: %v", got)
		}
		const folder, hash = "1-abcdef1234567890", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		for text, want := range map[string]bool{
			folder + " " + hash + " -\n": true, folder + " " + hash + " " + hash + "\n": true,
			folder + " " + hash + " -\n" + folder + " " + hash + " -\n": true,
			folder + " " + hash + " -":                                  false, folder + " " + hash + "\n": false, folder + " " + hash + " - \n": false, "": false,
			folder + " " + hash + " -\n\n": false, folder + "  " + hash + " -\n": false, "1-abcdef12 " + hash + " -\n": false,
			folder + " " + hash[1:] + " -\n": false, folder + " " + strings.ToUpper(hash) + " -\n": false, folder + " " + hash + " x\n": false,
			folder + "/seeds " + hash + " -\n": false, "# " + hash + " -\n": false,
		} {
			if _, err := format.ParseOlderList([]byte(text)); (err == nil) != want {
				t.Errorf("%q: %v", text, err)
			}
		}
	})
	t.Run("F40", func(t *testing.T) {
		f := newFixture(t)
		rs := f.sealed(4)
		e := f.entries()
		l := f.follow()
		l.begin()
		arrived := l.carry(e[0].Seed)
		l.carried(rs[0], arrived)
		coming := l.carry(e[1].Seed)
		l.carried(rs[1], coming)
		l.dropped(rs[1]) // carried wins
		l.dropped(rs[2])
		l.finish()
		p := l.pinned()
		check := func(what string, want map[int][]Status) {
			t.Helper()
			got := p.statuses(4)
			for n, s := range want {
				if !slices.Equal(got[n], s) {
					t.Errorf("%s: seed %d stands %v, want %v", what, n, got[n], s)
				}
			}
		}
		all := map[int][]Status{0: {Accepted}, 1: {Accepted}, 2: nil, 3: {Late}}
		check("whole", all)
		p.remove(coming.Path)
		check("half arrived", all) // the older file speaks
		if e := p.entries(); e[1].Epoch != f.folder() {
			t.Errorf("seed 1 is read from %s", e[1].Epoch)
		}
		o := p.unlock()
		entries, _ := seedsOf(t, o)
		must(t, o.Retire(entries[1]))
		p.seal(o)
		check("retired before it arrived", map[int][]Status{0: {Accepted}, 1: nil, 3: {Late}})
	})
	t.Run("F41", func(t *testing.T) {
		f := newFixture(t)
		rs := f.sealed(2)
		e := f.entries()
		l := f.follow()
		l.begin()
		l.carried(rs[0], l.carry(e[0].Seed))
		l.carried(rs[1], l.carry(e[1].Seed))
		l.finish()
		p := l.pinned()
		again := l.unaware().deposit(e[1].Seed) // the same seed, late, in another file
		if got := p.statuses(2); !slices.Equal(got[1], []Status{Accepted, Late}) {
			t.Errorf("a late copy of a live seed: %v", got)
		}
		o := p.unlock()
		entries, _ := seedsOf(t, o)
		must(t, o.Retire(entries[1]))
		p.seal(o)
		if got := p.statuses(2); got[1] != nil {
			t.Errorf("removed, and back under another file's name %s: %v", again.Path, got)
		}
		l.unaware().deposit(f.seed(5))
		o = p.unlock()
		entries, _ = seedsOf(t, o)
		must(t, o.Accept(entries[1].Receipts...)) // a late one, accepted, is written anew
		p.seal(o)
		if got := p.statuses(6); !slices.Equal(got[5], []Status{Accepted}) || p.entries()[1].Epoch != l.builder.Folder {
			t.Errorf("a late seed that was accepted: %v", got)
		}
	})
	t.Run("F42", func(t *testing.T) {
		f := newFixture(t)
		rs := f.sealed(2)
		e := f.entries()
		l := f.follow()
		l.begin()
		to := l.carry(e[0].Seed)
		l.carried(rs[0], to)
		l.finish()
		// The old epoch's holder goes on signing.
		o := f.unlock()
		must(t, o.Accept(l.unaware().deposit(f.seed(6))))
		entries, _ := seedsOf(t, o)
		must(t, o.Retire(entries[0]))
		f.seal(o)
		p := l.pinned()
		p.remove(to.Path) // so that the older file speaks
		got := p.statuses(7)
		if !slices.Equal(got[0], []Status{Accepted}) || !slices.Equal(got[6], []Status{Late}) {
			t.Errorf("an older epoch's seals are obeyed: %v", got)
		}
	})
	t.Run("F43", func(t *testing.T) {
		f := newFixture(t)
		f.sealed(1)
		l := f.follow()
		l.begin()
		l.finish()
		f.remove(f.folder() + "/holders")
		if got := l.pinned().statuses(1); !slices.Equal(got[0], []Status{Late}) {
			t.Errorf("with old.age: %v", got)
		}
		f.remove(l.builder.Folder + "/old.age")
		if got := l.pinned().statuses(1); got[0] != nil {
			t.Errorf("without old.age: %v", got)
		}
	})
	t.Run("F44", func(t *testing.T) {
		f := newFixture(t)
		f.sealed(1)
		l := f.follow()
		l.begin()
		l.finish()
		f.remove(f.folder() + "/vault.txt")
		if got := l.pinned().statuses(1); !slices.Equal(got[0], []Status{Late}) {
			t.Errorf("an older epoch without vault.txt, in old.age: %v", got)
		}
		f.remove(l.builder.Folder)
		if got := f.statuses(1); !slices.Equal(got[0], []Status{Accepted}) {
			t.Errorf("the pinned epoch without vault.txt: %v", got)
		}
		if _, err := f.vault().Deposit(f.seed(1)); !errors.Is(err, ErrDamaged) {
			t.Errorf("a deposit into it: %v", err)
		}
		other := *f
		other.pin.Recipient = newFixture(t).pin.Recipient
		if got := other.statuses(1); !slices.Equal(got[0], []Status{Unconfirmed}) {
			t.Errorf("opened by another recipient's identity: %v", got)
		}
	})
}

func TestRulesOfWriting(t *testing.T) {
	t.Run("F47", func(t *testing.T) {
		f := newFixture(t)
		f.sealed(1)
		l := f.follow()
		l.begin()
		l.finish()
		var successor *SuccessorError
		if _, err := f.vault().Deposit(f.seed(1)); !errors.As(err, &successor) || successor.Epoch.Fingerprint != l.pin.Fingerprint {
			t.Errorf("an unanswered successor: %v", err)
		}
		f.pin.Refused = []Fingerprint{l.pin.Fingerprint}
		f.deposit(f.seed(1))
		f.pin.Refused = nil
		// One that is signed by somebody else, or by nobody, is named and no more.
		for _, kind := range []string{"forged", "unsigned"} {
			f := newFixture(t)
			f.sealed(1)
			l := f.follow()
			l.forged, l.unsigned = kind == "forged", kind == "unsigned"
			l.begin()
			l.finish()
			f.deposit(f.seed(2))
			if r := f.check(); !reports(r, CodeUnconfirmed, l.builder.Folder) {
				t.Errorf("%s: %+v", kind, r.Findings)
			}
		}
	})
	t.Run("F48", func(t *testing.T) {
		good, err := age.GenerateX25519Identity()
		must(t, err)
		if _, err := key.Encrypt(good.Recipient(), []byte("x")); err != nil {
			t.Fatal(err)
		}
		if _, err := key.Encrypt(badMemory{good.Recipient()}, []byte("x")); !errors.Is(err, key.ErrReadBack) {
			t.Errorf("a bit that flips on the way: %v", err)
		}
	})
}

// badMemory flips a bit of the file key after it was wrapped.
type badMemory struct{ age.Recipient }

func (m badMemory) Wrap(fileKey []byte) ([]*age.Stanza, error) {
	s, err := m.Recipient.Wrap(fileKey)
	fileKey[0] ^= 1
	return s, err
}

// TestLateOwnDeposits: a machine's own deposits wait in an older epoch too.
func TestLateOwnDeposits(t *testing.T) {
	f := newFixture(t)
	own := f.deposit(f.seed(1))
	l := f.follow()
	l.begin()
	l.finish()
	p := l.pinned()
	o := p.unlock()
	if waiting := o.Pending([]Receipt{own}); len(waiting) != 1 {
		t.Fatalf("%d own deposits wait, want 1", len(waiting))
	}
	must(t, o.Accept(own))
	p.seal(o)
	if waiting := p.unlock().Pending([]Receipt{own}); len(waiting) != 0 {
		t.Error("an accepted one still waits")
	}
	if r := p.check(); r.Red() && !reports(r, CodeFewWays, "") {
		t.Errorf("check: %+v", r.Findings)
	}
	data, err := os.ReadFile(f.path(own.Path))
	must(t, err)
	if !bytes.HasPrefix(data, []byte("age-encryption.org/v1")) {
		t.Error("the older file was changed")
	}
}
