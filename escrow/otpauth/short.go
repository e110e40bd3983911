package otpauth

import (
	"encoding/base32"
	"slices"
	"strconv"
	"strings"
)

// Short returns shorter spellings of the same key, the longest first, for a QR code
// that has to fit a small screen: without what is default and with the secret unpadded,
// and then with the issuer in the label alone. Type, secret, issuer, account and all
// that makes codes are as in the key. It is empty where nothing is shorter. Each is the
// secret itself.
func (k Key) Short() []string {
	p := k.params()
	if len(p.secret) == 0 {
		return nil
	}
	var shorter []string
	for _, both := range []bool{true, false} {
		uri := p.spell(both)
		last := len(k.ASCII())
		if n := len(shorter); n > 0 {
			last = len(shorter[n-1])
		}
		again, err := Parse(uri)
		if err == nil && len(uri) < last && again.Equal(k) && again.Issuer() == k.Issuer() && again.Account() == k.Account() {
			shorter = append(shorter, uri)
		}
	}
	return slices.Clip(shorter)
}

// spell writes the URI anew, with the issuer in both its places or in the label alone.
func (p *params) spell(both bool) string {
	issuer := keyOf(p).Issuer()
	var b strings.Builder
	b.WriteString(scheme + string(p.kind) + "/")
	if issuer != "" {
		b.WriteString(escapeShort(issuer) + ":")
	}
	b.WriteString(escapeShort(p.account))
	b.WriteString("?secret=" + base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(p.secret))
	if both && issuer != "" {
		b.WriteString("&issuer=" + escapeShort(issuer))
	}
	if p.algorithm != SHA1 {
		b.WriteString("&algorithm=" + string(p.algorithm))
	}
	if p.kind != Steam && (p.digits != defaultDigits || p.issuedBySteam()) {
		b.WriteString("&digits=" + strconv.Itoa(p.digits))
	}
	if p.kind != HOTP && p.period != defaultPeriod {
		b.WriteString("&period=" + strconv.Itoa(p.period))
	}
	if p.kind == HOTP {
		b.WriteString("&counter=" + strconv.FormatUint(p.counter, 10))
	}
	return b.String()
}

// escapeShort encodes what would end a label or a parameter, and leaves the @ of a
// mail address, which readers take as it stands.
func escapeShort(s string) string { return strings.ReplaceAll(escape(s), "%40", "@") }
