package formats

import (
	"math"
	"strings"

	"seedvault/escrow/exchange"
	"seedvault/escrow/exchange/google"
	"seedvault/escrow/exchange/internal/reading"
	"seedvault/escrow/otpauth"
)

// Google Authenticator's export codes, as the texts that the codes hold, one a
// line: see package google.
var googleCodes = &Format{
	Name: googleName, App: "Google Authenticator",
	Forms:  []Form{{Name: "links"}},
	Source: "https://github.com/beemdevelopment/Aegis/blob/master/app/src/main/proto/google_auth.proto",
	Holds: exchange.Holds{
		TOTP: true, HOTP: true, Algorithms: allAlgorithms, Digits: exchange.Range{From: 6, To: 8}, Period: exchange.Range{From: 30, To: 30}, Counter: math.MaxInt64, Issuers: true,
	},
	recognise: func(in *reading.Input) bool { return isGoogleList(in.Text) },
	read:      readGoogle,
	write:     writeGoogle,
	fits:      func(rec exchange.Record) error { return google.Fits(rec.Key()) },
}

const googleName = "google"

// isGoogleList reports whether every line is an export code.
func isGoogleList(text string) bool {
	n := 0
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if !google.IsLink(line) {
			return false
		}
		n++
	}
	return n > 0
}

func readGoogle(r *reading.Reader, in *reading.Input) error {
	if err := readURIs(r, in); err != nil {
		return err
	}
	r.Form = "links"
	return nil
}

func writeGoogle(_ *writing, records []exchange.Record) ([]byte, error) {
	var keys []otpauth.Key
	for _, rec := range records {
		keys = append(keys, rec.Key())
	}
	parts, refused := google.Build(keys, 0)
	if len(refused) > 0 {
		return nil, refused[0].Err // unreachable: they were refused before
	}
	var b strings.Builder
	for _, p := range parts {
		b.WriteString(p.URI() + "\n")
	}
	return []byte(b.String()), nil
}
