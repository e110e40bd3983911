package formats

import (
	"strings"

	"seedvault/escrow/exchange"
	"seedvault/escrow/exchange/internal/reading"
)

// Apple Passwords' CSV, whose URIs often have no label: the row's title and user
// name are then all that says whose they are.
var apple = &Format{
	Name: "apple", App: "Apple Passwords",
	Forms:     []Form{{Name: "csv"}},
	Source:    "https://support.apple.com/guide/passwords/mchl2a9fcd05/mac",
	Holds:     exchange.Holds{TOTP: true, Algorithms: allAlgorithms, Digits: anyDigits, Period: anyPeriod, Name: true, Notes: true},
	recognise: isAppleCSV,
	read:      readApple,
}

func isAppleCSV(in *reading.Input) bool {
	return in.HasColumns("title", "url", "username", "password", "otpauth") && !isOnePasswordCSV(in)
}

func readApple(r *reading.Reader, in *reading.Input) error {
	if !in.HasColumns("title", "otpauth") {
		return exchange.Refuse(exchange.NotThatFormat)
	}
	r.Form = "csv"
	return in.Rows(r, func(at exchange.Position, get func(string) string) error {
		if strings.TrimSpace(get("otpauth")) == "" {
			r.Notice(exchange.PassedOver, 1)
			return nil
		}
		d := reading.FromCode(get("otpauth"), get("title"), get("username"))
		if user := get("username"); user != "" && d.URI != "" && !strings.Contains(d.URI, user) {
			d.Details.AddOther("username", user)
		}
		d.Details.AddNote(get("notes"))
		d.Details.AddOther("url", get("url"))
		if get("password") != "" {
			r.Notice(exchange.LeftBehind, 1, "password")
		}
		return r.Add(at, d)
	})
}
