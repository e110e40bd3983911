package formats

import (
	"encoding/hex"
	"errors"
	"strings"

	"seedvault/escrow/exchange"
	"seedvault/escrow/exchange/internal/parse"
	"seedvault/escrow/exchange/internal/reading"
	"seedvault/escrow/exchange/internal/unlock"
	"seedvault/escrow/otpauth"
)

// Aegis' vault, plain and with a password, in versions 1 to 3 of its content; its
// text export is a list of URIs, its HTML export a table with a code a row.
var aegis = &Format{
	Name: "aegis", App: "Aegis",
	Forms:     []Form{{Name: "plain"}, {Name: "encrypted", Encrypted: true}, {Name: "html"}},
	Source:    aegisSource,
	Holds:     aegisHolds,
	recognise: isAegis,
	read:      readAegis,
	write:     writeAegis,
}

const aegisSource = "https://github.com/beemdevelopment/Aegis/blob/master/docs/vault.md"

var aegisHolds = exchange.Holds{
	TOTP: true, HOTP: true, Steam: true, MOTP: true, Yandex: true,
	Algorithms: allAlgorithms, Digits: anyDigits, Period: anyPeriod,
	Tags: true, Notes: true, Recovery: true, Name: true, Favorite: true, PIN: true,
}

func isAegis(in *reading.Input) bool {
	return in.Has("version", "db") && (in.Top["db"].IsString() || in.Top["db"].Has("entries")) || isAegisPage(in)
}

func readAegis(r *reading.Reader, in *reading.Input) error {
	switch {
	case isAegisPage(in):
		return readAegisPage(r, in)
	case !isAegis(in):
		return exchange.Refuse(exchange.NotThatFormat)
	}
	if v := in.JSON.Get("version").Int(); v > 1 {
		return exchange.Refuse(exchange.Newer)
	}
	db := in.JSON.Get("db")
	r.Form = "plain"
	if db.IsString() {
		r.Form = "encrypted"
		var err error
		if db, err = openAegis(r, in.JSON); err != nil {
			return err
		}
	}
	if v := db.Get("version").Int(); v > 3 {
		return exchange.Refuse(exchange.Newer)
	}
	groups := map[string]string{}
	for _, g := range db.Get("groups").Elements() {
		if len(groups) < exchange.MaxRecords {
			groups[g.Str("uuid")] = g.Str("name")
		}
	}
	for i, e := range db.Get("entries").Elements() {
		if err := r.Add(exchange.Position{Kind: exchange.AtEntry, N: i}, aegisDraft(r, e, groups)); err != nil {
			return err
		}
	}
	return nil
}

func aegisDraft(r *reading.Reader, e parse.Node, groups map[string]string) reading.Draft {
	info := e.Get("info")
	d := reading.Draft{
		Kind: e.Str("type"), Issuer: e.Str("issuer"), Account: e.Str("name"),
		Secret: info.Str("secret"), Algorithm: info.Str("algo"), Digits: info.Str("digits"),
		Period: info.Str("period"), Counter: info.Str("counter"), PIN: info.Str("pin"),
	}
	if d.Kind == string(otpauth.Steam) || d.Kind == exchange.KindMOTP || d.Kind == exchange.KindYandex {
		d.Algorithm, d.Digits = "", ""
		if d.Kind != string(otpauth.Steam) {
			d.Period = ""
		}
	}
	if d.Kind == exchange.KindMOTP { // here, and only here, its secret is bytes in base32
		d.Raw = reading.DecodeBase32(d.Secret)
	}
	d.TrimIssuer()
	d.Details.AddTag(e.Str("group"))
	for _, g := range e.Get("groups").Elements() {
		if name := groups[g.Text()]; name != "" {
			d.Details.AddTag(name)
		} else {
			d.Details.AddOther("group", g.Text())
		}
	}
	reading.SplitNote(&d.Details, e.Str("note"))
	r.Rest(e, &d.Details, "type", "issuer", "name", "info", "group", "groups", "note")
	r.Rest(info, &d.Details, "secret", "algo", "digits", "period", "counter", "pin")
	return d
}

