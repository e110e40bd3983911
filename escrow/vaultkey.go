package escrow

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

// vaultKey is the key pair of one epoch, with the signing key that follows from
// it: one secret to keep, and nothing else on a sheet of paper. Its public half is
// the vault recipient, known to depositors and not in the vault.
type vaultKey struct {
	*key.Pair
	sign   ed25519.PrivateKey
	signer string // as in vault.txt
}

// Format keeps the identity out of every verb.
func (k *vaultKey) Format(f fmt.State, _ rune) { io.WriteString(f, "vaultKey(elided)") }

var errVaultIdentity = errors.New("invalid vault identity")

func generateVaultKey(postQuantum bool) (*vaultKey, error) {
	pair, err := key.Generate(postQuantum)
	if err != nil {
		return nil, err
	}
	return vaultKeyOf(pair)
}

func parseVaultKey(text string) (*vaultKey, error) {
	pair, err := key.ParsePair(text)
	if err != nil {
		return nil, errVaultIdentity
	}
	return vaultKeyOf(pair)
}

// vaultKeyOf derives the signer.
func vaultKeyOf(pair *key.Pair) (*vaultKey, error) {
	seed, err := hkdf.Key(sha256.New, []byte(strings.ToUpper(pair.Secret())), nil, signerInfo, ed25519.SeedSize)
	if err != nil {
		return nil, errVaultIdentity
	}
	k := &vaultKey{Pair: pair, sign: ed25519.NewKeyFromSeed(seed)}
	k.signer = sshsig.MarshalPublicKey(k.sign.Public().(ed25519.PublicKey))
	return k, nil
}

// recipientSum is what vault.txt says of the recipient.
func (k *vaultKey) recipientSum() [32]byte { return format.Sum([]byte(k.Public())) }

// fits reports whether the descriptor is this key's: by signer and recipient, or by
// the recipient alone where the signer is of another type.
func (k *vaultKey) fits(d format.Descriptor) bool {
	return (d.Signer == k.signer || d.Unverified) && d.RecipientSum == k.recipientSum()
}

// parseVaultKeys reads the identities of an age identity file.
func parseVaultKeys(plain []byte) ([]*vaultKey, error) {
	pairs, err := key.ParsePairs(plain)
	if err != nil {
		return nil, errVaultIdentity
	}
	keys := make([]*vaultKey, len(pairs))
	for i, pair := range pairs {
		if keys[i], err = vaultKeyOf(pair); err != nil {
			return nil, err
		}
	}
	return keys, nil
}
