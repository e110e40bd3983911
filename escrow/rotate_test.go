package escrow

import (
	"context"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"seedvault/escrow/roster"

	"filippo.io/age"
)

// plan makes a rotation's plan and answers what it asks with no.
func (f *fixture) plan(ro RotateOptions) (*Opened, *RotationPlan) {
	f.t.Helper()
	o := f.unlock()
	p, err := o.PlanRotation(ro)
	must(f.t, err)
	for _, c := range p.Open() {
		must(f.t, p.Answer(c.Key, false))
	}
	return o, p
}

// rotate rotates and pins the new epoch.
func (f *fixture) rotate(ro RotateOptions) *Rotation {
	f.t.Helper()
	o, p := f.plan(ro)
	r, err := o.Rotate(context.Background(), p, testTime)
	must(f.t, err)
	f.pin = r.Pin
	return r
}

func (p *RotationPlan) named(name string) *PlannedHolder {
	i := slices.IndexFunc(p.Holders, func(c PlannedHolder) bool { return c.Name == name })
	if i < 0 {
		return nil
	}
	return &p.Holders[i]
}

func names(holders []roster.Holder) []string {
	var list []string
	for _, h := range holders {
		list = append(list, h.Name)
	}
	slices.Sort(list)
	return list
}

func TestRotate(t *testing.T) {
	f := newFixture(t)
	f.sealed(5)
	o := f.unlock()
	entries, _ := seedsOf(t, o)
	must(t, o.Retire(entries[4]))
	f.seal(o)
	waiting := f.deposit(f.seed(9))
	before := f.files()
	old := *f

	r := f.rotate(RotateOptions{Remove: []string{"anna"}})
	after := f.files()
	for p, data := range before {
		if after[p] != data {
			t.Errorf("%s was changed or lost", p)
		}
	}
	if r.Carried != 4 || !slices.Equal(names(r.Stayed), []string{"paper", "words"}) || !slices.Equal(names(r.Left), []string{"anna"}) ||
		len(r.Damaged) > 0 || !slices.Equal(r.Sheets, []string{"paper"}) || !slices.Equal(r.Former, []string{"anna"}) {
		t.Errorf("%+v", r)
	}
	if len(r.LeftUnaccepted) != 1 || r.LeftUnaccepted[0] != waiting {
		t.Errorf("left behind: %v, want the deposit", r.LeftUnaccepted)
	}
	got := f.statuses(10)
	for n := range 4 {
		if !slices.Equal(got[n], []Status{Accepted}) {
			t.Errorf("seed %d stands %v", n, got[n])
		}
	}
	if len(got[4]) > 0 || !slices.Equal(got[9], []Status{Late}) {
		t.Errorf("the removed one stands %v, the deposit %v", got[4], got[9])
	}
	if report := f.check(); report.Red() || report.Ways != 2 || report.SealNumber != 2 {
		t.Errorf("check: %+v", report)
	}
	// Each who stayed opens it, and who left opens the old one alone.
	key, err := f.vault().PassphraseKeys("words")
	must(t, err)
	words, err := key.Unlock(passphrase)
	must(t, err)
	o, err = f.vault().Unlock(words)
	must(t, err)
	if !o.Compared() || o.Holder() != "words" {
		t.Errorf("words opens as %s", o.Holder())
	}
	o, err = f.vault().Unlock(f.friend)
	must(t, err)
	if o.Compared() || o.reader.keys[r.Folder] != nil {
		t.Error("who was removed opens the new epoch")
	}
	// The late one is accepted, written anew with its line.
	o = f.unlock()
	must(t, o.Accept(waiting))
	f.seal(o)
	if got := f.statuses(10); !slices.Equal(got[9], []Status{Accepted}) {
		t.Errorf("the late one, accepted, stands %v", got[9])
	}
	// A machine that has not confirmed it reads on, and deposits nothing.
	e := old.vault().Epochs()[0]
	if !e.Successor || !e.Sealed || e.Status != EpochUnconfirmed || e.Fork {
		t.Errorf("an old machine sees %+v", e)
	}
	var successor *SuccessorError
	if _, err := old.vault().Deposit(f.seed(11)); !errors.As(err, &successor) {
		t.Errorf("an old machine deposits: %v", err)
	}
	if _, err := old.unlock().PlanRotation(RotateOptions{}); !errors.As(err, &successor) {
		t.Errorf("an old machine rotates: %v", err)
	}
	v, err := old.vault().Confirm(r.Pin.Fingerprint, false)
	must(t, err)
	o, err = v.Unlock(f.paper)
	must(t, err)
	if pin := o.Pin(); pin.Fingerprint != r.Pin.Fingerprint || pin.Recipient != r.Pin.Recipient {
		t.Error("what a machine pins that confirms the epoch is not what the rotation returned")
	}
}

