// Package smallage opens and writes small age files to one X25519 recipient in about
// half of the time that package age takes, which matters where a vault's ten
// thousand files are read one after the other.
//
// Start with [ParseIdentity] and [Identity.Open], or [ParseRecipient] and
// [Recipient.Seal]. It knows exactly one form of file (see [Identity.Open]) and says
// so of any other, for package age to judge: what it opens, age opens to the same
// bytes. That is held by age's own test vectors and by a fuzz test against age. It is
// quicker since it keeps the key in the form that the multiplication takes, and needs no
// buffers for files of several chunks.
//
// The format is https://c2sp.org/age.
package smallage

import (
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strings"

	"filippo.io/age"
	"golang.org/x/crypto/chacha20poly1305"
)

// What a file of the one form consists of. Its header has always the same length.
const (
	intro   = "age-encryption.org/v1\n-> X25519 "
	footer  = "\n--- "
	encoded = 43 // 32 bytes in base64

	shareAt = len(intro)
	bodyAt  = shareAt + encoded + len("\n")
	macAt   = bodyAt + encoded + len(footer)
	nonceAt = macAt + encoded + len("\n")
	chunkAt = nonceAt + nonceSize
	macOver = macAt - len(" ") // the header that its MAC covers

	fileKeySize = 16
	nonceSize   = 16
	chunkSize   = 64 << 10
	sealedChunk = chunkSize + chacha20poly1305.Overhead
)

var b64 = base64.RawStdEncoding.Strict()

// Identity opens small files that are encrypted to one X25519 recipient. It is a
// secret, and prints as elided. It may be used by several goroutines at once.
type Identity struct {
	key    *ecdh.PrivateKey
	public []byte
}

// Recipient encrypts small files. It may be used by several goroutines at once.
type Recipient struct{ key *ecdh.PublicKey }

// Format keeps the key out of every verb.
func (i *Identity) Format(f fmt.State, _ rune) { io.WriteString(f, "Identity(elided)") }

var (
	errIdentity  = errors.New("invalid X25519 identity")
	errRecipient = errors.New("invalid X25519 recipient")
	errSeal      = errors.New("failed to encrypt")

	// ErrTooLong means that a plaintext has more than 64 KiB.
	ErrTooLong = errors.New("failed to encrypt: longer than 64 KiB")
	// ErrReadBack means that what was encrypted does not decrypt to what went in: bad
	// memory, or a bug.
	ErrReadBack = errors.New("failed to encrypt: the result does not decrypt to what went in")
)

// ParseIdentity reads an identity as age-keygen writes it, AGE-SECRET-KEY-1... An
// identity of another kind, a post-quantum one too, is an error.
func ParseIdentity(s string) (*Identity, error) {
	if _, err := age.ParseX25519Identity(s); err != nil { // checks everything about s
		return nil, errIdentity
	}
	key, err := ecdh.X25519().NewPrivateKey(bech32Data(s))
	if err != nil {
		return nil, errIdentity
	}
	return &Identity{key, key.PublicKey().Bytes()}, nil
}

// ParseRecipient reads a recipient, age1... One of another kind, a post-quantum one
// too, is an error.
func ParseRecipient(s string) (*Recipient, error) {
	if _, err := age.ParseX25519Recipient(s); err != nil {
		return nil, errRecipient
	}
	key, err := ecdh.X25519().NewPublicKey(bech32Data(s))
	if err != nil {
		return nil, errRecipient
	}
	return &Recipient{key}, nil
}

// bech32Data returns the 32 bytes of a bech32 text that has been found correct.
func bech32Data(s string) []byte {
	const alphabet, checksum = "qpzry9x8gf2tvdw0s3jn54khce6mua7l", 6
	s = strings.ToLower(s)
	s = s[strings.LastIndexByte(s, '1')+1 : len(s)-checksum]
	data := make([]byte, 0, 32)
	bits, held := uint(0), 0
	for _, c := range []byte(s) {
		bits, held = bits<<5|uint(strings.IndexByte(alphabet, c)), held+5
		if held >= 8 {
			held -= 8
			data = append(data, byte(bits>>held))
		}
	}
	return data
}

// Open decrypts a whole file, and reports false for one that package age must judge:
// any that has not exactly one stanza, of type X25519 and for this identity, or more
// than one chunk (64 KiB of plaintext), or is damaged. It never returns a part of a
// plaintext.
func (i *Identity) Open(file []byte) (plain []byte, ok bool) {
	if !inForm(file) {
		return nil, false
	}
	var share, body [32]byte
	if !decode(share[:], file[shareAt:]) || !decode(body[:], file[bodyAt:]) {
		return nil, false
	}
	theirs, err := ecdh.X25519().NewPublicKey(share[:])
	if err != nil {
		return nil, false
	}
	aead, err := wrapping(i.key, theirs, share[:], i.public)
	if err != nil {
		return nil, false
	}
	fileKey, err := aead.Open(nil, make([]byte, chacha20poly1305.NonceSize), body[:], nil)
	if err != nil {
		return nil, false
	}
	return openWith(fileKey, file)
}

