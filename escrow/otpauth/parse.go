package otpauth

import (
	"net/url"
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
	if p.kind == TOTP && p.issuedBySteam() && asksForSteam(values["digits"]) {
		p.kind = Steam
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

// parseType judges the type with the encoder beside it, by which KeePassXC and
// others mark Steam's codes. Another encoder would make codes unknown here.
func parseType(host string, encoders []string) (Type, error) {
	kind := Type(host)
	switch kind {
	case TOTP, HOTP, Steam:
	default:
		return "", refuse(UnknownType)
	}
	encoder, err := single(encoders)
	switch {
	case err != nil:
		return "", err
	case encoder == "":
		return kind, nil
	case !strings.EqualFold(encoder, string(Steam)) || kind == HOTP:
		return "", refuse(BadEncoder)
	}
	return Steam, nil
}

// issuedBySteam knows Steam by name: Valve's own URIs say totp and issuer=Steam.
func (p *params) issuedBySteam() bool {
	return strings.EqualFold(keyOf(p).Issuer(), string(Steam))
}

// asksForSteam says that a number of digits is absent or Steam's own. With any
// other the URI contradicts its issuer, and what it says counts.
func asksForSteam(digits []string) bool {
	value, _ := single(digits)
	n, ok := number(value)
	return value == "" || ok && n == steamDigits
}

// parseQuery decodes the parameters; names in lower case, values in order.
func parseQuery(query string) (map[string][]string, error) {
	// To most readers a raw # ends the query: what stands behind it counts on one
	// phone and not on the other.
	if _, rest, _ := strings.Cut(query, "#"); strings.Contains(rest, "=") {
		return nil, refuse(HiddenParam)
	}
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
		if hidden(k) {
			return nil, refuse(HiddenParam)
		}
		values[k] = append(values[k], v)
	}
	return values, nil
}

// hidden says that a name is all but one that makes codes, as when a URI was
// copied out of HTML with its &amp;. To pass it over would make wrong codes.
func hidden(name string) bool {
	bare := strings.TrimSpace(strings.TrimPrefix(name, "amp;"))
	switch bare {
	case "secret", "algorithm", "digits", "period", "counter", "encoder":
		return bare != name
	}
	return false
}

// unescape decodes % escapes; the result must be UTF-8 as the URI itself.
func unescape(s string) (string, error) {
	out, err := url.PathUnescape(s)
	if err != nil || !utf8.ValidString(out) {
		return "", refuse(BadEncoding)
	}
	return out, nil
}

// parseLabel reads the names. They make no code, so anything goes. A plus in a
// label is a plus (RFC 3986), unless the issuer parameter shows that whoever
// made the URI meant a space; an escaped one stays a plus even then.
func (p *params) parseLabel(label string, issuers []string) error {
	text, err := unescape(label)
	if err != nil {
		return err
	}
	if len(issuers) > 0 {
		p.issuer = strings.TrimSpace(issuers[0])
	}
	p.labelIssuer, p.account = splitLabel(text, p.issuer)
	spaced, err := unescape(strings.ReplaceAll(label, "+", " "))
	if err != nil {
		return err
	}
	if issuer, account := splitLabel(spaced, p.issuer); issuer != "" && issuer == p.issuer && p.labelIssuer != p.issuer {
		p.labelIssuer, p.account = issuer, account
	}
	return nil
}

// splitLabel sets the issuer apart from the account: the issuer parameter shows
// where, else one colon does. With more of them the whole label is the account,
// as Aegis has it.
func splitLabel(text, issuer string) (labelIssuer, account string) {
	text = strings.TrimSpace(text)
	if rest, ok := strings.CutPrefix(text, issuer+":"); ok && issuer != "" {
		return issuer, strings.TrimSpace(rest)
	}
	if strings.Count(text, ":") == 1 {
		labelIssuer, account, _ = strings.Cut(text, ":")
		return strings.TrimSpace(labelIssuer), strings.TrimSpace(account)
	}
	return "", text
}
