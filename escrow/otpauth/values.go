package otpauth

import (
	"encoding/base32"
	"strconv"
	"strings"
	"unicode"
)

// parseValues reads what makes the codes, strictly.
func (p *params) parseValues(values map[string][]string) error {
	if err := p.parseSecret(values["secret"]); err != nil {
		return err
	}
	p.algorithm, p.digits, p.period = SHA1, defaultDigits, defaultPeriod
	for _, f := range []struct {
		key   string
		parse func(string) error
	}{
		{"algorithm", p.parseAlgorithm},
		{"digits", p.parseDigits},
		{"period", p.parsePeriod},
	} {
		value, err := single(values[f.key])
		if err != nil {
			return err
		}
		if value == "" {
			continue // as good as absent: the default
		}
		if p.kind == HOTP && f.key == "period" {
			continue // makes no code; exporters write it all the same, some as 0
		}
		if err := f.parse(value); err != nil {
			return err
		}
	}
	switch p.kind {
	case HOTP:
		p.period = 0
		return p.parseCounter(values["counter"])
	case Steam:
		p.digits = steamDigits
	}
	return nil
}

// single returns the one value of a parameter that makes codes, "" for none. Two that
// differ in more than their case are refused; the same one twice is only odd.
func single(values []string) (string, error) {
	for _, v := range values {
		if !strings.EqualFold(v, values[0]) {
			return "", refuse(Repeated)
		}
	}
	if len(values) == 0 {
		return "", nil
	}
	return strings.TrimSpace(values[0]), nil
}

func (p *params) parseSecret(values []string) error {
	switch {
	case len(values) == 0:
		return refuse(NoSecret)
	case len(values) > 1:
		return refuse(Repeated)
	}
	var err error
	p.secret, p.bitsOver, err = decodeSecret(values[0])
	return err
}

// decodeSecret reads base32 as people and services write it: any case, with
// spaces and dashes, with or without padding. A length that no whole number of
// bytes has leaves bits over, which is said; they are dropped, as authenticators
// do.
func decodeSecret(s string) (secret []byte, bitsOver bool, err error) {
	s = strings.TrimRight(strings.Map(canonicalRune, s), "=")
	if s == "" {
		return nil, false, refuse(EmptySecret)
	}
	if strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") != "" {
		return nil, false, refuse(BadSecret)
	}
	whole := len(s) * 5 / 8
	padded := s + strings.Repeat("A", (8-len(s)%8)%8)
	secret, err = base32.StdEncoding.DecodeString(padded)
	if err != nil || whole == 0 {
		return nil, false, refuse(BadSecret)
	}
	// An encoder of whole bytes makes a character only for bits that need one.
	return secret[:whole], len(s) != (whole*8+4)/5, nil
}

// canonicalRune drops spaces and dashes of every script, as web pages have them, and
// the _ that some write for a space. It changes the case of ASCII alone: to Unicode a
// dotless i is an I too, and then two secrets would be one.
func canonicalRune(r rune) rune {
	switch {
	case unicode.IsSpace(r) || unicode.Is(unicode.Dash, r) || r == '_':
		return -1
	case 'a' <= r && r <= 'z':
		return r - 'a' + 'A'
	}
	return r
}

// parseAlgorithm knows the spellings seen in the wild: sha1, SHA-256, HmacSHA512,
// HMAC_SHA1, Algorithm.sha256, ALGORITHM_SHA256.
func (p *params) parseAlgorithm(s string) error {
	s = strings.Map(canonicalRune, s)
	s = strings.ReplaceAll(s, ".", "")
	s = strings.TrimPrefix(s, "ALGORITHM")
	switch a := Algorithm(strings.TrimPrefix(s, "HMAC")); a {
	case SHA1, SHA256, SHA512:
		p.algorithm = a
		return nil
	case "MD5":
		return refuse(MD5)
	}
	return refuse(BadAlgorithm)
}

func (p *params) parseDigits(s string) error {
	n, ok := number(s)
	if !ok || n < 1 || n > 10 {
		return refuse(BadDigits)
	}
	p.digits = int(n)
	return nil
}

func (p *params) parsePeriod(s string) error {
	n, ok := number(s)
	if ok && n == 0 {
		return refuse(ZeroPeriod)
	}
	if !ok || n > 86400 {
		return refuse(BadPeriod)
	}
	p.period = int(n)
	return nil
}

func (p *params) parseCounter(values []string) error {
	value, err := single(values)
	if err != nil {
		return err
	}
	if value == "" {
		return refuse(NoCounter)
	}
	n, ok := number(value)
	if !ok {
		return refuse(BadCounter)
	}
	p.counter = n
	return nil
}

// number reads decimal digits and nothing else.
func number(s string) (uint64, bool) {
	if s == "" || strings.Trim(s, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.ParseUint(s, 10, 64)
	return n, err == nil
}

// remark notes what is unusual.
func (p *params) remark() {
	add := func(is bool, r Remark) {
		if is {
			p.remarks = append(p.remarks, r)
		}
	}
	add(p.kind != Steam && (p.digits < 6 || p.digits > 8), RemarkDigits)
	add(p.kind != HOTP && p.period != 30 && p.period != 60, RemarkPeriod)
	add(p.labelIssuer != "" && p.issuer != "" && p.labelIssuer != p.issuer, RemarkIssuers)
	add(p.moreIssuers, RemarkMoreIssuers)
	add(len(p.secret) < 10, RemarkShort)
	add(p.bitsOver, RemarkOdd)
	add(p.kind == TOTP && p.issuedBySteam(), RemarkSteam)
	add(p.issuer == "" && p.labelIssuer == "" && p.account == "", RemarkNoLabel)
}