// openAegis tries the password slots, among the first 20 of all, with each password.
func openAegis(r *reading.Reader, file parse.Node) (parse.Node, error) {
	params := file.Get("header", "params")
	nonce, err1 := hex.DecodeString(params.Str("nonce"))
	tag, err2 := hex.DecodeString(params.Str("tag"))
	sealed, err3 := parse.Base64(file.Str("db"))
	if err1 != nil || err2 != nil || err3 != nil {
		return "", exchange.Refuse(exchange.Damaged)
	}
	sealed = append(sealed, tag...)
	var plain []byte
	err := r.Passwords.Try(func(password []byte) error {
		err := exchange.Refuse(exchange.Damaged) // without a slot
		for i, slot := range file.Get("header", "slots").Elements() {
			if slot.Str("type") != "1" || i > 20 {
				continue
			}
			var master []byte
			if master, err = openAegisSlot(r, slot, password); err != nil {
				if !unlock.IsWrongPassword(err) {
					return err
				}
				continue
			}
			if plain, err = unlock.OpenGCM(master, nonce, sealed, nil); err != nil {
				return exchange.Refuse(exchange.Damaged) // the password is right
			}
			return nil
		}
		return err
	})
	if err != nil {
		return "", err
	}
	db, ok := parse.JSON(string(plain))
	if !ok {
		return "", exchange.Refuse(exchange.Damaged)
	}
	return db, nil
}

func openAegisSlot(r *reading.Reader, slot parse.Node, password []byte) ([]byte, error) {
	salt, err1 := hex.DecodeString(slot.Str("salt"))
	key, err2 := hex.DecodeString(slot.Str("key"))
	nonce, err3 := hex.DecodeString(slot.Str("key_params", "nonce"))
	tag, err4 := hex.DecodeString(slot.Str("key_params", "tag"))
	if err1 != nil || err2 != nil || err3 != nil || err4 != nil {
		return nil, exchange.Refuse(exchange.Damaged)
	}
	derived, err := r.Passwords.Scrypt(password, salt, int(slot.Get("n").Int()), int(slot.Get("r").Int()), int(slot.Get("p").Int()))
	if err != nil {
		return nil, err
	}
	return unlock.OpenGCM(derived, nonce, append(key, tag...), nil)
}

func isAegisPage(in *reading.Input) bool {
	return in.Root == "html" && strings.Contains(in.Text, "<th>QR Code</th><th>UUID</th>")
}

func readAegisPage(r *reading.Reader, in *reading.Input) error {
	r.Form = "html"
	return parse.HTMLRows(in.Text, r.Visit, func(n int, cells []string) error {
		at := exchange.Position{Kind: exchange.AtEntry, N: n}
		if len(cells) < 12 {
			return r.RefuseAt(at, "", exchange.Refuse(exchange.Damaged))
		}
		text := func(i int) string {
			if s := parse.HTMLText(cells[i]); s != "-" {
				return s
			}
			return ""
		}
		// The period stands in the picture alone.
		d := reading.Draft{Issuer: text(0), Account: text(1), Kind: text(2), Secret: text(9), PIN: text(11)}
		d.Details.AddNote(text(5))
		if text(6) == "true" {
			d.Details.AddOther("favorite", "true")
		}
		switch strings.ToLower(d.Kind) {
		case exchange.KindMOTP, exchange.KindYandex, string(otpauth.Steam):
		case string(otpauth.HOTP):
			d.Algorithm, d.Digits, d.Counter = text(7), text(8), text(10)
		default:
			picture, _, _ := parse.HTMLPicture(cells[3])
			if d.URI, d.Err = r.PictureCode(picture); d.Err != nil && errors.Is(d.Err, exchange.Refuse(exchange.NoPictures)) {
				return d.Err
			}
		}
		return r.Add(at, d)
	})
}
