package formats

import (
	"seedvault/escrow/exchange"
	"seedvault/escrow/exchange/internal/parse"
	"seedvault/escrow/exchange/internal/reading"
	"seedvault/escrow/exchange/internal/zipfile"
)

// Raivo OTP's export: a zip encrypted with WinZip's AES, or the JSON taken out of
// it, in which every value is a text.
var raivo = &Format{
	Name: "raivo", App: "Raivo OTP",
	Forms:  []Form{{Name: "plain"}, {Name: "zip", Encrypted: true}},
	Source: "https://github.com/raivo-otp/ios-application/blob/master/Raivo/Features/DataExportFeature.swift",
	Holds:  exchange.Holds{TOTP: true, HOTP: true, Algorithms: allAlgorithms, Digits: anyDigits, Period: anyPeriod},
	recognise: func(in *reading.Input) bool {
		return in.Zip.Find("raivo-otp-export.json") != nil || in.ListHas("secret", "kind", "timer")
	},
	read: readRaivo,
}

func readRaivo(r *reading.Reader, in *reading.Input) error {
	list := in.JSON
	r.Form = "plain"
	if in.Zip != nil {
		r.Form = "zip"
		var err error
		if list, err = openRaivo(r, in.Zip); err != nil {
			return err
		}
	}
	if !list.IsArray() {
		return exchange.Refuse(exchange.NotThatFormat)
	}
	for i, e := range list.Elements() {
		d := reading.Draft{
			Kind: e.Str("kind"), Issuer: e.Str("issuer"), Account: e.Str("account"), Secret: e.Str("secret"),
			Algorithm: e.Str("algorithm"), Digits: e.Str("digits"), Period: e.Str("timer"), Counter: e.Str("counter"),
		}
		if e.Str("pinned") == "true" || e.Str("pinned") == "1" {
			d.Details.AddOther("favorite", "true")
		}
		r.Rest(e, &d.Details, "kind", "issuer", "account", "secret", "algorithm", "digits", "timer", "counter", "pinned")
		if err := r.Add(exchange.Position{Kind: exchange.AtEntry, N: i}, d); err != nil {
			return err
		}
	}
	return nil
}

func openRaivo(r *reading.Reader, z *zipfile.Archive) (list parse.Node, err error) {
	f := z.Find("raivo-otp-export.json")
	var text string
	switch {
	case f == nil:
		return "", exchange.Refuse(exchange.NotThatFormat)
	case zipfile.UsesZipCrypto(f):
		return "", exchange.Refuse(exchange.ZipCrypto)
	case zipfile.IsEncrypted(f):
		err = r.Passwords.Try(func(password []byte) (err error) {
			text, err = z.ReadAES(f, password)
			return err
		})
	default:
		text, err = z.Read(f)
	}
	if err != nil {
		return "", err
	}
	list, ok := parse.JSON(parse.Text(text))
	if !ok {
		return "", exchange.Refuse(exchange.Damaged)
	}
	return list, nil
}
