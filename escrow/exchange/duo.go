package exchange

import "seedvault/escrow/otpauth"

// Duo Mobile's own list of accounts, as rooted phones have it. With a counter an
// account is HOTP's; those that push to Duo's servers have no secret.
var duo = &Format{
	Name: "duo", App: "Duo Mobile (from a rooted phone)",
	Forms:     []Form{{Name: "accounts"}},
	Source:    "https://github.com/beemdevelopment/Aegis/blob/master/app/src/main/java/com/beemdevelopment/aegis/importers/DuoImporter.java",
	Holds:     Holds{TOTP: true, HOTP: true, Algorithms: allAlgorithms[:1], Digits: Range{6, 6}, Period: Range{30, 30}},
	recognise: func(in *input) bool { return in.listHas("name", "otpGenerator") },
	read:      readDuo,
}

func readDuo(r *reading, in *input) error {
	if !in.json.isArray() {
		return refuse(NotThatFormat)
	}
	r.form = "accounts"
	for i, e := range in.json.elements() {
		otp := e.get("otpGenerator")
		d := draft{account: e.str("name"), secret: otp.str("otpSecret"), counter: otp.str("counter")}
		if d.secret == "" {
			d.err = refuse(NotAKey)
		}
		if d.counter != "" {
			d.kind = string(otpauth.HOTP)
		}
		r.rest(e, &d.details, "name", "otpGenerator")
		if err := r.add(Place{Kind: AtEntry, N: i}, d); err != nil {
			return err
		}
	}
	return nil
}
