package key

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"

	"filippo.io/age"
	"filippo.io/age/agessh"
	"filippo.io/age/armor"
	"golang.org/x/crypto/ssh"
)

// lockedIdentity is a key file behind a passphrase, which is asked for once, and
// only when an age file comes that may be for it.
type lockedIdentity struct {
	ask  Asker
	fits func(stanzas []*age.Stanza) bool
	open func(passphrase string) ([]age.Identity, error) // ErrPassphrase for a wrong one
	ids  []age.Identity
	err  error // why it stays locked
}

// Format keeps what was unlocked out of every verb.
func (l *lockedIdentity) Format(f fmt.State, _ rune) { io.WriteString(f, "lockedIdentity") }

func (l *lockedIdentity) Unwrap(stanzas []*age.Stanza) ([]byte, error) {
	if !l.fits(stanzas) {
		return nil, age.ErrIncorrectIdentity
	}
	if err := l.unlock(); err != nil {
		return nil, &askedError{err}
	}
	for _, id := range l.ids {
		key, err := id.Unwrap(stanzas)
		if !errors.Is(err, age.ErrIncorrectIdentity) {
			return key, err
		}
	}
	return nil, age.ErrIncorrectIdentity
}

func (l *lockedIdentity) unlock() error {
	if l.ids != nil || l.err != nil {
		return l.err
	}
	l.err = l.ask.Passphrase(func(passphrase string) (err error) {
		l.ids, err = l.open(passphrase)
		return err
	})
	if l.err == nil && l.ids == nil {
		l.err = ErrPassphrase // none was tried
	}
	return l.err
}

const (
	armorStart = "-----BEGIN AGE ENCRYPTED FILE-----"
	// lockedStart is how an age file begins that has a passphrase: by the format
	// it has no other recipient.
	lockedStart = "age-encryption.org/v1\n-> scrypt "
)

// lockedFile reads an identity file that was encrypted with age -p.
func lockedFile(data []byte, ask Asker) (age.Identity, error) {
	if bytes.HasPrefix(data, []byte(armorStart)) {
		var err error
		if data, err = io.ReadAll(armor.NewReader(bytes.NewReader(data))); err != nil {
			return nil, ErrIdentityFile
		}
	}
	switch {
	case !bytes.HasPrefix(data, []byte(lockedStart)):
		return nil, ErrIdentityFile
	case ask == nil:
		return nil, ErrIdentityLocked
	}
	return &lockedIdentity{
		ask:  ask,
		fits: func([]*age.Stanza) bool { return true },
		open: func(passphrase string) ([]age.Identity, error) { return openLockedFile(data, passphrase, ask) },
	}, nil
}

func openLockedFile(data []byte, passphrase string, ask Asker) ([]age.Identity, error) {
	plain, err := openLocked(data, passphrase, identityWork)
	switch {
	case errors.Is(err, ErrNoMatch):
		return nil, ErrPassphrase
	case err != nil:
		return nil, ErrIdentityFile
	}
	return ParseIdentities(bytes.NewReader(plain), ask)
}

// lockedSSH reads an SSH private key that has a passphrase. The public key stands
// beside it in clear, but for files of the old PEM form, which are taken for RSA keys.
func lockedSSH(pem []byte, public ssh.PublicKey, ask Asker) (age.Identity, error) {
	kind, tag := ssh.KeyAlgoRSA, ""
	if public != nil {
		sum := sha256.Sum256(public.Marshal())
		kind, tag = public.Type(), base64.RawStdEncoding.EncodeToString(sum[:4]) // as agessh names the key in a stanza
	}
	switch {
	case kind != ssh.KeyAlgoRSA && kind != ssh.KeyAlgoED25519:
		return nil, ErrIdentityFile
	case ask == nil:
		return nil, ErrIdentityLocked
	}
	fits := func(stanzas []*age.Stanza) bool {
		for _, s := range stanzas {
			if s.Type == kind && len(s.Args) > 0 && (tag == "" || s.Args[0] == tag) {
				return true
			}
		}
		return false
	}
	open := func(passphrase string) ([]age.Identity, error) { return openSSH(pem, passphrase) }
	return &lockedIdentity{ask: ask, fits: fits, open: open}, nil
}

// openSSH takes every failure to read for a wrong passphrase: damage to what is
// encrypted looks the same.
func openSSH(pem []byte, passphrase string) ([]age.Identity, error) {
	key, err := ssh.ParseRawPrivateKeyWithPassphrase(pem, []byte(passphrase))
	if err != nil {
		return nil, ErrPassphrase
	}
	var id age.Identity
	switch key := key.(type) {
	case *ed25519.PrivateKey:
		id, err = agessh.NewEd25519Identity(*key)
	case *rsa.PrivateKey:
		id, err = agessh.NewRSAIdentity(key)
	default:
		err = ErrIdentityFile
	}
	if err != nil {
		return nil, ErrIdentityFile
	}
	return []age.Identity{id}, nil
}
