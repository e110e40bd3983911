package exchange

import "strings"

// Bitwarden Authenticator's own export. Its JSON is the vault's, and read as that;
// its CSV has a header of six columns over rows of nine values, unquoted:
// folder, favourite, 1, issuer, nothing, the URI, issuer, period, digits.
var bitwardenAuthenticator = &Format{
	Name: "bitwarden-authenticator", App: "Bitwarden Authenticator",
	Forms:     []Form{{Name: "csv"}},
	Source:    "https://github.com/bitwarden/android/tree/main/authenticator/src/main/kotlin/com/bitwarden/authenticator/data/authenticator/repository",
	Holds:     Holds{TOTP: true, Steam: true, Algorithms: allAlgorithms, Digits: anyDigits, Period: anyPeriod, Name: true},
	recognise: isBitwardenAuthenticator,
	read:      readBitwardenAuthenticator,
}

func isBitwardenAuthenticator(in *input) bool {
	return in.hasColumns("type", "name", "login_uri", "login_totp") && !in.hasColumns("login_username") && !in.hasColumns("reprompt")
}

func readBitwardenAuthenticator(r *reading, in *input) error {
	if !isBitwardenAuthenticator(in) {
		return refuse(NotThatFormat)
	}
	r.form = "csv"
	c := newCSV(in.text, in.comma)
	for first := true; ; first = false {
		row, ok, err := c.next()
		if err != nil || !ok {
			return err
		}
		if first {
			continue
		}
		// The code is the first field that can be one; a name with a comma shifts it.
		d := draft{err: refuse(NotAKey)}
		for i, f := range row.fields {
			if isURI(strings.TrimSpace(f)) || hasPrefixFold(f, "steam://") {
				d = codeDraft(f, strings.Join(row.fields[min(3, i):max(3, i-1)], ","), "")
				break
			}
		}
		if d.err == nil && row.fields[0] != "" {
			d.details.tag(row.fields[0])
		}
		if d.err == nil && len(row.fields) > 1 && row.fields[1] == "1" {
			d.details.other("favorite", "true")
		}
		if err := r.add(Place{Kind: AtLine, N: row.line}, d); err != nil {
			return err
		}
	}
}
