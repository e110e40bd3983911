package escrow

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/key"
	"seedvault/escrow/roster"
)

// board makes a quorum of 2 of alice, bob and a sheet of carol's, as far as a
// rotation looks at one: the shares' contents are anybody's.
func (f *fixture) board() NewHolder {
	h, _ := freshKey(f.t, "board")
	h.holder.Kind = roster.KindQuorum
	h.kept = &format.Record{Line: roster.LineHolder, Fields: []format.Field{{Key: "m", Value: "2"}, {Key: "member", Value: "alice age1alice"}, {Key: "member", Value: "bob age1bob"}, {Key: "member", Value: "carol paper"}}}
	h.own = []ownFile{{"share-alice-", []byte("alice's share")}, {"share-bob-", []byte("bob's share")}}
	return h
}

// TestRotateQuorum gives a quorum new shares, takes a seat, and leaves it out
// when too few are left.
func TestRotateQuorum(t *testing.T) {
	f := newFixture(t)
	f.add(f.board())
	var asked []key.Member
	renew := func(old roster.Holder, members []key.Member) (NewHolder, error) {
		asked = members
		h, _ := freshKey(t, "anything")
		h.holder.Kind = roster.KindQuorum
		h.holder.Threshold, h.holder.Members = 2, members
		return h, nil
	}
	o, p := f.plan(RotateOptions{})
	if _, err := o.Rotate(context.Background(), p, testTime); !errors.Is(err, ErrNoRenew) {
		t.Errorf("nothing makes shares: %v", err)
	}
	board := f.unlockRoster("board")

	// Its shares stay where a person declines new ones, byte for byte.
	kept := f.clone()
	r := kept.rotate(RotateOptions{KeepShares: []string{"board"}})
	if n := len(kept.under(r.Folder + "/holders/board/share-")); n != 2 || kept.unlockRoster("board").Recipient != board.Recipient {
		t.Errorf("%d shares were kept", n)
	}
	// A seat that is taken makes new ones necessary.
	o, p = f.plan(RotateOptions{Remove: []string{"bob"}, KeepShares: []string{"board"}})
	if c := p.named("board"); c.Outcome != OutcomeStays || !slices.Equal(c.Unseated, []string{"bob"}) {
		t.Errorf("without bob: %+v", c)
	}
	if _, err := o.Rotate(context.Background(), p, testTime); !errors.Is(err, ErrNoRenew) {
		t.Errorf("a quorum that lost a member keeps its shares: %v", err)
	}
	r = f.rotate(RotateOptions{Remove: []string{"bob"}, Renew: renew})
	if !slices.Equal(asked, []key.Member{{Name: "alice", Recipient: "age1alice"}, {Name: "carol", Recipient: key.OnPaper}}) || !slices.Contains(r.Sheets, "board") || !slices.Equal(r.Former, []string{"bob"}) {
		t.Errorf("renewed for %v, sheets %v, left: %v", asked, r.Sheets, r.Former)
	}
	after := f.unlockRoster("board")
	if after.ID != board.ID || after.Recipient == board.Recipient || after.Threshold != 2 {
		t.Errorf("after the rotation: %+v", after)
	}
	_, p = f.plan(RotateOptions{Remove: []string{"alice"}})
	if c := p.named("board"); c.Outcome != OutcomeLeaves || c.Reason != ReasonSeats {
		t.Errorf("with one member: %+v", c)
	}
	if err := p.Answer(p.named("board").Key, true); !errors.Is(err, ErrNoSuchAnswer) {
		t.Errorf("and it stays after all: %v", err)
	}
}

func (f *fixture) unlockRoster(name string) roster.Holder {
	f.t.Helper()
	holders, _ := f.unlock().Roster().Holders()
	i := slices.IndexFunc(holders, func(h roster.Holder) bool { return h.Name == name })
	if i < 0 {
		f.t.Fatalf("no holder %s", name)
	}
	return holders[i]
}

// TestJoinQuorum lets both sides renew a quorum and one take a seat: it is one
// quorum still, without that seat.
func TestJoinQuorum(t *testing.T) {
	a := newFixture(t)
	a.add(a.board())
	b := a.clone()
	renew := func(old roster.Holder, members []key.Member) (NewHolder, error) {
		h := a.board()
		h.holder.Threshold, h.holder.Members = 2, members
		return h, nil
	}
	a.rotate(RotateOptions{Renew: renew})
	theirs := b.rotate(RotateOptions{Renew: renew, Remove: []string{"bob"}})
	overlay(t, a, b)
	_, p := a.plan(RotateOptions{Join: []Fingerprint{theirs.Pin.Fingerprint}, Renew: renew})
	if c := p.named("board"); c.Outcome != OutcomeStays || !slices.Equal(c.Unseated, []string{"bob"}) {
		t.Errorf("the quorum that both have: %+v", c)
	}
	if n := len(slices.DeleteFunc(p.Holders, func(c PlannedHolder) bool { return c.Name != "board" })); n != 1 {
		t.Errorf("%d quorums of that name", n)
	}
}

