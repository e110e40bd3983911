package exchange

// 2FAuth's export, a list of accounts with the URI that each once came with. Icons
// are kept as far as a seed has room.
var twofauth = &Format{
	Name: "2fauth", App: "2FAuth",
	Forms:     []Form{{Name: "plain"}},
	Source:    "https://github.com/Bubka/2FAuth/blob/master/app/Services/Migrators/TwoFAuthMigrator.php",
	Holds:     Holds{TOTP: true, HOTP: true, Steam: true, Algorithms: allAlgorithms, Digits: Range{5, 10}, Period: anyPeriod},
	recognise: func(in *input) bool { return in.has("app", "schema", "data") && in.top["data"].isArray() },
	read:      readTwofauth,
}

func readTwofauth(r *reading, in *input) error {
	if !in.has("app", "data") {
		return refuse(NotThatFormat)
	}
	if in.json.get("schema").int() > 1 {
		return refuse(Newer)
	}
	r.form = "plain"
	for i, e := range in.json.get("data").elements() {
		d := draft{
			kind: anyOf(e, "otp_type"), issuer: e.str("service"), account: e.str("account"), secret: e.str("secret"),
			algorithm: e.str("algorithm"), digits: e.str("digits"), period: e.str("period"), counter: e.str("counter"),
		}
		if d.kind == "steamtotp" {
			d.kind = "steam"
		}
		d.noParameters()
		d.details.other("icon", e.str("icon_file"))
		r.rest(e, &d.details, "otp_type", "service", "account", "secret", "algorithm", "digits", "period", "counter", "legacy_uri", "icon", "icon_file")
		if err := r.add(Place{Kind: AtEntry, N: i}, d); err != nil {
			return err
		}
	}
	return nil
}
