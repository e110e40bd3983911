package escrow

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"syscall"
	"testing"

	"seedvault/escrow/internal/durable/durabletest"
	"seedvault/escrow/internal/format"
)

// several are n seeds with ids of their own.
func several(t testing.TB, n int) (list []Seed) {
	for i := range n {
		s, err := NewSeed(fmt.Sprintf("otpauth://totp/Site%05d:me?secret=JBSWY3DPEHPK3PXP&issuer=Site%05d", i, i), Details{})
		must(t, err)
		list = append(list, s)
	}
	return list
}

func TestDepositAll(t *testing.T) {
	s := newStage(t)
	before := len(s.fsys.Ops())
	seeds, last := several(t, 40), 0
	rs, err := s.vault(t).DepositAll(seeds, func(done, total int) {
		if done != last+1 || total != len(seeds) {
			t.Errorf("%d of %d come after %d", done, total, last)
		}
		last = done
	})
	must(t, err)
	if last != len(seeds) {
		t.Errorf("the last number is %d", last)
	}
	syncs := 0
	for _, op := range s.fsys.Ops()[before:] {
		if op.Name == "syncdir" && strings.HasSuffix(op.Path, "/seeds") {
			syncs++
		}
	}
	if syncs != 1 {
		t.Errorf("the folder was synced %d times", syncs)
	}
	o := s.unlock(t)
	must(t, o.Accept(rs...))
	_, err = o.Seal(testTime)
	must(t, err)
	entries, _ := seedsOf(t, s.unlock(t))
	at := map[Receipt]string{}
	for _, e := range entries {
		at[e.Receipts[0]] = e.Seed.ID()
	}
	for i, r := range rs {
		if at[r] != seeds[i].ID() {
			t.Errorf("receipt %d is another seed's", i)
		}
	}
	if rs, err := s.vault(t).DepositAll(nil, nil); err != nil || len(rs) != 0 {
		t.Errorf("none: %v, %v", rs, err)
	}
}

// TestDepositAllStops: a seed that cannot be written has no receipt, and those that
// have one are there.
func TestDepositAllStops(t *testing.T) {
	base := newStage(t)
	for _, errno := range []syscall.Errno{syscall.EIO, syscall.ENOSPC} {
		for n, fired := 1, true; fired; n++ {
			s := base.clone()
			before := s.fsys.Files()
			fired = false
			s.fsys.Fail = func(i int, _ durabletest.Op) error {
				if i == n {
					fired = true
					return errno
				}
				return nil
			}
			rs, err := depositSeveral(s, several(t, 4))
			s.fsys.Fail = nil
			missing := 0
			for _, r := range rs {
				if data, there := s.fsys.Files()[r.Path]; r == (Receipt{}) {
					missing++
				} else if !there || format.Sum([]byte(data)) != r.Sum {
					t.Errorf("call %d: a receipt without its file", n)
				}
			}
			if (missing > 0) != (err != nil) && rs != nil {
				t.Errorf("call %d: %d of %d are missing, and the error is %v", n, missing, len(rs), err)
			}
			var w *WriteError
			if rs != nil && err != nil && !errors.Is(err, ErrDamaged) && (!errors.As(err, &w) || !errors.Is(err, errno)) {
				t.Errorf("call %d: %v", n, err)
			}
			whole(t, s, before, err)
		}
	}
}

// TestDepositAllCountsWhatIsWritten: a seed that could not be encrypted is not among those
// that progress counts.
func TestDepositAllCountsWhatIsWritten(t *testing.T) {
	s := newStage(t)
	seeds := several(t, 40)
	seeds[0] = seeds[0].With("Not A Key", "x")
	most := 0
	rs, err := s.vault(t).DepositAll(seeds, func(done, total int) { most = max(most, done) })
	written := len(slices.DeleteFunc(rs, func(r Receipt) bool { return r == Receipt{} }))
	if err == nil || most != written {
		t.Errorf("%d are counted and %d written: %v", most, written, err)
	}
}

// depositSeveral opens the vault, which may fail too: then there are no receipts.
func depositSeveral(s *stage, seeds []Seed) ([]Receipt, error) {
	v, err := Open(s.fsys, &s.pin)
	if err != nil {
		return nil, err
	}
	return v.DepositAll(seeds, nil)
}

