package exchange

import "strings"

// Apple Passwords' CSV, whose URIs often have no label: the row's title and user
// name are then all that says whose they are.
var apple = &Format{
	Name: "apple", App: "Apple Passwords",
	Forms:     []Form{{Name: "csv"}},
	Source:    "https://support.apple.com/guide/passwords/mchl2a9fcd05/mac",
	Holds:     Holds{TOTP: true, Algorithms: allAlgorithms, Digits: anyDigits, Period: anyPeriod, Name: true, Notes: true},
	recognise: isAppleCSV,
	read:      readApple,
}

func isAppleCSV(in *input) bool {
	return in.hasColumns("title", "url", "username", "password", "otpauth") && !isOnePasswordCSV(in)
}

func readApple(r *reading, in *input) error {
	if !in.hasColumns("title", "otpauth") {
		return refuse(NotThatFormat)
	}
	r.form = "csv"
	return in.rows(r, func(at Place, get func(string) string) error {
		if strings.TrimSpace(get("otpauth")) == "" {
			r.notice(PassedOver, 1)
			return nil
		}
		d := codeDraft(get("otpauth"), get("title"), get("username"))
		if user := get("username"); user != "" && d.uri != "" && !strings.Contains(d.uri, user) {
			d.details.other("username", user)
		}
		d.details.note(get("notes"))
		d.details.other("url", get("url"))
		if get("password") != "" {
			r.notice(LeftBehind, 1, "password")
		}
		return r.add(at, d)
	})
}
