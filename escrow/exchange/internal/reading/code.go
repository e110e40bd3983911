package reading

import (
	"strings"

	"seedvault/escrow/exchange"
	"seedvault/escrow/exchange/internal/parse"
	"seedvault/escrow/otpauth"
)

// FromCode makes a draft of what a password manager keeps as an item's one-time
// code: an otpauth URI, steam:// and a secret, or a secret alone. Title and user
// are the item's, for codes that do not say whose they are.
func FromCode(value, title, user string) Draft {
	value = strings.TrimSpace(value)
	title, user = CleanName(title), CleanName(user)
	var d Draft
	switch {
	case parse.HasPrefixFold(value, "otpauth://yaotp/"):
		d = Draft{URI: value, Kind: exchange.KindYandex, Issuer: title, Account: user}
	case parse.HasPrefixFold(value, "motp://"):
		d = Draft{URI: value, Kind: exchange.KindMOTP, Issuer: title, Account: user}
	case parse.HasPrefixFold(value, "otpauth:"), parse.HasPrefixFold(value, "apple-otpauth:"):
		d = Draft{URI: value}
	case parse.HasPrefixFold(value, "steam://"):
		d = Draft{Kind: string(otpauth.Steam), Secret: strings.TrimSuffix(value[len("steam://"):], "/"), Issuer: title, Account: user}
	case strings.Contains(value, "://"):
		d = Draft{URI: value}
	case strings.Contains(value, "=") && strings.Contains(value, "key="):
		d = keeOTP(value)
		d.Issuer, d.Account = title, user
	default:
		d = Draft{Secret: value, Issuer: title, Account: user}
	}
	d.NameBy(title)
	return d
}

// NameBy keeps an item's title as the name, unless the code's own issuer says it.
func (d *Draft) NameBy(title string) {
	issuer := d.Issuer
	if d.URI != "" && title != "" {
		if k, err := otpauth.Parse(d.URI); err == nil {
			issuer = k.Issuer()
		}
	}
	if title != "" && title != issuer {
		d.Details.Name = title
	}
}

// keeOTP reads what KeePass' plugin KeeOtp writes: key=...&size=...&step=...
func keeOTP(value string) Draft {
	d := Draft{}
	for part := range strings.SplitSeq(value, "&") {
		name, v, _ := strings.Cut(part, "=")
		v = unescapeForm(v)
		switch strings.ToLower(name) {
		case "key":
			d.Secret = v
		case "size":
			d.Digits = v
		case "step":
			d.Period = v
		case "otphashmode":
			d.Algorithm = v
		case "type":
			d.Kind = v
		case "counter":
			d.Counter = v
		case "encoding":
			if !strings.EqualFold(v, "base32") {
				d.Err = exchange.Refuse(exchange.UnknownType)
			}
		}
	}
	return d
}

// unescapeForm decodes a form's value. What is no whole escape stays as it is.
func unescapeForm(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '+':
			b.WriteByte(' ')
		case s[i] == '%' && i+2 < len(s) && parse.IsHex(s[i+1:i+3]):
			b.WriteByte(unhex(s[i+1])<<4 | unhex(s[i+2]))
			i += 2
		default:
			b.WriteByte(s[i])
		}
	}
	return strings.ToValidUTF8(b.String(), "\uFFFD")
}

func unhex(c byte) byte {
	switch {
	case c >= 'a':
		return c - 'a' + 10
	case c >= 'A':
		return c - 'A' + 10
	}
	return c - '0'
}
