package escrow

import (
	"context"
	"os"
	"slices"
	"strings"
	"testing"

	"filippo.io/age"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/roster"
)

// What a holder, who can sign, may seal to hinder those who will remove them.
// THREATS.md has each attack's number.

// signed writes a seal exactly as it is given, with a good signature.
func (f *fixture) signed(s *format.Seal) string {
	f.t.Helper()
	text := s.Marshal()
	name := f.folder() + "/seals/" + format.SealFile(s.Number, s.Hash())
	must(f.t, os.WriteFile(f.path(name), text, 0o600))
	must(f.t, os.WriteFile(f.path(name+".sig"), signSeal(f.unlock().reader.pinnedKey(), text), 0o600))
	return name
}

// TestA40LastSealNumber: a seal takes the highest number there is, so that the
// next one would have none that a reader accepts.
func TestA40LastSealNumber(t *testing.T) {
	f := newFixture(t)
	f.sealed(1)
	o := f.unlock()
	s := o.changes.nextSeal(o.reader.view.Pinned(), testTime)
	s.Number = 999_999_999
	f.signed(s)

	r := f.deposit(f.seed(7))
	o = f.unlock()
	must(t, o.Accept(r))
	info := f.seal(o)
	if got := f.statuses(8); !slices.Equal(got[0], []Status{Accepted}) || !slices.Equal(got[7], []Status{Accepted}) {
		t.Errorf("after seal %d: %v", info.Number, got)
	}
	if c := f.check(); c.Red() || c.SealNumber != 999_999_999 || c.Accepted != 2 {
		t.Errorf("check: %+v", c)
	}
	f.rotate(RotateOptions{Remove: []string{"anna"}})
	if got := f.statuses(8); len(got) != 2 || !slices.Equal(got[7], []Status{Accepted}) {
		t.Errorf("after a rotation: %v", got)
	}
}

// TestA41RetiredPathWithSpace: a sealed line speaks of a path that an older list
// cannot hold, so that the list of the rotation that follows would say nothing.
func TestA41RetiredPathWithSpace(t *testing.T) {
	f := newFixture(t)
	f.sealed(3)
	o := f.unlock()
	entries, _ := seedsOf(t, o)
	must(t, o.Retire(entries[0]))
	f.seal(o)
	o = f.unlock()
	s := o.changes.nextSeal(o.reader.view.Pinned(), testTime)
	s.Retire(format.Ref{Path: f.folder() + "/seeds/a b.age", Sum: [32]byte{1}})
	s.Retire(format.Ref{Path: "a b.txt", Sum: [32]byte{1}})
	s.Accept(format.Ref{Path: f.folder() + "/seeds/c d.age", Sum: [32]byte{2}})
	s.Accept(format.Ref{Path: f.folder() + "/roster/c d.age", Sum: [32]byte{2}})
	f.signed(s)

	r := f.rotate(RotateOptions{Remove: []string{"anna"}, WithoutMissing: true})
	for _, p := range f.under(r.Folder + "/older/") {
		if _, err := format.ParseOlderList([]byte(f.text(p))); err != nil {
			t.Errorf("%s says nothing", p)
		}
	}
	got := f.statuses(3)
	if got[0] != nil || !slices.Equal(got[1], []Status{Accepted}) || !slices.Equal(got[2], []Status{Accepted}) {
		t.Errorf("after the rotation: %v", got)
	}
}

// TestA42NameThatIsNone: a sealed record names its holder so that a rotation
// would write outside of the holders' folder, or seal what no reader accepts.
func TestA42NameThatIsNone(t *testing.T) {
	for _, name := range []string{"../../evil", "a/b", "Paper", "con", "a\nb", "\u202eevil", "", strings.Repeat("a", 33)} {
		f := newFixture(t)
		f.sealed(1)
		id, err := age.GenerateX25519Identity()
		must(t, err)
		h := roster.Holder{ID: format.NewID(), Name: name, Kind: roster.KindKey, Recipient: id.Recipient().String()}
		plain, err := h.Record().Marshal()
		must(t, err)
		f.sealRecord(string(plain))

		o, p := f.plan(RotateOptions{Remove: []string{"anna"}})
		i := slices.IndexFunc(p.Holders, func(c PlannedHolder) bool { return c.ID == h.ID })
		if i < 0 || p.Holders[i].Outcome != OutcomeLeaves || p.Answer(p.Holders[i].Key, true) == nil {
			t.Errorf("%q: it may stay", name)
		}
		before := f.files()
		r, err := o.Rotate(context.Background(), p, testTime)
		must(t, err)
		f.pin = r.Pin
		for path := range f.files() {
			if _, was := before[path]; !was && !strings.HasPrefix(path, r.Folder+"/") {
				t.Errorf("%q: %s was written", name, path)
			}
		}
		if got := f.statuses(1); !slices.Equal(got[0], []Status{Accepted}) {
			t.Errorf("%q: after the rotation %v", name, got)
		}
	}
}

// TestA43HugeSeal: a list so long that the next one would be longer than readers
// read is refused before it is written, and what counts stays.
func TestA43HugeSeal(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.sealed(2)
	for n, pad := range []string{"a", "b"} { // neither includes the other
		s := format.NewSeal()
		s.Number, s.Epoch, s.Time, s.By = 8+n, 1, "2026-11-23T10:00:00Z", "paper"
		s.Extra["# x-pad "+strings.Repeat(pad, 9<<20)] = true
		f.signed(s)
	}
	o := f.unlock()
	must(t, o.Accept(f.deposit(f.seed(5))))
	f.seal(o)
	if got := f.statuses(6); !slices.Equal(got[0], []Status{Accepted}) || !slices.Equal(got[5], []Status{Accepted}) {
		t.Errorf("beside lists of 18 MiB: %v", got)
	}
	f.rotate(RotateOptions{})
	o = f.unlock()
	must(t, o.Accept(f.deposit(f.seed(6))))
	f.seal(o)
	if got := f.statuses(7); !slices.Equal(got[0], []Status{Accepted}) || !slices.Equal(got[6], []Status{Accepted}) {
		t.Errorf("after a rotation: %v", got)
	}
}
