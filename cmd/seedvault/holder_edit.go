package main

import (
	"context"

	"seedvault/cmd/seedvault/internal/cli"
	"seedvault/cmd/seedvault/internal/session"
	"seedvault/cmd/seedvault/internal/verdict"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
)

// holderEdit writes down where a holder is kept and who can reach it, which is what a
// verdict on losses goes by, and says the verdict.
type holderEdit struct {
	w      *world.World
	choice *session.Choice
	kept   *string
	who    []string
}

func holderEditVerb(w *world.World, choice *session.Choice) *cli.Command {
	v := &holderEdit{w: w, choice: choice}
	return &cli.Command{
		Name: "edit", Names: cli.AnyNames(holders), Run: v.run,
		Flags: []cli.Flag{cli.Optional(&v.kept, "kept", cli.Anything), cli.List(&v.who, "who", cli.Anything)},
	}
}

func (v *holderEdit) run(ctx context.Context, names []string) error {
	if len(names) != 1 || v.kept == nil && v.who == nil {
		return cli.Misused(words.HolderEditWhat, "holder edit")
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
	h, err := holderCalled(writable.Opened, names[0])
	if err != nil {
		return err
	}
	if v.kept != nil {
		h.Kept = *v.kept
	}
	if v.who != nil {
		h.Who = given(v.who...)
	}
	if err := writable.Opened.Describe(h.ID, h.Kept, h.Who); err != nil {
		return err
	}
	if err := writable.Seal(ctx); err != nil {
		return err
	}
	tableOfHolders(v.w.Voice, v.w.Voice.Out, listedHolder{Holder: h})
	verdict.Remark(v.w, writable.Home.Situation(ctx, writable.Opened))
	return nil
}
