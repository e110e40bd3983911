package formats

import (
	"bytes"
	"crypto/sha1"
	"encoding/hex"
	"errors"

	"seedvault/escrow/exchange"
	"seedvault/escrow/exchange/internal/parse"
	"seedvault/escrow/exchange/internal/reading"
	"seedvault/escrow/exchange/internal/unlock"
)

// Authy exports nothing. What people have are files of scripts that took the
// tokens out of it, decrypted or as Authy keeps them, encrypted with the backup
// password: PBKDF2-HMAC-SHA1 of as many rounds as the token says, once 1,000, and
// AES-256-CBC. Authy's own tokens are bytes in hex, of seven digits and ten seconds.
var authy = &Format{
	Name: "authy", App: "Authy (by a script)",
	Forms:  []Form{{Name: "decrypted"}, {Name: "encrypted", Encrypted: true}},
	Source: "https://github.com/alexzorin/authy",
	Holds:  exchange.Holds{TOTP: true, Algorithms: allAlgorithms[:1], Digits: exchange.Range{From: 6, To: 8}, Period: exchange.Range{From: 10, To: 30}},
	recognise: func(in *reading.Input) bool {
		return in.Has("decrypted_authenticator_tokens") || in.Has("authenticator_tokens") || in.ListHas("decryptedSecret") ||
			in.ListHas("encryptedSecret", "salt") || in.ListHas("decrypted_seed") || in.ListHas("encrypted_seed", "salt")
	},
	read: readAuthy,
}

func readAuthy(r *reading.Reader, in *reading.Input) error {
	list := in.JSON
	for _, name := range []string{"decrypted_authenticator_tokens", "authenticator_tokens"} {
		if in.Has(name) {
			list = in.JSON.Get(name)
		}
	}
	if !list.IsArray() {
		return exchange.Refuse(exchange.NotThatFormat)
	}
	r.Form = "decrypted"
	if authyNeedsPassword(list) {
		r.Form = "encrypted"
		return r.Passwords.Try(func(password []byte) error {
			r.Items = nil
			return readAuthyList(r, list, password)
		})
	}
	return readAuthyList(r, list, nil)
}

func authyNeedsPassword(list parse.Node) bool {
	for _, t := range list.Elements() {
		if authySecret(t) == "" && t.AnyOf("encrypted_seed", "encryptedSecret") != "" {
			return true
		}
	}
	return false
}

func authySecret(t parse.Node) string {
	return t.AnyOf("decrypted_seed", "decryptedSecret", "secret", "seed")
}

// readAuthyList reads the tokens. Each has a salt of its own; if none of them opens
// the password is wrong, and if some do the others have an older one.
func readAuthyList(r *reading.Reader, list parse.Node, password []byte) error {
	opened, failed := 0, 0
	for i, t := range list.Elements() {
		d := authyDraft(r, t)
		if d.Secret == "" && d.Raw == nil && password != nil {
			var err error
			if d.Secret, err = openAuthy(r, t, password); err != nil && !unlock.IsWrongPassword(err) && !errors.Is(err, exchange.Refuse(exchange.Damaged)) {
				return err
			}
			if err != nil {
				failed++
				d.Err = err
				if opened == 0 && failed == 20 { // not one of the first twenty: more would only take time
					return exchange.Refuse(exchange.WrongPassword)
				}
			} else {
				opened++
			}
		}
		if err := r.Add(exchange.Position{Kind: exchange.AtEntry, N: i}, d); err != nil {
			return err
		}
	}
	if password != nil && opened == 0 && failed > 0 {
		return exchange.Refuse(exchange.WrongPassword)
	}
	return nil
}

func authyDraft(r *reading.Reader, t parse.Node) reading.Draft {
	d := reading.Draft{
		Issuer: t.AnyOf("issuer", "originalIssuer", "original_issuer"), Account: t.AnyOf("name", "originalName", "original_name"),
		Secret: authySecret(t), Digits: t.Str("digits"), Period: t.AnyOf("period", "timestep"),
	}
	if account := t.Str("account_type"); account == "authy" || t.Has("app_id") && parse.IsHex(d.Secret) {
		// Authy's own: bytes in hex, and values that its app has built in.
		if raw, err := hex.DecodeString(d.Secret); err == nil && d.Secret != "" {
			d.Raw, d.Secret = raw, ""
		}
		if d.Digits == "" {
			d.Digits = "7"
		}
		if d.Period == "" {
			d.Period = "10"
		}
	}
	if o := t.AnyOf("originalName", "original_name"); o != d.Account {
		d.Details.AddOther("original-name", o)
	}
	if o := t.AnyOf("originalIssuer", "original_issuer"); o != d.Issuer {
		d.Details.AddOther("original-issuer", o)
	}
	d.TrimIssuer()
	r.Rest(t, &d.Details, "issuer", "originalIssuer", "original_issuer", "name", "originalName", "original_name", "decrypted_seed", "decryptedSecret", "secret", "seed", "encrypted_seed", "encryptedSecret", "salt", "digits", "period", "timestep", "key_derivation_iterations", "logo")
	return d
}

func openAuthy(r *reading.Reader, t parse.Node, password []byte) (string, error) {
	sealed, err := parse.Base64(t.AnyOf("encrypted_seed", "encryptedSecret"))
	if err != nil {
		return "", exchange.Refuse(exchange.Damaged)
	}
	rounds := t.Get("key_derivation_iterations").Int()
	if rounds < 1 {
		rounds = 1000
	}
	key, err := r.Passwords.PBKDF2(sha1.New, password, []byte(t.Str("salt")), rounds, 32)
	if err != nil {
		return "", err
	}
	iv := make([]byte, 16)
	if own, err := hex.DecodeString(t.Str("unique_iv")); err == nil && len(own) == 16 {
		iv = own
	}
	plain, err := unlock.OpenCBC(key, iv, bytes.Clone(sealed))
	if err != nil {
		return "", err
	}
	if reading.DecodeBase32(string(plain)) == nil {
		return "", exchange.Refuse(exchange.WrongPassword) // what padding alone lets through
	}
	return string(plain), nil
}
