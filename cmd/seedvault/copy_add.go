package main

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"seedvault/cmd/seedvault/internal/cli"
	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/copyplace"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/place"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/session"
	"seedvault/cmd/seedvault/internal/verdict"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
	"seedvault/escrow/roster"
)

// copyAdd makes a copy and records it in the vault.
type copyAdd struct {
	w        *world.World
	choice   *place.Choice
	kept, as *string
}

func copyAddVerb(w *world.World, choice *place.Choice) *cli.Command {
	v := &copyAdd{w: w, choice: choice}
	return &cli.Command{
		Name: "add", Names: cli.AnyNames(cli.Folder), Run: v.run,
		Flags: []cli.Flag{cli.Optional(&v.kept, "kept", cli.Anything), cli.Optional(&v.as, "as", cli.Anything)},
	}
}

func (v *copyAdd) run(ctx context.Context, names []string) error {
	if len(names) != 1 {
		return cli.Misused(words.CopyAddWhat, "copy add")
	}
	vault, err := session.Open(v.w, *v.choice)
	if err != nil {
		return err
	}
	defer vault.Close()
	if !vault.Place.Pinned() {
		return escrow.ErrNotPinned
	}
	fresh, err := v.asked(vault, names[0])
	if err != nil {
		return err
	}
	writable, err := vault.UnlockToWrite()
	if err != nil {
		return err
	}
	if err := v.name(vault.Place, writable.Opened.Roster().Copies(), fresh); err != nil {
		return err
	}
	if err := writable.Home.Copies().Try(ctx, *fresh); err != nil {
		return err
	}
	if err := writable.AddCopy(*fresh); err != nil {
		return err
	}
	if err := writable.Seal(ctx); err != nil {
		return err
	}
	if err := writable.Home.Copies().Made(*fresh); err != nil {
		return err
	}
	v.w.Voice.Say(words.CopyAdded, fresh.Name, console.Safe(fresh.Path, 0))
	if v.kept == nil && fresh.Kept == roster.KeptThisPC {
		v.w.Voice.Remark(words.CopyOnThisPC, fresh.Name, fresh.Name)
	}
	verdict.Remark(v.w, writable.Home.Situation(ctx, writable.Opened))
	return nil
}

// asked returns the copy that was asked for.
func (v *copyAdd) asked(vault *session.Vault, typed string) (*local.Copy, error) {
	spot, err := copyplace.SpotTyped(vault.Place, v.w.PastedPaths(typed)[0])
	if err != nil {
		return nil, err
	}
	if v.kept != nil {
		if spot.Kept == roster.KeptThisPC && *v.kept != spot.Kept {
			v.w.Voice.Remark(words.CopySameDisk, console.Safe(spot.Path, 0), console.Safe(*v.kept, 40))
		}
		spot.Kept = *v.kept
	}
	if v.as != nil {
		*v.as = strings.ToLower(*v.as)
		if err := escrow.CheckName(*v.as); err != nil {
			return nil, err
		}
	}
	return copyplace.New(vault.Place, vault.Files, spot)
}

// name decides the name of a copy and where it is kept. If the vault has a record of a copy of
// that name which this machine does not know yet, it is meant to be this one.
func (v *copyAdd) name(p *place.Place, known []roster.Copy, c *local.Copy) error {
	taken, as := map[string]bool{}, text(v.as)
	for _, have := range known {
		taken[have.Name] = true
		if have.Name != as {
			continue
		}
		if p.CopyNamed(as) != nil {
			return say.Fail(words.CopyNameTaken, as).WithHint(words.HintCopyNameTaken)
		}
		c.ID, c.Name = have.ID, have.Name
		if v.kept == nil && have.Kept != "" {
			c.Kept = have.Kept
		}
	}
	if as != "" {
		c.Name = as
	} else {
		for n := 2; taken[c.Name]; n++ {
			c.Name = copyplace.FreeName(p, c.Name+"-"+strconv.Itoa(n))
		}
	}
	if c.Kept == "" {
		kept, err := copyplace.AskKept(v.w)
		if err == nil {
			c.Kept = kept
			return nil
		}
		if !errors.Is(err, console.ErrNoTerminal) {
			return err
		}
		return say.Usage(words.CopyKeptWhere, console.Safe(c.Path, 0)).WithHint(words.HintCopyKeptWhere)
	}
	return nil
}
