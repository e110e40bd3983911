package exchange

import (
	"math"
	"strings"

	"seedvault/escrow/otpauth"
)

// Google Authenticator's export codes, as the texts that the codes hold, one a
// line: see [ParseGoogle] and [BuildGoogle].
var google = &Format{
	Name: googleName, App: "Google Authenticator",
	Forms:  []Form{{Name: "links"}},
	Source: "https://github.com/beemdevelopment/Aegis/blob/master/app/src/main/proto/google_auth.proto",
	Holds: Holds{
		TOTP: true, HOTP: true, Algorithms: allAlgorithms, Digits: Range{6, 8}, Period: Range{30, 30}, Counter: math.MaxInt64, Issuers: true,
	},
	recognise: func(in *input) bool { return isGoogleList(in.text) },
	read:      readGoogle,
	write:     writeGoogle,
	fits: func(rec Record) error {
		_, err := wireOf(rec.Key())
		return err
	},
}

const googleName = "google"

// isGoogleList reports whether every line is an export code.
func isGoogleList(text string) bool {
	n := 0
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if !IsGoogle(line) {
			return false
		}
		n++
	}
	return n > 0
}

func readGoogle(r *reading, in *input) error {
	if err := readURIs(r, in); err != nil {
		return err
	}
	r.form = "links"
	return nil
}

func writeGoogle(_ *writing, records []Record) ([]byte, error) {
	var keys []otpauth.Key
	for _, rec := range records {
		keys = append(keys, rec.Key())
	}
	parts, refused := BuildGoogle(keys, 0)
	if len(refused) > 0 {
		return nil, refused[0].Err // unreachable: they were refused before
	}
	var b strings.Builder
	for _, p := range parts {
		b.WriteString(p.URI() + "\n")
	}
	return []byte(b.String()), nil
}
