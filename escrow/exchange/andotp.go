package exchange

import (
	"bytes"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/binary"
	"strings"

	"seedvault/escrow/otpauth"
)

// andOTP's backup, plain and in the two encryptions of its time; GNOME
// Authenticator writes the plain one too. Neither encrypted form has a mark of its
// own: the newer begins with a round count, the older is known by its file's name
// alone.
var andotp = &Format{
	Name: "andotp", App: "andOTP, GNOME Authenticator",
	Forms:  []Form{{Name: "plain"}, {Name: "encrypted", Encrypted: true}, {Name: "encrypted, old", Encrypted: true}},
	Source: "https://github.com/andOTP/andOTP/wiki/Special-features",
	Holds: Holds{
		TOTP: true, HOTP: true, Steam: true, MOTP: true,
		Algorithms: allAlgorithms, Digits: anyDigits, Period: anyPeriod, Tags: true,
	},
	recognise: isAndotp,
	read:      readAndotp,
}

// Round counts that andOTP wrote, with room for what a fork may.
const andotpFrom, andotpTo = 1000, 1_000_000

func isAndotp(in *input) bool {
	if in.json != "" {
		return in.listHas("secret", "label", "type") && !in.topHas("kind") && (in.topHas("algorithm") || in.topHas("thumbnail") || in.topHas("digits")) && !in.topHas("algo")
	}
	return in.text == "" && in.zip == nil && (strings.HasSuffix(in.name, ".json.aes") || andotpRounds(in.data, 100_000, 200_000))
}

func andotpRounds(data []byte, from, to uint32) bool {
	if len(data) < 4+12+12+16 {
		return false
	}
	n := binary.BigEndian.Uint32(data)
	return from <= n && n <= to
}

func readAndotp(r *reading, in *input) error {
	if in.json != "" {
		r.form = "plain"
		return readAndotpList(r, in.json)
	}
	if in.text != "" || len(in.data) < 12+16 {
		return refuse(NotThatFormat)
	}
	list, err := r.unlockJSON(func(password []byte) ([]byte, error) { return openAndotp(r, password, in.data) }, Damaged)
	if err != nil {
		return err
	}
	return readAndotpList(r, list)
}

// openAndotp tries the newer form first, if the round count can be one, and then
// the older.
func openAndotp(r *reading, password, data []byte) ([]byte, error) {
	if andotpRounds(data, andotpFrom, andotpTo) {
		rounds := binary.BigEndian.Uint32(data)
		key, err := r.pbkdf2(sha1.New, password, data[4:16], int64(rounds), 32)
		if err != nil {
			return nil, err
		}
		if plain, err := openGCM(key, data[16:28], bytes.Clone(data[28:]), nil); err == nil {
			r.form = "encrypted"
			return plain, nil
		}
	}
	r.form = "encrypted, old"
	key := sha256.Sum256(password)
	return openGCM(key[:], data[:12], bytes.Clone(data[12:]), nil)
}

func readAndotpList(r *reading, list node) error {
	if !list.isArray() {
		return refuse(NotThatFormat)
	}
	for i, e := range list.elements() {
		d := draft{
			kind: e.str("type"), issuer: e.str("issuer"), account: e.str("label"), secret: e.str("secret"),
			algorithm: e.str("algorithm"), digits: e.str("digits"), period: e.str("period"), counter: e.str("counter"), pin: e.str("pin"),
		}
		if !e.has("issuer") { // an old file: "Issuer - account"
			if issuer, account, ok := strings.Cut(d.account, " - "); ok {
				d.issuer, d.account = issuer, account
			}
		}
		d.ownPrefix()
		d.noParameters()
		for _, t := range e.get("tags").elements() {
			d.details.tag(t.text())
		}
		r.rest(e, &d.details, "type", "issuer", "label", "secret", "algorithm", "digits", "period", "counter", "tags", "pin")
		if err := r.add(Place{Kind: AtEntry, N: i}, d); err != nil {
			return err
		}
	}
	return nil
}

// noParameters drops what a kind of codes has no use for and apps write all the
// same.
func (d *draft) noParameters() {
	switch strings.ToLower(d.kind) {
	case string(otpauth.Steam):
		d.algorithm, d.digits = "", ""
	case kindMOTP, kindYandex:
		d.algorithm, d.digits, d.period = "", "", ""
	}
}
