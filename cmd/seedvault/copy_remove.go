package main

import (
	"context"

	"seedvault/cmd/seedvault/internal/cli"
	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/session"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
)

// copyRemove forgets a copy, here and in the vault. Its files stay.
type copyRemove struct {
	w      *world.World
	choice *session.Choice
	yes    bool
}

func copyRemoveVerb(w *world.World, choice *session.Choice) *cli.Command {
	v := &copyRemove{w: w, choice: choice}
	return &cli.Command{Name: "remove", Names: cli.AnyNames(copyNames), Run: v.run, Flags: []cli.Flag{cli.Switch(&v.yes, "yes")}}
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

// copyCalled finds a copy by its name: one that this machine keeps, else one that the
// vault knows.
func copyCalled(p *session.Place, o *escrow.Opened, name string) (id, path string) {
	if here := p.CopyNamed(name); here != nil {
		return here.ID, here.Path
	}
	for _, far := range o.Copies() {
		if far.Name == name {
			return far.ID, ""
		}
	}
	return "", ""
}
