package reading

import (
	"encoding/base32"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strconv"
	"strings"

	"seedvault/escrow/exchange"
	"seedvault/escrow/exchange/internal/parse"
	"seedvault/escrow/otpauth"
)

// Draft is a record as a reader puts it together, unjudged: either a URI or its
// parts, each as the file has it. Numbers are texts, of which "" is absent, so
// that a zero in a file is not taken for a default.
type Draft struct {
	URI string // if the file has one, it is kept byte for byte

	Kind            string // "" is totp
	Issuer, Account string
	Secret          string // base32
	Raw             []byte // the secret in bytes, where the file has those
	Algorithm       string
	Digits, Period  string
	Counter         string
	PIN             string // mOTP's and Yandex's

	Details exchange.Details
	Notices []exchange.Notice
	Err     error // why it cannot be a record, found while reading
}

// Notice says something about the record, should it be taken.
func (d *Draft) Notice(what exchange.Remark, names ...string) {
	d.Notices = append(d.Notices, exchange.Notice{What: what, Names: names})
}

// record judges the draft.
func (d Draft) record() (exchange.Record, []exchange.Notice, error) {
	if d.Err != nil {
		return exchange.Record{}, nil, d.Err
	}
	d.Kind = strings.ToLower(strings.TrimSpace(d.Kind))
	switch d.Kind {
	case exchange.KindMOTP, exchange.KindYandex, "yaotp":
		return d.withoutCodes()
	}
	key, err := d.key()
	if err != nil {
		return exchange.Record{}, nil, err
	}
	if d.PIN != "" {
		d.Details.AddOther("pin", d.PIN)
	}
	var notices []exchange.Notice
	d.Details, notices = d.Details.Fit()
	if d.URI != "" && slices.Contains(key.Remarks(), otpauth.RemarkIssuers) {
		notices = append(notices, exchange.Notice{What: exchange.NamesDiffer})
	}
	return exchange.RecordOf(key, d.Details), notices, nil
}

func (d Draft) key() (otpauth.Key, error) {
	if d.URI != "" {
		return otpauth.Parse(d.URI)
	}
	if isMD5(d.Algorithm) {
		return otpauth.Key{}, exchange.Refuse(exchange.MD5)
	}
	p := otpauth.Params{
		Type: otpauth.Type(d.Kind), Issuer: CleanName(d.Issuer), Account: CleanName(d.Account),
		Secret: otpauth.SecretOf(d.base32()), Algorithm: d.Algorithm,
	}
	var err error
	if p.Type != otpauth.Steam {
		if p.Digits, err = bounded(d.Digits, 10, otpauth.BadDigits); err != nil {
			return otpauth.Key{}, err
		}
	}
	if p.Type != otpauth.HOTP {
		if p.Period, err = bounded(d.Period, 86400, otpauth.BadPeriod); err != nil {
			return otpauth.Key{}, err
		}
	} else if p.Counter, err = counterOf(d.Counter); err != nil {
		return otpauth.Key{}, err
	}
	return otpauth.Build(p)
}

func isMD5(algorithm string) bool {
	return strings.Contains(strings.ToUpper(algorithm), "MD5")
}

// base32 returns the secret as a URI has it. A secret in hex is a reader's to decode.
func (d Draft) base32() string {
	if d.Raw != nil {
		return base32.StdEncoding.EncodeToString(d.Raw)
	}
	return d.Secret
}

// bounded reads a whole number from 1 to a limit. An absent one is 0, which Build takes
// for the default; one that is 0 in the file is refused.
func bounded(s string, limit int, bad otpauth.Reason) (int, error) {
	if s = strings.TrimSpace(s); s == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(parse.TrimFraction(s))
	if err == nil && n == 0 && bad == otpauth.BadPeriod {
		bad = otpauth.ZeroPeriod
	}
	if err != nil || n < 1 || n > limit {
		return 0, &otpauth.Error{Reason: bad}
	}
	return n, nil
}

func counterOf(s string) (uint64, error) {
	if s = strings.TrimSpace(s); s == "" {
		return 0, &otpauth.Error{Reason: otpauth.NoCounter}
	}
	n, err := strconv.ParseUint(parse.TrimFraction(s), 10, 64)
	if err != nil {
		return 0, &otpauth.Error{Reason: otpauth.BadCounter}
	}
	return n, nil
}

// CleanName makes a name fit a URI: on one line, and text.
func CleanName(s string) string {
	return strings.Join(strings.Fields(strings.ToValidUTF8(s, "\uFFFD")), " ")
}

// label returns what a person may see of a draft, judged or not.
func (d Draft) label() string {
	secret, issuer, account := d.Raw, CleanName(d.Issuer), CleanName(d.Account)
	if k, err := otpauth.Parse(d.URI); err == nil {
		secret, issuer, account = k.Secret(), k.Issuer(), k.Account()
	} else if k, err := otpauth.Build(otpauth.Params{Secret: otpauth.SecretOf(d.Secret)}); err == nil && secret == nil {
		secret = k.Secret()
	}
	label := exchange.Label(issuer, account, secret)
	if label == "" {
		label = exchange.Label("", d.Details.Name, secret)
	}
	if d.Secret != "" && strings.Contains(label, d.Secret) {
		return ""
	}
	return label
}

// TrimIssuer takes the issuer off an account that begins with it.
func (d *Draft) TrimIssuer() {
	if rest, ok := strings.CutPrefix(d.Account, d.Issuer+":"); ok && d.Issuer != "" {
		d.Account = strings.TrimSpace(rest)
	}
}

// DecodeBase32 decodes base32 as package otpauth does, or returns nil.
func DecodeBase32(s string) []byte {
	k, err := otpauth.Build(otpauth.Params{Secret: otpauth.SecretOf(s)})
	if err != nil {
		return nil
	}
	return k.Secret()
}

// DropParameters drops what a kind of codes has no use for and apps write all the
// same.
func (d *Draft) DropParameters() {
	switch strings.ToLower(d.Kind) {
	case string(otpauth.Steam):
		d.Algorithm, d.Digits = "", ""
	case exchange.KindMOTP, exchange.KindYandex:
		d.Algorithm, d.Digits, d.Period = "", "", ""
	}
}

// Format keeps the secret out of every verb.
func (d Draft) Format(f fmt.State, _ rune) { io.WriteString(f, d.String()) }

// String keeps the secret out of text.
func (d Draft) String() string { return "reading.Draft(elided)" }

// LogValue keeps the secret out of structured logs.
func (d Draft) LogValue() slog.Value { return slog.StringValue(d.String()) }

// MarshalText keeps the secret out of JSON and other encodings.
func (d Draft) MarshalText() ([]byte, error) { return []byte(d.String()), nil }
