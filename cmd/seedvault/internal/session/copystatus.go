package session

import (
	"context"
	"errors"
	"io/fs"
	"time"

	"seedvault/cmd/seedvault/internal/explain"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow/copies"
	"seedvault/escrow/roster"
)

// States of a copy that its folder alone tells: nothing is written to one of these,
// and none counts, since it is lost with what it is.
const (
	Linked      copies.State = "linked"    // a link leads elsewhere
	InMemory    copies.State = "in-memory" // a power cut empties it
	VaultItself copies.State = "vault"     // the vault's own folder, or one in or around it
	Twin        copies.State = "twin"      // the folder of another copy
	NoKit       copies.State = "no-kit"    // in a kit's place lies something else
)

// Why a copy does not count, beside its state.
const (
	whyNever = "never"    // it was never seen whole from here
	whyLong  = "long-ago" // it was not reached for too long
)

const (
	// reachMonths is how long a copy counts that is not there to be looked at, as
	// a holder's proof does.
	reachMonths = 13
	// readDays is after how many days every file of a copy is read again.
	readDays = 30
)

// rememberedCopy is what this machine remembers of one copy.
type rememberedCopy struct {
	Synced  time.Time    `json:"synced,omitzero"`  // when it last held everything
	Reached time.Time    `json:"reached,omitzero"` // when it was last there
	Read    time.Time    `json:"read,omitzero"`    // when every file of it was last read, and good
	Seen    copies.Seen  `json:"seen"`
	State   copies.State `json:"state"`
}

// remembered returns what this machine remembers of a copy.
func (cs *Copies) remembered(c local.Copy) (r rememberedCopy) {
	if cs.home.vault.Place.Memory().RecallCopy(c.ID, &r) && !cs.forgotten[c.ID] {
		if cs.forgotten == nil {
			cs.forgotten = map[string]bool{}
		}
		cs.forgotten[c.ID] = true
		cs.home.world().Voice.Remark(words.CopyForgotten, c.Name)
	}
	return r
}

// lastReached returns when the copy was last reached.
func (r rememberedCopy) lastReached() time.Time {
	if r.Reached.After(r.Synced) {
		return r.Reached
	}
	return r.Synced
}

// due reports whether every file of the copy has to be read again.
func (r rememberedCopy) due(now time.Time) bool { return now.After(r.Read.AddDate(0, 0, readDays)) }

// after returns what is remembered of a copy after it was found to be so. If it could not be
// reached, that is what was remembered before.
func (r rememberedCopy) after(found copies.Result, whole, thorough bool, now time.Time) rememberedCopy {
	switch found.State {
	case copies.Unreachable, copies.Emptied, copies.Foreign, copies.Shared, Linked, InMemory, VaultItself, Twin, NoKit:
		return r
	}
	now = now.UTC()
	r.Reached, r.State = now, found.State
	if found.Seen.Files() > 0 {
		r.Seen = found.Seen
	}
	if whole {
		r.Synced = now
	}
	if whole && (thorough || found.State == copies.New) { // what was written was read back
		r.Read = now
	}
	return r
}

// foundCopy is what a copy was found to be in this run.
type foundCopy struct {
	copies.Result
	whole  bool
	looked bool // nothing was written
}

// note records what a copy was found to be, for the rest of this run and in this machine's
// memory.
func (cs *Copies) note(c local.Copy, r copies.Result, whole, thorough bool) {
	if cs.found == nil {
		cs.found = map[string]foundCopy{}
	}
	if r.Taken.Files+len(r.HealedHere) > 0 {
		cs.home.vault.listed = nil
	}
	cs.found[c.ID] = foundCopy{Result: r, whole: whole}
	now := cs.remembered(c).after(r, whole, thorough, cs.home.world().Now())
	if err := cs.home.vault.Place.Memory().SawCopy(c.ID, now); err != nil {
		cs.home.world().Voice.Remark(words.NotRemembered, explain.Error(err))
	}
}

