package escrow

import (
	"context"
	"errors"
	"os"
	"slices"
	"testing"
	"time"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/key"
	"seedvault/escrow/roster"
)

// drill opens the fixture's vault with its paper key and proves it at a time.
func (f *fixture) drill(at time.Time) roster.Proof {
	f.t.Helper()
	o := f.unlock()
	d, err := o.Drill(context.Background(), at)
	must(f.t, err)
	if len(d.Failed) > 0 {
		f.t.Fatalf("the drill failed: %v", d.Failed)
	}
	must(f.t, o.Roster().Prove(f.named(d.Holder).ID, d.Proof))
	_, err = o.Seal(at)
	must(f.t, err)
	return d.Proof
}

func (f *fixture) named(name string) roster.Holder {
	f.t.Helper()
	holders, _ := f.unlock().Roster().Holders()
	for _, h := range holders {
		if h.Name == name {
			return h
		}
	}
	f.t.Fatalf("no holder %s", name)
	return roster.Holder{}
}

func TestDrillIsRecorded(t *testing.T) {
	f := newFixture(t)
	f.sealed(3)
	d, err := f.unlock().Drill(context.Background(), testTime)
	must(t, err)
	if d.Holder != "paper" || d.Seeds != 3 || d.Proof.Copy != roster.InVault || len(d.Proof.Seal) != 32 || f.vault().NewestSeal() != d.Proof.Seal {
		t.Errorf("%+v", d)
	}
	if at := f.named("paper").LastProven(); !at.IsZero() {
		t.Error("proven before anything was recorded:", at)
	}
	f.drill(testTime)
	second := f.drill(testTime.AddDate(0, 1, 0))
	h := f.named("paper")
	if len(h.Proven) != 1 || !h.LastProven().Equal(second.Time) {
		t.Errorf("%v, last %v", h.Proven, h.LastProven())
	}
	if p := h.Proven[0]; p != second {
		t.Errorf("%+v; want %+v", p, second)
	}
}

// TestDueFollowsTheProofs: the date in the seal is 13 months after the oldest of
// the holders' latest proofs, and a new one moves it.
func TestDueFollowsTheProofs(t *testing.T) {
	f := newFixture(t)
	f.drill(testTime)
	if due := f.check().Due; due != "2027-12-22" {
		t.Error("due", due)
	}
	f.drill(testTime.AddDate(0, 2, 0))
	if due := f.check().Due; due != "2028-02-22" {
		t.Error("after a later proof, due", due)
	}
	o, err := f.vault().Unlock(f.friend)
	must(t, err)
	d, err := o.Drill(context.Background(), testTime.AddDate(0, 1, 0))
	must(t, err)
	must(t, o.Roster().Prove(f.named("anna").ID, d.Proof))
	f.seal(o)
	if due := f.check().Due; due != "2028-01-22" {
		t.Error("the first of two to run out, due", due)
	}
}

func TestDrillFindsDamage(t *testing.T) {
	f := newFixture(t)
	files := f.sealed(2)
	must(t, os.WriteFile(f.path(files[0].Path), []byte("damaged"), 0o600))
	d, err := f.unlock().Drill(context.Background(), testTime)
	must(t, err)
	if d.Seeds != 1 || len(d.Failed) != 1 || d.Failed[0].Path != files[0].Path {
		t.Errorf("%+v", d)
	}
}

func TestNobodyElseIsProven(t *testing.T) {
	f := newFixture(t)
	p := roster.Proof{Time: testTime, Copy: roster.InVault, Seal: "-"}
	if err := f.unlock().Roster().Prove("0000", p); !errors.Is(err, ErrNotHere) {
		t.Error("an unknown holder:", err)
	}
	p.Member = "bob"
	if err := f.unlock().Roster().Prove(f.named("paper").ID, p); !errors.Is(err, ErrNotHere) {
		t.Error("a member of no quorum:", err)
	}
}

