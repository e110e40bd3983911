package main

import (
	"context"

	"seedvault/cmd/seedvault/internal/cli"
	"seedvault/cmd/seedvault/internal/session"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
)

func copyVerb(w *world.World, choice *session.Choice) *cli.Command {
	return &cli.Command{
		Name: "copy", Names: cli.AnyNames(cli.Nothing),
		Run:   func(context.Context, []string) error { return cli.Misused(words.CopyWhat, "copy") },
		Verbs: []*cli.Command{copyAddVerb(w, choice), copyListVerb(w, choice), copyEditVerb(w, choice), copySyncVerb(w, choice), copyRemoveVerb(w, choice)},
	}
}
