package formats

import (
	"bytes"
	"strings"

	"golang.org/x/crypto/chacha20poly1305"

	"seedvault/escrow/exchange"
	"seedvault/escrow/exchange/internal/parse"
	"seedvault/escrow/exchange/internal/reading"
)

// cotp's export and its database: XChaCha20-Poly1305 under Argon2id.
var cotp = &Format{
	Name: "cotp", App: "cotp",
	Forms:  []Form{{Name: "plain"}, {Name: "encrypted", Encrypted: true}, {Name: "items"}},
	Source: "https://github.com/replydev/cotp",
	Holds: exchange.Holds{
		TOTP: true, HOTP: true, Steam: true, MOTP: true, Yandex: true, Algorithms: allAlgorithms, Digits: anyDigits, Period: anyPeriod,
	},
	recognise: func(in *reading.Input) bool {
		return in.Has("version", "elements") || in.Has("nonce", "salt", "cipher") ||
			in.Has("items") && parse.HasPrefixFold(in.Top["items"].First().Text(), "otpauth")
	},
	read: readCotp,
}

func readCotp(r *reading.Reader, in *reading.Input) error {
	file := in.JSON
	r.Form = "plain"
	if in.Has("nonce", "salt", "cipher") {
		r.Form = "encrypted"
		var err error
		if file, err = openCotp(r, file); err != nil {
			return err
		}
	}
	if items := file.Get("items"); items.IsArray() {
		r.Form = "items"
		for i, uri := range items.Elements() {
			if err := r.Add(exchange.Position{Kind: exchange.AtEntry, N: i}, reading.FromCode(uri.Text(), "", "")); err != nil {
				return err
			}
		}
		return nil
	}
	if !file.Has("elements") {
		return exchange.Refuse(exchange.NotThatFormat)
	}
	for i, e := range file.Get("elements").Elements() {
		d := reading.Draft{
			Kind: e.Str("type"), Issuer: e.Str("issuer"), Account: e.Str("label"), Secret: e.Str("secret"), Algorithm: e.Str("algorithm"),
			Digits: e.Str("digits"), Period: e.Str("period"), Counter: e.Str("counter"), PIN: e.Str("pin"),
		}
		if parse.IsHex(d.Secret) && strings.EqualFold(d.Kind, exchange.KindMOTP) {
			d.Secret = strings.ToLower(d.Secret)
		}
		d.DropParameters()
		r.Rest(e, &d.Details, "type", "issuer", "label", "secret", "algorithm", "digits", "period", "counter", "pin")
		if err := r.Add(exchange.Position{Kind: exchange.AtEntry, N: i}, d); err != nil {
			return err
		}
	}
	return nil
}

func openCotp(r *reading.Reader, file parse.Node) (parse.Node, error) {
	salt, err1 := parse.Base64(file.Str("salt"))
	nonce, err2 := parse.Base64(file.Str("nonce"))
	sealed, err3 := parse.Base64(file.Str("cipher"))
	if err1 != nil || err2 != nil || err3 != nil || len(nonce) != chacha20poly1305.NonceSizeX {
		return "", exchange.Refuse(exchange.Damaged)
	}
	var plain []byte
	err := r.Passwords.Try(func(password []byte) error {
		key, err := r.Passwords.Argon2id(password, salt, 4, 32768, 4)
		if err != nil {
			return err
		}
		aead, err := chacha20poly1305.NewX(key)
		if err != nil {
			return exchange.Refuse(exchange.Damaged)
		}
		work := bytes.Clone(sealed)
		if plain, err = aead.Open(work[:0], nonce, work, nil); err != nil {
			return exchange.Refuse(exchange.WrongPassword)
		}
		return nil
	})
	if err != nil {
		return "", err
	}
	inner, ok := parse.JSON(string(plain))
	if !ok {
		return "", exchange.Refuse(exchange.Damaged)
	}
	return inner, nil
}