// TestMembersProveTheirShares is F68: a member's proof is a claim until a holder seals it,
// and as many members as the quorum takes prove the quorum.
func TestMembersProveTheirShares(t *testing.T) {
	b := newBoard(t, 2, false, false, false, true)
	f := withBoard(t, b)
	prove := func(member string, at time.Time) {
		t.Helper()
		_, err := f.vault().DepositProof(key.Dealing(f.named("board").Recipient), roster.Proof{Time: at, Copy: roster.InVault, Seal: "-", Member: member})
		must(t, err)
	}
	settle := func(want int) {
		t.Helper()
		o := f.unlock()
		waiting := o.Roster().WaitingProofs(testTime.AddDate(1, 0, 0))
		if len(waiting) != want {
			t.Fatalf("%d proofs wait, want %d", len(waiting), want)
		}
		for _, w := range waiting {
			must(t, o.Roster().Prove(w.Holder.ID, w.Proof))
		}
		f.seal(o)
	}
	prove("member1", testTime)
	if at := f.named("board").MemberProven("member1"); !at.IsZero() {
		t.Error("an unsealed claim counts:", at)
	}
	settle(1)
	if h := f.named("board"); !h.MemberProven("member1").Equal(testTime) || !h.LastProven().IsZero() {
		t.Errorf("one of two: member %v, quorum %v", h.MemberProven("member1"), h.LastProven())
	}
	must(t, func() error { // an old sheet's
		_, err := f.vault().DepositProof(key.Dealing("age1old"), roster.Proof{Time: testTime, Copy: roster.InVault, Seal: "-", Member: "member3"})
		return err
	}())
	settle(0)
	prove("member3", testTime.AddDate(0, 1, 0))
	prove("nobody", testTime)
	settle(1)
	if h := f.named("board"); !h.LastProven().Equal(testTime) {
		t.Errorf("two of two: %v of %v", h.LastProven(), h.Proven)
	}
	settle(0)
	prove("member3", testTime) // not the latest
	settle(0)
	prove("member1", testTime.AddDate(2, 0, 0)) // in the future
	settle(0)
}

// TestLatestProofs is F24: of one copy and member only the latest proof counts and is
// written; what this program does not understand stays.
func TestLatestProofs(t *testing.T) {
	f := newFixture(t)
	id := f.named("paper").ID
	o := f.unlock()
	must(t, o.changes.renew(id, func(r *format.Record) *format.Record {
		return r.With("proven", []string{"sometime vault by hand, twice"})
	}))
	f.seal(o)
	day := func(n int, place string) roster.Proof {
		return roster.Proof{Time: testTime.AddDate(0, 0, n), Copy: place, Seal: "abc"}
	}
	for _, p := range []roster.Proof{day(1, roster.InVault), day(1, "c1"), day(3, roster.InVault), day(2, roster.InVault), day(0, "c1")} {
		o := f.unlock()
		must(t, o.Roster().Prove(id, p))
		f.seal(o)
	}
	want := []string{"sometime vault by hand, twice", day(3, roster.InVault).String(), day(1, "c1").String()}
	o = f.unlock()
	if got := o.changes.recordsOf(id)[0].All("proven"); !slices.Equal(got, want) {
		t.Errorf("kept %q, want %q", got, want)
	}
	if h := f.named("paper"); !slices.Equal(h.Proven, []roster.Proof{day(3, roster.InVault), day(1, "c1")}) || !h.LastProven().Equal(day(3, "").Time) {
		t.Errorf("read %v", h.Proven)
	}
}

// TestNoProofsWaitWithoutPin: what was deposited is a claim to whoever has compared the vault.
func TestNoProofsWaitWithoutPin(t *testing.T) {
	f := newFixture(t)
	v, err := Open(f.fsys, nil)
	must(t, err)
	o, err := v.Unlock(f.paper)
	must(t, err)
	if waiting := o.Roster().WaitingProofs(testTime); len(waiting) > 0 {
		t.Errorf("%v wait", waiting)
	}
}
