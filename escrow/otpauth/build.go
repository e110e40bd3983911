package otpauth

import (
	"encoding/base32"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Params are what a person types, or another app exports, instead of a URI. Zero
// values stand for the defaults.
type Params struct {
	Type      Type // TOTP by default
	Issuer    string
	Account   string
	Secret    Secret
	Algorithm string // any spelling that Parse knows
	Digits    int
	Period    int // seconds
	Counter   uint64
}

// Secret is the shared secret of a key that has yet to be built: as somebody
// typed it, unjudged. Whatever prints it, or a struct that holds it, shows
// nothing of it.
type Secret struct {
	text func() string // a function, because fmt would print a string
}

// SecretOf takes a secret in base32, as people and services write it; [Build]
// judges it.
func SecretOf(base32 string) Secret { return Secret{func() string { return base32 }} }

// base32 returns the secret as it was typed.
func (s Secret) base32() string {
	if s.text == nil {
		return ""
	}
	return s.text()
}

// Build makes a URI of parameters and judges it as [Parse] does; the error is an
// [*Error]. It writes the secret upper case and unpadded, and leaves out what is
// default, as most apps expect, save the digits that p gives and an HOTP key's counter.
// As in every URI, an account with one colon and no issuer is read as both, and
// a TOTP key of the issuer Steam is Steam's unless Digits says otherwise.
func Build(p Params) (Key, error) {
	secret, bitsOver, err := decodeSecret(p.Secret.base32())
	if err != nil {
		return Key{}, err
	}
	kind := p.Type
	switch kind {
	case "":
		kind = TOTP
	case TOTP, HOTP, Steam:
	default:
		return Key{}, refuse(UnknownType)
	}
	if !utf8.ValidString(p.Issuer) || !utf8.ValidString(p.Account) {
		return Key{}, refuse(BadEncoding)
	}
	p.Issuer, p.Account = strings.TrimSpace(p.Issuer), strings.TrimSpace(p.Account)
	var b strings.Builder
	b.WriteString(scheme + string(kind) + "/")
	if p.Issuer != "" {
		b.WriteString(escape(p.Issuer) + ":")
	}
	b.WriteString(escape(p.Account))
	b.WriteString("?secret=" + base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(secret))
	if p.Issuer != "" {
		b.WriteString("&issuer=" + escape(p.Issuer))
	}
	if err := writeCodeParams(&b, p, kind); err != nil {
		return Key{}, err
	}
	k, err := Parse(b.String())
	if err == nil && bitsOver {
		// The URI no longer shows it, and whoever typed the secret should know.
		judged := k.params()
		judged.remarks = append(judged.remarks, RemarkOdd)
	}
	return k, err
}

func writeCodeParams(b *strings.Builder, p Params, kind Type) error {
	var judged params
	if p.Algorithm != "" {
		if err := judged.parseAlgorithm(p.Algorithm); err != nil {
			return err
		}
		if judged.algorithm != SHA1 {
			b.WriteString("&algorithm=" + string(judged.algorithm))
		}
	}
	if p.Digits != 0 && kind != Steam {
		// Six too: beside the issuer Steam it tells a TOTP key from Steam's.
		b.WriteString("&digits=" + strconv.Itoa(p.Digits))
	}
	if p.Period != 0 && p.Period != defaultPeriod && kind != HOTP {
		b.WriteString("&period=" + strconv.Itoa(p.Period))
	}
	if kind == HOTP {
		b.WriteString("&counter=" + strconv.FormatUint(p.Counter, 10))
	}
	return nil
}

// escape encodes all but letters, digits and -_.~, and a space as %20, which is
// read the same in a label and in a query.
func escape(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }

// ASCII returns the URI with what is not ASCII percent encoded: another spelling
// of the same key, for QR codes, whose readers disagree about other characters.
// It is the secret itself.
func (k Key) ASCII() string {
	uri := k.URI()
	var b strings.Builder
	for i := range len(uri) {
		if c := uri[i]; c < utf8.RuneSelf {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}
