package contents

import (
	"context"

	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/seedlist"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
)

// Removed returns the last content of each seed that was removed. Earlier contents, and those
// of seeds that are still there, are for edit --undo.
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

// askRemoved tells that a seed was removed, or replaced by one that is missing here, and asks
// whether to go on with it. Where nobody can be asked it fails.
func (s *Seeds) askRemoved(e escrow.Entry) error {
	w, stop := s.Vault.Place.World, s.whyRemoved(e)
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
	for _, now := range s.Entries {
		if id := e.Seed.ID(); id != "" && now.Seed.ID() == id && now.Status == escrow.Accepted {
			return say.Fail(words.SeedChanged, title, e.Receipts[0], now.Receipts[0]).WithHint(words.HintSeedChanged, now.Receipts[0])
		}
	}
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
