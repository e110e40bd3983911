package formats

import (
	"crypto/subtle"
	"encoding/binary"
	"strings"

	"golang.org/x/crypto/chacha20"
	//lint:ignore SA1019 the construction is libsodium's, for which x/crypto has no AEAD
	"golang.org/x/crypto/poly1305"

	"seedvault/escrow/exchange"
	"seedvault/escrow/exchange/internal/parse"
	"seedvault/escrow/exchange/internal/reading"
)

// Ente Auth writes a list of URIs, with what is its own in a parameter
// codeDisplay, and the same list encrypted. It leaves out codes in error without
// a word, so that nobody can tell from a file that it is whole.
var ente = &Format{
	Name: "ente", App: "Ente Auth",
	Forms:  []Form{{Name: "list"}, {Name: "encrypted", Encrypted: true}},
	Source: "https://github.com/ente-io/ente/blob/main/mobile/apps/auth/lib/models/export/ente.dart",
	Holds: exchange.Holds{
		TOTP: true, HOTP: true, Steam: true,
		Algorithms: allAlgorithms, Digits: anyDigits, Period: anyPeriod,
		Tags: true, Notes: true,
	},
	recognise: func(in *reading.Input) bool {
		return in.Has("kdfParams", "encryptedData", "encryptionNonce") ||
			in.JSON == "" && isURIList(in.Text) && strings.Contains(in.Text, "codeDisplay=")
	},
	read: readEnte,
}

func readEnte(r *reading.Reader, in *reading.Input) error {
	r.Notice(exchange.IncompleteFile, 0)
	if in.JSON == "" {
		return readURIs(r, in)
	}
	if !in.Has("kdfParams", "encryptedData", "encryptionNonce") {
		return exchange.Refuse(exchange.NotThatFormat)
	}
	if v := in.JSON.Str("version"); v != "1" && v != "" {
		return exchange.Refuse(exchange.Newer)
	}
	salt, err1 := parse.Base64(in.JSON.Str("kdfParams", "salt"))
	nonce, err2 := parse.Base64(in.JSON.Str("encryptionNonce"))
	sealed, err3 := parse.Base64(in.JSON.Str("encryptedData"))
	if err1 != nil || err2 != nil || err3 != nil || len(nonce) != 24 || len(sealed) < 17 {
		return exchange.Refuse(exchange.Damaged)
	}
	passes, memory := in.JSON.Get("kdfParams", "opsLimit").Int(), in.JSON.Get("kdfParams", "memLimit").Int()
	var plain []byte
	err := r.Passwords.Try(func(password []byte) error {
		key, err := r.Passwords.Argon2id(password, salt, passes, memory>>10, 1)
		if err != nil {
			return err
		}
		plain, err = openSecretStream(key, nonce, sealed)
		return err
	})
	if err != nil {
		return err
	}
	in.SetText(parse.Text(string(plain)))
	err = readURIs(r, in)
	r.Form = "encrypted"
	return err
}

// openSecretStream opens the one message of a libsodium
// crypto_secretstream_xchacha20poly1305 without associated data: HChaCha20 of the
// key and the header's first 16 bytes is the key, the counter 1 and the header's
// last 8 bytes are the nonce; block 0 makes the Poly1305 key, block 1 begins with
// the tag, and the message follows from block 2.
func openSecretStream(key, header, sealed []byte) ([]byte, error) {
	subkey, err := chacha20.HChaCha20(key, header[:16])
	if err != nil {
		return nil, exchange.Refuse(exchange.Damaged)
	}
	nonce := append([]byte{1, 0, 0, 0}, header[16:]...)
	c, err := chacha20.NewUnauthenticatedCipher(subkey, nonce)
	if err != nil {
		return nil, exchange.Refuse(exchange.Damaged)
	}
	var polyKey [32]byte
	var block [64]byte
	c.XORKeyStream(block[:], block[:])
	copy(polyKey[:], block[:])

	tag, body, want := sealed[0], sealed[1:len(sealed)-16], sealed[len(sealed)-16:]
	tagBlock := [64]byte{tag}
	c.XORKeyStream(tagBlock[:], tagBlock[:])
	open := tagBlock[0]
	tagBlock[0] = tag // what is authenticated is the tag encrypted, and the rest of its block as it is

	mac := poly1305.New(&polyKey)
	mac.Write(tagBlock[:])
	mac.Write(body)
	// libsodium pads to 16 by the length of block and message in an odd way: as if
	// the block were not there.
	mac.Write(make([]byte, (16-64+len(body))&15))
	var lengths [16]byte
	binary.LittleEndian.PutUint64(lengths[8:], uint64(64+len(body)))
	mac.Write(lengths[:])
	if subtle.ConstantTimeCompare(mac.Sum(nil), want) != 1 || open != 0 && open != 3 {
		return nil, exchange.Refuse(exchange.WrongPassword)
	}
	c.XORKeyStream(body, body)
	return body, nil
}
