package formats

import (
	"seedvault/escrow/exchange"
	"seedvault/escrow/exchange/internal/reading"
	"seedvault/escrow/otpauth"
)

// Duo Mobile's own list of accounts, as rooted phones have it. With a counter an
// account is HOTP's; those that push to Duo's servers have no secret.
var duo = &Format{
	Name: "duo", App: "Duo Mobile (from a rooted phone)",
	Forms:     []Form{{Name: "accounts"}},
	Source:    "https://github.com/beemdevelopment/Aegis/blob/master/app/src/main/java/com/beemdevelopment/aegis/importers/DuoImporter.java",
	Holds:     exchange.Holds{TOTP: true, HOTP: true, Algorithms: allAlgorithms[:1], Digits: exchange.Range{From: 6, To: 6}, Period: exchange.Range{From: 30, To: 30}},
	recognise: func(in *reading.Input) bool { return in.ListHas("name", "otpGenerator") },
	read:      readDuo,
}

func readDuo(r *reading.Reader, in *reading.Input) error {
	if !in.JSON.IsArray() {
		return exchange.Refuse(exchange.NotThatFormat)
	}
	r.Form = "accounts"
	for i, e := range in.JSON.Elements() {
		otp := e.Get("otpGenerator")
		d := reading.Draft{Account: e.Str("name"), Secret: otp.Str("otpSecret"), Counter: otp.Str("counter")}
		if d.Secret == "" {
			d.Err = exchange.Refuse(exchange.NotAKey)
		}
		if d.Counter != "" {
			d.Kind = string(otpauth.HOTP)
		}
		r.Rest(e, &d.Details, "name", "otpGenerator")
		if err := r.Add(exchange.Position{Kind: exchange.AtEntry, N: i}, d); err != nil {
			return err
		}
	}
	return nil
}
