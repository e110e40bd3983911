package main

import (
	"context"

	"seedvault/cmd/seedvault/internal/cli"
	"seedvault/cmd/seedvault/internal/completion"
	"seedvault/cmd/seedvault/internal/drilling"
	"seedvault/cmd/seedvault/internal/place"
	"seedvault/cmd/seedvault/internal/session"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
)

// drill proves that one holder, or each that can be reached, opens the vault or a copy
// of it alone.
type drill struct {
	w         *world.World
	choice    *place.Choice
	json, all bool
	member    *string
}

func drillVerb(w *world.World, choice *place.Choice) *cli.Command {
	v := &drill{w: w, choice: choice}
	return &cli.Command{
		Name: "drill", Names: cli.AnyNames(completion.Holders), Run: v.run,
		Flags: []cli.Flag{copyFlag(choice), cli.Switch(&v.json, "json"), cli.Switch(&v.all, "all"), cli.Optional(&v.member, "member", cli.Anything)},
	}
}

func (v *drill) run(ctx context.Context, names []string) error {
	if v.all == (len(names) == 1) || len(names) > 1 || v.all && v.member != nil {
		return cli.Misused(words.DrillWhat, "drill")
	}
	vault, err := session.Open(v.w, *v.choice)
	if err != nil {
		return err
	}
	defer vault.Close()
	if !vault.Copied() {
		vault.RemarkPages()
	}
	name := ""
	if len(names) > 0 {
		name = names[0]
	}
	return drilling.Run(ctx, v.w, vault, drilling.Options{
		Holder: name, Member: text(v.member), Copy: v.choice.Copy, Keys: v.choice.Keys, JSON: v.json,
	})
}