// TestRotateTwice carries seeds through three epochs, one of each outcome in each.
func TestRotateTwice(t *testing.T) {
	f := newFixture(t)
	f.sealed(4)
	f.rotate(RotateOptions{})
	o := f.unlock()
	entries, _ := seedsOf(t, o)
	must(t, o.Retire(entries[0]))
	_, err := o.Edit(entries[1], entries[1].Seed.With("note", "new"))
	must(t, err)
	must(t, o.Accept(f.deposit(f.seed(8))))
	f.seal(o)
	r := f.rotate(RotateOptions{PostQuantum: true})
	if !strings.HasPrefix(r.Pin.Recipient, "age1pq1") {
		t.Error("the vault has not become post-quantum")
	}
	got := f.statuses(9)
	for n, want := range map[int][]Status{0: nil, 1: {Accepted}, 2: {Accepted}, 3: {Accepted}, 8: {Accepted}} {
		if !slices.Equal(got[n], want) {
			t.Errorf("seed %d stands %v, want %v", n, got[n], want)
		}
	}
	if report := f.check(); report.Red() || len(report.Epochs) != 3 {
		t.Errorf("check: %+v", report)
	}
	if r := f.rotate(RotateOptions{}); !strings.HasPrefix(r.Pin.Recipient, "age1pq1") {
		t.Error("the next rotation has made it classic")
	}
	// The oldest identities go along.
	if o := f.unlock(); len(o.reader.keys) != 4 {
		t.Errorf("%d of 4 epochs open", len(o.reader.keys))
	}
}

func TestPlanRotation(t *testing.T) {
	f := newFixture(t)
	bob, _ := freshKey(t, "bob")
	memory := Memory{Holders: func() []roster.Holder { h, _ := f.unlock().Roster().Holders(); return h }(), Seals: f.vault().Remember(Memory{}, testTime).Seals}
	memory.Holders = append(memory.Holders, roster.Holder{ID: "gone", Name: "dave"})
	memory.Seals = append(memory.Seals, "a seal that is not here")
	carol, _ := freshKey(t, "carol")
	f.add(bob, carol.KnownTo("Bob", "carol"))
	o := f.unlock()
	p, err := o.PlanRotation(RotateOptions{Remove: []string{"bob"}, Memory: memory})
	must(t, err)
	if c := p.named("bob"); c.Outcome != OutcomeLeaves || c.Reason != ReasonRemoved || !c.New {
		t.Errorf("bob: %+v", c)
	}
	if c := p.named("carol"); c.Outcome != OutcomeAsk || c.Reason != ReasonKnown || !slices.Equal(c.People, []string{"bob"}) {
		t.Errorf("carol: %+v", c)
	}
	if c := p.named("paper"); c.Outcome != OutcomeStays || c.New {
		t.Errorf("paper: %+v", c)
	}
	if !slices.Equal(names(p.Gone), []string{"dave"}) || !slices.Equal(p.Unseen, []string{"a seal that is not here"}) {
		t.Errorf("gone %v, unseen %v", names(p.Gone), p.Unseen)
	}
	if _, err := o.Rotate(context.Background(), p, testTime); !errors.Is(err, ErrUnanswered) {
		t.Errorf("with an open question: %v", err)
	}
	if err := p.Answer(p.named("bob").Key, true); !errors.Is(err, ErrNoSuchAnswer) {
		t.Errorf("bob stays after all: %v", err)
	}
	must(t, p.Answer(p.named("carol").Key, true))
	var missing *MissingFilesError
	if _, err := o.Rotate(context.Background(), p, testTime); !errors.As(err, &missing) || missing.Seals != 1 {
		t.Errorf("while a seal that was seen is not here: %v", err)
	}
	p.WithoutMissing = true
	r, err := o.Rotate(context.Background(), p, testTime)
	must(t, err)
	if !slices.Equal(names(r.Stayed), []string{"anna", "carol", "paper", "words"}) {
		t.Errorf("who stayed: %v", names(r.Stayed))
	}
	f.pin = r.Pin
	var unknown *UnknownNameError
	if _, err := f.unlock().PlanRotation(RotateOptions{Remove: []string{"eve"}}); !errors.As(err, &unknown) || unknown.Name != "eve" {
		t.Errorf("a name that nobody has: %v", err)
	}
	_, all := f.plan(RotateOptions{Remove: []string{"anna", "carol", "paper", "words"}})
	if _, err := f.unlock().Rotate(context.Background(), all, testTime); !errors.Is(err, ErrNobodyLeft) {
		t.Errorf("nobody left: %v", err)
	}
}

