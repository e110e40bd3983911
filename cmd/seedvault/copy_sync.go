package main

import (
	"context"
	"slices"

	"seedvault/cmd/seedvault/internal/cli"
	"seedvault/cmd/seedvault/internal/completion"
	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/copyplace"
	"seedvault/cmd/seedvault/internal/explain"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/place"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/session"
	"seedvault/cmd/seedvault/internal/upkeep"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow/copies"
)

// copySync brings copies up to date, and reads every file on both sides if that has not been
// done for long.
type copySync struct {
	w                *world.World
	choice           *place.Choice
	thorough, yes    bool
	allVaults, quiet bool
}

func copySyncVerb(w *world.World, choice *place.Choice) *cli.Command {
	v := &copySync{w: w, choice: choice}
	return &cli.Command{Name: "sync", Names: cli.AnyNames(completion.Copies), Run: v.run, Flags: []cli.Flag{
		cli.Switch(&v.thorough, "thorough"), cli.Switch(&v.yes, "yes"), cli.Switch(&v.allVaults, "all-vaults"), cli.Switch(&v.quiet, "quiet"),
	}}
}

func (v *copySync) run(ctx context.Context, names []string) error {
	if v.allVaults && len(names) > 0 {
		return cli.Misused(words.CopySyncAll, "copy sync")
	}
	all := func(w *world.World) error {
		one := func(w *world.World, choice place.Choice) error { return v.on(w, choice).one(ctx, names) }
		if v.allVaults {
			return place.ForEachVault(w, *v.choice, false, one)
		}
		return one(w, *v.choice)
	}
	if v.quiet {
		return v.w.Quietly(all)
	}
	return all(v.w)
}

// on returns the same command for another vault and world.
func (v *copySync) on(w *world.World, choice place.Choice) *copySync {
	same := *v
	same.w, same.choice = w, &choice
	return &same
}

// one brings the copies of one vault up to date.
func (v *copySync) one(ctx context.Context, names []string) error {
	vault, err := session.Open(v.w, *v.choice)
	if err != nil {
		return err
	}
	defer vault.Close()
	home, ok := vault.Home()
	if ok && home.MendPage() && len(vault.Place.Copies()) == 0 {
		return nil
	}
	if v.allVaults && len(vault.Place.Copies()) == 0 {
		return nil // check says so
	}
	if !ok || len(vault.Place.Copies()) == 0 {
		return say.Fail(words.NoCopies).WithHint(words.HintNoCopies)
	}
	chosen, err := copiesNamed(vault.Place, names)
	if err != nil {
		return err
	}
	named := len(names) > 0
	var failed error
	results, err := home.Copies().SyncAll(ctx, chosen, func(c local.Copy) (copies.Result, error) { return v.sync(ctx, home, c) })
	if err != nil {
		return err
	}
	if slices.ContainsFunc(results, func(r copies.Result) bool { return r.Taken.Files > 0 }) {
		if err := home.Brought(); err != nil {
			return err
		}
	}
	for i, c := range chosen {
		r := results[i]
		if trouble := upkeep.RemoteTrouble(r); trouble != nil && (named || r.State != copies.Unreachable) {
			v.say(c, r)
			failed = explain.Error(trouble).In(c.Name)
			continue
		}
		upkeep.Remark(v.w.Voice, c, r)
		v.say(c, r)
		if !upkeep.HoldsEverything(r) && (named || r.State != copies.Unreachable) {
			failed = notBrought(c, r)
		}
	}
	return failed
}

// notBrought returns the error that a copy does not hold all that the vault does.
func notBrought(c local.Copy, r copies.Result) error {
	if n := len(r.DamagedHere); n > 0 && r.State != copies.Damaged {
		return say.Fail(words.VaultUnhealed, n, c.Name, console.Safe(r.DamagedHere[0], 0)).WithHint(words.HintCopyDamaged)
	}
	e := say.Fail(words.CopyFailed, c.Name, words.CopyStates.Of(string(r.State))).WithHint(words.HintCopySync, c.Name)
	switch r.State {
	case copies.Damaged:
		return e.WithHint(words.HintCopyDamaged)
	case copyplace.NoKit:
		return e.WithHint(words.HintCopyNoKit)
	case copyplace.Linked, copyplace.OnRAMDisk, copyplace.VaultItself, copyplace.Twin, copies.Shared, copies.Foreign:
		return e.WithHint(words.HintCopyElsewhere, c.Name)
	case copies.NotFetched:
		return e.WithHint(words.HintCopyNotFetched)
	case copies.Unreachable:
		return e.WithHint(words.HintCopyUnreached, c.Name)
	}
	return e
}

// sync brings one copy up to date. If it is empty and once was not, it may be the place where
// a stick is usually mounted: so the person is asked whether to fill it.
func (v *copySync) sync(ctx context.Context, home *session.Home, c local.Copy) (copies.Result, error) {
	read := upkeep.ReadDue
	if v.thorough {
		read = upkeep.ReadAll
	}
	r, err := home.Copies().Sync(ctx, c, read, false)
	if err != nil || r.State != copies.Emptied {
		return r, err
	}
	unanswered := say.Fail(words.CopyRefillUnanswered, c.Name).WithHint(words.HintCopyRefill, c.Name)
	if line := place.RenameBackCommand(c.Path); line != "" && !v.yes {
		return r, unanswered.WithHint(words.HintRenamed, line)
	}
	question := v.w.Voice.Text(words.AskCopyRefill, c.Name, console.Safe(c.Path, 0), home.Copies().HeldFiles(c))
	if err := v.w.Confirm(v.yes, question, unanswered); err != nil {
		return r, err
	}
	return home.Copies().Refill(ctx, c)
}

// copiesNamed returns the copies with these names, all of them if there are no names.
func copiesNamed(p *place.Place, names []string) ([]local.Copy, error) {
	if len(names) == 0 {
		return p.Copies(), nil
	}
	var list []local.Copy
	for _, name := range names {
		c := p.CopyNamed(name)
		if c == nil {
			return nil, say.Fail(words.CopyUnknown, console.Safe(name, 40)).WithHint(words.HintCopyUnknown)
		}
		list = append(list, *c)
	}
	return list, nil
}

// say prints the state of a copy after it was brought up to date. What was wrong with it
// before is a remark.
func (v *copySync) say(c local.Copy, r copies.Result) {
	path, state := console.Safe(c.Path, 0), r.State
	switch {
	case upkeep.HoldsEverything(r) && r.Given.Files > 0:
		v.w.Voice.Say(words.CopyBrought, c.Name, r.Given.Files, path)
		return
	case upkeep.HoldsEverything(r):
		state = copies.Equal
	}
	v.w.Voice.Say(words.CopyStands, c.Name, words.CopyStates.Of(string(state)), path)
}
