package upkeep

import (
	"context"
	"time"

	"seedvault/cmd/seedvault/internal/copyplace"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/escrow/copies"
)

// Why a copy does not count, beside its state.
const (
	whyNever = "never"    // it was never seen whole from here
	whyLong  = "long-ago" // it was not reached for too long
)

// Status is what is known of one copy.
type Status struct {
	Copy    local.Copy
	State   copies.State
	Result  copies.Result
	Looked  bool      // nothing was written
	Whole   bool      // it counts
	Why     string    // why it does not: a state, or a word beside them
	Synced  time.Time // when it last held everything
	Reached time.Time // when it was last there
	Read    time.Time // when every file of it was last read
	Waiting int       // files of the vault that it did not hold when it was last there
}

// Statuses returns what is known of each copy: what is found there now, or for a copy that
// cannot be reached, what it held when it last was.
func (cs *Copies) Statuses(ctx context.Context, read Depth) []Status {
	var list []Status
	for _, c := range cs.original.Place.Copies() {
		list = append(list, cs.status(ctx, c, read))
	}
	return list
}

// Depth is how much of the copies is read.
type Depth int

const (
	ReadNear   Depth = iota // as ReadSample, and nothing of what programs carry
	ReadSample              // what opens the vault, and a sample
	ReadDue                 // everything of a copy where that has not been done for 30 days
	ReadAll                 // everything
)

// all reports whether every file of a copy is to be read.
func (d Depth) all(was rememberedCopy, now time.Time) bool {
	return d == ReadAll || d == ReadDue && was.due(now)
}

func (cs *Copies) status(ctx context.Context, c local.Copy, read Depth) Status {
	was, now := cs.remembered(c), cs.world().Now()
	r, known := cs.found[c.ID]
	switch thorough := read.all(was, now); {
	case !known && read == ReadNear && copyplace.IsRemote(c):
		r = foundCopy{Result: copies.Result{State: copies.Unreachable}, looked: true}
	case !known || thorough:
		r = cs.look(ctx, c, was, thorough)
		was = cs.remembered(c)
	}
	s := Status{Copy: c, State: r.State, Result: r.Result, Looked: r.looked, Whole: r.whole, Why: string(r.State), Synced: was.Synced, Reached: was.lastReached(), Read: was.Read}
	if r.State == copies.Unreachable || r.State == copies.NotFetched {
		s.Whole, s.Why = cs.asLastSeen(was)
		if missing, err := was.Seen.MissingFrom(cs.original.Files(), cs.original.Folder); err == nil && was.Seen.Files() > 0 {
			s.Waiting = missing
		}
	}
	if s.Whole {
		s.Why = ""
	}
	return s
}

// look compares a copy with the vault and writes to neither.
func (cs *Copies) look(ctx context.Context, c local.Copy, was rememberedCopy, thorough bool) foundCopy {
	limit := copyplace.FarLook
	if thorough {
		limit = copyplace.FarWork
	}
	r, err := cs.onCopy(ctx, c, limit, func(ctx context.Context, there copies.Store, alive func()) (copies.Result, error) {
		r, err := copies.Look(ctx, cs.original.Folder, there, WithPages(copies.Options{
			Pin: cs.original.Place.Pin(), Vault: cs.original.Files(), Seen: was.Seen, Thorough: thorough, Watch: func(int, int) { alive() },
		}))
		if copyplace.IsIncompleteKit(there) && r.State == copies.Equal {
			r.State = copies.Damaged
		}
		return r, err
	})
	if err != nil {
		return foundCopy{Result: copies.Result{State: copies.Failed, Err: err}}
	}
	whole := HoldsEverything(r) && r.Given.Files == 0 && len(r.Healed) == 0
	cs.note(c, r, whole, thorough)
	found := foundCopy{r, whole, true}
	cs.found[c.ID] = found
	return found
}

// asLastSeen reports whether a copy that cannot be looked at now still counts, and why not.
func (cs *Copies) asLastSeen(was rememberedCopy) (bool, string) {
	if was.Synced.IsZero() {
		return false, whyNever
	}
	if cs.world().Now().After(was.lastReached().AddDate(0, reachMonths, 0)) {
		return false, whyLong
	}
	if was.State == copies.Damaged || was.State == copies.Failed {
		return false, string(was.State)
	}
	if missing, err := was.Seen.MissingFrom(cs.original.Files(), cs.original.Folder); err != nil || missing > 0 {
		return false, string(copies.Behind)
	}
	return true, ""
}