// CopyStatus is what is known of one copy.
type CopyStatus struct {
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
// cannot be reached, what it held when it last was. Every file is read where read asks for it,
// or where that has not been done for long and the caller has the time.
func (cs *Copies) Statuses(ctx context.Context, read Reading) []CopyStatus {
	var list []CopyStatus
	for _, c := range cs.home.vault.Place.conf.Copies {
		list = append(list, cs.status(ctx, c, read))
	}
	return list
}

// Reading is how much of the copies is read.
type Reading int

const (
	ReadNear   Reading = iota // as below, and nothing of what programs carry
	ReadSample                // what opens the vault, and a sample
	ReadDue                   // everything where that has not been done for long
	ReadAll                   // everything
)

func (r Reading) all(was rememberedCopy, now time.Time) bool {
	return r == ReadAll || r == ReadDue && was.due(now)
}

func (cs *Copies) status(ctx context.Context, c local.Copy, read Reading) CopyStatus {
	was, now := cs.remembered(c), cs.home.world().Now()
	r, known := cs.found[c.ID]
	switch thorough := read.all(was, now); {
	case !known && read == ReadNear && isRemote(c):
		r = foundCopy{Result: copies.Result{State: copies.Unreachable}, looked: true}
	case !known || thorough:
		r = cs.look(ctx, c, was, thorough)
		was = cs.remembered(c)
	}
	s := CopyStatus{Copy: c, State: r.State, Result: r.Result, Looked: r.looked, Whole: r.whole, Why: string(r.State), Synced: was.Synced, Reached: was.lastReached(), Read: was.Read}
	if r.State == copies.Unreachable || r.State == copies.NotFetched {
		s.Whole, s.Why = cs.asLastSeen(was)
		if missing, err := was.Seen.MissingFrom(cs.home.vault.Files, cs.home.vault.folder); err == nil && was.Seen.Files() > 0 {
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
	limit := farLook
	if thorough {
		limit = farWork
	}
	r, err := cs.onCopy(ctx, c, limit, func(ctx context.Context, there copies.Store, alive func()) (copies.Result, error) {
		r, err := copies.Look(ctx, cs.home.vault.folder, there, withPages(copies.Options{
			Pin: cs.home.vault.Place.pin, Vault: cs.home.vault.Files, Seen: was.Seen, Thorough: thorough, Watch: func(int, int) { alive() },
		}))
		if torn(there) && r.State == copies.Equal {
			r.State = copies.Damaged
		}
		return r, err
	})
	if err != nil {
		return foundCopy{Result: copies.Result{State: copies.Failed, Err: err}}
	}
	whole := HoldsAll(r) && r.Given.Files == 0 && len(r.Healed) == 0
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
	if cs.home.world().Now().After(was.lastReached().AddDate(0, reachMonths, 0)) {
		return false, whyLong
	}
	if was.State == copies.Damaged || was.State == copies.Failed {
		return false, string(was.State)
	}
	if missing, err := was.Seen.MissingFrom(cs.home.vault.Files, cs.home.vault.folder); err != nil || missing > 0 {
		return false, string(copies.Behind)
	}
	return true, ""
}

// obstacle returns the state that keeps a copy's folder from being one, "" if nothing does.
func (cs *Copies) obstacle(c local.Copy) copies.State {
	p := cs.home.vault.Place
	if c.Kind == roster.CopyKit {
		return cs.kitObstacle(c)
	}
	if !inFolder(c) {
		return ""
	}
	if local.LinkAt(c.Path) != "" {
		return Linked
	}
	if how, err := copies.OverlapOf(c.Path, p.Path); err == nil && how != copies.Apart {
		return VaultItself
	}
	for _, other := range p.conf.Copies {
		if other.ID == c.ID {
			break // the first of several counts
		}
		if !inFolder(other) {
			continue
		}
		if how, err := copies.OverlapOf(c.Path, other.Path); err == nil && how != copies.Apart {
			return Twin
		}
	}
	if p.world.InMemory(c.Path) {
		return InMemory
	}
	return ""
}

// unopenedState returns the state of a copy whose folder could not be opened.
func unopenedState(c local.Copy, err error) copies.State {
	if c.Kind == roster.CopyKit {
		return unopenedKitState(c, err)
	}
	if !inFolder(c) {
		return copies.Unreachable
	}
	if errors.Is(err, fs.ErrNotExist) && local.LinkAt(c.Path) != "" {
		return Linked
	}
	if errors.Is(err, fs.ErrNotExist) && local.Vanished(c.Path, c.Kept == keptInCloud) {
		return copies.Emptied
	}
	return copies.Unreachable
}
