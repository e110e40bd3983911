package unlocking

import (
	"errors"

	"filippo.io/age"

	"seedvault/cmd/seedvault/internal/oskeyring"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow/key"
)

// fromKeyring returns one of this PC's keys from the system's keyring. If it cannot be had, it
// prints why, once, and returns nil.
func fromKeyring(w *world.World, name string) age.Identity {
	secret, asked, err := w.Keyring.Get(name, w.HasTerminal())
	var id age.Identity
	if err == nil {
		if id, err = key.ParseIdentity(secret); err != nil {
			err = oskeyring.ErrNotFound
		}
	}
	if err == nil {
		return id
	}
	if asked || w.Keyring == nil {
		w.Voice.Remark(whyNot(err))
	}
	return nil
}

// whyNot returns why the system's keyring gives no key.
func whyNot(err error) words.Message {
	switch {
	case errors.Is(err, oskeyring.ErrLocked):
		return words.KeyringLocked
	case errors.Is(err, oskeyring.ErrNotFound):
		return words.KeyringForgot
	}
	return words.KeyringSilent
}
