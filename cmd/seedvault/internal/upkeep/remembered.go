package upkeep

import (
	"time"

	"seedvault/cmd/seedvault/internal/copyplace"
	"seedvault/cmd/seedvault/internal/explain"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow/copies"
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
// reached, or something else lies in its place, that is what was remembered before.
func (r rememberedCopy) after(found copies.Result, whole, thorough bool, now time.Time) rememberedCopy {
	switch found.State {
	case copies.Unreachable, copies.Emptied, copies.Foreign, copies.Shared, copyplace.Linked, copyplace.OnRAMDisk, copyplace.VaultItself, copyplace.Twin, copyplace.NoKit:
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

// remembered returns what this machine remembers of a copy.
func (cs *Copies) remembered(c local.Copy) (r rememberedCopy) {
	if cs.original.Place.Memory().RecallCopy(c.ID, &r) && !cs.forgotten[c.ID] {
		if cs.forgotten == nil {
			cs.forgotten = map[string]bool{}
		}
		cs.forgotten[c.ID] = true
		cs.world().Voice.Remark(words.CopyForgotten, c.Name)
	}
	return r
}

// note records what a copy was found to be, for the rest of this run and in this machine's
// memory.
func (cs *Copies) note(c local.Copy, r copies.Result, whole, thorough bool) {
	if cs.found == nil {
		cs.found = map[string]foundCopy{}
	}
	if r.Taken.Files+len(r.HealedHere) > 0 {
		cs.original.Changed()
	}
	cs.found[c.ID] = foundCopy{Result: r, whole: whole}
	now := cs.remembered(c).after(r, whole, thorough, cs.world().Now())
	if err := cs.original.Place.Memory().SawCopy(c.ID, now); err != nil {
		cs.world().Voice.Remark(words.NotRemembered, explain.Error(err))
	}
}