// TestRotateAsksOfSameName: after a new passphrase there are two holders of one
// name, and a rotation is when the old one goes.
func TestRotateAsksOfSameName(t *testing.T) {
	f := newFixture(t)
	words, err := PassphraseHolder("words", "another long passphrase", false)
	must(t, err)
	f.add(words)
	o := f.unlock()
	p, err := o.PlanRotation(RotateOptions{})
	must(t, err)
	open := p.Open()
	if len(open) != 2 || open[0].Reason != ReasonSameName {
		t.Fatalf("two of one name: %+v", open)
	}
	for _, c := range open {
		must(t, p.Answer(c.Key, c.ID == words.holder.ID))
	}
	r, err := o.Rotate(context.Background(), p, testTime)
	must(t, err)
	f.pin = r.Pin
	k, err := f.vault().PassphraseKeys("words")
	must(t, err)
	if _, err := k.Unlock(passphrase); !errors.Is(err, key.ErrPassphrase) {
		t.Errorf("the old passphrase: %v", err)
	}
	if _, err := k.Unlock("another long passphrase"); err != nil {
		t.Errorf("the new one: %v", err)
	}
	// Named by its key, one of the two goes unasked.
	f = newFixture(t)
	f.add(words)
	o = f.unlock()
	p, err = o.PlanRotation(RotateOptions{})
	must(t, err)
	i := slices.IndexFunc(p.Holders, func(c PlannedHolder) bool { return c.ID == words.holder.ID })
	p, err = o.PlanRotation(RotateOptions{Remove: []string{p.Holders[i].Key}})
	must(t, err)
	if len(p.Open()) > 0 || len(p.with(OutcomeLeaves)) != 1 {
		t.Errorf("one removed by its key: %+v", p.Open())
	}
}

// TestRotateOptions: the caller has the pin before anything counts, and may
// stop there; nothing that waits for a seal is lost; a drill's proof keeps its
// date.
func TestRotateOptions(t *testing.T) {
	f := newFixture(t)
	proven, _ := freshKey(t, "proven")
	proven.holder.Proven = []roster.Proof{{Time: time.Date(2026, 3, 31, 10, 0, 0, 0, time.UTC), Copy: roster.InVault, Seal: "abc"}}
	f.add(proven)
	before := f.files()
	o, p := f.plan(RotateOptions{})
	staged, err := o.StageRotation(context.Background(), p, testTime)
	must(t, err)
	if n := len(f.vault().Epochs()); n != 1 {
		t.Errorf("%d epochs before one is published", n)
	}
	if staged.Abandon(); len(f.files()) != len(before) {
		t.Errorf("abandoned: %d files more", len(f.files())-len(before))
	}
	o, p = f.plan(RotateOptions{})
	staged, err = o.StageRotation(context.Background(), p, testTime)
	must(t, err)
	told := staged.Pin()
	must(t, staged.Publish(context.Background()))
	r := staged.Rotation()
	if told.Fingerprint != r.Pin.Fingerprint || told.Recipient != r.Pin.Recipient {
		t.Error("the pin is another before publishing")
	}
	f.pin = r.Pin
	seal := f.text(f.under(r.Folder + "/seals/0002")[0])
	if !strings.Contains(seal, "# due 2027-05-01\n") {
		t.Errorf("no due date of 13 months after the proof: %s", seal)
	}
	if !strings.Contains(seal, "  "+readmeName+"\n") {
		t.Error("the seal has lost README.txt")
	}
	if _, err := f.unlock().PlanRotation(RotateOptions{Remove: []string{"nobody"}}); err == nil {
		t.Error("nobody was removed")
	}
	o = f.unlock()
	must(t, o.Accept(f.deposit(f.seed(1))))
	if _, err := o.PlanRotation(RotateOptions{}); !errors.Is(err, ErrStaged) {
		t.Errorf("with staged changes: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	o, p = f.plan(RotateOptions{})
	if _, err := o.Rotate(ctx, p, testTime); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	v, err := Open(f.fsys, nil)
	must(t, err)
	o, err = v.Unlock(f.paper)
	must(t, err)
	if _, err := o.PlanRotation(RotateOptions{}); !errors.Is(err, ErrNotPinned) {
		t.Errorf("without a pin: %v", err)
	}
}