// inForm reports whether a file has the length and the fixed parts of the one form.
func inForm(file []byte) bool {
	sealed := len(file) - chunkAt
	return sealed >= chacha20poly1305.Overhead && sealed <= sealedChunk &&
		string(file[:shareAt]) == intro &&
		file[bodyAt-1] == '\n' &&
		string(file[bodyAt+encoded:macAt]) == footer &&
		file[nonceAt-1] == '\n'
}

// decode reads 32 bytes of base64, in the one spelling that age takes.
func decode(out, from []byte) bool {
	n, err := b64.Decode(out, from[:encoded])
	return err == nil && n == len(out)
}

// openWith verifies the header and decrypts the one chunk.
func openWith(fileKey, file []byte) (plain []byte, ok bool) {
	var stated [32]byte
	if !decode(stated[:], file[macAt:]) {
		return nil, false
	}
	mac, err := headerMAC(fileKey, file[:macOver])
	if err != nil || !hmac.Equal(mac, stated[:]) {
		return nil, false
	}
	aead, err := payload(fileKey, file[nonceAt:chunkAt])
	if err != nil {
		return nil, false
	}
	plain, err = aead.Open(nil, lastChunk(), file[chunkAt:], nil)
	return plain, err == nil
}

// Seal encrypts a plaintext of at most 64 KiB, and decrypts the result with the file
// key before it returns it, so that bad memory or a bug is met here and not when the
// file is needed. The error is [ErrTooLong] or [ErrReadBack]; any other is a failure of
// the system's.
func (r *Recipient) Seal(plain []byte) ([]byte, error) {
	if len(plain) > chunkSize {
		return nil, ErrTooLong
	}
	ephemeral, err := ecdh.X25519().GenerateKey(rand.Reader)
	if err != nil {
		return nil, errSeal
	}
	share := ephemeral.PublicKey().Bytes()
	wrap, err := wrapping(ephemeral, r.key, share, r.key.Bytes())
	if err != nil {
		return nil, errSeal
	}
	fileKey, nonce := make([]byte, fileKeySize), make([]byte, nonceSize)
	rand.Read(fileKey)
	rand.Read(nonce)
	body := wrap.Seal(nil, make([]byte, chacha20poly1305.NonceSize), fileKey, nil)

	file := make([]byte, 0, chunkAt+len(plain)+chacha20poly1305.Overhead)
	file = append(b64.AppendEncode(append(file, intro...), share), '\n')
	file = append(b64.AppendEncode(file, body), footer...)
	mac, err := headerMAC(fileKey, file[:macOver])
	if err != nil {
		return nil, errSeal
	}
	file = append(b64.AppendEncode(file, mac), '\n')
	file = append(file, nonce...)
	chunk, err := payload(fileKey, nonce)
	if err != nil {
		return nil, errSeal
	}
	file = chunk.Seal(file, lastChunk(), plain, nil)
	if back, ok := openWith(fileKey, file); !ok || string(back) != string(plain) {
		return nil, ErrReadBack
	}
	return file, nil
}

// wrapping returns the cipher of the file key: its key comes from a multiplication, and
// from both public halves.
func wrapping(ours *ecdh.PrivateKey, theirs *ecdh.PublicKey, share, recipient []byte) (cipher.AEAD, error) {
	secret, err := ours.ECDH(theirs)
	if err != nil {
		return nil, err
	}
	salt := make([]byte, 0, len(share)+len(recipient))
	salt = append(append(salt, share...), recipient...)
	return newCipher(secret, salt, "age-encryption.org/v1/X25519")
}

// payload returns the cipher of the chunks.
func payload(fileKey, nonce []byte) (cipher.AEAD, error) { return newCipher(fileKey, nonce, "payload") }

func newCipher(secret, salt []byte, info string) (cipher.AEAD, error) {
	key, err := hkdf.Key(sha256.New, secret, salt, info, chacha20poly1305.KeySize)
	if err != nil {
		return nil, err
	}
	return chacha20poly1305.New(key)
}

func headerMAC(fileKey, header []byte) ([]byte, error) {
	key, err := hkdf.Key(sha256.New, fileKey, nil, "header", sha256.Size)
	if err != nil {
		return nil, err
	}
	h := hmac.New(sha256.New, key)
	h.Write(header)
	return h.Sum(nil), nil
}

// lastChunk is the nonce of a first chunk that is the last one too.
func lastChunk() []byte {
	nonce := make([]byte, chacha20poly1305.NonceSize)
	nonce[len(nonce)-1] = 1
	return nonce
}
