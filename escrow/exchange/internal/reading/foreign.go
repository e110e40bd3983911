package reading

import (
	"encoding/base32"
	"encoding/hex"
	"strings"
	"unicode"
	"unicode/utf8"

	"seedvault/escrow/exchange"
	"seedvault/escrow/exchange/internal/parse"
	"seedvault/escrow/otpauth"
)

// FromForeign takes apart a URI of mOTP's or Yandex's, as foreignURI makes it.
func FromForeign(uri string) Draft {
	d := Draft{Kind: exchange.KindOf(uri)}
	_, rest, _ := strings.Cut(uri, "://")
	label, query, _ := strings.Cut(rest, "?")
	if d.Kind == exchange.KindYandex {
		_, label, _ = strings.Cut(label, "/")
	}
	for part := range strings.SplitSeq(query, "&") {
		name, value, _ := strings.Cut(part, "=")
		switch name {
		case "secret":
			d.Secret = value
		case "issuer":
			d.Issuer = unescapeForm(value)
		}
	}
	d.Account = unescapeForm(strings.ReplaceAll(label, "+", "%2B"))
	d.TrimIssuer()
	return d
}

// withoutCodes makes a record of a kind whose codes are not computed here: mOTP's
// in the form motp://, Yandex's as otpauth://yaotp/, both as Aegis writes them.
// Their PIN is kept under other.
func (d Draft) withoutCodes() (exchange.Record, []exchange.Notice, error) {
	if d.URI == "" {
		uri, err := d.foreignURI()
		if err != nil {
			return exchange.Record{}, nil, err
		}
		d.URI = uri
	}
	if err := checkForeign(d.URI); err != nil {
		return exchange.Record{}, nil, err
	}
	d.Details.AddOther("pin", d.PIN)
	var notices []exchange.Notice
	d.Details, notices = d.Details.Fit()
	notices = append(notices, exchange.Notice{What: exchange.NoCodes})
	if d.Details.Name == "" {
		d.Details.Name = strings.Trim(CleanName(d.Issuer)+" "+CleanName(d.Account), " ")
	}
	return exchange.NewRecord(d.URI, d.Details), notices, nil
}

// checkForeign holds a URI that package otpauth does not judge to the same bounds.
func checkForeign(uri string) error {
	reason := otpauth.Reason("")
	switch f := FromForeign(uri); {
	case len(uri) > 4096:
		reason = otpauth.TooLong
	case !utf8.ValidString(uri):
		reason = otpauth.BadEncoding
	case strings.ContainsFunc(uri, unicode.IsControl):
		reason = otpauth.ControlChar
	case f.Secret == "":
		reason = otpauth.NoSecret
	case f.Kind == exchange.KindMOTP && !parse.IsHex(f.Secret), f.Kind == exchange.KindYandex && DecodeBase32(f.Secret) == nil:
		reason = otpauth.BadSecret
	default:
		return nil
	}
	return &otpauth.Error{Reason: reason}
}

func (d Draft) foreignURI() (string, error) {
	secret := d.Raw
	if secret == nil {
		if d.Kind == exchange.KindMOTP && parse.IsHex(d.Secret) {
			secret, _ = hex.DecodeString(d.Secret)
		} else {
			// Build judges base32 as everywhere.
			k, err := otpauth.Build(otpauth.Params{Secret: otpauth.SecretOf(d.Secret)})
			if err != nil {
				return "", err
			}
			secret = k.Secret()
		}
	}
	if len(secret) == 0 {
		return "", &otpauth.Error{Reason: otpauth.EmptySecret}
	}
	label := EscapeName(CleanName(d.Account))
	issuer := EscapeName(CleanName(d.Issuer))
	if issuer != "" {
		label, issuer = issuer+":"+label, "&issuer="+issuer
	}
	if d.Kind == exchange.KindMOTP {
		return "motp://" + label + "?secret=" + hex.EncodeToString(secret) + issuer, nil
	}
	return "otpauth://yaotp/" + label + "?secret=" + base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(secret) + issuer, nil
}

// EscapeName encodes a name as package otpauth does.
func EscapeName(s string) string {
	var b strings.Builder
	for _, c := range []byte(s) {
		if 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("-_.~", c) >= 0 {
			b.WriteByte(c)
			continue
		}
		const digits = "0123456789ABCDEF"
		b.Write([]byte{'%', digits[c>>4], digits[c&15]})
	}
	return b.String()
}
