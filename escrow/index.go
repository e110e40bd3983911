package escrow

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"strings"

	"golang.org/x/crypto/chacha20poly1305"
)

// A machine may keep an index of a vault in its own state folder, so that a list costs
// one unlocking and the files that are new. It is no part of the vault:
//
//	file = "seedvault index 1\n" || salt (32 random bytes, new at every write) || C
//	K    = HKDF-SHA256(identity line as for the signer, salt, indexInfo, 32)
//	C    = ChaCha20-Poly1305(K, nonce of 12 zero bytes, aad = the first 50 bytes ||
//	       fingerprint in 64 hex digits), the plaintext padded with zeros to a multiple
//	       of 4 KiB
//
// Each write has its own key, so no nonce can come twice, on a machine that was rolled
// back neither. It is not an age file to the vault's recipient, which every depositor
// could write. What does not open, or is of another version, is as good as none.
const (
	indexTitle  = "seedvault index 1\n"
	indexSalt   = 32
	indexHead   = len(indexTitle) + indexSalt
	indexBlock  = 4 << 10
	indexInfo   = "seedvault/v1 local index chacha20poly1305"
	digestInfo  = "seedvault/v1 local index seed digest"
	maxIndex    = 16 << 20 // no longer index is read or made
	digestBytes = 16
)

var errIndex = errors.New("invalid index")

// derive makes a key of the vault identity, in the form that the signer is made of.
func (k *vaultKey) derive(salt []byte, info string) ([]byte, error) {
	return hkdf.Key(sha256.New, []byte(strings.ToUpper(k.Secret())), salt, info, 32)
}

// sealIndex encrypts what an index says.
func sealIndex(k *vaultKey, fp Fingerprint, plain []byte) ([]byte, error) {
	file := make([]byte, indexHead, indexHead+len(plain)+indexBlock+chacha20poly1305.Overhead)
	copy(file, indexTitle)
	rand.Read(file[len(indexTitle):])
	secret, err := k.derive(file[len(indexTitle):], indexInfo)
	if err != nil {
		return nil, err
	}
	aead, err := chacha20poly1305.New(secret)
	if err != nil {
		return nil, err
	}
	padded := make([]byte, (len(plain)+indexBlock-1)/indexBlock*indexBlock)
	copy(padded, plain)
	aad := append(append([]byte{}, file...), fp.Hex()...)
	if file = aead.Seal(file, make([]byte, chacha20poly1305.NonceSize), padded, aad); len(file) > maxIndex {
		return nil, errIndex
	}
	return file, nil
}

// openIndex decrypts an index, and returns what it says, with its padding.
func openIndex(k *vaultKey, fp Fingerprint, file []byte) ([]byte, error) {
	if len(file) < indexHead || len(file) > maxIndex || string(file[:len(indexTitle)]) != indexTitle {
		return nil, errIndex
	}
	secret, err := k.derive(file[len(indexTitle):indexHead], indexInfo)
	if err != nil {
		return nil, err
	}
	aead, err := chacha20poly1305.New(secret)
	if err != nil {
		return nil, err
	}
	aad := append(append([]byte{}, file[:indexHead]...), fp.Hex()...)
	return aead.Open(nil, make([]byte, chacha20poly1305.NonceSize), file[indexHead:], aad)
}

// digester makes the keyed digests by which an index knows equal seeds again.
type digester struct{ key []byte }

func newDigester(k *vaultKey) (digester, error) {
	key, err := k.derive(nil, digestInfo)
	return digester{key}, err
}

type digest [digestBytes]byte

// of is the digest of a list of fields.
func (d digester) of(fields ...string) (sum digest) {
	mac := hmac.New(sha256.New, d.key)
	var n [4]byte
	for _, f := range fields {
		binary.BigEndian.PutUint32(n[:], uint32(len(f)))
		mac.Write(n[:])
		mac.Write([]byte(f))
	}
	copy(sum[:], mac.Sum(nil))
	return sum
}
