package contents

import (
	"context"

	"seedvault/cmd/seedvault/internal/place"
	"seedvault/cmd/seedvault/internal/seedlist"
	"seedvault/cmd/seedvault/internal/session"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
)

// Listing is an opened vault with the list of its seeds, for commands that show names or
// look for a seed by its name.
type Listing struct {
	Vault  *session.Vault
	Opened *escrow.Opened
	Items  []escrow.Item
	Lost   []Loss // what should be here and is not, or not whole

	names seedlist.Callings[escrow.Item] // of the items, once one was looked for
	seeds *Seeds                         // once all were read
}

// OpenListing opens the vault that is meant and lists its seeds, with the help of this
// machine's index, and prints what the person should know of them. The caller closes it.
func OpenListing(ctx context.Context, w *world.World, choice place.Choice) (*Listing, error) {
	v, o, err := session.OpenIndexed(w, choice)
	if err != nil {
		return nil, err
	}
	l, err := list(ctx, v, o)
	if err != nil {
		v.Close()
		return nil, err
	}
	return l, nil
}

// OpenListingWhole does the same as [OpenListing] for a command that will read all seeds in any
// case: it reads them at once, without the index.
func OpenListingWhole(ctx context.Context, w *world.World, choice place.Choice) (*Listing, error) {
	s, err := OpenSeeds(ctx, w, choice)
	if err != nil {
		return nil, err
	}
	l := &Listing{Vault: s.Vault, Opened: s.Opened, Lost: s.Lost, seeds: s}
	for _, e := range s.Entries {
		l.Items = append(l.Items, e.Item())
	}
	return l, nil
}

// OpenListingToEdit does the same as [OpenListing], and also returns the vault as one that can be
// written to.
func OpenListingToEdit(ctx context.Context, w *world.World, choice place.Choice) (*Listing, *session.Writable, error) {
	l, err := OpenListing(ctx, w, choice)
	if err != nil {
		return nil, nil, err
	}
	writable, err := l.Vault.ToWrite(l.Opened)
	if err != nil {
		l.Close()
		return nil, nil, err
	}
	return l, writable, nil
}

func list(ctx context.Context, v *session.Vault, o *escrow.Opened) (*Listing, error) {
	done := ShowReading(v.Place.World, o)
	items, findings, err := v.Items(ctx, o)
	done()
	if err != nil {
		return nil, err
	}
	return &Listing{Vault: v, Opened: o, Items: withoutRefused(v, items, epochOfItem), Lost: remarkFound(ctx, v, o, findings)}, nil
}

// Close releases the vault.
func (l *Listing) Close() { l.Vault.Close() }

// Accept accepts what this machine has added, and lists the seeds anew if there was anything
// to accept, so that they are shown as they are afterwards.
func (l *Listing) Accept(ctx context.Context) error {
	waiting := l.Vault.Waiting(l.Opened)
	l.Vault.AcceptOwnIfWritable(ctx, l.Opened)
	if waiting == 0 {
		return nil
	}
	items, _, err := l.Vault.Items(ctx, l.Opened)
	if err == nil {
		l.Items, l.names, l.seeds = withoutRefused(l.Vault, items, epochOfItem), nil, nil
	}
	return err
}

// RemarkLost prints how many of the seeds are here, if some are not.
func (l *Listing) RemarkLost() { remarkCount(l.Vault.Place.World.Voice, len(l.Items), l.Lost) }

// RemarkElsewhere prints which reachable copies hold seeds that the vault lacks. See
// [Seeds.RemarkElsewhere].
func (l *Listing) RemarkElsewhere(ctx context.Context) {
	if s, err := l.Whole(ctx); err == nil {
		s.RemarkElsewhere(ctx, "")
	}
}

// Choose finds the one seed that name means, as [Seeds.Choose] does, and reads only its
// file. It reads all seeds if one may be meant that is not accepted.
func (l *Listing) Choose(ctx context.Context, name string, include Include) (escrow.Entry, error) {
	if e, ok := l.alone(name); ok && !include.Removed {
		return e, nil
	}
	s, err := l.Whole(ctx)
	if err != nil {
		return escrow.Entry{}, err
	}
	return s.Choose(ctx, name, include)
}

// ChooseAll finds the seeds that are named, as [Seeds.ChooseAll] does.
func (l *Listing) ChooseAll(ctx context.Context, names []string, include Include) ([]escrow.Entry, error) {
	if len(names) > 0 {
		return chooseEach(names, func(name string) (escrow.Entry, error) { return l.Choose(ctx, name, include) })
	}
	s, err := l.Whole(ctx)
	if err != nil {
		return nil, err
	}
	return s.ChooseAll(ctx, nil, include)
}

// Named finds the one seed that a name means, as [Seeds.Named] does.
func (l *Listing) Named(ctx context.Context, name string) (escrow.Entry, error) {
	if e, ok := l.alone(name); ok {
		return e, nil
	}
	s, err := l.Whole(ctx)
	if err != nil {
		return escrow.Entry{}, err
	}
	return s.Named(ctx, name)
}

// AllNamed finds the seeds that are named, each once.
func (l *Listing) AllNamed(ctx context.Context, names []string) ([]escrow.Entry, error) {
	return chooseEach(names, func(name string) (escrow.Entry, error) { return l.Named(ctx, name) })
}

// alone reads only the file of the seed that a name means, where the name means an accepted
// one.
func (l *Listing) alone(name string) (escrow.Entry, bool) {
	if l.seeds != nil {
		return escrow.Entry{}, false
	}
	if l.names == nil {
		l.names = seedlist.CallingsOf(l.Items)
	}
	accepted, waiting := l.names.Matching(name, true), l.names.Matching(name, false)
	isReceipt := escrow.LikeReceipt(name) && len(seedlist.ByReceipt(l.Items, name)) == 0
	if len(accepted) != 1 || len(waiting) > 0 || isReceipt {
		return escrow.Entry{}, false
	}
	e, err := l.Opened.Entry(accepted[0])
	return e, err == nil
}

// Whole reads all seeds of the vault, once.
func (l *Listing) Whole(ctx context.Context) (*Seeds, error) {
	if l.seeds != nil {
		return l.seeds, nil
	}
	done := ShowReading(l.Vault.Place.World, l.Opened)
	entries, findings, err := l.Opened.Seeds(ctx)
	done()
	if err != nil {
		return nil, err
	}
	if lost := lostOf(ctx, l.Vault, l.Opened, findings); len(lost) != len(l.Lost) { // a file that was changed unseen
		remarkLosses(l.Vault.Place.World.Voice, lost)
		l.Lost = lost
	}
	l.seeds = &Seeds{l.Vault, l.Opened, withoutRefused(l.Vault, entries, epochOfEntry), l.Lost, nil}
	return l.seeds, nil
}
