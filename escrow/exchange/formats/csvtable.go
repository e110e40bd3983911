package formats

import (
	"strings"

	"seedvault/escrow/exchange"
	"seedvault/escrow/exchange/internal/reading"
)

// Tables of programs that have no format of their own here: a column of one-time
// codes, in the names that password managers give it, one that says whose they
// are, and nothing that a format above would know.
var csvTable = &Format{
	Name: "csv", App: "any table with a column of codes (Dashlane, Enpass, KeePass plugins, spreadsheets)",
	Forms:     []Form{{Name: "table"}},
	Source:    "https://www.rfc-editor.org/rfc/rfc4180",
	Holds:     exchange.Holds{TOTP: true, HOTP: true, Steam: true, Algorithms: allAlgorithms, Digits: anyDigits, Period: anyPeriod, Name: true, Notes: true},
	recognise: isCSVTable,
	read:      readCSVTable,
}

var (
	codeColumns  = []string{"otpauth", "otp_auth", "otpurl", "otpsecret", "otp", "totp", "totpuri", "totp_uri", "totpsecret", "2fa", "twofactorsecret", "authenticator", "authenticatorkey", "uri", "secret"}
	titleColumns = []string{"title", "name", "issuer", "service", "account", "website"}
	userColumns  = []string{"username", "user", "login", "email", "account"}
	noteColumns  = []string{"note", "notes", "comment", "comments", "extra"}
	groupColumns = []string{"folder", "group", "category", "grouping", "tags"}
)

func isCSVTable(in *reading.Input) bool {
	if in.Column(codeColumns, "") == "" || in.Column(titleColumns, "") == "" {
		return false
	}
	for _, known := range []func(*reading.Input) bool{isOnePasswordCSV, isKeePassCSV, isProtonPassCSV, isBitwardenCSV, isBitwardenAuthenticator, isAppleCSV} {
		if known(in) {
			return false
		}
	}
	return true
}

func readCSVTable(r *reading.Reader, in *reading.Input) error {
	code, title := in.Column(codeColumns, ""), in.Column(titleColumns, "")
	if code == "" {
		return exchange.Refuse(exchange.NotThatFormat)
	}
	r.Form = "table"
	user, note, group := in.Column(userColumns, title), in.Column(noteColumns, ""), in.Column(groupColumns, "")
	return in.Rows(r, func(at exchange.Position, get func(string) string) error {
		if strings.TrimSpace(get(code)) == "" {
			r.Notice(exchange.PassedOver, 1)
			return nil
		}
		d := reading.FromCode(get(code), get(title), get(user))
		if d.URI == "" {
			d.Algorithm, d.Digits, d.Period, d.Counter = get("algorithm"), get("digits"), get("period"), get("counter")
			if d.Kind == "" {
				d.Kind = get("type")
			}
			if kind := strings.ToLower(d.Kind); kind != "hotp" && kind != "steam" {
				d.Kind = "" // a type of item, not of codes
			}
		}
		d.Details.AddNote(get(note))
		d.Details.AddTag(get(group))
		d.Details.AddOther("url", get("url"))
		if get("password") != "" {
			r.Notice(exchange.LeftBehind, 1, "password")
		}
		return r.Add(at, d)
	})
}