// TestDepositAllPowerCut cuts the power at every change of the disk. Each seed is
// whole or not there, and doing it again completes it; once it has returned all of
// them stay. A disk that forgets names must show losses.
func TestDepositAllPowerCut(t *testing.T) {
	t.Parallel()
	base := newStage(t)
	seeds := several(t, 4)
	for _, forgets := range []bool{false, true} {
		r, lost := rand.New(rand.NewPCG(7, 8)), 0
		for n, calls := 1, 1; n <= calls; n++ {
			s := base.clone()
			s.fsys.LoseSyncDir = forgets
			var states []*durabletest.FS
			s.fsys.Fail = func(i int, o durabletest.Op) error {
				if i == n && changes(o.Name) {
					states = append(states, s.fsys.Crash(r), s.fsys.Crash(r))
				}
				return nil
			}
			rs, err := depositSeveral(s, seeds)
			must(t, err)
			s.fsys.Fail = nil
			calls = len(s.fsys.Ops())
			for _, state := range states {
				cut := &stage{state, s.pin, s.paper, s.seeds}
				wholeOrAbsent(t, cut)
				again, err := depositSeveral(cut, seeds)
				must(t, err)
				if found := idsIn(t, cut, seeds); found != len(seeds) || len(again) != found {
					t.Errorf("call %d: after doing it again %d of %d are there", n, found, len(seeds))
				}
			}
			after := s.fsys.Crash(r).Files()
			for _, r := range rs {
				if _, there := after[r.Path]; !there {
					lost++
				}
			}
		}
		if (lost > 0) != forgets {
			t.Errorf("forgets names %t: %d seeds were lost", forgets, lost)
		}
	}
}

// wholeOrAbsent holds every seed's file against the hash in its name.
func wholeOrAbsent(t *testing.T, s *stage) {
	t.Helper()
	for p, data := range s.fsys.Files() {
		rel := strings.TrimPrefix(p, format.EpochFolder(1, s.pin.Fingerprint)+"/")
		if kind, hash := format.Classify(rel); kind == format.KindSeed && !durabletest.IsTemp(p) && hash != format.Hash(format.Sum([]byte(data))) {
			t.Errorf("%s is torn", p)
		}
	}
}

// idsIn counts which of the seeds are in the vault.
func idsIn(t *testing.T, s *stage, seeds []Seed) (found int) {
	t.Helper()
	there := map[string]bool{}
	entries, _, err := s.unlock(t).Seeds(context.Background())
	must(t, err)
	for _, e := range entries {
		there[e.Seed.ID()] = true
	}
	for _, s := range seeds {
		if there[s.ID()] {
			found++
		}
	}
	return found
}

// TestOtherKinds: a line whose codes nobody computes here is carried, and that it gives
// none is said and is no fault.
func TestOtherKinds(t *testing.T) {
	for line, want := range map[string]bool{
		"motp://Site:me?secret=0123456789abcdef":           true,
		"otpauth://yaotp/me?secret=JBSWY3DPEHPK3PXP":       true,
		"otpauth://totp/me?secret=":                        false,
		"hello":                                            false,
		"otpauth://totp/me?secret=JBSWY3DPEHPK3PXP":        false,
		"otpauth://totp/me?secret=JBSWY3DPEHPK3PXP&d=\x7f": false,
	} {
		s, err := NewSeedOf(line, Details{Recovery: []string{"1234 5678"}, Other: []string{"pin 0000"}})
		must(t, err)
		if got := otherKind(s); got != want {
			t.Errorf("%q: another kind %t", line, got)
		}
		if s.Line() != line || s.All("recovery")[0] != "1234 5678" || s.All("other")[0] != "pin 0000" {
			t.Errorf("%q is not carried", line)
		}
	}
	s := newStage(t)
	motp, err := NewSeedOf("motp://Site:me?secret=0123456789abcdef", Details{})
	must(t, err)
	rs, err := s.vault(t).DepositAll([]Seed{motp}, nil)
	must(t, err)
	o := s.unlock(t)
	must(t, o.Accept(rs...))
	_, err = o.Seal(testTime)
	must(t, err)
	report, err := s.unlock(t).Check(context.Background(), CheckOptions{Now: testTime})
	must(t, err)
	for _, f := range report.Findings {
		if f.Code == CodeNoCode && f.Red {
			t.Errorf("%+v", f)
		}
	}
	if _, err := NewSeedOf("two\nlines", Details{}); err == nil {
		t.Error("a line end is taken into a line")
	}
}
