package reading

import (
	"strings"

	"seedvault/escrow/exchange"
	"seedvault/escrow/exchange/internal/parse"
)

// IsRecovery reports whether a field's name is that of recovery codes, in the words that
// services and people use.
func IsRecovery(name string) bool {
	name = parse.FoldName(name)
	for _, word := range []string{"recovery", "backupcode", "back-upcode", "rescue", "scratchcode", "リカバリー", "バックアップコード", "回復"} {
		if strings.Contains(name, word) {
			return true
		}
	}
	return false
}

// IsSecretField reports whether a field's name is that of another secret, which a vault
// of seeds does not take.
func IsSecretField(name string) bool {
	name = parse.FoldName(name)
	for _, word := range []string{"password", "passwd", "passphrase", "secret", "pin", "token", "cvv", "パスワード"} {
		if strings.Contains(name, word) {
			return true
		}
	}
	return false
}

// PutField puts a custom field of an item where it belongs, and returns its name where
// that is nowhere.
func (d *Draft) PutField(name, value string) (left string) {
	switch {
	case value == "":
	case IsRecovery(name):
		d.Details.Recovery = append(d.Details.Recovery, value)
	case IsSecretField(name):
		return exchange.FieldName(name)
	default:
		d.Details.AddOther(name, value)
	}
	return ""
}
