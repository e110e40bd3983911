package session

import (
	"context"
	"slices"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/seedlist"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
)

// Seeds is what every command that reads seeds starts with: the vault, opened, and
// what is in it.
type Seeds struct {
	Vault   *Vault
	Opened  *escrow.Opened
	Entries []escrow.Entry
	Lost    []Loss // what should be here and is not, or not whole

	names seedlist.Callings[escrow.Entry] // of the entries, once one was looked for
}

// named are the entries by what they are called.
func (s *Seeds) named() seedlist.Callings[escrow.Entry] {
	if s.names == nil {
		s.names = seedlist.CallingsOf(s.Entries)
	}
	return s.names
}

// Accept has this machine's own deposits accepted, and reads the seeds anew if there
// were any: what is shown afterwards is as it is then.
func (s *Seeds) Accept(ctx context.Context) error {
	waiting := s.Vault.waiting(s.Opened)
	s.Vault.AcceptOwn(ctx, s.Opened)
	if waiting == 0 {
		return nil
	}
	entries, _, err := s.Opened.Seeds(ctx)
	if err == nil {
		s.Entries, s.names = s.Vault.withoutRefused(entries), nil
	}
	return err
}

// RemarkLost counts the seeds that are here beside those that are not.
func (s *Seeds) RemarkLost() { s.Vault.remarkCount(len(s.Entries), s.Lost) }

func (v *Vault) remarkCount(here int, lost []Loss) {
	if len(lost) > 0 {
		v.Place.world.Voice.Remark(words.SomeLost, here, here+len(lost))
	}
}

// OpenSeeds opens the vault that is meant and reads its seeds, and says what a person
// should know of them. The caller closes it.
func OpenSeeds(ctx context.Context, w *world.World, choice Choice) (*Seeds, error) {
	v, err := Open(w, choice)
	if err != nil {
		return nil, err
	}
	s, err := v.seeds(ctx)
	if err != nil {
		v.Close()
		return nil, err
	}
	return s, nil
}

// OpenToEdit does so for a command that writes what comes of it.
func OpenToEdit(ctx context.Context, w *world.World, choice Choice) (*Seeds, *Writable, error) {
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

func (v *Vault) seeds(ctx context.Context) (*Seeds, error) {
	o, err := v.Keys().Unlock()
	if err != nil {
		return nil, err
	}
	done := Watch(v.Place.world, o)
	entries, findings, err := o.Seeds(ctx)
	done()
	if err != nil {
		return nil, err
	}
	return &Seeds{v, o, v.withoutRefused(entries), v.remarkFound(ctx, o, findings), nil}, nil
}

// remarkFound says what a person should know of a vault that was opened and read, and
// returns what of it is lost.
func (v *Vault) remarkFound(ctx context.Context, o *escrow.Opened, findings []escrow.Finding) []Loss {
	v.remarkOpened(o)
	lost := v.losses(ctx, o, findings)
	v.remarkLosses(lost)
	return lost
}

// losses are what of the seeds is lost, this machine's own that nobody has accepted among
// them.
func (v *Vault) losses(ctx context.Context, o *escrow.Opened, findings []escrow.Finding) []Loss {
	if v.home != nil {
		findings = append(slices.Clone(findings), o.MissingDeposits(v.Place.Memory().Recall().Deposits)...)
	}
	return v.Losses(ctx, o, findings)
}

// remarkOpened says what a person should know of a vault that was opened.
func (v *Vault) remarkOpened(o *escrow.Opened) {
	voice := v.Place.world.Voice
	switch {
	case o.Compared():
	case v.Place.Pinned():
		voice.Remark(words.OtherEpochs, v.Place.pin.Fingerprint)
	default:
		voice.Remark(words.NotCompared, o.Pin().Fingerprint)
	}
	if slot := o.OpenedUnlisted(); slot != "" {
		voice.Remark(words.OpenedUnlisted, console.Safe(slot, 0))
		if v.home != nil {
			voice.Remark(words.LeaveUnlisted)
		}
	}
	if newer := v.Files.Newer(); newer != nil {
		voice.Remark(words.NewerSeal, console.Safe(newer.Path, 0))
	}
	v.RemarkRotations()
}

// withoutRefused leaves out what lies in an epoch that a person has refused here.
func (v *Vault) withoutRefused(entries []escrow.Entry) []escrow.Entry {
	refused := v.Epochs(func(e escrow.Epoch) bool { return e.Refused })
	return slices.DeleteFunc(entries, func(e escrow.Entry) bool {
		return slices.ContainsFunc(refused, func(r escrow.Epoch) bool { return r.Folder == e.Epoch })
	})
}

// itemsWithoutRefused does so with what lists show.
func (v *Vault) itemsWithoutRefused(items []escrow.Item) []escrow.Item {
	refused := v.Epochs(func(e escrow.Epoch) bool { return e.Refused })
	return slices.DeleteFunc(items, func(i escrow.Item) bool {
		return slices.ContainsFunc(refused, func(r escrow.Epoch) bool { return r.Folder == i.Epoch })
	})
}

// Watch shows how many seeds have been read, where reading takes long, until the
// function that it returns is called.
func Watch(w *world.World, o *escrow.Opened) (done func()) {
	progress := w.Voice.Progress(words.ReadingSeeds, w.Now)
	o.Watch(progress.At)
	return progress.Done
}
