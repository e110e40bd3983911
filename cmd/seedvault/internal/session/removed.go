package session

import (
	"context"
	"slices"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/seedlist"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
)

// Removed returns the last content of each seed that is there no more. Earlier contents,
// and those of seeds that are still there, are for edit --undo.
func (s *Seeds) Removed(ctx context.Context) ([]escrow.Entry, error) {
	retired, err := s.Opened.Retired(ctx)
	if err != nil {
		return nil, err
	}
	here, last := map[string]bool{}, map[string]int{}
	for _, e := range s.Entries {
		here[e.Seed.ID()] = here[e.Seed.ID()] || e.Status == escrow.Accepted
	}
	for _, e := range retired {
		last[e.Seed.ID()] = max(last[e.Seed.ID()], e.Removed)
	}
	var removed []escrow.Entry
	for _, e := range retired {
		if id := e.Seed.ID(); id == "" || !here[id] && e.Removed == last[id] {
			removed = append(removed, e)
		}
	}
	return removed, nil
}

// Choose finds the one seed that a name means, as [seedlist.Choose] does. One that was
// removed, or replaced by what is missing here, is handed out where that was asked for,
// or where a person says so now.
func (s *Seeds) Choose(ctx context.Context, name string, removed bool) (escrow.Entry, error) {
	w := s.Vault.Place.world
	shown := len(seedlist.Matching(s.Entries, name, true)) + len(seedlist.Matching(s.Entries, name, false))
	if shown > 0 && !removed {
		return seedlist.Choose(w, s.Entries, name)
	}
	gone, err := s.Removed(ctx)
	if err != nil {
		return escrow.Entry{}, err
	}
	match := seedlist.Matching(gone, name, false)
	switch {
	case len(match) == 0 && removed:
		return escrow.Entry{}, say.Fail(words.NoSuchRemoved, console.Safe(name, 40)).WithHint(words.HintNoSuchRemoved)
	case len(match) == 0:
		return seedlist.Choose(w, s.Entries, name)
	case len(match) > 1:
		seedlist.Write(w.Voice, w.Voice.Err, match)
		return escrow.Entry{}, say.Fail(words.SeveralSeeds, len(match), console.Safe(name, 40)).WithHint(words.HintSeveralWaiting)
	case removed:
		return match[0], nil
	}
	return match[0], s.askRemoved(match[0])
}

// ChooseAll finds the seeds that are named, each once; without a name it is all that the
// vault holds, or all that was removed.
func (s *Seeds) ChooseAll(ctx context.Context, names []string, removed bool) (chosen []escrow.Entry, err error) {
	if len(names) == 0 {
		entries := s.Entries
		if removed {
			if entries, err = s.Removed(ctx); err != nil {
				return nil, err
			}
		}
		if len(entries) == 0 && len(s.Lost) > 0 {
			return nil, say.Fail(words.NothingToRestore).WithHint(words.HintSeedOld)
		}
		return seedlist.ChooseAll(s.Vault.Place.world, entries, nil)
	}
	for _, name := range names {
		e, err := s.Choose(ctx, name, removed)
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(chosen, func(have escrow.Entry) bool { return have.Receipts[0] == e.Receipts[0] }) {
			chosen = append(chosen, e)
		}
	}
	return chosen, nil
}

// askRemoved says that a seed was removed, or replaced by what is missing here, and where
// that is. Only a person may go on with it unasked for.
func (s *Seeds) askRemoved(e escrow.Entry) error {
	w, stop := s.Vault.Place.world, s.whyRemoved(e)
	if !w.Attended() {
		return stop
	}
	w.Voice.Tell(stop)
	answer, err := w.Ask(w.Voice.Text(words.AskRetired), world.No)
	if err == nil && answer == world.No {
		err = world.Declined()
	}
	return err
}

func (s *Seeds) whyRemoved(e escrow.Entry) *say.Error {
	title := seedlist.Title(e)
	if len(s.Lost) == 0 {
		return say.Fail(words.SeedRetired, title).WithHint(words.HintSeedRetired, e.Receipts[0])
	}
	for _, l := range s.Lost {
		if l.Copy != "" {
			return say.Fail(words.SeedReplaced, title).WithHint(words.HintSeedReplaced, l.Copy)
		}
	}
	return say.Fail(words.SeedReplaced, title).WithHint(words.HintSeedOld)
}
