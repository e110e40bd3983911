package formats

import (
	"bytes"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/binary"
	"strings"

	"seedvault/escrow/exchange"
	"seedvault/escrow/exchange/internal/parse"
	"seedvault/escrow/exchange/internal/reading"
	"seedvault/escrow/exchange/internal/unlock"
)

// andOTP's backup, plain and in the two encryptions of its time; GNOME
// Authenticator writes the plain one too. Neither encrypted form has a mark of its
// own: the newer begins with a round count, the older is known by its file's name
// alone.
var andotp = &Format{
	Name: "andotp", App: "andOTP, GNOME Authenticator",
	Forms:  []Form{{Name: "plain"}, {Name: "encrypted", Encrypted: true}, {Name: "encrypted, old", Encrypted: true}},
	Source: "https://github.com/andOTP/andOTP/wiki/Special-features",
	Holds: exchange.Holds{
		TOTP: true, HOTP: true, Steam: true, MOTP: true,
		Algorithms: allAlgorithms, Digits: anyDigits, Period: anyPeriod, Tags: true,
	},
	recognise: isAndotp,
	read:      readAndotp,
}

// Round counts that andOTP wrote, with room for what a fork may.
const andotpFrom, andotpTo = 1000, 1_000_000

func isAndotp(in *reading.Input) bool {
	if in.JSON != "" {
		return in.ListHas("secret", "label", "type") && !in.TopHas("kind") && (in.TopHas("algorithm") || in.TopHas("thumbnail") || in.TopHas("digits")) && !in.TopHas("algo")
	}
	return in.Text == "" && in.Zip == nil && (strings.HasSuffix(in.Name, ".json.aes") || andotpRounds(in.Data, 100_000, 200_000))
}

func andotpRounds(data []byte, from, to uint32) bool {
	if len(data) < 4+12+12+16 {
		return false
	}
	n := binary.BigEndian.Uint32(data)
	return from <= n && n <= to
}

func readAndotp(r *reading.Reader, in *reading.Input) error {
	if in.JSON != "" {
		r.Form = "plain"
		return readAndotpList(r, in.JSON)
	}
	if in.Text != "" || len(in.Data) < 12+16 {
		return exchange.Refuse(exchange.NotThatFormat)
	}
	list, err := r.UnlockJSON(func(password []byte) ([]byte, error) { return openAndotp(r, password, in.Data) }, exchange.Damaged)
	if err != nil {
		return err
	}
	return readAndotpList(r, list)
}

// openAndotp tries the newer form first, if the round count can be one, and then
// the older.
func openAndotp(r *reading.Reader, password, data []byte) ([]byte, error) {
	if andotpRounds(data, andotpFrom, andotpTo) {
		rounds := binary.BigEndian.Uint32(data)
		key, err := r.Passwords.PBKDF2(sha1.New, password, data[4:16], int64(rounds), 32)
		if err != nil {
			return nil, err
		}
		if plain, err := unlock.OpenGCM(key, data[16:28], bytes.Clone(data[28:]), nil); err == nil {
			r.Form = "encrypted"
			return plain, nil
		}
	}
	r.Form = "encrypted, old"
	key := sha256.Sum256(password)
	return unlock.OpenGCM(key[:], data[:12], bytes.Clone(data[12:]), nil)
}

func readAndotpList(r *reading.Reader, list parse.Node) error {
	if !list.IsArray() {
		return exchange.Refuse(exchange.NotThatFormat)
	}
	for i, e := range list.Elements() {
		d := reading.Draft{
			Kind: e.Str("type"), Issuer: e.Str("issuer"), Account: e.Str("label"), Secret: e.Str("secret"),
			Algorithm: e.Str("algorithm"), Digits: e.Str("digits"), Period: e.Str("period"), Counter: e.Str("counter"), PIN: e.Str("pin"),
		}
		if !e.Has("issuer") { // an old file: "Issuer - account"
			if issuer, account, ok := strings.Cut(d.Account, " - "); ok {
				d.Issuer, d.Account = issuer, account
			}
		}
		d.TrimIssuer()
		d.DropParameters()
		for _, t := range e.Get("tags").Elements() {
			d.Details.AddTag(t.Text())
		}
		r.Rest(e, &d.Details, "type", "issuer", "label", "secret", "algorithm", "digits", "period", "counter", "tags", "pin")
		if err := r.Add(exchange.Position{Kind: exchange.AtEntry, N: i}, d); err != nil {
			return err
		}
	}
	return nil
}
