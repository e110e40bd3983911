package formats

import (
	"strings"

	"seedvault/escrow/exchange"
	"seedvault/escrow/exchange/internal/parse"
	"seedvault/escrow/exchange/internal/reading"
)

// Bitwarden Authenticator's own export. Its JSON is the vault's, and read as that;
// its CSV has a header of six columns over rows of nine values, unquoted:
// folder, favourite, 1, issuer, nothing, the URI, issuer, period, digits.
var bitwardenAuthenticator = &Format{
	Name: "bitwarden-authenticator", App: "Bitwarden Authenticator",
	Forms:     []Form{{Name: "csv"}},
	Source:    "https://github.com/bitwarden/android/tree/main/authenticator/src/main/kotlin/com/bitwarden/authenticator/data/authenticator/repository",
	Holds:     exchange.Holds{TOTP: true, Steam: true, Algorithms: allAlgorithms, Digits: anyDigits, Period: anyPeriod, Name: true},
	recognise: isBitwardenAuthenticator,
	read:      readBitwardenAuthenticator,
}

func isBitwardenAuthenticator(in *reading.Input) bool {
	return in.HasColumns("type", "name", "login_uri", "login_totp") && !in.HasColumns("login_username") && !in.HasColumns("reprompt")
}

func readBitwardenAuthenticator(r *reading.Reader, in *reading.Input) error {
	if !isBitwardenAuthenticator(in) {
		return exchange.Refuse(exchange.NotThatFormat)
	}
	r.Form = "csv"
	c := in.Table()
	for first := true; ; first = false {
		row, ok, err := c.Next()
		if err != nil || !ok {
			return err
		}
		if first {
			continue
		}
		// The code is the first field that can be one; a name with a comma shifts it.
		d := reading.Draft{Err: exchange.Refuse(exchange.NotAKey)}
		for i, f := range row.Fields {
			if isURI(strings.TrimSpace(f)) || parse.HasPrefixFold(f, "steam://") {
				d = reading.FromCode(f, strings.Join(row.Fields[min(3, i):max(3, i-1)], ","), "")
				break
			}
		}
		if d.Err == nil && row.Fields[0] != "" {
			d.Details.AddTag(row.Fields[0])
		}
		if d.Err == nil && len(row.Fields) > 1 && row.Fields[1] == "1" {
			d.Details.AddOther("favorite", "true")
		}
		if err := r.Add(exchange.Position{Kind: exchange.AtLine, N: row.Line}, d); err != nil {
			return err
		}
	}
}
