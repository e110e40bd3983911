package escrow

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"slices"
	"strings"
	"syscall"
	"testing"

	"seedvault/escrow/internal/durable/durabletest"
)

// rotate is a rotation as a command does it. A person stops where the plan does
// not show what this machine has seen.
func (s *stage) rotate(m Memory) (*Rotation, error) {
	v, err := Open(s.fsys, &s.pin)
	if err != nil {
		return nil, err
	}
	o, err := v.Unlock(s.paper)
	if err != nil {
		return nil, err
	}
	p, err := o.PlanRotation(RotateOptions{Memory: m})
	if err != nil {
		return nil, err
	}
	if len(p.Lost)+len(p.Damaged)+len(p.Unseen)+len(p.Gone)+len(p.Open()) > 0 {
		return nil, errors.New("not all can be read now")
	}
	return o.Rotate(context.Background(), p, testTime)
}

func (s *stage) memory(t *testing.T) Memory {
	holders, _ := s.unlock(t).Roster().Holders()
	return Memory{Seals: s.vault(t).Remember(Memory{}, testTime).Seals, Holders: holders}
}

// next returns the pin of an epoch that has appeared beside the pinned one.
func (s *stage) next(t *testing.T) (Pin, bool) {
	t.Helper()
	for _, e := range s.vault(t).Epochs() {
		if e.Status == EpochUnconfirmed {
			v, err := s.vault(t).Confirm(e.Fingerprint, false)
			if err != nil {
				t.Errorf("an epoch that cannot be confirmed: %v", err)
				return Pin{}, false
			}
			return v.Pin(), true
		}
	}
	return Pin{}, false
}

// oldOrNew says what is wrong with a state that a rotation left: the old epoch
// must be as it was, and a new one, if there is any, whole but for what was named
// as damaged, which is late then.
func (s *stage) oldOrNew(t *testing.T, before map[string]string, damaged int) error {
	t.Helper()
	files := s.fsys.Files()
	for p, data := range before {
		if files[p] != data {
			return fmt.Errorf("%s was changed or lost", p)
		}
	}
	pins := []Pin{s.pin}
	if pin, is := s.next(t); is {
		pins = append(pins, pin)
	}
	for i, pin := range pins {
		at := &stage{s.fsys, pin, s.paper, s.seeds}
		entries, findings := seedsOf(t, at.unlock(t))
		accepted := 0
		for _, e := range entries {
			if e.Status == Accepted {
				accepted++
			}
		}
		if len(lines(entries)) != s.seeds+1 || accepted != s.seeds-i*damaged || len(findings) > 0 {
			return fmt.Errorf("epoch %d has %d seeds, %d of them accepted, %v", i+1, len(entries), accepted, findings)
		}
		if r := at.vault(t).Check(CheckOptions{Now: testTime}); slices.ContainsFunc(r.Findings, func(f Finding) bool { return f.Red && f.Code != CodeFewWays }) {
			return fmt.Errorf("epoch %d: %+v", i+1, r.Findings)
		}
	}
	return nil
}

// TestRotateEveryCall stops a rotation at every call: by one failure, by the end
// of the process, and by the power. The old epoch is whole each time, the new one
// is or is not there, and the work can be done again.
func TestRotateEveryCall(t *testing.T) {
	t.Parallel()
	base := newStage(t)
	before, memory := base.fsys.Files(), base.memory(t)
	r := rand.New(rand.NewPCG(1, 2))
	for _, forEver := range []bool{false, true} {
		appeared := 0
		for n := 1; ; n++ {
			s := base.clone()
			fired := false
			var cut []*durabletest.FS
			s.fsys.Fail = func(i int, op durabletest.Op) error {
				if i == n || forEver && i > n {
					if !fired && forEver && changes(op.Name) {
						cut = append(cut, s.fsys.Crash(r), s.fsys.Crash(r))
					}
					fired = true
					return syscall.EIO
				}
				return nil
			}
			done, err := s.rotate(memory)
			s.fsys.Fail = nil
			damaged := 0
			if done != nil {
				damaged = len(done.Damaged)
			}
			if !fired {
				if n < 100 {
					t.Fatalf("only %d calls", n-1)
				}
				break
			}
			if e := s.oldOrNew(t, before, damaged); e != nil {
				t.Fatalf("call %d, for ever %t: %v", n, forEver, e)
			}
			for _, state := range cut {
				if e := (&stage{state, s.pin, s.paper, s.seeds}).oldOrNew(t, before, 0); e != nil {
					t.Fatalf("power cut at call %d: %v", n, e)
				}
			}
			next, is := s.next(t)
			if err == nil && !is || is && done != nil && next.Fingerprint != done.Pin.Fingerprint {
				t.Errorf("call %d: done without the effect: %v", n, err)
			}
			if is {
				appeared++
				continue
			}
			if !forEver {
				noRest(t, s, before)
			}
			if _, err := s.rotate(memory); err != nil {
				t.Errorf("call %d, again: %v", n, err)
			}
		}
		if appeared == 0 {
			t.Error("no failure came after the epoch had appeared")
		}
	}
}

// noRest wants nothing left of a rotation that failed.
func noRest(t *testing.T, s *stage, before map[string]string) {
	t.Helper()
	for p := range s.fsys.Files() {
		if _, was := before[p]; !was {
			t.Errorf("%s is left", p)
		}
	}
	entries, err := s.fsys.ReadDir(".")
	must(t, err)
	if i := slices.IndexFunc(entries, func(e fs.DirEntry) bool { return strings.HasPrefix(e.Name(), ".tmp-") }); i >= 0 {
		t.Errorf("the folder %s is left", entries[i].Name())
	}
}

// TestRotatedSurvivesPowerCut: once Rotate has returned, the power may go.
func TestRotatedSurvivesPowerCut(t *testing.T) {
	s := newStage(t)
	done, err := s.rotate(Memory{})
	must(t, err)
	r := rand.New(rand.NewPCG(3, 4))
	for range 50 {
		at := &stage{s.fsys.Crash(r), done.Pin, s.paper, s.seeds}
		if entries, _ := seedsOf(t, at.unlock(t)); len(entries) != 4 {
			t.Fatalf("%d entries after the power cut", len(entries))
		}
	}
	for name, breakIt := range map[string]func(*durabletest.FS){
		"forgets names":    func(f *durabletest.FS) { f.LoseSyncDir = true },
		"forgets contents": func(f *durabletest.FS) { f.LoseSync = true },
	} {
		s := newStage(t)
		breakIt(s.fsys)
		done, err := s.rotate(Memory{})
		must(t, err)
		lost := 0
		for range 50 {
			state := s.fsys.Crash(r)
			if v, err := Open(state, &done.Pin); err != nil {
				lost++
			} else if o, err := v.Unlock(s.paper); err != nil || !o.Compared() {
				lost++
			}
		}
		if lost == 0 {
			t.Errorf("a disk that %s is not noticed", name)
		}
	}
}
