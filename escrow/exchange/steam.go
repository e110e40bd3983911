package exchange

import "seedvault/escrow/otpauth"

// Steam's own file of a mobile authenticator (maFile), as Steam Desktop
// Authenticator and rooted phones have it.
var steam = &Format{
	Name: "steam", App: "Steam (maFile)",
	Forms:     []Form{{Name: "maFile"}},
	Source:    "https://github.com/Jessecar96/SteamDesktopAuthenticator",
	Holds:     Holds{Steam: true, Algorithms: allAlgorithms[:1], Period: Range{30, 30}, Recovery: true},
	recognise: func(in *input) bool { return in.has("shared_secret") },
	read:      readSteam,
}

func readSteam(r *reading, in *input) error {
	if !in.has("shared_secret") {
		return refuse(NotThatFormat)
	}
	r.form = "maFile"
	d := draft{kind: string(otpauth.Steam), issuer: "Steam", account: in.json.str("account_name")}
	var err error
	if d.raw, err = decode64(in.json.str("shared_secret")); err != nil || len(d.raw) == 0 {
		d.err = &otpauth.Error{Reason: otpauth.BadSecret}
	}
	if code := in.json.str("revocation_code"); code != "" {
		d.details.Recovery = []string{code}
	}
	d.details.other("serial_number", in.json.str("serial_number"))
	for _, left := range []string{"identity_secret", "secret_1", "token_gid", "Session"} {
		if !in.json.get(left).isNone() {
			r.notice(LeftBehind, 1, left)
		}
	}
	return r.add(Place{Kind: AtEntry, N: 1}, d)
}
