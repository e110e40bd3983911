package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"seedvault/cmd/seedvault/internal/cli"
	"seedvault/cmd/seedvault/internal/completion"
	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/contents"
	"seedvault/cmd/seedvault/internal/place"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/seedlist"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
)

// accept accepts seeds that somebody has added without a key.
type accept struct {
	w        *world.World
	choice   *place.Choice
	all, yes bool
	lost     []string
}

func acceptVerb(w *world.World, choice *place.Choice) *cli.Command {
	v := &accept{w: w, choice: choice}
	return &cli.Command{
		Name: "accept", Names: cli.AnyNames(completion.WaitingSeeds), Run: v.run,
		Flags: []cli.Flag{cli.Switch(&v.all, "all"), cli.List(&v.lost, "lost", cli.Anything), cli.Switch(&v.yes, "yes")},
	}
}

func (v *accept) run(ctx context.Context, names []string) error {
	if v.lost != nil && !v.all && len(names) == 0 {
		return v.giveUp(ctx)
	}
	if v.lost != nil || v.all == (len(names) > 0) {
		return cli.Misused(words.AcceptWhat, "accept")
	}
	s, writable, err := contents.OpenSeedsToEdit(ctx, v.w, *v.choice)
	if err != nil {
		return err
	}
	defer s.Close()
	chosen, err := v.chosen(ctx, s, names)
	if err != nil {
		return err
	}
	if len(chosen) == 0 {
		v.w.Voice.Remark(words.NothingToAccept)
		writable.AcceptOwn(ctx)
		return nil
	}
	seedlist.Write(v.w.Voice, v.w.Voice.Err, chosen)
	unanswered := say.Fail(words.AcceptUnanswered, len(chosen)).WithHint(words.HintAcceptYes)
	if err := v.w.Confirm(v.yes, v.w.Voice.Text(words.AskAccept, len(chosen)), unanswered); err != nil {
		return err
	}
	var staged []escrow.Receipt
	for _, e := range chosen {
		staged = append(staged, e.Receipts...)
	}
	if err := writable.Opened.Accept(staged...); err != nil {
		return err
	}
	info, err := writable.SealOnly(staged...)
	if err != nil {
		return err
	}
	v.w.Voice.Say(words.Accepted, len(chosen), info.Name)
	return writable.Finish(ctx)
}

// giveUp records that missing seals are lost, so that they are not looked for any more.
func (v *accept) giveUp(ctx context.Context) error {
	s, writable, err := contents.OpenSeedsToEdit(ctx, v.w, *v.choice)
	if err != nil {
		return err
	}
	defer s.Close()
	var lost []escrow.SealRef
	for _, name := range v.lost {
		missing := slices.DeleteFunc(slices.Clone(s.Vault.MissingSeals()), func(r escrow.SealRef) bool {
			return len(name) < len(r.String()) || !strings.HasPrefix(fmt.Sprintf("%04d-%s", r.Number, r.Hash), name)
		})
		if len(missing) != 1 {
			return say.Fail(words.SealNotMissing, console.Safe(name, 50)).WithHint(words.HintSealNotMissing)
		}
		lost = append(lost, missing...)
	}
	unanswered := say.Fail(words.LostUnanswered, len(lost)).WithHint(words.HintAcceptYes)
	if err := v.w.Confirm(v.yes, v.w.Voice.Text(words.AskLost, len(lost)), unanswered); err != nil {
		return err
	}
	if err := writable.Opened.GiveUp(lost...); err != nil {
		return err
	}
	info, err := writable.SealOnly()
	if err != nil {
		return err
	}
	v.w.Voice.Say(words.SealsGivenUp, len(lost), info.Name)
	return writable.Finish(ctx)
}

// chosen returns the waiting seeds that were named, each once.
func (v *accept) chosen(ctx context.Context, s *contents.Seeds, names []string) ([]escrow.Entry, error) {
	entries := s.Entries
	var waiting []escrow.Entry
	for _, e := range entries {
		if seedlist.Waits(e) {
			waiting = append(waiting, e)
		}
	}
	if v.all {
		return waiting, nil
	}
	var chosen []escrow.Entry
	taken := map[escrow.Receipt]bool{}
	for _, name := range names {
		if err := s.Here(ctx, name); err != nil {
			return nil, err
		}
		match := seedlist.Matching(waiting, name, false)
		if of := seedlist.ByReceipt(entries, name); len(of) > 0 {
			match = slices.DeleteFunc(of, func(e escrow.Entry) bool { return !seedlist.Waits(e) })
		}
		switch {
		case len(match) == 0 && len(seedlist.Matching(entries, name, true)) > 0:
			v.w.Voice.Remark(words.AcceptedAlready, console.Safe(name, 40)) // by the list before, most likely
		case len(match) == 0:
			return nil, say.Fail(words.NoSuchWaiting, console.Safe(name, 40)).WithHint(words.HintList)
		case len(match) > 1:
			seedlist.Write(v.w.Voice, v.w.Voice.Err, match)
			return nil, say.Fail(words.SeveralSeeds, len(match), console.Safe(name, 40)).WithHint(words.HintSeveralWaiting)
		}
		for _, e := range match {
			if r := e.Receipts[0]; !taken[r] {
				taken[r] = true
				chosen = append(chosen, e)
			}
		}
	}
	return chosen, nil
}
