package key

import (
	"bytes"
	"errors"
	"io"

	"filippo.io/age"

	"seedvault/escrow/internal/smallage"
)

// FileLimit is how long an age file may be, in bytes (FORMAT.md, F8): none longer is
// written, and no more than that of a plaintext is read.
const FileLimit = 64 << 10

var (
	// ErrReadBack is returned for a file that does not decrypt to what went in: bad
	// memory, or a recipient that does wrong.
	ErrReadBack = errors.New("failed to encrypt: the result does not decrypt to what went in")
	// ErrNoMatch is returned for a file that is for none of the identities, as far as
	// age can tell that from damage.
	ErrNoMatch = errors.New("failed to decrypt: no identity fits")
	// ErrUndecrypted is returned for a file that is damaged or not to be trusted.
	ErrUndecrypted = errors.New("failed to decrypt: damaged, or not for this key")

	errEncrypt   = errors.New("failed to encrypt")
	errFileLimit = errors.New("failed to encrypt: longer than 64 KiB")
)

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

// Encrypt encrypts to one recipient, binary, and proves the result by decrypting it
// with the file key, so that bad memory or a bug is met here and not at the restore.
// The error is [ErrReadBack], or what a plugin or its [Asker] returned; any other says
// that age does not encrypt, or that the file would be longer than [FileLimit].
func Encrypt(to age.Recipient, plain []byte) ([]byte, error) {
	if x, ok := to.(*age.X25519Recipient); ok {
		return encryptSmall(x, plain)
	}
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
	if out.Len() > FileLimit {
		return nil, errFileLimit
	}
	back, err := Decrypt(out.Bytes(), age.NewInjectedFileKeyIdentity(keeper.key))
	if err != nil || !bytes.Equal(back, plain) {
		return nil, ErrReadBack
	}
	return out.Bytes(), nil
}

// encryptSmall encrypts to a recipient of age's own in half the time, as package smallage
// does it.
func encryptSmall(to *age.X25519Recipient, plain []byte) ([]byte, error) {
	small, err := smallage.ParseRecipient(to.String())
	if err != nil {
		return nil, errEncrypt
	}
	file, err := small.Seal(plain)
	switch {
	case errors.Is(err, smallage.ErrTooLong), len(file) > FileLimit:
		return nil, errFileLimit
	case errors.Is(err, smallage.ErrReadBack):
		return nil, ErrReadBack
	case err != nil:
		return nil, errEncrypt
	}
	return file, nil
}

// Decrypt reads a whole age file. The error is [ErrNoMatch] or [ErrUndecrypted]; any
// other is what ended the use of an identity that needs a person or a plugin: a
// [*PluginError], or what an [Asker] returned.
func Decrypt(file []byte, ids ...age.Identity) ([]byte, error) {
	return decrypt(bytes.NewReader(file), ids...)
}

func decrypt(file io.Reader, ids ...age.Identity) ([]byte, error) {
	r, err := age.Decrypt(file, ids...)
	var no *age.NoIdentityMatchError
	var asked *askedError
	switch {
	case errors.As(err, &no):
		return nil, ErrNoMatch
	case errors.As(err, &asked):
		return nil, asked.err
	case err != nil:
		return nil, ErrUndecrypted
	}
	plain, err := io.ReadAll(io.LimitReader(r, FileLimit+1))
	if err != nil || len(plain) > FileLimit {
		return nil, ErrUndecrypted
	}
	return plain, nil
}
