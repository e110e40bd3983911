package main

import (
	"bytes"
	"crypto/ecdh"
	"crypto/hpke"
	"encoding/base64"
	"errors"

	"filippo.io/age"
	"filippo.io/age/tag"
)

// tagIdentity opens files for an age1tag1... or age1tagpq1... recipient, as the
// plugin of a hardware key would.
type tagIdentity struct {
	key    hpke.PrivateKey
	to     *tag.Recipient
	stanza string
}

// The first byte of such a key.
const (
	classic = 0
	hybrid  = 1
)

func newTagIdentity(seed string, pq bool) (*tagIdentity, error) {
	kem, stanza := hpke.DHKEM(ecdh.P256()), "p256tag"
	if pq {
		kem, stanza = hpke.MLKEM768P256(), "mlkem768p256tag"
	}
	key, err := kem.DeriveKeyPair([]byte(seed))
	if err != nil {
		return nil, err
	}
	public := key.PublicKey().Bytes()
	var to *tag.Recipient
	if pq {
		to, err = tag.NewHybridRecipient(public)
	} else {
		to, err = tag.NewClassicRecipient(compress(public))
	}
	return &tagIdentity{key, to, stanza}, err
}

// compress writes a P-256 point in 33 bytes instead of 65 (SEC 1, 2.3.3).
func compress(point []byte) []byte {
	return append([]byte{2 + point[64]&1}, point[1:33]...)
}

func printTagKey(seed string, pq bool) error {
	id, err := newTagIdentity(seed, pq)
	if err != nil {
		return err
	}
	kind := byte(classic)
	if pq {
		kind = hybrid
	}
	printKey(id.to.String(), append([]byte{kind}, seed...))
	return nil
}

func (i *tagIdentity) Unwrap(stanzas []*age.Stanza) ([]byte, error) {
	for _, s := range stanzas {
		if s.Type != i.stanza {
			continue
		}
		if len(s.Args) != 2 {
			return nil, errors.New("malformed stanza")
		}
		hint, err := base64.RawStdEncoding.DecodeString(s.Args[0])
		if err != nil {
			return nil, errors.New("malformed tag")
		}
		enc, err := base64.RawStdEncoding.DecodeString(s.Args[1])
		if err != nil {
			return nil, errors.New("malformed key")
		}
		if want, err := i.to.Tag(enc); err != nil || !bytes.Equal(hint, want) {
			continue
		}
		r, err := hpke.NewRecipient(enc, i.key, hpke.HKDFSHA256(), hpke.ChaCha20Poly1305(), []byte("age-encryption.org/"+i.stanza))
		if err != nil {
			return nil, err
		}
		if key, err := r.Open(nil, s.Body); err == nil {
			return key, nil
		}
	}
	return nil, age.ErrIncorrectIdentity
}
