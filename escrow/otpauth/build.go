package otpauth

import (
	"encoding/base32"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"strconv"
	"strings"
)

// Params are what a person types instead of a URI. Zero values stand for the
// defaults. Printing them shows no secret.
type Params struct {
	Type      Type // TOTP by default
	Issuer    string
	Account   string
	Secret    string // base32, as people write it: a secret
	Algorithm string // any spelling that Parse knows
	Digits    int
	Period    int // seconds
	Counter   uint64
}

// Format keeps the secret out of every verb.
func (p Params) Format(f fmt.State, _ rune) { io.WriteString(f, "otpauth.Params(elided)") }

// LogValue keeps the secret out of structured logs.
func (p Params) LogValue() slog.Value { return slog.StringValue("otpauth.Params(elided)") }

// MarshalText keeps the secret out of JSON and other encodings.
func (p Params) MarshalText() ([]byte, error) { return []byte("otpauth.Params(elided)"), nil }

// Build makes a URI of parameters and judges it as [Parse] does. It writes the
// secret upper case and unpadded and leaves defaults out, as most apps expect.
func Build(p Params) (Key, error) {
	if strings.Contains(p.Issuer+p.Account, ":") {
		return Key{}, refuse(ColonInLabel)
	}
	secret, err := decodeSecret(p.Secret)
	if err != nil {
		return Key{}, err
	}
	kind := p.Type
	if kind == "" {
		kind = TOTP
	}
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
	return Parse(b.String())
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
	if p.Digits != 0 && p.Digits != defaultDigits && kind != Steam {
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
