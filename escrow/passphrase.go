package escrow

import (
	"errors"
	"slices"
	"strings"

	"filippo.io/age"

	"seedvault/escrow/internal/words"
)

var (
	// ErrPassphrase is returned when a passphrase is not the holder's, or not that
	// of the key file.
	ErrPassphrase = errors.New("failed to unlock: not the passphrase")
	// ErrNoPassphrase is returned when no holder of the vault has a passphrase.
	ErrNoPassphrase = errors.New("failed to unlock: no holder of this vault has a passphrase")
)

// PassphraseError is an [ErrPassphrase] for what looks like a passphrase that
// seedvault made: so many words, and the first of them, from 1, that cannot be right.
// With six words and none unknown, their order may be wrong.
type PassphraseError struct{ Words, Unknown int }

func (e *PassphraseError) Error() string { return ErrPassphrase.Error() }

// Is says that it is an [ErrPassphrase].
func (e *PassphraseError) Is(target error) bool { return target == ErrPassphrase }

// MeantWords returns the words that a person may have meant with one word, from 1,
// of a passphrase. They say what the passphrase is, and are for the terminal alone.
func MeantWords(typed string, word int) []string { return words.Meant(typed, word) }

// ChoiceError says that several holders have a passphrase and none was named:
// trying each would cost each time as much as a guess costs an attacker.
type ChoiceError struct{ Names []string }

func (e *ChoiceError) Error() string {
	return "failed to unlock: several holders have a passphrase: " + strings.Join(e.Names, ", ")
}

// keyFileLimit is how many passphrase-protected keys are tried for one holder.
const keyFileLimit = 16

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
	var seals []*seal
	if e.desc != nil {
		seals = v.sealsOf(e, e.desc.signer).valid()
	}
	sealed := tallyOf(seals)
	files := v.readFiles(e.folder+"/holders/"+name, true)
	return slices.DeleteFunc(files, func(f found) bool {
		if f.kind != kindKey || f.damaged() || f.claims == "" {
			return true
		}
		return !unsealed && len(seals) > 0 && sealed.standing(f.ref()) != Accepted
	})
}

// Unlock tries what was typed: as it is, in Unicode's composed and decomposed
// forms, with white space made single, and words of seedvault's list in lower case.
// Each distinct spelling costs one scrypt for each file of the holder, normally one.
// The error is [ErrPassphrase], as a [*PassphraseError] where more can be said.
func (k PassphraseKey) Unlock(typed string) (age.Identity, error) {
	for _, spelling := range words.Spellings(typed) {
		if spelling == "" {
			continue
		}
		for _, file := range k.files {
			if id, err := unlockKeyFile(file.data, spelling); err == nil {
				return id, nil
			}
		}
	}
	if count, unknown, ok := words.Doubt(typed); ok {
		return nil, &PassphraseError{count, unknown}
	}
	return nil, ErrPassphrase
}

// testOnlyBeforeKDF is called before each scrypt.
var testOnlyBeforeKDF = func() {}

// decryptWithPassphrase reads what age -p wrote. A wrong passphrase is
// errNoMatch.
func decryptWithPassphrase(file []byte, passphrase string) ([]byte, error) {
	testOnlyBeforeKDF()
	id, err := age.NewScryptIdentity(passphrase)
	if err != nil {
		return nil, errNoMatch // an empty one
	}
	id.SetMaxWorkFactor(workFactorLimit)
	return decrypt(file, id)
}

func unlockKeyFile(file []byte, passphrase string) (age.Identity, error) {
	plain, err := decryptWithPassphrase(file, passphrase)
	if err != nil {
		return nil, err
	}
	keys, err := parseIdentityFile(plain)
	if err != nil || len(keys) != 1 {
		return nil, errVaultIdentity
	}
	return keys[0].identity, nil
}
