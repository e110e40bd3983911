package exchange

import (
	"encoding/hex"
	"strings"

	"seedvault/escrow/otpauth"
)

// The export of the browser extension Authenticator (authenticator.cc): an object of
// accounts by their hashes. Accounts that lie encrypted in it are refused: the
// extension also exports them in clear.
var browserExtension = &Format{
	Name: "authenticator-extension", App: "Authenticator, the browser extension",
	Forms:  []Form{{Name: "plain"}},
	Source: "https://github.com/Authenticator-Extension/Authenticator/blob/dev/src/models/storage.ts",
	Holds:  Holds{TOTP: true, HOTP: true, Steam: true, Algorithms: allAlgorithms, Digits: anyDigits, Period: anyPeriod},
	recognise: func(in *input) bool {
		for _, v := range in.top {
			if v.has("secret", "type", "hash", "index") || strings.HasSuffix(v.str("dataType"), "OTPStorage") {
				return in.json.isObject()
			}
		}
		return false
	},
	read: readBrowserExtension,
}

func readBrowserExtension(r *reading, in *input) error {
	if !in.json.isObject() {
		return refuse(NotThatFormat)
	}
	r.form = "plain"
	n := 0
	for _, e := range in.json.members() {
		sealed := e.str("dataType") == "EncOTPStorage"
		if !e.has("hash", "type") && !sealed {
			continue // the key of an encrypted export, or settings
		}
		n++
		d := draft{
			kind: e.str("type"), issuer: e.str("issuer"), account: e.str("account"), secret: e.str("secret"),
			algorithm: e.str("algorithm"), digits: e.str("digits"), period: e.str("period"), counter: e.str("counter"),
		}
		d.issuer, _, _ = strings.Cut(d.issuer, "::") // the site's address, behind the name
		d.hexKind()
		if e.get("encrypted") == "true" || sealed {
			d.err = refuse(UnknownCipher)
		}
		if e.get("pinned") == "true" {
			d.details.other("favorite", "true")
		}
		r.rest(e, &d.details, "type", "issuer", "account", "secret", "algorithm", "digits", "period", "counter", "encrypted", "pinned", "hash", "index", "dataType")
		if err := r.add(Place{Kind: AtEntry, N: n}, d); err != nil {
			return err
		}
	}
	return nil
}

// hexKind reads the types hex and hhex: TOTP and HOTP with the secret in hex.
func (d *draft) hexKind() {
	switch d.kind {
	case "hex":
		d.kind = string(otpauth.TOTP)
	case "hhex":
		d.kind = string(otpauth.HOTP)
	default:
		d.noParameters()
		return
	}
	raw, err := hex.DecodeString(d.secret)
	if err != nil || len(raw) == 0 {
		d.err = &otpauth.Error{Reason: otpauth.BadSecret}
	}
	d.raw = raw
}
