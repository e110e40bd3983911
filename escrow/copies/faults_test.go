package copies

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"syscall"
	"testing"

	"seedvault/escrow"
	"seedvault/escrow/internal/durable/durabletest"
)

// scene is a vault and a copy that each have what the other lacks, with a damaged
// file on each side.
type scene struct {
	m     *machine
	stick *durabletest.FS
	seen  Seen
	whole map[string]string // what both hold in the end
	bad   []string          // damaged at first
}

func newScene(t testing.TB) *scene {
	t.Helper()
	s := &scene{m: newMachine(t, 2), stick: durabletest.New()}
	s.seen = s.m.sync(s.stick, Options{}, New).Seen
	other := s.m.twin()
	other.add(2)
	other.seal()
	other.sync(s.stick, Options{}, Behind)
	s.m.add(2)
	s.m.seal()
	s.whole = s.m.fsys.Files()
	maps.Copy(s.whole, s.stick.Files())
	s.bad = []string{find(t, s.m.fsys, "/roster/"), find(t, s.stick, "/slot-")}
	plant(t, s.m.fsys, s.bad[0], "")
	plant(t, s.stick, s.bad[1], s.whole[s.bad[1]][:20])
	return s
}

func (s *scene) clone() *scene {
	c := *s
	c.m, c.stick = s.m.twin(), s.stick.Clone()
	return &c
}

// wrong says what a stopped sync must not leave: a file that was there and is not,
// or one that is neither what it was nor what it should be.
func (s *scene) wrong(before map[string]string, f *durabletest.FS) error {
	files := f.Files()
	for name, data := range before {
		if files[name] != data && files[name] != s.whole[name] {
			return fmt.Errorf("%s was lost or changed", name)
		}
	}
	for name, data := range files {
		if !durabletest.IsTemp(name) && data != before[name] && data != s.whole[name] {
			return fmt.Errorf("%s is torn or a stranger", name)
		}
	}
	return nil
}

func (s *scene) finish(t *testing.T, what string) {
	t.Helper()
	r, err := Sync(context.Background(), s.m.fsys, s.stick, Options{Pin: &s.m.pin, Seen: s.seen})
	if err != nil || r.Err != nil {
		t.Fatalf("%s: the next sync: %v, %v", what, err, r.Err)
	}
	for _, f := range []*durabletest.FS{s.m.fsys, s.stick} {
		if !maps.Equal(withoutTemps(f), s.whole) {
			t.Fatalf("%s: the next sync leaves %d files of %d: %+v", what, len(withoutTemps(f)), len(s.whole), r)
		}
	}
}

func withoutTemps(f *durabletest.FS) map[string]string {
	files := f.Files()
	maps.DeleteFunc(files, func(name, _ string) bool { return durabletest.IsTemp(name) })
	return files
}

// TestEveryCallFails stops a sync at every call of either file system: one call
// fails, the process ends there, or the power goes. Both sides are whole each time,
// and the next sync does the rest.
func TestEveryCallFails(t *testing.T) {
	base := newScene(t)
	here, there := base.m.fsys.Files(), base.stick.Files()
	rnd := rand.New(rand.NewPCG(1, 2))
	for _, side := range []string{"vault", "copy"} {
		for _, forEver := range []bool{false, true} {
			for n, fired := 1, true; fired; n++ {
				s := base.clone()
				f := map[string]*durabletest.FS{"vault": s.m.fsys, "copy": s.stick}[side]
				what := fmt.Sprintf("call %d of the %s, for ever %t", n, side, forEver)
				fired = false
				f.Fail = func(i int, op durabletest.Op) error {
					if i == n || forEver && i > n {
						fired = true
						return syscall.EIO
					}
					return nil
				}
				r, err := Sync(context.Background(), s.m.fsys, s.stick, Options{Pin: &s.m.pin, Seen: s.seen})
				f.Fail = nil
				if !fired && n < 40 {
					t.Fatalf("only %d calls", n-1)
				}
				done := maps.Equal(s.m.fsys.Files(), s.whole) && maps.Equal(s.stick.Files(), s.whole)
				if fired && forEver && err == nil && r.Err == nil && r.State != Unreachable && !done {
					t.Errorf("%s: nothing is said: %s", what, r.State)
				}
				for _, err := range []error{s.wrong(here, s.m.fsys), s.wrong(there, s.stick)} {
					if err != nil {
						t.Fatalf("%s: %v", what, err)
					}
				}
				cut := *s
				cut.m, cut.stick = s.m.twin(), s.stick.Crash(rnd)
				cut.m.fsys = s.m.fsys.Crash(rnd)
				for _, err := range []error{cut.wrong(here, cut.m.fsys), cut.wrong(there, cut.stick)} {
					if err != nil {
						t.Fatalf("%s, and the power: %v", what, err)
					}
				}
				s.finish(t, what)
				cut.finish(t, what+", and the power")
			}
		}
	}
}

