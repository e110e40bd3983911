// Package vaultkey is the secret of one epoch: the key pair that its seeds and records are
// encrypted to, and the signing key that follows from it.
//
// Start with [Generate], or with [ParseAll], which reads what a holder's slot holds.
// Printing a [Key] shows no secret; its [key.Pair] gives it away where asked to.
package vaultkey

import (
	"crypto/ed25519"
	"crypto/hkdf"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"strings"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/sshsig"
	"seedvault/escrow/key"
)

// signerInfo separates the signing key from every other use of the identity.
const signerInfo = "seedvault/v1 signing key ed25519"

// Key is the key pair of one epoch, with the signing key that follows from
// it: one secret to keep, and nothing else to lose. Its public half is
// the vault recipient, known to depositors and not in the vault.
type Key struct {
	*key.Pair
	Signer  string // the public half of the signing key, as in vault.txt
	private ed25519.PrivateKey
}

// Format keeps the identity and the signing key out of every verb.
func (k Key) Format(f fmt.State, _ rune) { io.WriteString(f, "vaultkey.Key(elided)") }

var errIdentity = errors.New("invalid vault identity")

// Generate makes a new key, a hybrid one where it is to be post-quantum.
func Generate(postQuantum bool) (*Key, error) {
	pair, err := key.Generate(postQuantum)
	if err != nil {
		return nil, err
	}
	return of(pair)
}

// of derives the signer.
func of(pair *key.Pair) (*Key, error) {
	seed, err := hkdf.Key(sha256.New, []byte(strings.ToUpper(pair.Secret())), nil, signerInfo, ed25519.SeedSize)
	if err != nil {
		return nil, errIdentity
	}
	k := &Key{Pair: pair, private: ed25519.NewKeyFromSeed(seed)}
	k.Signer = sshsig.MarshalPublicKey(k.private.Public().(ed25519.PublicKey))
	return k, nil
}

// Sign gives the SSH signature of a text, for the use that the namespace names.
func (k *Key) Sign(namespace string, text []byte) []byte {
	return sshsig.Sign(k.private, namespace, text)
}

// RecipientSum is what vault.txt says of the recipient: the SHA-256 of its text.
func (k *Key) RecipientSum() [32]byte { return format.Sum([]byte(k.Public())) }

// Fits reports whether the descriptor is this key's: by signer and recipient, or by
// the recipient alone where the signer is of another type.
func (k *Key) Fits(d format.Descriptor) bool {
	return (d.Signer == k.Signer || d.Unverified) && d.RecipientSum == k.RecipientSum()
}

// ParseAll reads the identities of an age identity file, in which only native ones may
// stand; there may be none.
func ParseAll(plain []byte) ([]*Key, error) {
	pairs, err := key.ParsePairs(plain)
	if err != nil {
		return nil, errIdentity
	}
	keys := make([]*Key, len(pairs))
	for i, pair := range pairs {
		if keys[i], err = of(pair); err != nil {
			return nil, err
		}
	}
	return keys, nil
}
