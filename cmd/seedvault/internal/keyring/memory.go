package keyring

import (
	"errors"

	"filippo.io/age"

	"seedvault/cmd/seedvault/internal/systemkeys"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
	"seedvault/escrow/key"
)

// Memory is what opened a vault in this run, so that a command which reads it more than
// once asks once. It is a secret, and lasts as long as the command.
type Memory struct{ opened []age.Identity }

// keys returns what opened a vault before. A nil memory has none.
func (m *Memory) keys() []age.Identity {
	if m == nil {
		return nil
	}
	return m.opened
}

// open opens the vault with keys, and remembers them if they do.
func (r *Ring) open(ids ...age.Identity) (*escrow.Opened, error) {
	o, err := r.Vault.Unlock(ids...)
	if m := r.Given.Memory; err == nil && m != nil {
		m.opened = ids
	}
	return o, err
}

// fromKeyring returns one of this PC's keys out of the system's keyring, or says once why
// it is not to be had and returns nil.
func fromKeyring(w *world.World, name string) age.Identity {
	secret, asked, err := w.Keyring.Get(name, w.HasTerminal())
	var id age.Identity
	if err == nil {
		if id, err = key.ParseIdentity(secret); err != nil {
			err = systemkeys.ErrNotFound
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

// whyNot says why the system's keyring gives no key.
func whyNot(err error) words.Message {
	switch {
	case errors.Is(err, systemkeys.ErrLocked):
		return words.KeyringLocked
	case errors.Is(err, systemkeys.ErrNotFound):
		return words.KeyringForgot
	}
	return words.KeyringSilent
}
