package escrow

import (
	"context"
	"errors"
	"io/fs"
	"math/rand/v2"
	"slices"
	"strings"
	"syscall"
	"testing"

	"filippo.io/age"

	"seedvault/escrow/internal/durable/durabletest"
	"seedvault/escrow/internal/format"
	"seedvault/escrow/key"
	"seedvault/escrow/roster"
	"seedvault/testdata/everything"
)

// stage is a vault in memory, in front of one writing operation.
type stage struct {
	fsys  *durabletest.FS
	pin   Pin
	paper age.Identity
	seeds int // accepted
}

// newStage makes a vault of three accepted seeds and one deposit.
func newStage(t *testing.T) *stage {
	t.Helper()
	s := &stage{fsys: durabletest.New(), seeds: 3}
	paper, secret, err := PaperHolder("paper", false)
	must(t, err)
	s.paper, err = key.ParseIdentity(secret)
	must(t, err)
	s.pin, err = Create(s.fsys, CreateOptions{Holders: []NewHolder{paper}, Now: testTime})
	must(t, err)
	var rs []Receipt
	for n := range 4 {
		r, err := s.vault(t).Deposit((&fixture{t: t}).seed(n))
		must(t, err)
		rs = append(rs, r)
	}
	o := s.unlock(t)
	must(t, o.Accept(rs[:3]...))
	_, err = o.Seal(testTime)
	must(t, err)
	return s
}

func (s *stage) clone() *stage {
	c := *s
	c.fsys = s.fsys.Clone()
	return &c
}

func (s *stage) vault(t *testing.T) *Vault {
	t.Helper()
	v, err := Open(s.fsys, &s.pin)
	must(t, err)
	return v
}

func (s *stage) unlock(t *testing.T) *Opened {
	t.Helper()
	o, err := s.vault(t).Unlock(s.paper)
	must(t, err)
	return o
}

// operation is something that writes. It reports whether it was done: done means
// that a command would say so to a person.
type operation struct {
	run  func(s *stage) error
	done func(t *testing.T, s *stage) bool // its effect is in the vault
}

func operations(t *testing.T) map[string]operation {
	open := func(s *stage) (*Opened, []Entry, error) {
		v, err := Open(s.fsys, &s.pin)
		if err != nil {
			return nil, nil, err
		}
		o, err := v.Unlock(s.paper)
		if err != nil {
			return nil, nil, err
		}
		entries, _, err := o.Seeds(context.Background())
		if err == nil && len(entries) < 4 {
			err = errors.New("a seed cannot be read now") // a person would stop here
		}
		return o, entries, err
	}
	count := func(want Status, n int) func(*testing.T, *stage) bool {
		return func(t *testing.T, s *stage) bool {
			entries, _ := seedsOf(t, s.unlock(t))
			have := 0
			for _, e := range entries {
				if e.Status == want {
					have++
				}
			}
			return have == n
		}
	}
	fresh := (&fixture{t: t}).seed(50)
	bob, bobs := freshKey(t, "bob")
	return map[string]operation{
		"deposit": {func(s *stage) error {
			v, err := Open(s.fsys, &s.pin)
			if err == nil {
				_, err = v.Deposit(fresh)
			}
			return err
		}, count(NotAccepted, 2)},
		"accept": {func(s *stage) error {
			o, entries, err := open(s)
			if err == nil {
				err = o.Accept(entries[3].Receipts...)
			}
			if err == nil {
				_, err = o.Seal(testTime)
			}
			return err
		}, count(Accepted, 4)},
		"add holder": {func(s *stage) error {
			o, _, err := open(s)
			if err == nil {
				err = o.Roster().AddHolder(bob)
			}
			if err == nil {
				_, err = o.Seal(testTime)
			}
			return err
		}, func(t *testing.T, s *stage) bool {
			holders, _ := s.unlock(t).Roster().Holders()
			_, err := s.vault(t).Unlock(bobs)
			return err == nil && slices.ContainsFunc(holders, func(h roster.Holder) bool { return h.Name == "bob" })
		}},
		"retire": {func(s *stage) error {
			o, entries, err := open(s)
			if err == nil {
				err = o.Retire(entries[0])
			}
			if err == nil {
				_, err = o.Seal(testTime)
			}
			return err
		}, count(Accepted, 2)},
		"edit": {func(s *stage) error {
			o, entries, err := open(s)
			if err == nil {
				_, err = o.Edit(entries[0], entries[0].Seed.With("note", "new"))
			}
			if err == nil {
				_, err = o.Seal(testTime)
			}
			return err
		}, func(t *testing.T, s *stage) bool {
			entries, _ := seedsOf(t, s.unlock(t))
			return slices.ContainsFunc(entries, func(e Entry) bool { return e.Status == Accepted && slices.Contains(e.Seed.Notes(), "new") })
		}},
	}
}

