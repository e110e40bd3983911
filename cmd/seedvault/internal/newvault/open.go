package newvault

import (
	"context"
	"errors"

	"seedvault/cmd/seedvault/internal/place"
	"seedvault/cmd/seedvault/internal/session"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
)

// OpenToAdd opens the vault that seeds are to be added to; unlock decides with which keys. If
// there is no vault yet, the person is led through making one.
func OpenToAdd(ctx context.Context, w *world.World, choice place.Choice, seeds []escrow.Seed, unlock func(*session.Vault) (*escrow.Opened, error)) (*session.Vault, *escrow.Opened, error) {
	vault, err := session.Open(w, choice)
	if errors.Is(err, place.ErrNone) {
		vault, writable, err := FirstRun(ctx, w, choice, seeds, err)
		if err != nil {
			return nil, nil, err
		}
		return vault, writable.Opened, nil
	}
	if err != nil {
		return nil, nil, err
	}
	var o *escrow.Opened
	if err = vault.AskRotations(ctx, session.IsSuccessor); err == nil {
		if forks := vault.Epochs(session.IsFork); len(forks) > 0 {
			w.Voice.Remark(words.ForkReads, forks[0].Folder)
		}
		o, err = unlock(vault)
	}
	if err == nil { // before it is asked what is held: that says "saved" too
		err = vault.Files.MayDeposit()
	}
	if err != nil {
		vault.Close()
		return nil, nil, err
	}
	return vault, o, nil
}
