package formats

import (
	"encoding/hex"
	"strings"

	"seedvault/escrow/exchange"
	"seedvault/escrow/exchange/internal/reading"
	"seedvault/escrow/otpauth"
)

// The export of the browser extension Authenticator (authenticator.cc): an object of
// accounts by their hashes. Accounts that lie encrypted in it are refused: the
// extension also exports them in clear.
var browserExtension = &Format{
	Name: "authenticator-extension", App: "Authenticator, the browser extension",
	Forms:  []Form{{Name: "plain"}},
	Source: "https://github.com/Authenticator-Extension/Authenticator/blob/dev/src/models/storage.ts",
	Holds:  exchange.Holds{TOTP: true, HOTP: true, Steam: true, Algorithms: allAlgorithms, Digits: anyDigits, Period: anyPeriod},
	recognise: func(in *reading.Input) bool {
		for _, v := range in.Top {
			if v.Has("secret", "type", "hash", "index") || strings.HasSuffix(v.Str("dataType"), "OTPStorage") {
				return in.JSON.IsObject()
			}
		}
		return false
	},
	read: readBrowserExtension,
}

func readBrowserExtension(r *reading.Reader, in *reading.Input) error {
	if !in.JSON.IsObject() {
		return exchange.Refuse(exchange.NotThatFormat)
	}
	r.Form = "plain"
	n := 0
	for _, e := range in.JSON.Members() {
		sealed := e.Str("dataType") == "EncOTPStorage"
		if !e.Has("hash", "type") && !sealed {
			continue // the key of an encrypted export, or settings
		}
		n++
		d := reading.Draft{
			Kind: e.Str("type"), Issuer: e.Str("issuer"), Account: e.Str("account"), Secret: e.Str("secret"),
			Algorithm: e.Str("algorithm"), Digits: e.Str("digits"), Period: e.Str("period"), Counter: e.Str("counter"),
		}
		d.Issuer, _, _ = strings.Cut(d.Issuer, "::") // the site's address, behind the name
		hexKind(&d)
		if e.Get("encrypted") == "true" || sealed {
			d.Err = exchange.Refuse(exchange.UnknownCipher)
		}
		if e.Get("pinned") == "true" {
			d.Details.AddOther("favorite", "true")
		}
		r.Rest(e, &d.Details, "type", "issuer", "account", "secret", "algorithm", "digits", "period", "counter", "encrypted", "pinned", "hash", "index", "dataType")
		if err := r.Add(exchange.Position{Kind: exchange.AtEntry, N: n}, d); err != nil {
			return err
		}
	}
	return nil
}

// hexKind reads the types hex and hhex: TOTP and HOTP with the secret in hex.
func hexKind(d *reading.Draft) {
	switch d.Kind {
	case "hex":
		d.Kind = string(otpauth.TOTP)
	case "hhex":
		d.Kind = string(otpauth.HOTP)
	default:
		d.DropParameters()
		return
	}
	raw, err := hex.DecodeString(d.Secret)
	if err != nil || len(raw) == 0 {
		d.Err = &otpauth.Error{Reason: otpauth.BadSecret}
	}
	d.Raw = raw
}
