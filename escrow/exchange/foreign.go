package exchange

import (
	"encoding/base32"
	"encoding/hex"
	"strings"
	"unicode/utf8"

	"seedvault/escrow/otpauth"
)

// foreignOf takes apart a URI of mOTP's or Yandex's, as draft.foreignURI makes it.
func foreignOf(uri string) draft {
	d := draft{kind: foreignKind(uri)}
	_, rest, _ := strings.Cut(uri, "://")
	label, query, _ := strings.Cut(rest, "?")
	if d.kind == kindYandex {
		_, label, _ = strings.Cut(label, "/")
	}
	for part := range strings.SplitSeq(query, "&") {
		name, value, _ := strings.Cut(part, "=")
		switch name {
		case "secret":
			d.secret = value
		case "issuer":
			d.issuer = unescapeForm(value)
		}
	}
	d.account = unescapeForm(strings.ReplaceAll(label, "+", "%2B"))
	d.ownPrefix()
	return d
}

// Kinds of codes that a record may be of and package otpauth does not compute.
const (
	kindMOTP   = "motp"
	kindYandex = "yandex"
)

// withoutCodes makes a record of a kind whose codes are not computed here: mOTP's
// in the form motp://, Yandex's as otpauth://yaotp/, both as Aegis writes them.
// Their PIN is kept under other.
func (d draft) withoutCodes() (Record, []Notice, error) {
	if d.uri == "" {
		uri, err := d.foreignURI()
		if err != nil {
			return Record{}, nil, err
		}
		d.uri = uri
	}
	if err := checkForeign(d.uri); err != nil {
		return Record{}, nil, err
	}
	d.details.other("pin", d.pin)
	notices := append(d.fit(), Notice{What: NoCodes})
	if d.details.Name == "" {
		d.details.Name = strings.Trim(cleanName(d.issuer)+" "+cleanName(d.account), " ")
	}
	return newRecord(d.uri, otpauth.Key{}, d.details), notices, nil
}

// checkForeign holds a URI that package otpauth does not judge to the same bounds.
func checkForeign(uri string) error {
	reason := otpauth.Reason("")
	switch f := foreignOf(uri); {
	case len(uri) > 4096:
		reason = otpauth.TooLong
	case !utf8.ValidString(uri):
		reason = otpauth.BadEncoding
	case strings.ContainsFunc(uri, isControl):
		reason = otpauth.ControlChar
	case f.secret == "":
		reason = otpauth.NoSecret
	case f.kind == kindMOTP && !isHex(f.secret), f.kind == kindYandex && bytesOf32(f.secret) == nil:
		reason = otpauth.BadSecret
	default:
		return nil
	}
	return &otpauth.Error{Reason: reason}
}

func isControl(r rune) bool { return r < ' ' || r == 0x7f }

func (d draft) foreignURI() (string, error) {
	secret := d.raw
	if secret == nil {
		if d.kind == kindMOTP && isHex(d.secret) {
			secret, _ = hex.DecodeString(d.secret)
		} else {
			// Build judges base32 as everywhere.
			k, err := otpauth.Build(otpauth.Params{Secret: otpauth.SecretOf(d.secret)})
			if err != nil {
				return "", err
			}
			secret = k.Secret()
		}
	}
	if len(secret) == 0 {
		return "", &otpauth.Error{Reason: otpauth.EmptySecret}
	}
	label := escapeName(cleanName(d.account))
	issuer := escapeName(cleanName(d.issuer))
	if issuer != "" {
		label, issuer = issuer+":"+label, "&issuer="+issuer
	}
	if d.kind == kindMOTP {
		return "motp://" + label + "?secret=" + hex.EncodeToString(secret) + issuer, nil
	}
	return "otpauth://yaotp/" + label + "?secret=" + base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(secret) + issuer, nil
}

// escapeName encodes a name as package otpauth does.
func escapeName(s string) string {
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

// foreignKind is the kind of a line that is no otpauth URI known to package
// otpauth, or "".
func foreignKind(line string) string {
	switch {
	case hasPrefixFold(line, "motp://"):
		return kindMOTP
	case hasPrefixFold(line, "otpauth://yaotp/"):
		return kindYandex
	}
	return ""
}
