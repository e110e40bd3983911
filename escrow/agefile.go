package escrow

import (
	"bytes"
	"crypto/ed25519"
	"crypto/hkdf"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"strings"

	"filippo.io/age"

	"seedvault/escrow/internal/sshsig"
)

// signerInfo separates the signing key from every other use of the identity.
const signerInfo = "seedvault/v1 signing key ed25519"

// vaultKey is the key pair of one epoch, with the signing key that follows from
// it: one secret to keep, and nothing else on a sheet of paper.
type vaultKey struct {
	identity  age.Identity
	recipient age.Recipient
	text      string // SECRET: the identity, one upper-case bech32 line
	public    string // the vault recipient; known to depositors, not in the vault
	sign      ed25519.PrivateKey
	signer    string // as in vault.txt
}

// Format keeps the identity out of every verb.
func (k *vaultKey) Format(f fmt.State, _ rune) { io.WriteString(f, "vaultKey(elided)") }

var errVaultIdentity = errors.New("invalid vault identity")

func generateVaultKey(postQuantum bool) (*vaultKey, error) {
	text, _, err := generateIdentity(postQuantum)
	if err != nil {
		return nil, err
	}
	return parseVaultKey(text)
}

// generateIdentity makes a new age key pair: the identity, which is secret, and
// its recipient.
func generateIdentity(postQuantum bool) (identity, recipient string, err error) {
	if postQuantum {
		id, err := age.GenerateHybridIdentity()
		if err != nil {
			return "", "", errors.New("failed to generate a key")
		}
		return id.String(), id.Recipient().String(), nil
	}
	id, err := age.GenerateX25519Identity()
	if err != nil {
		return "", "", errors.New("failed to generate a key")
	}
	return id.String(), id.Recipient().String(), nil
}

// parseVaultKey reads a vault identity. Only native kinds are read: a text that
// came out of a vault never starts a plugin.
func parseVaultKey(text string) (*vaultKey, error) {
	k := &vaultKey{text: text}
	if id, err := age.ParseX25519Identity(text); err == nil {
		k.identity, k.recipient, k.public = id, id.Recipient(), id.Recipient().String()
	} else if id, err := age.ParseHybridIdentity(text); err == nil {
		k.identity, k.recipient, k.public = id, id.Recipient(), id.Recipient().String()
	} else {
		return nil, errVaultIdentity
	}
	seed, err := hkdf.Key(sha256.New, []byte(strings.ToUpper(text)), nil, signerInfo, ed25519.SeedSize)
	if err != nil {
		return nil, errVaultIdentity
	}
	k.sign = ed25519.NewKeyFromSeed(seed)
	k.signer = sshsig.MarshalPublicKey(k.sign.Public().(ed25519.PublicKey))
	return k, nil
}

// recipientSum is what vault.txt says of the recipient.
func (k *vaultKey) recipientSum() [32]byte { return sum256([]byte(k.public)) }

// fits says that the descriptor is this key's.
func (k *vaultKey) fits(d descriptor) bool {
	return d.signer == k.signer && d.recipientSum == k.recipientSum()
}

// parseIdentityFile reads the identities of an age identity file: comments,
// empty lines, and one native identity a line.
func parseIdentityFile(plain []byte) ([]*vaultKey, error) {
	var keys []*vaultKey
	for line := range strings.Lines(string(plain)) {
		line = strings.TrimRight(line, "\r\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		k, err := parseVaultKey(line)
		if err != nil {
			return nil, err
		}
		keys = append(keys, k)
	}
	return keys, nil
}

// fileKeyKeeper is a recipient that remembers the file key it wraps. With it
// who encrypts can read the result back without holding any identity.
type fileKeyKeeper struct {
	age.Recipient
	key []byte
}

func (k *fileKeyKeeper) Wrap(fileKey []byte) ([]*age.Stanza, error) {
	s, _, err := k.WrapWithLabels(fileKey)
	return s, err
}

func (k *fileKeyKeeper) WrapWithLabels(fileKey []byte) ([]*age.Stanza, []string, error) {
	k.key = bytes.Clone(fileKey)
	if r, ok := k.Recipient.(age.RecipientWithLabels); ok {
		return r.WrapWithLabels(fileKey)
	}
	s, err := k.Recipient.Wrap(fileKey)
	return s, nil, err
}

var (
	errEncrypt      = errors.New("failed to encrypt")
	errReadBack     = errors.New("failed to encrypt: the result does not decrypt to what went in")
	errNoMatch      = errors.New("no identity fits")
	errUndecrypted  = errors.New("failed to decrypt: damaged, or not for this key")
	errAgeFileLimit = errors.New("failed to encrypt: longer than 64 KiB")
)

// encrypt encrypts to one recipient and proves the result by decrypting it with
// the file key, so that bad memory or a bug is met here and not at the restore.
func encrypt(to age.Recipient, plain []byte) ([]byte, error) {
	keeper := &fileKeyKeeper{Recipient: to}
	var out bytes.Buffer
	w, err := age.Encrypt(&out, keeper)
	var asked *askedError
	if errors.As(err, &asked) {
		return nil, asked.err
	}
	if err != nil {
		return nil, errEncrypt
	}
	if _, err := w.Write(plain); err != nil {
		return nil, errEncrypt
	}
	if err := w.Close(); err != nil {
		return nil, errEncrypt
	}
	if int64(out.Len()) > kindSeed.limit() {
		return nil, errAgeFileLimit
	}
	back, err := decrypt(out.Bytes(), age.NewInjectedFileKeyIdentity(keeper.key))
	if err != nil || !bytes.Equal(back, plain) {
		return nil, errReadBack
	}
	return out.Bytes(), nil
}

// decrypt reads a whole age file. errNoMatch tells a file for somebody else
// from a damaged one, as far as age can; *askedError is what ended the use of an
// identity that needs a person or a plugin.
func decrypt(file []byte, ids ...age.Identity) ([]byte, error) {
	r, err := age.Decrypt(bytes.NewReader(file), ids...)
	var no *age.NoIdentityMatchError
	var asked *askedError
	switch {
	case errors.As(err, &no):
		return nil, errNoMatch
	case errors.As(err, &asked):
		return nil, asked
	case err != nil:
		return nil, errUndecrypted
	}
	plain, err := io.ReadAll(io.LimitReader(r, kindSeed.limit()+1))
	if err != nil || int64(len(plain)) > kindSeed.limit() {
		return nil, errUndecrypted
	}
	return plain, nil
}
