package exchange

import (
	"encoding/base32"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"seedvault/escrow/otpauth"
)

// draft is a record as a reader puts it together, unjudged: either a URI or its
// parts, each as the file has it. Numbers are texts, of which "" is absent, so
// that a zero in a file is not taken for a default.
type draft struct {
	uri string // if the file has one, it is kept byte for byte

	kind            string // "" is totp
	issuer, account string
	secret          string // base32
	raw             []byte // the secret in bytes, where the file has those
	algorithm       string
	digits, period  string
	counter         string
	pin             string // mOTP's and Yandex's

	details Details
	notices []Notice
	err     error // why it cannot be a record, found while reading
}

func (d *draft) notice(what Remark, names ...string) {
	d.notices = append(d.notices, Notice{What: what, Names: names})
}

// record judges the draft.
func (d draft) record() (Record, []Notice, error) {
	if d.err != nil {
		return Record{}, nil, d.err
	}
	d.kind = strings.ToLower(strings.TrimSpace(d.kind))
	switch d.kind {
	case kindMOTP, kindYandex, "yaotp":
		return d.withoutCodes()
	}
	key, err := d.key()
	if err != nil {
		return Record{}, nil, err
	}
	if d.pin != "" {
		d.details.other("pin", d.pin)
	}
	notices := d.fit()
	if d.uri != "" && slices.Contains(key.Remarks(), otpauth.RemarkIssuers) {
		notices = append(notices, Notice{What: NamesDiffer})
	}
	return newRecord(key.URI(), key, d.details), notices, nil
}

func (d draft) key() (otpauth.Key, error) {
	if d.uri != "" {
		return otpauth.Parse(d.uri)
	}
	if isMD5(d.algorithm) {
		return otpauth.Key{}, refuse(MD5)
	}
	p := otpauth.Params{
		Type: otpauth.Type(d.kind), Issuer: cleanName(d.issuer), Account: cleanName(d.account),
		Secret: otpauth.SecretOf(d.base32()), Algorithm: d.algorithm,
	}
	var err error
	if p.Type != otpauth.Steam {
		if p.Digits, err = bounded(d.digits, 10, otpauth.BadDigits); err != nil {
			return otpauth.Key{}, err
		}
	}
	if p.Type != otpauth.HOTP {
		if p.Period, err = bounded(d.period, 86400, otpauth.BadPeriod); err != nil {
			return otpauth.Key{}, err
		}
	} else if p.Counter, err = counterOf(d.counter); err != nil {
		return otpauth.Key{}, err
	}
	return otpauth.Build(p)
}

func isMD5(algorithm string) bool {
	return strings.Contains(strings.ToUpper(algorithm), "MD5")
}

// base32 is the secret as a URI has it. A secret in hex is a reader's to decode.
func (d draft) base32() string {
	if d.raw != nil {
		return base32.StdEncoding.EncodeToString(d.raw)
	}
	return d.secret
}

// bounded reads a whole number from 1. An absent one is 0, which Build takes for
// the default; one that is 0 in the file is none.
func bounded(s string, limit int, bad otpauth.Reason) (int, error) {
	if s = strings.TrimSpace(s); s == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(whole(s))
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
	n, err := strconv.ParseUint(whole(s), 10, 64)
	if err != nil {
		return 0, &otpauth.Error{Reason: otpauth.BadCounter}
	}
	return n, nil
}

// whole drops the fraction that some programs write after a whole number.
func whole(s string) string { return strings.TrimSuffix(s, ".0") }

// cleanName makes a name fit a URI: on one line, and text.
func cleanName(s string) string { return oneLine(strings.ToValidUTF8(s, "\uFFFD")) }

func isHex(s string) bool {
	_, err := hex.DecodeString(s)
	return err == nil && s != ""
}

// label is what a person may see of a draft, judged or not.
func (d draft) label() string {
	secret, issuer, account := d.raw, cleanName(d.issuer), cleanName(d.account)
	if k, err := otpauth.Parse(d.uri); err == nil {
		secret, issuer, account = k.Secret(), k.Issuer(), k.Account()
	} else if k, err := otpauth.Build(otpauth.Params{Secret: otpauth.SecretOf(d.secret)}); err == nil && secret == nil {
		secret = k.Secret()
	}
	label := labelOf(issuer, account, secret)
	if label == "" && !holds(d.details.Name, secret) {
		label = d.details.Name
	}
	if d.secret != "" && strings.Contains(label, d.secret) {
		return ""
	}
	return label
}
