package upkeep

import (
	"context"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/copyplace"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow/copies"
	"seedvault/escrow/roster"
)

// Try makes a copy's folder and writes everything into it, before the vault or this machine
// records that there is such a copy.
func (cs *Copies) Try(ctx context.Context, c local.Copy) error {
	made, err := copyplace.Make(c)
	if err != nil {
		return err
	}
	r, err := cs.Sync(ctx, c, ReadAll, false)
	if err == nil && !HoldsAllUndamaged(r) {
		err = cs.notMade(c, r)
	}
	if err != nil {
		cs.forget(c)
		local.RemoveFolders(made)
	}
	return err
}

// Refill writes everything to a copy that has become empty or whose folder is gone.
func (cs *Copies) Refill(ctx context.Context, c local.Copy) (copies.Result, error) {
	if _, err := copyplace.Make(c); err != nil {
		return copies.Result{State: copies.Failed, Err: err}, nil
	}
	return cs.Sync(ctx, c, ReadAll, true)
}

// HeldFiles returns how many files the copy had when it was last reached.
func (cs *Copies) HeldFiles(c local.Copy) int { return cs.remembered(c).Seen.Files() }

// Made returns an error unless the copy, which has just been made, holds everything that is whole
// in the vault.
func (cs *Copies) Made(c local.Copy) error {
	if found := cs.found[c.ID]; !found.whole && !HoldsAllUndamaged(found.Result) {
		return cs.notMade(c, found.Result)
	}
	return nil
}

func (cs *Copies) notMade(c local.Copy, r copies.Result) error {
	if copyplace.IsRemote(c) && r.Err != nil {
		return r.Err
	}
	why := cs.world().Voice.Text(words.CopyStates.Of(string(r.State)))
	made := say.Fail(words.CopyNotMade, console.Safe(c.Path, 0), why)
	if c.Kind == roster.CopyKit {
		return made.WithHint(words.HintKitNotMade)
	}
	if r.State == copies.Damaged {
		remarkUnmended(cs.world().Voice, c, r)
		return made.WithHint(words.HintCopyDamaged)
	}
	return made.WithHint(words.HintCopyNotMade, r.Given.Files)
}

// forget removes what this machine has noted about a copy.
func (cs *Copies) forget(c local.Copy) {
	delete(cs.found, c.ID)
	cs.original.Place.ForgetCopy(c.ID)
}
