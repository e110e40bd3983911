package formats

import (
	"seedvault/escrow/exchange"
	"seedvault/escrow/exchange/internal/reading"
)

// 2FAuth's export, a list of accounts with the URI that each once came with. Icons
// are kept as far as a seed has room.
var twofauth = &Format{
	Name: "2fauth", App: "2FAuth",
	Forms:     []Form{{Name: "plain"}},
	Source:    "https://github.com/Bubka/2FAuth/blob/master/app/Services/Migrators/TwoFAuthMigrator.php",
	Holds:     exchange.Holds{TOTP: true, HOTP: true, Steam: true, Algorithms: allAlgorithms, Digits: exchange.Range{From: 5, To: 10}, Period: anyPeriod},
	recognise: func(in *reading.Input) bool { return in.Has("app", "schema", "data") && in.Top["data"].IsArray() },
	read:      readTwofauth,
}

func readTwofauth(r *reading.Reader, in *reading.Input) error {
	if !in.Has("app", "data") {
		return exchange.Refuse(exchange.NotThatFormat)
	}
	if in.JSON.Get("schema").Int() > 1 {
		return exchange.Refuse(exchange.Newer)
	}
	r.Form = "plain"
	for i, e := range in.JSON.Get("data").Elements() {
		d := reading.Draft{
			Kind: e.AnyOf("otp_type"), Issuer: e.Str("service"), Account: e.Str("account"), Secret: e.Str("secret"),
			Algorithm: e.Str("algorithm"), Digits: e.Str("digits"), Period: e.Str("period"), Counter: e.Str("counter"),
		}
		if d.Kind == "steamtotp" {
			d.Kind = "steam"
		}
		d.DropParameters()
		d.Details.AddOther("icon", e.Str("icon_file"))
		r.Rest(e, &d.Details, "otp_type", "service", "account", "secret", "algorithm", "digits", "period", "counter", "legacy_uri", "icon", "icon_file")
		if err := r.Add(exchange.Position{Kind: exchange.AtEntry, N: i}, d); err != nil {
			return err
		}
	}
	return nil
}