// TestEveryCallFails fails every call of every writing operation once: nothing
// is torn, lost or called done that is not, and the operation can be run again. With
// everything asked for each call fails in each way, and otherwise in one after the other.
func TestEveryCallFails(t *testing.T) {
	t.Parallel()
	base := newStage(t)
	for name, op := range operations(t) {
		t.Run(name, func(t *testing.T) {
			errnos := []syscall.Errno{syscall.EIO, syscall.ENOSPC}
			for n := 1; failOnce(t, base.clone(), op, n, errnos[n%2]); n++ {
				if everything.Asked {
					failOnce(t, base.clone(), op, n, errnos[(n+1)%2])
				}
			}
		})
	}
}

func failOnce(t *testing.T, s *stage, op operation, n int, errno syscall.Errno) bool {
	t.Helper()
	before := s.fsys.Files()
	fired := false
	s.fsys.Fail = func(i int, _ durabletest.Op) error {
		if i == n {
			fired = true
			return errno
		}
		return nil
	}
	err := op.run(s)
	s.fsys.Fail = nil
	if err == nil && !op.done(t, s) {
		t.Errorf("call %d failed, and success was reported without the effect", n)
	}
	whole(t, s, before, err)
	if err != nil && !op.done(t, s) { // it may be in place, and only not proven so
		if err := op.run(s); err != nil || !op.done(t, s) {
			t.Errorf("call %d failed; again: %v", n, err)
		}
	}
	return fired
}

// whole checks that what was there is there, and nothing is torn or left over.
func whole(t *testing.T, s *stage, before map[string]string, err error) {
	t.Helper()
	after := s.fsys.Files()
	for p, data := range before {
		if after[p] != data {
			t.Errorf("%v: %s was changed or lost", err, p)
		}
	}
	for p, data := range after {
		if durabletest.IsTemp(p) {
			t.Errorf("%v: %s is left over", err, p)
		}
		rel := strings.TrimPrefix(p, format.EpochFolder(1, s.pin.Fingerprint)+"/")
		if _, hash := format.Classify(rel); hash != "" && hash != format.Hash(format.Sum([]byte(data))) && !strings.HasSuffix(p, ".sig") {
			t.Errorf("%v: %s is torn", err, p)
		}
	}
	if _, findings := seedsOf(t, s.unlock(t)); len(findings) > 0 {
		t.Errorf("%v: %v", err, findings)
	}
}

// TestCreateFails fails every call of the creation once. Afterwards there is a
// vault that opens, or nothing at all.
func TestCreateFails(t *testing.T) {
	paper, secret, err := PaperHolder("paper", false)
	must(t, err)
	id, err := key.ParseIdentity(secret)
	must(t, err)
	for n := 1; ; n++ {
		fsys := durabletest.New()
		fired := false
		fsys.Fail = func(i int, _ durabletest.Op) error {
			if i == n {
				fired = true
				return syscall.ENOSPC
			}
			return nil
		}
		pin, err := Create(fsys, CreateOptions{Holders: []NewHolder{paper}, Now: testTime})
		fsys.Fail = nil
		if !fired {
			break
		}
		if err != nil && pin.Fingerprint.IsZero() {
			if files := fsys.Files(); len(files) > 0 {
				t.Errorf("call %d: %v, and %d files are left", n, err, len(files))
			}
			continue
		}
		v, err := Open(fsys, &pin)
		must(t, err)
		if _, err := v.Unlock(id); err != nil {
			t.Errorf("call %d: a vault that does not open: %v", n, err)
		}
	}
}

