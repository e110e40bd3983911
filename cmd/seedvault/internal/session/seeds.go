package session

import (
	"context"
	"slices"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/place"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/seedlist"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
)

// Seeds is an opened vault with all its seeds, for commands that read them.
type Seeds struct {
	Vault   *Vault
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

// OpenToEdit does the same as [OpenSeeds], and returns the vault to be written to as well.
func OpenToEdit(ctx context.Context, w *world.World, choice place.Choice) (*Seeds, *Writable, error) {
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
	done := Watch(v.Place.World, o)
	entries, findings, err := o.Seeds(ctx)
	done()
	if err != nil {
		return nil, err
	}
	return &Seeds{v, o, withoutRefused(v, entries, epochOfEntry), unlocked{v, o}.remarkFound(ctx, findings), nil}, nil
}

// unlocked is a vault and what a key has opened of it.
type unlocked struct {
	vault  *Vault
	opened *escrow.Opened
}

// remarkFound prints what the person should know of a vault that was opened and read, and
// returns which seeds are lost.
func (u unlocked) remarkFound(ctx context.Context, findings []escrow.Finding) []Loss {
	u.remark()
	lost := u.losses(ctx, findings)
	remarkLosses(u.vault.Place.World.Voice, lost)
	return lost
}

// losses returns the seeds' files that are missing or damaged, those among them that this
// machine has added and nobody has accepted.
func (u unlocked) losses(ctx context.Context, findings []escrow.Finding) []Loss {
	if u.vault.home != nil {
		own := u.vault.Place.Memory().Recall().Deposits
		findings = append(slices.Clone(findings), u.opened.MissingDeposits(own)...)
	}
	return u.vault.Losses(ctx, u.opened, findings)
}

// remark prints what the person should know of a vault that was opened.
func (u unlocked) remark() {
	v, voice := u.vault, u.vault.Place.World.Voice
	switch {
	case u.opened.Compared():
	case v.Place.Pinned():
		voice.Remark(words.OtherEpochs, v.Place.Pin().Fingerprint)
	default:
		voice.Remark(words.NotCompared, u.opened.Pin().Fingerprint)
	}
	if slot := u.opened.OpenedUnlisted(); slot != "" {
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

// withoutRefused drops from a list what belongs to an epoch that a person has refused on this
// machine; epoch returns the folder that an element lies in.
func withoutRefused[T any](v *Vault, list []T, epoch func(T) string) []T {
	refused := map[string]bool{}
	for _, e := range v.Epochs(func(e escrow.Epoch) bool { return e.Refused }) {
		refused[e.Folder] = true
	}
	return slices.DeleteFunc(list, func(one T) bool { return refused[epoch(one)] })
}

func epochOfEntry(e escrow.Entry) string { return e.Epoch }

func epochOfItem(i escrow.Item) string { return i.Epoch }

// Watch shows how many seeds have been read while reading takes long, until done is called.
func Watch(w *world.World, o *escrow.Opened) (done func()) {
	progress := w.Voice.Progress(words.ReadingSeeds, w.Now)
	o.Watch(progress.At)
	return progress.Done
}
