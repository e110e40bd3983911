package exchange

import "strings"

// Tables of programs that have no format of their own here: a column of one-time
// codes, in the names that password managers give it, one that says whose they
// are, and nothing that a format above would know.
var csvTable = &Format{
	Name: "csv", App: "any table with a column of codes (Dashlane, Enpass, KeePass plugins, spreadsheets)",
	Forms:     []Form{{Name: "table"}},
	Source:    "https://www.rfc-editor.org/rfc/rfc4180",
	Holds:     Holds{TOTP: true, HOTP: true, Steam: true, Algorithms: allAlgorithms, Digits: anyDigits, Period: anyPeriod, Name: true, Notes: true},
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

// column is the first of several names that the table has.
func (in *input) column(names []string, but string) string {
	for _, n := range names {
		if _, ok := in.columns[n]; ok && n != but {
			return n
		}
	}
	return ""
}

func isCSVTable(in *input) bool {
	if in.column(codeColumns, "") == "" || in.column(titleColumns, "") == "" {
		return false
	}
	for _, known := range []func(*input) bool{isOnePasswordCSV, isKeePassCSV, isProtonPassCSV, isBitwardenCSV, isBitwardenAuthenticator, isAppleCSV} {
		if known(in) {
			return false
		}
	}
	return true
}

func readCSVTable(r *reading, in *input) error {
	code, title := in.column(codeColumns, ""), in.column(titleColumns, "")
	if code == "" {
		return refuse(NotThatFormat)
	}
	r.form = "table"
	user, note, group := in.column(userColumns, title), in.column(noteColumns, ""), in.column(groupColumns, "")
	return in.rows(r, func(at Place, get func(string) string) error {
		if strings.TrimSpace(get(code)) == "" {
			r.notice(PassedOver, 1)
			return nil
		}
		d := codeDraft(get(code), get(title), get(user))
		if d.uri == "" {
			d.algorithm, d.digits, d.period, d.counter = get("algorithm"), get("digits"), get("period"), get("counter")
			if d.kind == "" {
				d.kind = get("type")
			}
			if kind := strings.ToLower(d.kind); kind != "hotp" && kind != "steam" {
				d.kind = "" // a type of item, not of codes
			}
		}
		d.details.note(get(note))
		d.details.tag(get(group))
		d.details.other("url", get("url"))
		if get("password") != "" {
			r.notice(LeftBehind, 1, "password")
		}
		return r.add(at, d)
	})
}