// TestP1SavedSurvivesPowerCut cuts the power at every operation of everything
// that writes. What was saved before is there in every state that the cut may
// leave, and once an operation has returned its own effect is too.
func TestP1SavedSurvivesPowerCut(t *testing.T) {
	t.Parallel()
	base := newStage(t)
	for name, op := range operations(t) {
		t.Run(name, func(t *testing.T) {
			if lost := powerCuts(t, base, op, nil); lost > 0 {
				t.Errorf("%d states have lost something that was saved", lost)
			}
		})
	}
}

// TestP1NoticesBrokenDisks is the negative control: a disk that does not sync
// folders must show losses.
func TestP1NoticesBrokenDisks(t *testing.T) {
	base := newStage(t)
	op := operations(t)["deposit"]
	if lost := powerCuts(t, base, op, func(f *durabletest.FS) { f.LoseSyncDir = true }); lost == 0 {
		t.Error("a disk that forgets names is not noticed")
	}
	if lost := powerCuts(t, base, op, func(f *durabletest.FS) { f.LoseSync = true }); lost == 0 {
		t.Error("a disk that forgets contents is not noticed")
	}
}

// powerCuts counts the states in which something is lost.
func powerCuts(t *testing.T, base *stage, op operation, breakIt func(*durabletest.FS)) (lost int) {
	t.Helper()
	r := rand.New(rand.NewPCG(1, 2))
	for n := 1; ; n++ {
		s := base.clone()
		if breakIt != nil {
			breakIt(s.fsys)
		}
		var states []*durabletest.FS
		s.fsys.Fail = func(i int, o durabletest.Op) error {
			if i == n && changes(o.Name) {
				for range 4 {
					states = append(states, s.fsys.Crash(r))
				}
			}
			return nil
		}
		err := op.run(s)
		calls := len(s.fsys.Ops())
		s.fsys.Fail = nil
		for _, state := range states {
			if !(&stage{state, s.pin, s.paper, s.seeds}).keeps(t, base) {
				lost++
			}
		}
		if n < calls {
			continue
		}
		for range 20 { // after the last call
			after := &stage{s.fsys.Crash(r), s.pin, s.paper, s.seeds}
			if err == nil && (!op.done(t, after) || !after.keeps(t, base)) {
				lost++
			}
		}
		return lost
	}
}

func changes(op string) bool {
	return slices.Contains([]string{"create", "write", "sync", "close", "rename", "syncdir", "mkdir", "remove"}, op)
}

// keeps reports whether every file that was there before is there.
func (s *stage) keeps(t *testing.T, base *stage) bool {
	t.Helper()
	files := s.fsys.Files()
	for p, data := range base.fsys.Files() {
		if files[p] != data {
			return false
		}
	}
	// What the cut left of the new files must not hide what was there.
	entries, _ := seedsOf(t, s.unlock(t))
	lines := map[string]bool{}
	for _, e := range entries {
		lines[e.Seed.Line()] = true
	}
	return len(lines) >= s.seeds
}

// TestLyingDisk lets the disk keep less than it reports.
func TestLyingDisk(t *testing.T) {
	s := newStage(t)
	s.fsys.LoseBytes = true
	_, err := s.vault(t).Deposit((&fixture{t: t}).seed(60))
	var w *WriteError
	if !errors.As(err, &w) || w.Saved {
		t.Errorf("a disk that keeps half: %v", err)
	}
}

// TestSpecialFiles plants links, pipes and devices; none is followed or waited
// for.
func TestSpecialFiles(t *testing.T) {
	s := newStage(t)
	folder := format.EpochFolder(1, s.pin.Fingerprint)
	for name, mode := range map[string]fs.FileMode{"link": fs.ModeSymlink, "pipe": fs.ModeNamedPipe, "device": fs.ModeDevice} {
		must(t, s.fsys.Plant(folder+"/seeds/"+name+".age", mode))
	}
	if entries, _ := seedsOf(t, s.unlock(t)); len(entries) != 4 {
		t.Errorf("%d entries, want 4", len(entries))
	}
	r := s.vault(t).Check(CheckOptions{Now: testTime})
	special := 0
	for _, f := range r.Findings {
		if f.Code == CodeSpecial {
			special++
		}
	}
	if special != 3 {
		t.Errorf("%d of 3 special files are named: %+v", special, r.Findings)
	}
}