// TestHalfACopyIsWhole stops the first sync of a copy at every call. What is there
// then is nothing yet, or a vault that lacks nothing of what its seals list.
func TestHalfACopyIsWhole(t *testing.T) {
	m := newMachine(t, 3)
	vaults := 0
	for n, fired := 1, true; fired; n++ {
		stick := durabletest.New()
		fired = false
		stick.Fail = func(i int, op durabletest.Op) error {
			if fired = fired || i >= n; fired {
				return syscall.EIO
			}
			return nil
		}
		if _, err := Sync(context.Background(), m.fsys, stick, Options{Pin: &m.pin}); err != nil {
			t.Fatal(err)
		}
		stick.Fail = nil
		if len(withoutTemps(stick)) == 0 {
			continue
		}
		v, err := escrow.Open(stick, &m.pin)
		if err != nil {
			t.Fatalf("call %d: %v", n, err)
		}
		vaults++
		for _, f := range v.Check(escrow.CheckOptions{}).Findings {
			if f.Code == escrow.CodeMissing || f.Code == escrow.CodeDamaged {
				t.Errorf("call %d: %s %s", n, f.Code, f.Path)
			}
		}
	}
	if vaults < 40 {
		t.Errorf("only %d vaults", vaults)
	}
}

// TestSyncedSurvivesPowerCut: what a sync says it has given and taken is there
// after a power cut. Disks that forget are the control.
func TestSyncedSurvivesPowerCut(t *testing.T) {
	base := newScene(t)
	rnd := rand.New(rand.NewPCG(3, 4))
	for name, c := range map[string]struct {
		breakIt func(*durabletest.FS)
		loses   bool
	}{
		"good":             {func(*durabletest.FS) {}, false},
		"forgets names":    {func(f *durabletest.FS) { f.LoseSyncDir = true }, true},
		"forgets contents": {func(f *durabletest.FS) { f.LoseSync = true }, true},
	} {
		lost := 0
		for range 10 {
			s := base.clone()
			c.breakIt(s.stick)
			c.breakIt(s.m.fsys)
			s.finish(t, name)
			for _, f := range []*durabletest.FS{s.m.fsys, s.stick} {
				if !maps.Equal(withoutTemps(f.Crash(rnd)), s.whole) {
					lost++
				}
			}
		}
		if (lost > 0) != c.loses {
			t.Errorf("a disk that is %s: %d states have lost something", name, lost)
		}
	}
}

// TestWritesFail names what stops the writing, and goes on with the other side.
func TestWritesFail(t *testing.T) {
	base := newScene(t)
	for errno, want := range map[syscall.Errno]State{syscall.ENOSPC: Full, syscall.EROFS: ReadOnly, syscall.EACCES: ReadOnly, syscall.EIO: Failed} {
		s := base.clone()
		creates := 0
		s.stick.Fail = func(_ int, op durabletest.Op) error {
			if op.Name != "create" {
				return nil
			}
			if creates++; creates > 2 {
				return errno
			}
			return nil
		}
		r, err := Sync(context.Background(), s.m.fsys, s.stick, Options{Pin: &s.m.pin, Seen: s.seen})
		s.stick.Fail = nil
		must(t, err)
		if r.State != want || r.Err == nil || r.Given.Files+len(r.Healed) != 2 || r.Left == 0 {
			t.Errorf("%v: %+v", errno, r)
		}
		if !maps.Equal(withoutTemps(s.m.fsys), s.whole) {
			t.Errorf("%v: the vault did not get what the copy had", errno)
		}
		s.finish(t, errno.Error())

		s = base.clone()
		s.m.fsys.Fail = func(_ int, op durabletest.Op) error {
			if op.Name == "create" {
				return errno
			}
			return nil
		}
		r, err = Sync(context.Background(), s.m.fsys, s.stick, Options{Pin: &s.m.pin, Seen: s.seen})
		s.m.fsys.Fail = nil
		if err == nil || r.Given.Seeds != 2 {
			t.Errorf("a vault that cannot be written to (%v): %v, %+v", errno, err, r)
		}
		s.finish(t, errno.Error())
	}
}

// TestPulledOut takes the copy away at every call: nothing is called damaged for
// that.
func TestPulledOut(t *testing.T) {
	base := newScene(t)
	for n, fired := 1, true; fired; n++ {
		s := base.clone()
		fired = false
		s.stick.Fail = func(i int, _ durabletest.Op) error {
			if i >= n {
				fired = true
				return syscall.ENODEV
			}
			return nil
		}
		r, err := Sync(context.Background(), s.m.fsys, s.stick, Options{Pin: &s.m.pin, Seen: s.seen, Thorough: true})
		s.stick.Fail = nil
		must(t, err)
		if fired && r.State != Unreachable && r.State != Failed {
			t.Errorf("call %d: %s", n, r.State)
		}
		if len(r.Damaged)+len(r.Differs) > 0 || len(r.DamagedHere) > 0 && !slices.Equal(r.DamagedHere, s.bad[:1]) {
			t.Errorf("call %d: %v, %v, %v", n, r.Damaged, r.DamagedHere, r.Differs)
		}
		s.finish(t, fmt.Sprint("call ", n))
	}
}
