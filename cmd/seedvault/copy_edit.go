package main

import (
	"context"
	"slices"

	"seedvault/cmd/seedvault/internal/cli"
	"seedvault/cmd/seedvault/internal/completion"
	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/place"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/session"
	"seedvault/cmd/seedvault/internal/verdict"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
	"seedvault/escrow/roster"
)

// copyEdit changes where a copy is kept.
type copyEdit struct {
	w      *world.World
	choice *place.Choice
	kept   *string
}

func copyEditVerb(w *world.World, choice *place.Choice) *cli.Command {
	v := &copyEdit{w: w, choice: choice}
	return &cli.Command{
		Name: "edit", Names: cli.AnyNames(completion.Copies), Run: v.run,
		Flags: []cli.Flag{cli.Optional(&v.kept, "kept", cli.Anything)},
	}
}

func (v *copyEdit) run(ctx context.Context, names []string) error {
	if len(names) != 1 || text(v.kept) == "" {
		return cli.Misused(words.CopyEditWhat, "copy edit")
	}
	vault, err := session.Open(v.w, *v.choice)
	if err != nil {
		return err
	}
	defer vault.Close()
	writable, err := vault.UnlockToWrite()
	if err != nil {
		return err
	}
	c, err := v.edited(vault.Place, writable.Opened, names[0])
	if err != nil {
		return err
	}
	if err := writable.EditCopy(c); err != nil {
		return err
	}
	if err := writable.Seal(ctx); err != nil {
		return err
	}
	v.w.Voice.Say(words.CopyPlaced, c.Name, console.Safe(c.Kept, 40))
	verdict.Remark(v.w, writable.Home.Situation(ctx, writable.Opened))
	return nil
}

// edited returns the copy of a name with the changes.
func (v *copyEdit) edited(p *place.Place, o *escrow.Opened, name string) (c roster.Copy, err error) {
	id, _ := copyCalled(p, o, name)
	if id == "" {
		return c, say.Fail(words.CopyUnknown, console.Safe(name, 40)).WithHint(words.HintCopyUnknown)
	}
	known := o.Roster().Copies()
	if i := slices.IndexFunc(known, func(c roster.Copy) bool { return c.ID == id }); i >= 0 {
		c = known[i]
	} else if here := p.CopyNamed(name); here != nil {
		c = roster.Copy{ID: here.ID, Name: here.Name, Kind: here.Kind}
	}
	c.Kept = *v.kept
	return c, nil
}

// copyRemove removes a copy from this machine's configuration and from the vault's records.
// Its files stay.
type copyRemove struct {
	w      *world.World
	choice *place.Choice
	yes    bool
}

func copyRemoveVerb(w *world.World, choice *place.Choice) *cli.Command {
	v := &copyRemove{w: w, choice: choice}
	return &cli.Command{Name: "remove", Names: cli.AnyNames(completion.Copies), Run: v.run, Flags: []cli.Flag{cli.Switch(&v.yes, "yes")}}
}

func (v *copyRemove) run(ctx context.Context, names []string) error {
	if len(names) != 1 {
		return cli.Misused(words.CopyRemoveWhat, "copy remove")
	}
	vault, err := session.Open(v.w, *v.choice)
	if err != nil {
		return err
	}
	defer vault.Close()
	writable, err := vault.UnlockToWrite()
	if err != nil {
		return err
	}
	name := names[0]
	id, path := copyCalled(vault.Place, writable.Opened, name)
	if id == "" {
		return say.Fail(words.CopyUnknown, console.Safe(name, 40)).WithHint(words.HintCopyUnknown)
	}
	shown := console.Safe(path, 0)
	unanswered := say.Fail(words.CopyRemoveUnanswered).WithHint(words.HintCopyYes)
	if err := v.w.Confirm(v.yes, v.w.Voice.Text(words.AskCopyRemove, name, shown), unanswered); err != nil {
		return err
	}
	if err := writable.RemoveCopy(id); err != nil {
		return err
	}
	v.w.Voice.Say(words.CopyRemoved, name)
	if path != "" {
		v.w.Voice.Remark(words.CopyLeft, shown)
	}
	return writable.Seal(ctx)
}

// copyCalled finds a copy by its name: one in this machine's configuration, else one in the
// vault's records.
func copyCalled(p *place.Place, o *escrow.Opened, name string) (id, path string) {
	if here := p.CopyNamed(name); here != nil {
		return here.ID, here.Path
	}
	for _, far := range o.Roster().Copies() {
		if far.Name == name {
			return far.ID, ""
		}
	}
	return "", ""
}
