package escrow

import (
	"errors"
	"slices"
	"strings"

	"filippo.io/age"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/key"
)

// ErrNoPassphrase is returned when no holder of the vault has a passphrase.
var ErrNoPassphrase = errors.New("failed to unlock: no holder of this vault has a passphrase")

// ChoiceError says that several holders have a passphrase and none was named:
// trying each would cost each time as much as a guess costs an attacker.
type ChoiceError struct{ Names []string }

func (e *ChoiceError) Error() string {
	return "failed to unlock: several holders have a passphrase: " + strings.Join(e.Names, ", ")
}

const (
	keyFileLimit = 16 // passphrase-protected keys that are tried for one holder
	maxWork      = 20 // the scrypt work factor up to which they are
)

// PassphraseKey is a holder's own key, encrypted with a passphrase.
type PassphraseKey struct {
	holder string
	files  []found
}

// Holder returns the name of the holder whose passphrase it takes.
func (k PassphraseKey) Holder() string { return k.holder }

// PassphraseKeys returns the key that a passphrase is tried on: the named
// holder's, or the only one there is. The files used are those that a valid seal
// of their epoch lists, so that nobody who merely writes to the folder can add to
// them; others are used only for a holder that was named, or where an epoch has
// lost all its seals, and then a file must be what its name says. The error is
// [ErrNoPassphrase] or a [*ChoiceError].
func (v *Vault) PassphraseKeys(holder string) (PassphraseKey, error) {
	keys := v.passphraseKeys(holder, false)
	if len(keys) == 0 && holder != "" {
		keys = v.passphraseKeys(holder, true)
	}
	switch len(keys) {
	case 0:
		return PassphraseKey{}, ErrNoPassphrase
	case 1:
		return keys[0], nil
	}
	choice := &ChoiceError{}
	for _, k := range keys {
		choice.Names = append(choice.Names, k.holder)
	}
	return PassphraseKey{}, choice
}

// passphraseKeys gathers key files by holder. A rotation copies them, so that
// the same content in several epochs is one.
func (v *Vault) passphraseKeys(holder string, unsealed bool) []PassphraseKey {
	var keys []PassphraseKey
	at := map[string]int{}
	for _, e := range v.writable() {
		for _, name := range v.holderDirs(e) {
			if holder != "" && name != holder {
				continue
			}
			files := v.keyFiles(e, name, unsealed)
			if len(files) == 0 {
				continue
			}
			i, seen := at[name]
			if !seen {
				i, at[name] = len(keys), len(keys)
				keys = append(keys, PassphraseKey{holder: name})
			}
			files = distinct(append(keys[i].files, files...))
			keys[i].files = files[:min(len(files), keyFileLimit)]
		}
	}
	return keys
}

// keyFiles reads a holder's key files as far as they may be tried.
func (v *Vault) keyFiles(e *epoch, name string, unsealed bool) []found {
	sealed := v.seals(e)
	files := v.readFiles(e.folder+"/holders/"+name, true)
	return slices.DeleteFunc(files, func(f found) bool {
		if f.kind != format.KindKey || f.damaged() || f.claims == "" {
			return true
		}
		return !unsealed && sealed.Sealed() && sealed.Status(f.ref()) != Accepted
	})
}

// Unlock tries what was typed on the holder's key files, normally one, as
// [key.Unlock] does. The error is [key.ErrPassphrase], as a [*key.PassphraseError]
// where more can be said.
func (k PassphraseKey) Unlock(typed string) (age.Identity, error) {
	files := make([]key.Locked, len(k.files))
	for i, f := range k.files {
		files[i] = key.Locked{File: f.data, MaxWork: maxWork}
	}
	return key.Unlock(typed, files...)
}
