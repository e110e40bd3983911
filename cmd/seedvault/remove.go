package main

import (
	"context"

	"seedvault/cmd/seedvault/internal/cli"
	"seedvault/cmd/seedvault/internal/completion"
	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/contents"
	"seedvault/cmd/seedvault/internal/place"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/seedlist"
	"seedvault/cmd/seedvault/internal/session"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
)

// remove removes seeds: they are not shown any more, and can be brought back.
type remove struct {
	w         *world.World
	choice    *place.Choice
	undo, yes bool
}

func removeVerb(w *world.World, choice *place.Choice) *cli.Command {
	v := &remove{w: w, choice: choice}
	return &cli.Command{
		Name: "remove", Names: cli.AnyNames(completion.Seeds), Run: v.run,
		Flags: []cli.Flag{cli.Switch(&v.undo, "undo"), cli.Switch(&v.yes, "yes")},
	}
}

func (v *remove) run(ctx context.Context, names []string) error {
	if len(names) == 0 && !v.undo {
		return say.Usage(words.RemoveWhat).WithHint(words.HintList)
	}
	l, writable, err := contents.OpenListingToEdit(ctx, v.w, *v.choice)
	if err != nil {
		return err
	}
	defer l.Close()
	if v.undo {
		s, err := l.Whole(ctx)
		if err != nil {
			return err
		}
		return v.bringBack(ctx, s, writable, names)
	}
	chosen, err := l.AllNamed(ctx, names)
	if err != nil {
		return err
	}
	seedlist.Write(v.w.Voice, v.w.Voice.Err, chosen)
	unanswered := say.Fail(words.RemoveUnanswered, len(chosen)).WithHint(words.HintRemoveYes)
	if err := v.w.Confirm(v.yes, v.w.Voice.Text(words.AskRemove, len(chosen)), unanswered); err != nil {
		return err
	}
	if err := writable.Opened.Retire(chosen...); err != nil {
		return err
	}
	if err := writable.Seal(ctx); err != nil {
		return err
	}
	v.w.Voice.Say(words.Removed, len(chosen))
	return nil
}

// bringBack undoes the removal of the named seeds; without a name it lists the removed ones.
func (v *remove) bringBack(ctx context.Context, s *contents.Seeds, writable *session.Writable, names []string) error {
	removed, err := s.Removed(ctx)
	if err != nil {
		return err
	}
	if len(names) == 0 {
		if len(removed) == 0 {
			v.w.Voice.Remark(words.NothingRemoved)
			return nil
		}
		seedlist.Write(v.w.Voice, v.w.Voice.Out, removed)
		return nil
	}
	for _, name := range names {
		match := seedlist.Matching(removed, name, false)
		switch {
		case len(match) == 0 || len(seedlist.ByReceipt(s.Entries, name)) > 0:
			return say.Fail(words.NoSuchRemoved, console.Safe(name, 40)).WithHint(words.HintNoSuchRemoved)
		case len(match) > 1:
			seedlist.Write(v.w.Voice, v.w.Voice.Err, match)
			return say.Fail(words.SeveralSeeds, len(match), console.Safe(name, 40)).WithHint(words.HintSeveralWaiting)
		}
		if err := undo(ctx, v.w, writable, match[0]); err != nil {
			return err
		}
	}
	return nil
}

// undo brings back a seed that was removed.
func undo(ctx context.Context, w *world.World, writable *session.Writable, e escrow.Entry) error {
	r, err := writable.Opened.Undo(e)
	if err != nil {
		return err
	}
	if err := writable.Seal(ctx, r); err != nil {
		return err
	}
	w.Voice.Say(words.BroughtBack, seedlist.TitleOfSeed(e.Seed, r), r)
	seedlist.RemarkCode(w, e.Seed)
	return nil
}
