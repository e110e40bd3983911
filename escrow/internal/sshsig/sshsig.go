// Package sshsig makes and verifies SSH signatures, the ones of ssh-keygen -Y,
// with Ed25519 keys and SHA-512.
//
// Start with [Sign] and [Verify]. The format is OpenSSH's PROTOCOL.sshsig. Sign
// gives exactly the bytes that ssh-keygen writes, and Verify accepts that form
// alone: nobody without the key can make a second file out of a signature, so
// that a changed one is always seen. The package does not undo line ends, reads
// no key files and knows no certificates or other keys.
package sshsig

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha512"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"strings"
)

const (
	keyType  = "ssh-ed25519"
	hashType = "sha512"
	magic    = "SSHSIG"
	version  = 1
	columns  = 70
	begin    = "-----BEGIN SSH SIGNATURE-----\n"
	end      = "-----END SSH SIGNATURE-----\n"
)

var (
	// ErrKey is returned for text that is not an Ed25519 public key in OpenSSH form.
	ErrKey = errors.New("invalid public key")
	// ErrSignature is returned for a signature that does not verify: damaged,
	// by another key, for another namespace or another message.
	ErrSignature = errors.New("invalid signature")
)

// Sign signs a message under a namespace and returns the armored signature: the
// same bytes each time.
func Sign(key ed25519.PrivateKey, namespace string, message []byte) []byte {
	sig := ed25519.Sign(key, signedData(namespace, message))
	return armor(envelope(key.Public().(ed25519.PublicKey), namespace, sig))
}

// Verify returns nil if armored is signer's signature of the message under the
// namespace, and [ErrSignature] if not. signer is a public key as
// [MarshalPublicKey] gives it; any other text is [ErrKey].
func Verify(signer, namespace string, message, armored []byte) error {
	public, err := ParsePublicKey(signer)
	if err != nil {
		return err
	}
	blob, ok := unarmor(armored)
	// The signature is the envelope's last field. Everything before it follows
	// from the signer and the namespace, so that rebuilding and comparing the
	// whole leaves no field unchecked.
	if !ok || len(blob) < ed25519.SignatureSize {
		return ErrSignature
	}
	sig := blob[len(blob)-ed25519.SignatureSize:]
	if !bytes.Equal(armor(envelope(public, namespace, sig)), armored) {
		return ErrSignature
	}
	if !ed25519.Verify(public, signedData(namespace, message), sig) {
		return ErrSignature
	}
	return nil
}

// signedData is what is signed: the message's hash, bound to the namespace.
func signedData(namespace string, message []byte) []byte {
	hash := sha512.Sum512(message)
	b := []byte(magic)
	for _, field := range [][]byte{[]byte(namespace), nil, []byte(hashType), hash[:]} {
		b = appendString(b, field)
	}
	return b
}

// envelope is what the armor holds.
func envelope(public ed25519.PublicKey, namespace string, sig []byte) []byte {
	b := binary.BigEndian.AppendUint32([]byte(magic), version)
	signature := appendString(appendString(nil, []byte(keyType)), sig)
	for _, field := range [][]byte{keyBlob(public), []byte(namespace), nil, []byte(hashType), signature} {
		b = appendString(b, field)
	}
	return b
}

func armor(blob []byte) []byte {
	text := base64.StdEncoding.EncodeToString(blob)
	var b bytes.Buffer
	b.WriteString(begin)
	for len(text) > columns {
		b.WriteString(text[:columns] + "\n")
		text = text[columns:]
	}
	b.WriteString(text + "\n" + end)
	return b.Bytes()
}

func unarmor(armored []byte) ([]byte, bool) {
	text, ok := strings.CutPrefix(string(armored), begin)
	if !ok {
		return nil, false
	}
	text, ok = strings.CutSuffix(text, end)
	if !ok {
		return nil, false
	}
	blob, err := base64.StdEncoding.DecodeString(text) // skips line ends; Verify compares them
	return blob, err == nil
}

func keyBlob(public ed25519.PublicKey) []byte {
	return appendString(appendString(nil, []byte(keyType)), public)
}

// appendString appends a string as SSH's wire format has it (RFC 4251 section 5).
func appendString(b, s []byte) []byte {
	return append(binary.BigEndian.AppendUint32(b, uint32(len(s))), s...)
}

// MarshalPublicKey gives the key's OpenSSH form, "ssh-ed25519 AAAA...", without
// a comment.
func MarshalPublicKey(public ed25519.PublicKey) string {
	return keyType + " " + base64.StdEncoding.EncodeToString(keyBlob(public))
}

// ParsePublicKey reads what [MarshalPublicKey] gives, and nothing else.
func ParsePublicKey(s string) (ed25519.PublicKey, error) {
	text, ok := strings.CutPrefix(s, keyType+" ")
	if !ok {
		return nil, ErrKey
	}
	blob, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(blob) < ed25519.PublicKeySize {
		return nil, ErrKey
	}
	public := ed25519.PublicKey(blob[len(blob)-ed25519.PublicKeySize:])
	if MarshalPublicKey(public) != s {
		return nil, ErrKey
	}
	return public, nil
}
