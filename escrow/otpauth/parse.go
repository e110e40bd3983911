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
//
// Two other spellings of the same are taken, and are otpauth URIs from then on
// ([Key.URI]): apple-otpauth://, by which a page asks for Apple's app, and
// steam://SECRET.
func Parse(uri string) (Key, error) {
	if err := checkText(uri); err != nil {
		return Key{}, err
	}
	uri = respell(uri)
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
	p.parseLabel(label, values["issuer"])
	if p.kind == TOTP && p.isSteams(values) {
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
	return "", "", "", refuse(reasonFor(uri))
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
		key, _ = unescape(strings.ReplaceAll(key, "+", " "))
		key = strings.ToLower(key)
		value, whole := unescape(strings.ReplaceAll(value, "+", " "))
		switch {
		case hidden(key):
			return nil, refuse(HiddenParam)
		case !whole && makesCodes(key):
			return nil, refuse(BadEncoding)
		}
		values[key] = append(values[key], value)
	}
	return values, nil
}

// hidden reports whether a name is that of a parameter that makes codes but for an amp;
// or spaces around it, as when a URI was copied out of HTML with its &amp;. To pass it
// over would make wrong codes.
func hidden(name string) bool {
	bare := strings.TrimSpace(strings.TrimPrefix(name, "amp;"))
	return bare != name && makesCodes(bare)
}

// makesCodes reports whether a parameter of that name changes what codes a key gives.
func makesCodes(name string) bool {
	switch name {
	case "secret", "algorithm", "digits", "period", "counter", "encoder", steamParam:
		return true
	}
	return false
}

// unescape decodes % escapes, and reports whether all of them are whole and the
// result is UTF-8, as the URI itself is. Otherwise it returns the text as it stands.
func unescape(s string) (text string, whole bool) {
	out, err := url.PathUnescape(s)
	if err != nil || !utf8.ValidString(out) {
		return s, false
	}
	return out, true
}

// parseLabel reads the names. They make no code, so anything goes, a bad escape
// too. A plus in a label is a plus (RFC 3986), unless the issuer parameter shows
// that whoever made the URI meant a space; an escaped one stays a plus even then.
func (p *params) parseLabel(label string, issuers []string) {
	text, _ := unescape(label)
	if len(issuers) > 0 {
		p.issuer = strings.TrimSpace(issuers[0])
	}
	for _, other := range issuers {
		p.moreIssuers = p.moreIssuers || other != issuers[0]
	}
	p.labelIssuer, p.account = splitLabel(text, p.issuer)
	spaced, _ := unescape(strings.ReplaceAll(label, "+", " "))
	if issuer, account := splitLabel(spaced, p.issuer); issuer != "" && issuer == p.issuer && p.labelIssuer != p.issuer {
		p.labelIssuer, p.account = issuer, account
	}
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
