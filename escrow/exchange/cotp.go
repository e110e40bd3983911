package exchange

import (
	"bytes"
	"strings"

	"golang.org/x/crypto/chacha20poly1305"
)

// cotp's export and its database: XChaCha20-Poly1305 under Argon2id.
var cotp = &Format{
	Name: "cotp", App: "cotp",
	Forms:  []Form{{Name: "plain"}, {Name: "encrypted", Encrypted: true}, {Name: "items"}},
	Source: "https://github.com/replydev/cotp",
	Holds: Holds{
		TOTP: true, HOTP: true, Steam: true, MOTP: true, Yandex: true, Algorithms: allAlgorithms, Digits: anyDigits, Period: anyPeriod,
	},
	recognise: func(in *input) bool {
		return in.has("version", "elements") || in.has("nonce", "salt", "cipher") ||
			in.has("items") && hasPrefixFold(in.top["items"].first().text(), "otpauth")
	},
	read: readCotp,
}

func readCotp(r *reading, in *input) error {
	file := in.json
	r.form = "plain"
	if in.has("nonce", "salt", "cipher") {
		r.form = "encrypted"
		var err error
		if file, err = openCotp(r, file); err != nil {
			return err
		}
	}
	if items := file.get("items"); items.isArray() {
		r.form = "items"
		for i, uri := range items.elements() {
			if err := r.add(Place{Kind: AtEntry, N: i}, codeDraft(uri.text(), "", "")); err != nil {
				return err
			}
		}
		return nil
	}
	if !file.has("elements") {
		return refuse(NotThatFormat)
	}
	for i, e := range file.get("elements").elements() {
		d := draft{
			kind: e.str("type"), issuer: e.str("issuer"), account: e.str("label"), secret: e.str("secret"), algorithm: e.str("algorithm"),
			digits: e.str("digits"), period: e.str("period"), counter: e.str("counter"), pin: e.str("pin"),
		}
		if isHex(d.secret) && strings.EqualFold(d.kind, kindMOTP) {
			d.secret = strings.ToLower(d.secret)
		}
		d.noParameters()
		r.rest(e, &d.details, "type", "issuer", "label", "secret", "algorithm", "digits", "period", "counter", "pin")
		if err := r.add(Place{Kind: AtEntry, N: i}, d); err != nil {
			return err
		}
	}
	return nil
}

func openCotp(r *reading, file node) (node, error) {
	salt, err1 := decode64(file.str("salt"))
	nonce, err2 := decode64(file.str("nonce"))
	sealed, err3 := decode64(file.str("cipher"))
	if err1 != nil || err2 != nil || err3 != nil || len(nonce) != chacha20poly1305.NonceSizeX {
		return "", refuse(Damaged)
	}
	var plain []byte
	err := r.unlock(func(password []byte) error {
		key, err := r.argon2id(password, salt, 4, 32768, 4)
		if err != nil {
			return err
		}
		aead, err := chacha20poly1305.NewX(key)
		if err != nil {
			return refuse(Damaged)
		}
		work := bytes.Clone(sealed)
		if plain, err = aead.Open(work[:0], nonce, work, nil); err != nil {
			return refuse(WrongPassword)
		}
		return nil
	})
	if err != nil {
		return "", err
	}
	inner, ok := parseJSON(string(plain))
	if !ok {
		return "", refuse(Damaged)
	}
	return inner, nil
}
