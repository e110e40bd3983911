package exchange

import (
	"encoding/base32"
	"strings"
)

// Label joins two names as an otpauth URI does. Where they hold the secret itself, as in
// an account that was filled in wrongly, there is no label: as its bytes, or in base32, in
// either case, with or without spaces and hyphens. A secret of fewer than 5 bytes is not
// looked for.
func Label(issuer, account string, secret []byte) string {
	label := account
	if issuer != "" {
		label = strings.TrimSuffix(issuer+":"+account, ":")
	}
	if holds(label, secret) {
		return ""
	}
	return label
}

// tellingLength of a secret, in bytes, is one that no name holds by chance.
const tellingLength = 5

var noSpacing = strings.NewReplacer(" ", "", "-", "")

func holds(label string, secret []byte) bool {
	if len(secret) < tellingLength {
		return false
	}
	bare := noSpacing.Replace(strings.ToUpper(label))
	typed := base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(secret)
	return strings.Contains(bare, typed) || strings.Contains(label, string(secret))
}
