// Package index is the file by which a machine lists a vault's seeds without opening
// each of them. It lies in the machine's own state folder and is no part of the vault.
//
// Start with [NewKey]; with the key that it returns [Key.Open] decrypts a file and
// [Key.Seal] encrypts one. [Parse] and [Contents.Marshal] are for what it says. It holds what seeds are called
// and no secret, note or recovery code. Everything here is a function of bytes: there is no
// vault, no file and no clock.
//
//	file = "seedvault index 1\n" || salt (32 random bytes, new at every write) || C
//	K    = HKDF-SHA256(identity line as for the signer, salt, fileInfo, 32)
//	C    = ChaCha20-Poly1305(K, nonce of 12 zero bytes, aad = the first 50 bytes ||
//	       fingerprint in 64 hex digits), the plaintext padded with zeros to a multiple
//	       of 4 KiB
//
// Each write has its own key, so no nonce can come twice, not even on a machine that was
// rolled back. It is not an age file to the vault's recipient, which every depositor
// could write. What does not open, or is of another version, is as good as none.
package index

import (
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/crypto/chacha20poly1305"
)

const (
	title      = "seedvault index 1\n"
	saltSize   = 32
	headSize   = len(title) + saltSize
	block      = 4 << 10
	fileInfo   = "seedvault/v1 local index chacha20poly1305"
	digestInfo = "seedvault/v1 local index seed digest"
	maxFile    = 16 << 20 // no longer file is read or made
)

// Err says that a file is no index of this key, this epoch and this version, or that what is
// to be written is longer than any index.
var Err = errors.New("invalid index")

// Key encrypts the indexes of one epoch. It is a secret, and prints as elided.
type Key struct {
	identity    []byte
	fingerprint string
	digests     []byte
}

// Format keeps the key out of every verb.
func (Key) Format(f fmt.State, _ rune) { io.WriteString(f, "index.Key(elided)") }

// NewKey makes the key of a vault identity and the fingerprint of its epoch, in 64 hex
// digits.
func NewKey(identity, fingerprint string) (*Key, error) {
	k := &Key{identity: []byte(strings.ToUpper(identity)), fingerprint: fingerprint}
	var err error
	k.digests, err = hkdf.Key(sha256.New, k.identity, nil, digestInfo, 32)
	return k, err
}

// cipher is that of the file that begins with head.
func (k *Key) cipher(head []byte) (aead cipher.AEAD, aad []byte, err error) {
	secret, err := hkdf.Key(sha256.New, k.identity, head[len(title):], fileInfo, 32)
	if err != nil {
		return nil, nil, err
	}
	aead, err = chacha20poly1305.New(secret)
	return aead, append(append([]byte{}, head...), k.fingerprint...), err
}

// Seal encrypts what an index says. The error is [Err] for what is longer than any index:
// 16 MiB, encrypted.
func (k *Key) Seal(plain []byte) ([]byte, error) {
	file := make([]byte, headSize, headSize+len(plain)+block+chacha20poly1305.Overhead)
	copy(file, title)
	rand.Read(file[len(title):])
	aead, aad, err := k.cipher(file)
	if err != nil {
		return nil, err
	}
	padded := make([]byte, (len(plain)+block-1)/block*block)
	copy(padded, plain)
	if file = aead.Seal(file, make([]byte, chacha20poly1305.NonceSize), padded, aad); len(file) > maxFile {
		return nil, Err
	}
	return file, nil
}

// Open decrypts an index, and returns what it says, with its padding. The error is [Err].
func (k *Key) Open(file []byte) ([]byte, error) {
	if len(file) < headSize || len(file) > maxFile || string(file[:len(title)]) != title {
		return nil, Err
	}
	aead, aad, err := k.cipher(file[:headSize])
	if err != nil {
		return nil, Err
	}
	plain, err := aead.Open(nil, make([]byte, chacha20poly1305.NonceSize), file[headSize:], aad)
	if err != nil {
		return nil, Err
	}
	return plain, nil
}

// Digest knows an equal value again, with the key that made it and no other.
type Digest [16]byte

// Digest is the digest of a list of fields, in which no two lists run together.
func (k *Key) Digest(fields ...string) (sum Digest) {
	mac := hmac.New(sha256.New, k.digests)
	var n [4]byte
	for _, f := range fields {
		binary.BigEndian.PutUint32(n[:], uint32(len(f)))
		mac.Write(n[:])
		mac.Write([]byte(f))
	}
	copy(sum[:], mac.Sum(nil))
	return sum
}
