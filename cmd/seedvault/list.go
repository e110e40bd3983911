package main

import (
	"context"

	"seedvault/cmd/seedvault/internal/cli"
	"seedvault/cmd/seedvault/internal/contents"
	"seedvault/cmd/seedvault/internal/place"
	"seedvault/cmd/seedvault/internal/seedlist"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
)

// list shows what the vault holds.
type list struct {
	w                        *world.World
	choice                   *place.Choice
	json, reEnrol, allVaults bool
}

func listVerb(w *world.World, choice *place.Choice) *cli.Command {
	v := &list{w: w, choice: choice}
	return &cli.Command{
		Name: "list", Names: cli.NoNames(), Run: v.run,
		Flags: []cli.Flag{copyFlag(choice), cli.Switch(&v.json, "json"), cli.Switch(&v.reEnrol, "reenrol"), cli.Switch(&v.allVaults, "all-vaults")},
	}
}

func (v *list) run(ctx context.Context, _ []string) error {
	if v.allVaults {
		return place.ForEachVault(v.w, *v.choice, v.json, func(w *world.World, choice place.Choice) error { return v.one(ctx, w, choice) })
	}
	return v.one(ctx, v.w, *v.choice)
}

// one lists one vault.
func (v *list) one(ctx context.Context, w *world.World, choice place.Choice) error {
	s, err := contents.OpenListing(ctx, w, choice)
	if err != nil {
		return err
	}
	defer s.Close()
	if err := s.Accept(ctx); err != nil {
		return err
	}
	if v.reEnrol {
		return v.toReEnrol(ctx, w, s.Opened)
	}
	if s.RemarkLost(); len(s.Lost) > 0 && len(s.Items) == 0 && !v.json {
		return nil // it is not empty
	}
	if err := writeList(v, w, s.Items, words.EmptyVault); err != nil || len(s.Items) > 0 {
		return err
	}
	s.RemarkElsewhere(ctx)
	return nil
}

// writeList prints seeds, for a person or as JSON; if there are none, it prints the message.
func writeList[E seedlist.Listed](v *list, w *world.World, entries []E, none words.Message) error {
	switch {
	case v.json:
		return seedlist.WriteJSON(w, entries)
	case len(entries) == 0:
		w.Voice.Remark(none)
	default:
		seedlist.Write(w.Voice, w.Voice.Out, entries)
	}
	return nil
}

// toReEnrol lists the seeds that are known to somebody who can no longer open the vault.
func (v *list) toReEnrol(ctx context.Context, w *world.World, o *escrow.Opened) error {
	entries, err := o.ReEnrol(ctx)
	if err != nil {
		return err
	}
	if err := writeList(v, w, entries, words.NothingToReEnrol); err != nil || v.json || len(entries) == 0 {
		return err
	}
	w.Voice.Remark(words.HowToReEnrol)
	return nil
}
