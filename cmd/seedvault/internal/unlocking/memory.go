package unlocking

import (
	"errors"

	"filippo.io/age"

	"seedvault/cmd/seedvault/internal/oskeyring"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
	"seedvault/escrow/key"
)

// Memory holds the keys that have opened a vault in this run, so that a command which opens it
// more than once asks once. They are secret, and kept only in memory.
type Memory struct{ opened []age.Identity }

// keys returns the keys that have opened a vault before. A nil memory has none.
func (m *Memory) keys() []age.Identity {
	if m == nil {
		return nil
	}
	return m.opened
}

// open opens the vault with keys, and remembers them if they do.
func (k *Keys) open(ids ...age.Identity) (*escrow.Opened, error) {
	o, err := k.Vault.Unlock(ids...)
	if m := k.Given.Memory; err == nil && m != nil {
		m.opened = ids
	}
	return o, err
}

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
