package formats

import (
	"seedvault/escrow/exchange"
	"seedvault/escrow/exchange/internal/parse"
	"seedvault/escrow/exchange/internal/reading"
	"seedvault/escrow/otpauth"
)

// Steam's own file of a mobile authenticator (maFile), as Steam Desktop
// Authenticator and rooted phones have it.
var steam = &Format{
	Name: "steam", App: "Steam (maFile)",
	Forms:     []Form{{Name: "maFile"}},
	Source:    "https://github.com/Jessecar96/SteamDesktopAuthenticator",
	Holds:     exchange.Holds{Steam: true, Algorithms: allAlgorithms[:1], Period: exchange.Range{From: 30, To: 30}, Recovery: true},
	recognise: func(in *reading.Input) bool { return in.Has("shared_secret") },
	read:      readSteam,
}

func readSteam(r *reading.Reader, in *reading.Input) error {
	if !in.Has("shared_secret") {
		return exchange.Refuse(exchange.NotThatFormat)
	}
	r.Form = "maFile"
	d := reading.Draft{Kind: string(otpauth.Steam), Issuer: "Steam", Account: in.JSON.Str("account_name")}
	var err error
	if d.Raw, err = parse.Base64(in.JSON.Str("shared_secret")); err != nil || len(d.Raw) == 0 {
		d.Err = &otpauth.Error{Reason: otpauth.BadSecret}
	}
	if code := in.JSON.Str("revocation_code"); code != "" {
		d.Details.Recovery = []string{code}
	}
	d.Details.AddOther("serial_number", in.JSON.Str("serial_number"))
	for _, left := range []string{"identity_secret", "secret_1", "token_gid", "Session"} {
		if !in.JSON.Get(left).IsNone() {
			r.Notice(exchange.LeftBehind, 1, left)
		}
	}
	return r.Add(exchange.Position{Kind: exchange.AtEntry, N: 1}, d)
}