// TestReEnrol removes somebody and works the list off.
func TestReEnrol(t *testing.T) {
	f := newFixture(t)
	f.sealed(4)
	f.rotate(RotateOptions{Remove: []string{"anna"}})
	o := f.unlock()
	must(t, o.Accept(f.deposit(f.seed(8)))) // nobody but holders has known it
	f.seal(o)
	list := func() map[string][]string {
		entries, err := f.unlock().ReEnrol(context.Background())
		must(t, err)
		m := map[string][]string{}
		for _, e := range entries {
			m[e.Seed.Line()] = e.ExposedTo
		}
		return m
	}
	got := list()
	if len(got) != 4 || got[f.seed(8).Line()] != nil || !slices.Equal(got[f.seed(0).Line()], []string{"anna"}) {
		t.Fatalf("%d seeds to enrol again", len(got))
	}
	o = f.unlock()
	entries, err := o.ReEnrol(context.Background())
	must(t, err)
	fresh, err := entries[0].Seed.WithLine(exampleURI2)
	must(t, err)
	_, err = o.Edit(entries[0], fresh) // a new secret
	must(t, err)
	_, err = o.Edit(entries[1], entries[1].Seed.With("note", "the same secret"))
	must(t, err)
	must(t, o.NeedsNone(entries[2]))
	f.seal(o)
	want := []string{entries[1].Seed.Line(), entries[3].Seed.Line()}
	check := func(when string) {
		t.Helper()
		if got := list(); len(got) != 2 || got[want[0]] == nil || got[want[1]] == nil {
			t.Errorf("%s: %d seeds to enrol again, want 2", when, len(got))
		}
	}
	check("after the edits")
	f.rotate(RotateOptions{})
	check("after another rotation")
	o = f.unlock()
	entries, err = o.ReEnrol(context.Background())
	must(t, err)
	must(t, o.Retire(entries...))
	f.seal(o)
	o = f.unlock()
	retired, err := o.Retired(context.Background())
	must(t, err)
	for _, e := range retired {
		_, err = o.Undo(e)
		must(t, err)
	}
	f.seal(o)
	check("after an undo")
}

// TestRotateHeals damages files of which a copy is whole.
func TestRotateHeals(t *testing.T) {
	f := newFixture(t)
	rs := f.sealed(4)
	copied := f.clone()
	spoil := func(p string) { must(t, os.WriteFile(f.path(p), []byte("damaged"), 0o600)) }
	spoil(rs[0].Path)
	f.remove(rs[1].Path)
	for p := range f.files() {
		if strings.Contains(p, "/roster/") || strings.Contains(p, "/holders/words/key-") {
			spoil(p)
		}
	}
	_, p := f.clone().plan(RotateOptions{})
	if len(p.Lost) != 3 || p.named("words").Reason != ReasonUnclaimed || p.named("paper").Outcome != OutcomeLeaves {
		t.Errorf("without the copy: lost %v, %+v", p.Lost, p.Holders)
	}
	if err := p.Answer(p.named("words").Key, true); !errors.Is(err, ErrNoSuchAnswer) {
		t.Errorf("a slot that nobody claims stays: %v", err)
	}
	r := f.rotate(RotateOptions{Copies: []FS{copied.fsys}})
	if r.Carried != 4 || len(r.Damaged) > 0 || len(r.Stayed) != 3 {
		t.Errorf("with the copy: %+v", r)
	}
	if n := len(f.identities(t)); n != 3 {
		t.Errorf("%d of 3 keys can be had", n)
	}
	for _, id := range f.identities(t) {
		o, err := f.vault().Unlock(id)
		must(t, err)
		if entries, _ := seedsOf(t, o); len(entries) != 4 || !o.Compared() {
			t.Errorf("%d seeds after the rotation", len(entries))
		}
	}
}

