package otpauth

import (
	"encoding/base32"
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxLength of a URI, in bytes; a QR code holds less than 3,000.
const maxLength = 4096

const scheme = "otpauth://"

// Parse judges a URI. The error is an [*Error] with the reason, and quotes
// nothing of the input.
func Parse(uri string) (Key, error) {
	if err := checkText(uri); err != nil {
		return Key{}, err
	}
	host, label, query, err := split(uri)
	if err != nil {
		return Key{}, err
	}
	values, err := parseQuery(query)
	if err != nil {
		return Key{}, err
	}
	p := &params{uri: uri}
	if p.kind, err = parseType(host, values["encoder"]); err != nil {
		return Key{}, err
	}
	if err := p.parseLabel(label, values["issuer"]); err != nil {
		return Key{}, err
	}
	if err := p.parseValues(values); err != nil {
		return Key{}, err
	}
	p.remark()
	return keyOf(p), nil
}

// checkText refuses what could not be shown or stored on one line.
func checkText(uri string) error {
	if len(uri) > maxLength {
		return refuse(TooLong)
	}
	if !utf8.ValidString(uri) {
		return refuse(BadEncoding)
	}
	if strings.ContainsFunc(uri, unicode.IsControl) {
		return refuse(ControlChar)
	}
	return nil
}

// split takes the URI apart by hand: net/url would drop what follows a # in a
// label, secret and all.
func split(uri string) (host, label, query string, err error) {
	if len(uri) >= len(scheme) && strings.EqualFold(uri[:len(scheme)], scheme) {
		rest, query, _ := strings.Cut(uri[len(scheme):], "?")
		host, label, _ := strings.Cut(rest, "/")
		return strings.ToLower(host), label, query, nil
	}
	if strings.HasPrefix(strings.ToLower(uri), "otpauth-migration://") {
		return "", "", "", refuse(ExportCode)
	}
	return "", "", "", refuse(NotOTPAuth)
}

func parseType(host string, encoder []string) (Type, error) {
	switch Type(host) {
	case TOTP:
		if len(encoder) > 0 && strings.EqualFold(encoder[0], string(Steam)) {
			return Steam, nil
		}
		return TOTP, nil
	case HOTP, Steam:
		return Type(host), nil
	}
	return "", refuse(UnknownType)
}

// parseQuery decodes the parameters; names in lower case, values in order.
func parseQuery(query string) (map[string][]string, error) {
	values := map[string][]string{}
	for part := range strings.SplitSeq(query, "&") {
		if part == "" {
			continue
		}
		key, value, _ := strings.Cut(part, "=")
		k, err1 := unescape(strings.ReplaceAll(key, "+", " "))
		v, err2 := unescape(strings.ReplaceAll(value, "+", " "))
		if err1 != nil || err2 != nil {
			return nil, refuse(BadEncoding)
		}
		k = strings.ToLower(k)
		values[k] = append(values[k], v)
	}
	return values, nil
}

// unescape decodes % escapes; what they decode to must be fit for a line too.
func unescape(s string) (string, error) {
	out, err := url.PathUnescape(s)
	if err != nil || !utf8.ValidString(out) {
		return "", refuse(BadEncoding)
	}
	return out, nil
}

// parseLabel reads the names. They make no code, so anything goes: one colon,
// plain or escaped, sets the issuer apart, and with more of them the whole label
// is the account, as Aegis has it.
func (p *params) parseLabel(label string, issuers []string) error {
	text, err := unescape(label)
	if err != nil {
		return err
	}
	if len(issuers) > 0 {
		p.issuer = strings.TrimSpace(issuers[0])
	}
	p.account = text
	if strings.Count(text, ":") == 1 {
		p.labelIssuer, p.account, _ = strings.Cut(text, ":")
	}
	p.labelIssuer, p.account = strings.TrimSpace(p.labelIssuer), strings.TrimSpace(p.account)
	// A plus in a label is a plus (RFC 3986), unless the issuer parameter shows
	// that whoever made the URI meant a space.
	if spaced := strings.ReplaceAll(p.labelIssuer, "+", " "); spaced == p.issuer && spaced != p.labelIssuer {
		p.labelIssuer, p.account = spaced, strings.ReplaceAll(p.account, "+", " ")
	}
	return nil
}

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

// single returns the one value of a parameter that makes codes. Two that differ
// are refused; the same one twice is only odd.
func single(values []string) (string, error) {
	for _, v := range values {
		if v != values[0] {
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
	p.secret, err = decodeSecret(values[0])
	return err
}

// decodeSecret reads base32 as people and services write it: any case, with
// spaces and dashes, with or without padding. A length that no whole number of
// bytes has leaves bits over; they are dropped, as authenticators do.
func decodeSecret(s string) ([]byte, error) {
	s = strings.ToUpper(strings.TrimRight(strings.Map(dropSeparators, s), "="))
	if s == "" {
		return nil, refuse(EmptySecret)
	}
	if strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") != "" {
		return nil, refuse(BadSecret)
	}
	whole := len(s) * 5 / 8
	padded := s + strings.Repeat("A", (8-len(s)%8)%8)
	secret, err := base32.StdEncoding.DecodeString(padded)
	if err != nil || whole == 0 {
		return nil, refuse(BadSecret)
	}
	return secret[:whole], nil
}

func dropSeparators(r rune) rune {
	if unicode.IsSpace(r) || r == '-' {
		return -1
	}
	return r
}

// parseAlgorithm knows the spellings seen in the wild: sha1, SHA-256, HmacSHA512,
// HMAC_SHA1, Algorithm.sha256.
func (p *params) parseAlgorithm(s string) error {
	s = strings.ToUpper(s)
	s = strings.TrimPrefix(s, "ALGORITHM.")
	s = strings.NewReplacer("-", "", "_", "", " ", "").Replace(s)
	switch a := Algorithm(strings.TrimPrefix(s, "HMAC")); a {
	case SHA1, SHA256, SHA512:
		p.algorithm = a
		return nil
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
	if !ok || n < 1 || n > 86400 {
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
	add(len(p.secret) < 10, RemarkShort)
	steam := strings.EqualFold(p.issuer, "steam") || strings.EqualFold(p.labelIssuer, "steam")
	add(p.kind == TOTP && steam, RemarkSteam)
	add(p.issuer == "" && p.labelIssuer == "" && p.account == "", RemarkNoLabel)
}
