package exchange

import (
	"bytes"
	"crypto/sha1"
	"encoding/hex"
)

// Authy exports nothing. What people have are files of scripts that took the
// tokens out of it, decrypted or as Authy keeps them, encrypted with the backup
// password: PBKDF2-HMAC-SHA1 of as many rounds as the token says, once 1,000, and
// AES-256-CBC. Authy's own tokens are bytes in hex, of seven digits and ten seconds.
var authy = &Format{
	Name: "authy", App: "Authy (by a script)",
	Forms:  []Form{{Name: "decrypted"}, {Name: "encrypted", Encrypted: true}},
	Source: "https://github.com/alexzorin/authy",
	Holds:  Holds{TOTP: true, Algorithms: allAlgorithms[:1], Digits: Range{6, 8}, Period: Range{10, 30}},
	recognise: func(in *input) bool {
		return in.has("decrypted_authenticator_tokens") || in.has("authenticator_tokens") || in.listHas("decryptedSecret") ||
			in.listHas("encryptedSecret", "salt") || in.listHas("decrypted_seed") || in.listHas("encrypted_seed", "salt")
	},
	read: readAuthy,
}

func readAuthy(r *reading, in *input) error {
	list := in.json
	for _, name := range []string{"decrypted_authenticator_tokens", "authenticator_tokens"} {
		if in.has(name) {
			list = in.json.get(name)
		}
	}
	if !list.isArray() {
		return refuse(NotThatFormat)
	}
	r.form = "decrypted"
	if authyNeedsPassword(list) {
		r.form = "encrypted"
		return r.unlock(func(password []byte) error {
			r.items = nil
			return readAuthyList(r, list, password)
		})
	}
	return readAuthyList(r, list, nil)
}

func authyNeedsPassword(list node) bool {
	for _, t := range list.elements() {
		if authySecret(t) == "" && anyOf(t, "encrypted_seed", "encryptedSecret") != "" {
			return true
		}
	}
	return false
}

func authySecret(t node) string {
	return anyOf(t, "decrypted_seed", "decryptedSecret", "secret", "seed")
}

// anyOf is the first text that is there under one of several names.
func anyOf(n node, names ...string) string {
	for _, name := range names {
		if s := n.str(name); s != "" {
			return s
		}
	}
	return ""
}

// readAuthyList reads the tokens. Each has a salt of its own; if none of them opens
// the password is wrong, and if some do the others have an older one.
func readAuthyList(r *reading, list node, password []byte) error {
	opened, failed := 0, 0
	for i, t := range list.elements() {
		d := authyDraft(r, t)
		if d.secret == "" && d.raw == nil && password != nil {
			var err error
			if d.secret, err = openAuthy(r, t, password); err != nil && !isWrongPassword(err) && !isReason(err, Damaged) {
				return err
			}
			if err != nil {
				failed++
				d.err = err
				if opened == 0 && failed > 20 { // not one of the first twenty: more would only take time
					return refuse(WrongPassword)
				}
			} else {
				opened++
			}
		}
		if err := r.add(Place{Kind: AtEntry, N: i}, d); err != nil {
			return err
		}
	}
	if password != nil && opened == 0 && failed > 0 {
		return refuse(WrongPassword)
	}
	return nil
}

func authyDraft(r *reading, t node) draft {
	d := draft{
		issuer: anyOf(t, "issuer", "originalIssuer", "original_issuer"), account: anyOf(t, "name", "originalName", "original_name"),
		secret: authySecret(t), digits: t.str("digits"), period: anyOf(t, "period", "timestep"),
	}
	if account := t.str("account_type"); account == "authy" || t.has("app_id") && isHex(d.secret) {
		// Authy's own: bytes in hex, and values that its app has built in.
		if raw, err := hex.DecodeString(d.secret); err == nil && d.secret != "" {
			d.raw, d.secret = raw, ""
		}
		if d.digits == "" {
			d.digits = "7"
		}
		if d.period == "" {
			d.period = "10"
		}
	}
	if o := anyOf(t, "originalName", "original_name"); o != d.account {
		d.details.other("original-name", o)
	}
	if o := anyOf(t, "originalIssuer", "original_issuer"); o != d.issuer {
		d.details.other("original-issuer", o)
	}
	d.ownPrefix()
	r.rest(t, &d.details, "issuer", "originalIssuer", "original_issuer", "name", "originalName", "original_name", "decrypted_seed", "decryptedSecret", "secret", "seed", "encrypted_seed", "encryptedSecret", "salt", "digits", "period", "timestep", "key_derivation_iterations", "logo")
	return d
}

func openAuthy(r *reading, t node, password []byte) (string, error) {
	sealed, err := decode64(anyOf(t, "encrypted_seed", "encryptedSecret"))
	if err != nil {
		return "", refuse(Damaged)
	}
	rounds := t.get("key_derivation_iterations").int()
	if rounds < 1 {
		rounds = 1000
	}
	key, err := r.pbkdf2(sha1.New, password, []byte(t.str("salt")), rounds, 32)
	if err != nil {
		return "", err
	}
	iv := make([]byte, 16)
	if own, err := hex.DecodeString(t.str("unique_iv")); err == nil && len(own) == 16 {
		iv = own
	}
	plain, err := openCBC(key, iv, bytes.Clone(sealed))
	if err != nil {
		return "", err
	}
	if bytesOf32(string(plain)) == nil {
		return "", refuse(WrongPassword) // what padding alone lets through
	}
	return string(plain), nil
}
