package otpauth

import "strings"

// Other spellings of an otpauth URI.
const (
	appleScheme = "apple-otpauth://" // https://developer.apple.com/documentation/authenticationservices
	steamScheme = "steam://"         // Bitwarden and KeePassXC keep Steam's secret so
	steamParam  = "steam"
)

// respell makes an otpauth URI of the other spellings that are known.
func respell(uri string) string {
	lower := strings.ToLower(uri)
	if strings.HasPrefix(lower, appleScheme) {
		return scheme + uri[len(appleScheme):]
	}
	if secret := uri[min(len(uri), len(steamScheme)):]; strings.HasPrefix(lower, steamScheme) && isKeyText(secret) {
		return scheme + string(Steam) + "/Steam?secret=" + escape(secret) + "&issuer=Steam"
	}
	return uri
}

// isSteams reports whether a URI of type totp means Steam's codes: by a parameter
// steam, or by its name. Valve's own URIs say totp and issuer=Steam.
func (p *params) isSteams(values map[string][]string) bool {
	if marks, marked := values[steamParam]; marked && (marks[0] == "" || isTrue(marks[0])) {
		return true
	}
	return p.issuedBySteam() && asksForSteam(values["digits"])
}

func isTrue(s string) bool { return s == "1" || strings.EqualFold(s, "true") }

// issuedBySteam knows Steam by the issuer, or by a label of that name alone.
func (p *params) issuedBySteam() bool {
	issuer := keyOf(p).Issuer()
	if issuer == "" {
		issuer = p.account
	}
	issuer = strings.ToLower(issuer)
	const site = "steampowered.com"
	return issuer == string(Steam) || issuer == site || strings.HasSuffix(issuer, "."+site)
}

// asksForSteam reports whether a number of digits is absent or Steam's own. With any
// other the URI contradicts its issuer, and what it says counts.
func asksForSteam(digits []string) bool {
	value, _ := single(digits)
	n, ok := number(value)
	return value == "" || ok && n == steamDigits
}

// reasonFor says what a text is that is no otpauth URI, where that can be told.
func reasonFor(text string) Reason {
	lower := strings.ToLower(text)
	for _, known := range []struct {
		prefix string
		reason Reason
	}{
		{"otpauth-migration://", ExportCode},
		{"phonefactor://", OtherAppOnly}, // Microsoft Authenticator, with approval by push
		{"msauth", OtherAppOnly},         // likewise
		{"oktaverify", OtherAppOnly},     // Okta Verify
		{"com-okta", OtherAppOnly},       // likewise
		{"duo://", OtherAppOnly},         // Duo Mobile
		{"https://m-", OtherAppOnly},     // Duo's activation links, m-1a2b3c4d.duosecurity.com
		{"secure-auth://", OtherAppOnly}, // SecureAuth
		{"blizzard://", OtherAppOnly},    // Battle.net
		{"symantec", OtherAppOnly},       // VIP Access
		{"http://", WebLink},
		{"https://", WebLink},
	} {
		if strings.HasPrefix(lower, known.prefix) {
			return known.reason
		}
	}
	if scheme, _, found := strings.Cut(lower, "://"); found && isScheme(scheme) {
		return OtherAppOnly
	}
	if isKeyText(text) {
		return BareKey
	}
	return NotOTPAuth
}

// isScheme reports whether a text has the form of a URI's scheme (RFC 3986, 3.1).
func isScheme(s string) bool {
	return s != "" && s[0] >= 'a' && s[0] <= 'z' && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789+-.") == ""
}

// isKeyText reports whether a text looks like a secret as web pages show it: base32,
// with spaces and dashes at most, of 80 bits or more.
func isKeyText(s string) bool {
	secret, _, err := decodeSecret(s)
	return err == nil && len(secret) >= 10
}
