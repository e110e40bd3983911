// Package contents opens a vault and reads its seeds, which package seedlist then names and
// prints: it finds the one that a person means, and knows which are missing, which were removed,
// which a copy has and the vault does not, and which of those that are about to be added the
// vault has already.
//
// Start with one of five, which differ in what they read and whether the vault may be written to:
//
//	[OpenListing]        the names, from this machine's index; a seed is read when it is chosen
//	[OpenListingToEdit]  the same, and the vault as one that can be written to
//	[OpenListingWhole]   a listing all of whose seeds are read at once
//	[OpenSeeds]          all seeds, without the index
//	[OpenSeedsToEdit]    the same, and the vault as one that can be written to
package contents

import (
	"context"
	"slices"

	"seedvault/cmd/seedvault/internal/place"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/seedlist"
	"seedvault/cmd/seedvault/internal/session"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
)

// Seeds is an opened vault with all its seeds, for commands that read them.
type Seeds struct {
	Vault   *session.Vault
	Opened  *escrow.Opened
	Entries []escrow.Entry
	Lost    []Loss // what should be here and is not, or not whole

	names seedlist.Callings[escrow.Entry] // of the entries, once one was looked for
}

// named returns the entries with the names that a person may call them by.
func (s *Seeds) named() seedlist.Callings[escrow.Entry] {
	if s.names == nil {
		s.names = seedlist.CallingsOf(s.Entries)
	}
	return s.names
}

// RemarkLost prints how many of the seeds are here, where some are not.
func (s *Seeds) RemarkLost() { remarkCount(s.Vault.Place.World.Voice, len(s.Entries), s.Lost) }

func remarkCount(voice say.Voice, here int, lost []Loss) {
	if len(lost) > 0 {
		voice.Remark(words.SomeLost, here, here+len(lost))
	}
}

// OpenSeeds opens the vault that is meant and reads its seeds, and prints what the person
// should know of them. The caller closes it.
func OpenSeeds(ctx context.Context, w *world.World, choice place.Choice) (*Seeds, error) {
	v, err := session.Open(w, choice)
	if err != nil {
		return nil, err
	}
	s, err := readSeeds(ctx, v)
	if err != nil {
		v.Close()
		return nil, err
	}
	return s, nil
}

// OpenSeedsToEdit does the same as [OpenSeeds], and also returns the vault as one that can be
// written to.
func OpenSeedsToEdit(ctx context.Context, w *world.World, choice place.Choice) (*Seeds, *session.Writable, error) {
	s, err := OpenSeeds(ctx, w, choice)
	if err != nil {
		return nil, nil, err
	}
	writable, err := s.Vault.ToWrite(s.Opened)
	if err != nil {
		s.Close()
		return nil, nil, err
	}
	return s, writable, nil
}

// Close releases the vault.
func (s *Seeds) Close() { s.Vault.Close() }

func readSeeds(ctx context.Context, v *session.Vault) (*Seeds, error) {
	o, err := v.Keys().Unlock()
	if err != nil {
		return nil, err
	}
	done := ShowReading(v.Place.World, o)
	entries, findings, err := o.Seeds(ctx)
	done()
	if err != nil {
		return nil, err
	}
	return &Seeds{v, o, withoutRefused(v, entries, epochOfEntry), remarkFound(ctx, v, o, findings), nil}, nil
}

// remarkFound prints what the person should know of a vault that was opened and read, and
// returns which seeds are lost.
func remarkFound(ctx context.Context, v *session.Vault, o *escrow.Opened, findings []escrow.Finding) []Loss {
	v.RemarkOpened(o)
	lost := lostOf(ctx, v, o, findings)
	remarkLosses(v.Place.World.Voice, lost)
	return lost
}

// lostOf returns the seeds' files that are missing or damaged, those among them that this
// machine has added and nobody has accepted.
func lostOf(ctx context.Context, v *session.Vault, o *escrow.Opened, findings []escrow.Finding) []Loss {
	if _, home := v.Home(); home {
		own := v.Place.Memory().Recall().Deposits
		findings = append(slices.Clone(findings), o.MissingDeposits(own)...)
	}
	return Losses(ctx, v, o, findings)
}

// withoutRefused drops from a list what belongs to an epoch that a person has refused on this
// machine; epoch returns the folder that an element lies in.
func withoutRefused[T any](v *session.Vault, list []T, epoch func(T) string) []T {
	refused := map[string]bool{}
	for _, e := range v.Epochs(func(e escrow.Epoch) bool { return e.Refused }) {
		refused[e.Folder] = true
	}
	return slices.DeleteFunc(list, func(one T) bool { return refused[epoch(one)] })
}

func epochOfEntry(e escrow.Entry) string { return e.Epoch }

func epochOfItem(i escrow.Item) string { return i.Epoch }

// ShowReading shows how many seeds have been read while reading takes long, until done is
// called.
func ShowReading(w *world.World, o *escrow.Opened) (done func()) {
	progress := w.Voice.Progress(words.ReadingSeeds, w.Now)
	o.Watch(progress.At)
	return progress.Done
}
