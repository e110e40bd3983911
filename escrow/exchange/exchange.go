// Package exchange takes keys out of other apps' exports, and puts keys into
// exports that other apps take.
//
// So far it knows Google Authenticator's export codes. Start with [ParseGoogle]
// for the text of a code, and with [BuildGoogle] for the way back; an export may
// be spread over several codes, and [GoogleExports] says which are missing.
//
// Whatever the format, each account of an export is an [Entry]: a key, judged by
// package otpauth, or the reason why there is none. An account that is refused
// costs the others nothing, nothing is left out without an entry, and what a
// format cannot carry is refused rather than changed. No error and no printed
// value holds a secret.
//
// The package reads no files and no images, and decides nothing about keys that
// are there already.
package exchange

import (
	"encoding/base32"
	"strings"

	"seedvault/escrow/otpauth"
)

// Entry is one account: taken as a key, or refused.
type Entry struct {
	Position int         // from 1, in the export or the list that held it
	Label    string      // issuer and account, as they came, for a person; may be empty
	Key      otpauth.Key // of a refused account none
	Err      error       // why it is refused: an *[Error] or an *[otpauth.Error]
}

// entry makes an entry of a judged account.
func entry(position int, label string, k otpauth.Key, err error) Entry {
	if err != nil {
		k = otpauth.Key{}
	}
	return Entry{position, label, k, err}
}

// labelOf joins two names as an otpauth URI does. Where they hold the secret
// itself, as in an account that was filled in wrongly, there is no label.
func labelOf(issuer, account string, secret []byte) string {
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

func holds(label string, secret []byte) bool {
	if len(secret) < tellingLength {
		return false
	}
	bare := strings.NewReplacer(" ", "", "-", "").Replace(strings.ToUpper(label))
	typed := base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(secret)
	return strings.Contains(bare, typed) || strings.Contains(label, string(secret))
}
