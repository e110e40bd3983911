package contents

import (
	"context"
	"slices"
	"strings"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/seedlist"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
	"seedvault/escrow/copies"
)

// Include says which seeds, besides accepted ones, may be chosen.
type Include struct {
	Removed    bool // those that were removed, or replaced by what is missing here
	Unaccepted bool // those that nobody has accepted yet
}

// Named finds the one seed that name means among those that list shows, as
// [seedlist.Choose] does; it never returns a removed one, as [Seeds.Choose] may. If name is
// the receipt of a seed that is not here, that is an error, and never means another seed of
// that name.
func (s *Seeds) Named(ctx context.Context, name string) (escrow.Entry, error) {
	if err := s.Here(ctx, name); err != nil {
		return escrow.Entry{}, err
	}
	e, err := seedlist.Choose(s.Vault.Place.World, s.Entries, name)
	return e, s.nowhere(ctx, name, err)
}

// Here returns an error if name is the receipt of a seed that is missing, was removed or
// was replaced.
func (s *Seeds) Here(ctx context.Context, name string) error {
	e, retired, err := s.retired(ctx, name)
	if retired {
		return s.whyRemoved(e)
	}
	return err
}

// Choose finds the one seed that name means, to hand it out. It returns a seed that was
// removed, or replaced by one that is missing here, only if include.Removed is set or the
// person agrees now, and an unaccepted one only if include.Unaccepted is set or this
// machine has added it.
func (s *Seeds) Choose(ctx context.Context, name string, include Include) (escrow.Entry, error) {
	old, retired, err := s.retired(ctx, name)
	if err != nil {
		return escrow.Entry{}, err
	}
	shown := len(s.named().Matching(name, true)) + len(s.named().Matching(name, false))
	if shown > 0 && !include.Removed && !retired {
		return s.shown(name, include)
	}
	w := s.Vault.Place.World
	gone, err := s.Removed(ctx)
	if err != nil {
		return escrow.Entry{}, err
	}
	match := seedlist.Matching(gone, name, false)
	if len(seedlist.ByReceipt(s.Entries, name)) > 0 {
		match = nil
	}
	switch {
	case len(match) == 0 && retired:
		return old, s.whyRemoved(old)
	case len(match) == 0 && include.Removed:
		return escrow.Entry{}, say.Fail(words.NoSuchRemoved, console.Safe(name, 40)).WithHint(words.HintNoSuchRemoved)
	case len(match) == 0:
		e, err := seedlist.Choose(w, s.Entries, name)
		return e, s.nowhere(ctx, name, err)
	case len(match) > 1:
		seedlist.Write(w.Voice, w.Voice.Err, match)
		return escrow.Entry{}, say.Fail(words.SeveralSeeds, len(match), console.Safe(name, 40)).WithHint(words.HintSeveralWaiting)
	case include.Removed:
		return match[0], nil
	}
	return match[0], s.askRemoved(match[0])
}

// ChooseAll finds the seeds that are named, each once. Without names it returns all that
// the vault holds, or all that were removed if include.Removed is set.
func (s *Seeds) ChooseAll(ctx context.Context, names []string, include Include) (chosen []escrow.Entry, err error) {
	if len(names) > 0 {
		return chooseEach(names, func(name string) (escrow.Entry, error) { return s.Choose(ctx, name, include) })
	}
	entries := s.Entries
	if include.Removed {
		if entries, err = s.Removed(ctx); err != nil {
			return nil, err
		}
	}
	if len(entries) == 0 && len(s.Lost) > 0 {
		return nil, say.Fail(words.NothingToRestore).WithHint(words.HintSeedOld)
	}
	if len(entries) == 0 && !include.Removed {
		s.RemarkElsewhere(ctx, "")
	}
	return seedlist.All(entries)
}

// chooseEach calls choose for every name. A seed that two of the names mean is in the result once.
func chooseEach(names []string, choose func(string) (escrow.Entry, error)) (chosen []escrow.Entry, err error) {
	for _, name := range names {
		e, err := choose(name)
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(chosen, func(have escrow.Entry) bool { return have.Receipts[0] == e.Receipts[0] }) {
			chosen = append(chosen, e)
		}
	}
	return chosen, nil
}

// shown finds one of the seeds that list shows. A seed that nobody has accepted is not
// returned in place of a removed one that had the same name, unless this machine has added it.
func (s *Seeds) shown(name string, include Include) (escrow.Entry, error) {
	e, err := s.named().Choose(s.Vault.Place.World, name)
	if err != nil || e.Status == escrow.Accepted || include.Unaccepted || s.own(e) {
		return e, err
	}
	return e, say.Fail(words.SeedWaits, seedlist.Title(e)).WithHint(words.HintSeedWaits, e.Receipts[0], e.Receipts[0])
}

// own reports whether this machine has added a seed.
func (s *Seeds) own(e escrow.Entry) bool {
	deposits := s.Vault.Place.Memory().Recall().Deposits
	return slices.ContainsFunc(e.Receipts, func(r escrow.Receipt) bool { return slices.Contains(deposits, r) })
}

// retired returns the seed that has a receipt and was removed or replaced, and reports whether
// there is one. It fails where the seed of that receipt is missing.
func (s *Seeds) retired(ctx context.Context, receipt string) (e escrow.Entry, is bool, err error) {
	if !escrow.LikeReceipt(receipt) || len(seedlist.ByReceipt(s.Entries, receipt)) > 0 {
		return e, false, nil
	}
	for _, l := range s.Lost {
		if strings.HasPrefix(receipt, ReceiptOf(l.Path)) {
			return e, false, say.Fail(words.ReceiptLost, receipt).WithHint(words.HintReceiptLost)
		}
	}
	all, err := s.Opened.Retired(ctx)
	if by := seedlist.ByReceipt(all, receipt); err == nil && len(by) > 0 {
		return by[0], true, nil
	}
	if now, ok := s.carriedOver(receipt); ok && err == nil {
		r := now.Receipts[0]
		err = say.Fail(words.ReceiptRotated, seedlist.Title(now), receipt, r).WithHint(words.HintSeedChanged, r)
	}
	return e, false, err
}

// carriedOver finds the accepted seed that had a receipt before the vault was given a new key: a
// rotation gives every seed another one.
func (s *Seeds) carriedOver(receipt string) (escrow.Entry, bool) {
	for _, file := range seedFiles(s.Vault.Folder()) {
		if ReceiptOf(file) != strings.ToLower(receipt) {
			continue
		}
		data, _ := copies.ReadWhole(s.Vault.Folder(), file)
		old, err := s.Opened.Peek(file, data)
		if err != nil {
			continue
		}
		for _, e := range s.Entries {
			if e.Status == escrow.Accepted && e.Seed.ID() == old.ID() {
				return e, true
			}
		}
	}
	return escrow.Entry{}, false
}