// TestRotateNamesDamage has no copy: what is damaged stays behind, and is named.
func TestRotateNamesDamage(t *testing.T) {
	f := newFixture(t)
	rs := f.sealed(3)
	good := f.files()[rs[0].Path]
	must(t, os.WriteFile(f.path(rs[0].Path), []byte("damaged"), 0o600))
	if _, p := f.plan(RotateOptions{}); !slices.Equal(p.Damaged, []string{rs[0].Path}) {
		t.Errorf("the plan names %v", p.Damaged)
	}
	o, plan := f.plan(RotateOptions{})
	var missing *MissingFilesError
	if _, err := o.Rotate(context.Background(), plan, testTime); !errors.As(err, &missing) || !slices.Equal(missing.Paths, plan.Damaged) {
		t.Errorf("unasked: %v", err)
	}
	r := f.rotate(RotateOptions{WithoutMissing: true})
	if r.Carried != 2 || !slices.Equal(r.Damaged, []string{rs[0].Path}) || len(r.LeftUnaccepted) > 0 {
		t.Errorf("%+v", r)
	}
	// Healed later, it is late and not lost.
	must(t, os.WriteFile(f.path(rs[0].Path), []byte(good), 0o600))
	if got := f.statuses(3); !slices.Equal(got[0], []Status{Late}) {
		t.Errorf("healed later it stands %v", got[0])
	}
}

// TestJoin lets two holders rotate at once, each removing somebody, and work on.
func TestJoin(t *testing.T) {
	f := newFixture(t)
	bob, bobs := freshKey(t, "bob")
	carol, carols := freshKey(t, "carol")
	f.add(bob, carol)
	f.sealed(4)
	a, b := f, f.clone()
	a.rotate(RotateOptions{Remove: []string{"bob"}})
	theirs := b.rotate(RotateOptions{Remove: []string{"carol"}})
	o := b.unlock()
	must(t, o.Accept(b.deposit(b.seed(7))))
	entries, _ := seedsOf(t, o)
	must(t, o.Retire(entries[0]))
	b.seal(o)
	overlay(t, a, b)
	overlay(t, b, a)

	// Each has left somebody out, which closes what came before (F82): the other's
	// rotation is said, and stops nothing.
	o = a.unlock()
	if err := o.Retire(entries[1]); err != nil {
		t.Errorf("a fork of a closed epoch stops work: %v", err)
	}
	if r := a.check(); !reports(r, CodeClosedForks, theirs.Folder) {
		t.Errorf("a fork of a closed epoch is not said: %+v", r.Findings)
	}
	if _, err := a.vault().Deposit(a.seed(8)); err != nil {
		t.Errorf("a deposit: %v", err)
	}
	r := a.rotate(RotateOptions{Join: []Fingerprint{theirs.Pin.Fingerprint}})
	if !slices.Equal(names(r.Stayed), []string{"anna", "paper", "words"}) {
		t.Errorf("who stayed: %v", names(r.Stayed))
	}
	got := a.statuses(9)
	for n, want := range map[int]Status{0: Accepted, 1: Accepted, 2: Accepted, 3: Accepted, 7: Late, 8: Late} {
		if !slices.Equal(got[n], []Status{want}) {
			t.Errorf("seed %d stands %v, want %d", n, got[n], want)
		}
	}
	for _, id := range []age.Identity{bobs, carols} {
		if o, err := a.vault().Unlock(id); err != nil || o.reader.keys[r.Folder] != nil {
			t.Errorf("who left one side opens the joined epoch: %v", err)
		}
	}
	o = a.unlock()
	late, err := o.LateRetired(context.Background())
	must(t, err)
	if len(late) != 1 || late[0].Seed.Line() != entries[0].Seed.Line() {
		t.Errorf("%d late retirements, want the other side's", len(late))
	}
	if late := o.Roster().LateHolders(); len(late) > 0 {
		t.Errorf("late holders: %+v", late)
	}
	overlay(t, b, a)
	for _, e := range b.vault().Epochs() {
		if e.Fingerprint == r.Pin.Fingerprint && (!e.Joined || !e.Successor || !e.Sealed) {
			t.Errorf("the other side sees %+v", e)
		}
	}
	v, err := b.vault().Confirm(r.Pin.Fingerprint, false)
	must(t, err)
	for _, e := range v.Epochs() {
		if e.Status == EpochUnconfirmed {
			t.Errorf("%s is not in the joined line", e.Folder)
		}
	}
}
