// Package unlocking makes keys out of what a person has: key files, plugins, sheets of
// paper, passphrases, and the shares of a quorum; and opens a vault with them. Other programs'
// exports, which have passwords of their own, are opened by package transfer.
//
// Start with [Keys] and [Keys.Unlock]. What is typed goes through the terminal alone.
package unlocking

import (
	"errors"

	"filippo.io/age"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/explain"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
	"seedvault/escrow/key"
)

// Given holds the flags about keys.
type Given struct {
	Identities     []string  // --identity: files
	PassphraseFile string    // --passphrase-file
	Holder         string    // --holder: whose passphrase it is
	Shares         []string  // --share: files
	Cache          *KeyCache // what has opened a vault in this run, nil where that is not kept
}

// Keys is everything that may open one vault.
type Keys struct {
	World      *world.World
	Vault      *escrow.Vault
	Given      Given
	Configured []string // key files of this machine
	InKeyring  []string // names of its keys in the system's keyring
}

// Unlock opens the vault with the keys that have opened one in this run before; else with what
// the flags give; if they give nothing, with this machine's keys, unless --holder says whose
// passphrase it is to be; and if these do not open it, with what the person types at the
// prompt.
func (k *Keys) Unlock() (*escrow.Opened, error) {
	if o := k.unlockWith(k.Given.Cache.keys()); o != nil {
		return o, nil
	}
	if o, err := k.unlockGiven(); o != nil || err != nil {
		return o, err
	}
	if k.Given.Holder == "" {
		if o, err := k.unlockConfigured(); o != nil || err != nil {
			return o, err
		}
	}
	return k.prompt(words.PromptKey, false)
}

// UnlockAvailable opens the vault as [Keys.Unlock] does, but asks nobody: of this machine's keys
// it tries those that ask nothing, and returns nil if they do not open it. It is for commands
// that are useful without a key.
func (k *Keys) UnlockAvailable() (*escrow.Opened, error) {
	if o := k.unlockWith(k.Given.Cache.keys()); o != nil {
		return o, nil
	}
	if o, err := k.unlockGiven(); o != nil || err != nil {
		return o, err
	}
	return k.UnlockSilent(), nil
}

// UnlockSilent opens the vault with the configured keys that ask nothing, and returns nil if
// they do not open it.
func (k *Keys) UnlockSilent() *escrow.Opened {
	silent, _ := k.FromConfig()
	return k.unlockWith(silent)
}

// unlockWith opens the vault with keys, and returns nil if they do not open it.
func (k *Keys) unlockWith(ids []age.Identity) *escrow.Opened {
	if len(ids) == 0 {
		return nil
	}
	o, err := k.open(ids...)
	if err != nil {
		return nil
	}
	return o
}

// unlockConfigured opens the vault with the configured keys, and asks for the passphrases of
// locked ones if the others do not open it. It returns nil if none does, or the person wants
// to type something else.
func (k *Keys) unlockConfigured() (*escrow.Opened, error) {
	silent, prompting := k.FromConfig()
	if o := k.unlockWith(silent); o != nil || len(prompting) == 0 {
		return o, nil
	}
	o, err := k.open(prompting...)
	var broken *key.PluginError
	switch {
	case errors.As(err, &broken):
		k.World.Voice.Remark(words.KeyPassedOver, explain.Error(err))
		return nil, nil
	case errors.Is(err, errPassedOver), errors.Is(err, escrow.ErrNoMatch):
		return nil, nil
	}
	return o, err
}

// unlockGiven opens the vault with the keys, the passphrase and the shares of the flags, and
// returns nil if there are none.
func (k *Keys) unlockGiven() (*escrow.Opened, error) {
	ids, err := k.Identities()
	switch {
	case err != nil:
		return nil, err
	case k.Given.Shares != nil:
		return k.unlockTogether(ids, "")
	case len(ids) == 0:
		return nil, nil
	}
	return k.unlockOwn(ids)
}

// unlockOwn opens the vault with keys; if they are those of a quorum's member, together with
// the shares of others.
func (k *Keys) unlockOwn(ids []age.Identity) (*escrow.Opened, error) {
	o, err := k.open(ids...)
	if errors.Is(err, escrow.ErrNoMatch) && len(k.Vault.Shares(ids...)) > 0 {
		return k.unlockTogether(ids, "") // one member's key, and it takes more
	}
	return o, err
}

// Identities reads the keys and the passphrase that the person gave.
func (k *Keys) Identities() ([]age.Identity, error) {
	var ids []age.Identity
	for _, file := range k.Given.Identities {
		more, err := File(k.World, file)
		if err != nil {
			return nil, err
		}
		ids = append(ids, more...)
	}
	if file := k.Given.PassphraseFile; file != "" {
		secret, err := SecretFile(k.World, file)
		if err != nil {
			return nil, err
		}
		id, err := Secret(k.World, k.Vault, secret, k.Given.Holder)
		if err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, nil
}

// FromConfig reads the configured keys of this machine: those that open the vault without
// asking, and separately those for which a person or a plugin has to do something.
func (k *Keys) FromConfig() (silent, prompting []age.Identity) {
	for _, name := range k.InKeyring {
		if id := fromKeyring(k.World, name); id != nil {
			silent = append(silent, id)
		}
	}
	for _, path := range k.Configured {
		ids, more, err := configuredFile(k.World, path)
		if err != nil {
			k.World.Voice.Remark(words.IdentityUnreadable, console.Safe(path, 0))
		}
		silent, prompting = append(silent, ids...), append(prompting, more...)
	}
	return silent, prompting
}
