package remotetest

import (
	"maps"
	"testing"

	"seedvault/escrow/copies"
	"seedvault/escrow/copies/remote"
)

// Round is a machine that has something to carry, and a copy that programs carry it to.
type Round struct {
	Machine  *Machine
	Run      *Runner
	Thorough bool // is the sync that is stopped
	Open     func() (copies.Store, error)
	Files    func() map[string]string // of the copy
}

// KilledAnywhere stops a sync after every program that it runs, which is before the next
// one, in a fresh round each time. What the vault had stays as it was, the copy never
// holds a seal before what it lists, and the next sync does the rest. A sync of fewer
// programs than least is not the one that is meant.
func KilledAnywhere(t *testing.T, least int, fresh func() Round) {
	t.Helper()
	for n, stopped := 0, true; stopped; n++ {
		r := fresh()
		before := r.Machine.FS.Files()
		r.Run.Calls()
		stopped = false
		r.Run.After = func(i int, c remote.Call) error {
			if i > n { // it and all that would follow
				stopped = true
				return ErrKilled
			}
			return nil
		}
		if s, err := r.Open(); err == nil {
			r.Machine.Sync(t.Context(), s, r.Thorough)
			s.Close()
		}
		r.Run.After = nil
		for name, data := range before {
			if r.Machine.FS.Files()[name] != data {
				t.Fatalf("program %d: %s has changed", n, name)
			}
		}
		WantWhole(t, r.Files())
		s, err := r.Open()
		Must(t, err)
		result, err := r.Machine.Sync(t.Context(), s, true)
		s.Close()
		if err != nil || result.Err != nil || !maps.Equal(r.Files(), r.Machine.FS.Files()) || r.Machine.Accepted() == 0 {
			t.Fatalf("program %d: the next sync: %v, %+v", n, err, result)
		}
		if !stopped && n < least {
			t.Fatalf("only %d programs", n)
		}
	}
}
