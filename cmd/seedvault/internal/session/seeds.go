package session

import (
	"context"
	"slices"

	"seedvault/cmd/seedvault/internal/console"
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
	v.remarkOpened(o)
	for _, f := range findings {
		if f.Red {
			voice := v.Place.world.Voice
			voice.Remark(words.SeedLost, voice.Text(words.FindingCodes.Of(string(f.Code))), console.Safe(f.Path, 0))
		}
	}
	return &Seeds{v, o, v.withoutRefused(entries)}, nil
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

// Watch shows how many seeds have been read, where reading takes long, until the
// function that it returns is called.
func Watch(w *world.World, o *escrow.Opened) (done func()) {
	progress := w.Voice.Progress(words.ReadingSeeds, w.Now)
	o.Watch(progress.At)
	return progress.Done
}
