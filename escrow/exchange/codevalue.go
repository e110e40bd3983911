package exchange

import (
	"strings"

	"seedvault/escrow/otpauth"
)

// codeDraft makes a draft of what a password manager keeps as an item's one-time
// code: an otpauth URI, steam:// and a secret, or a secret alone. Title and user
// are the item's, for codes that do not say whose they are.
func codeDraft(value, title, user string) draft {
	value = strings.TrimSpace(value)
	title, user = cleanName(title), cleanName(user)
	var d draft
	switch {
	case hasPrefixFold(value, "otpauth://yaotp/"):
		d = draft{uri: value, kind: kindYandex, issuer: title, account: user}
	case hasPrefixFold(value, "motp://"):
		d = draft{uri: value, kind: kindMOTP, issuer: title, account: user}
	case hasPrefixFold(value, "otpauth:"), hasPrefixFold(value, "apple-otpauth:"):
		d = draft{uri: value}
	case hasPrefixFold(value, "steam://"):
		d = draft{kind: string(otpauth.Steam), secret: strings.TrimSuffix(value[len("steam://"):], "/"), issuer: title, account: user}
	case strings.Contains(value, "://"):
		d = draft{uri: value}
	case strings.Contains(value, "=") && strings.Contains(value, "key="):
		d = keeOTP(value)
		d.issuer, d.account = title, user
	default:
		d = draft{secret: value, issuer: title, account: user}
	}
	d.nameBy(title)
	return d
}

// nameBy keeps an item's title as the name, unless the code's own issuer says it.
func (d *draft) nameBy(title string) {
	issuer := d.issuer
	if d.uri != "" && title != "" {
		if k, err := otpauth.Parse(d.uri); err == nil {
			issuer = k.Issuer()
		}
	}
	if title != "" && title != issuer {
		d.details.Name = title
	}
}

// keeOTP reads what KeePass' plugin KeeOtp writes: key=...&size=...&step=...
func keeOTP(value string) draft {
	d := draft{}
	for part := range strings.SplitSeq(value, "&") {
		name, v, _ := strings.Cut(part, "=")
		v = unescapeForm(v)
		switch strings.ToLower(name) {
		case "key":
			d.secret = v
		case "size":
			d.digits = v
		case "step":
			d.period = v
		case "otphashmode":
			d.algorithm = v
		case "type":
			d.kind = v
		case "counter":
			d.counter = v
		case "encoding":
			if !strings.EqualFold(v, "base32") {
				d.err = refuse(UnknownType)
			}
		}
	}
	return d
}

// unescapeForm decodes a form's value, or leaves it as it is.
func unescapeForm(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '+':
			b.WriteByte(' ')
		case s[i] == '%' && i+2 < len(s) && isHex(s[i+1:i+3]):
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

// isRecovery reports whether a field's name is that of recovery codes, in the words that
// services and people use.
func isRecovery(name string) bool {
	name = foldName(name)
	for _, word := range []string{"recovery", "backupcode", "back-upcode", "rescue", "scratchcode", "リカバリー", "バックアップコード", "回復"} {
		if strings.Contains(name, word) {
			return true
		}
	}
	return false
}

// isSecretField reports whether a field's name is that of another secret, which a vault
// of seeds does not take.
func isSecretField(name string) bool {
	name = foldName(name)
	for _, word := range []string{"password", "passwd", "passphrase", "secret", "pin", "token", "cvv", "パスワード"} {
		if strings.Contains(name, word) {
			return true
		}
	}
	return false
}

// field puts a custom field of an item where it belongs.
func (d *draft) field(name, value string) (left string) {
	switch {
	case value == "":
	case isRecovery(name):
		d.details.Recovery = append(d.details.Recovery, value)
	case isSecretField(name):
		return fieldName(name)
	default:
		d.details.other(name, value)
	}
	return ""
}

// addCodes adds the one-time codes of one item, which have all in common but the
// code and the name. An item without one is passed over.
func (r *reading) addCodes(n int, codes []draft, common draft) error {
	if len(codes) == 0 {
		r.notice(PassedOver, 1)
	}
	for i, d := range codes {
		at := Place{Kind: AtEntry, N: n}
		if len(codes) > 1 {
			at.Of = i + 1
		}
		name := d.details.Name
		d.details, d.notices = common.details.clone(), append(d.notices, common.notices...)
		if d.details.Name == "" {
			d.details.Name = name
		}
		if err := r.add(at, d); err != nil {
			return err
		}
	}
	return nil
}

// leftField puts a custom field where it belongs, and says so if that is nowhere.
func (r *reading) leftField(d *draft, name, value string) {
	if left := d.field(name, value); left != "" {
		r.notice(LeftBehind, 1, left)
	}
}
