package key

import (
	"errors"

	"filippo.io/age"

	"seedvault/escrow/key/internal/wordlist"
	"seedvault/escrow/key/internal/workfactor"
)

// ErrPassphrase is returned when a passphrase is not that of the key file.
var ErrPassphrase = errors.New("failed to unlock: not the passphrase")

// PassphraseError is an [ErrPassphrase] for what looks like a passphrase that
// [GeneratePassphrase] made: so many words, and the first of them, from 1, that
// cannot be right, 0 for none. With six words and none unknown, one may be another of the
// list, or their order wrong.
type PassphraseError struct{ Words, Unknown int }

// Error says what is wrong, and nothing secret.
func (e *PassphraseError) Error() string { return ErrPassphrase.Error() }

// Is reports whether the target is [ErrPassphrase].
func (e *PassphraseError) Is(target error) bool { return target == ErrPassphrase }

// MeantWords returns the words of the list, three at most, that a person may have meant
// with one word of a passphrase, counted from 1. They say what the passphrase is, and are
// for the terminal alone.
func MeantWords(typed string, word int) []string { return wordlist.Meant(typed, word) }

// ErrPassphraseShort is returned for an own passphrase of fewer than 16
// characters.
var ErrPassphraseShort = errors.New("invalid passphrase: fewer than 16 characters")

// CheckPassphrase returns [ErrPassphraseShort] for a passphrase that is too
// short to stand between a copy in a stranger's hands and the seeds.
func CheckPassphrase(own string) error {
	if wordlist.Strong(own) != nil {
		return ErrPassphraseShort
	}
	return nil
}

// PassphraseWords is how many words a generated passphrase has.
const PassphraseWords = 6

// GeneratePassphrase returns six random words out of the 2,048 of BIP-39, that is 66
// bits: a secret to be shown once.
func GeneratePassphrase() (string, error) { return wordlist.Generate(PassphraseWords) }

// identityWork is the highest scrypt work factor at which a person's own identity
// file is opened: age's own limit.
const identityWork = 22

// Lock encrypts a key pair's secret half with a passphrase, as age -p does, at work
// factor 18: a second or two of a core, and 0.25 GiB. The result is a [Locked] key's file.
func Lock(p *Pair, passphrase string) ([]byte, error) {
	r, err := age.NewScryptRecipient(passphrase)
	if err != nil {
		return nil, errEncrypt
	}
	r.SetWorkFactor(workfactor.Current)
	return Encrypt(r, []byte(p.Secret()+"\n"))
}

// Locked is a key file behind a passphrase.
type Locked struct {
	File    []byte
	MaxWork int // the highest scrypt work factor at which it is tried; each more doubles time and memory
}

// Unlock tries what was typed on key files, one after another: as it is, in
// Unicode's composed and decomposed forms, with white space made single, and words
// of the list in lower case (FORMAT.md, F18). Each distinct spelling costs one scrypt for
// each file. A file must hold exactly one native identity. The error is [ErrPassphrase],
// as a [*PassphraseError] where more can be said.
func Unlock(typed string, files ...Locked) (age.Identity, error) {
	for _, file := range files {
		for _, spelling := range wordlist.Spellings(typed) {
			if id, err := file.open(spelling); err == nil {
				return id, nil
			}
		}
	}
	if count, unknown, ok := wordlist.Mistakes(typed); ok {
		return nil, &PassphraseError{count, unknown}
	}
	return nil, ErrPassphrase
}

func (l Locked) open(passphrase string) (age.Identity, error) {
	plain, err := openLocked(l.File, passphrase, l.MaxWork)
	if err != nil {
		return nil, err
	}
	pairs, err := ParsePairs(plain)
	if err != nil || len(pairs) != 1 {
		return nil, errIdentityText
	}
	return pairs[0].Identity(), nil
}

// openLocked reads what age -p wrote. A wrong passphrase is [ErrNoMatch]; any other error,
// that for a work factor above maxWork too, [ErrUndecrypted].
func openLocked(file []byte, passphrase string, maxWork int) ([]byte, error) {
	if passphrase == "" {
		return nil, ErrNoMatch
	}
	id, err := age.NewScryptIdentity(passphrase)
	if err != nil {
		return nil, ErrNoMatch
	}
	id.SetMaxWorkFactor(maxWork)
	workfactor.BeforeTry()
	return Decrypt(file, id)
}
