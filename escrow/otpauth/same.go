package otpauth

import (
	"bytes"
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// SameSecret reports whether two keys have one secret, whatever else differs.
func (k Key) SameSecret(other Key) bool {
	return len(k.params().secret) > 0 && bytes.Equal(k.params().secret, other.params().secret)
}

// Equal reports whether two keys give the same codes: secret, type, algorithm,
// digits, and period or counter are the same. Names and spellings do not matter.
func (k Key) Equal(other Key) bool {
	return k.sameCodes(other) && k.params().counter == other.params().counter
}

func (k Key) sameCodes(other Key) bool {
	a, b := k.params(), other.params()
	return k.SameSecret(other) && a.kind == b.kind && a.algorithm == b.algorithm &&
		a.digits == b.digits && a.period == b.period
}

// SameSeed reports whether two keys are one enrolment in two spellings: type,
// secret, algorithm, digits and period are the same, and so are issuer and account
// apart from case, width and spaces. An HOTP key's counter is no part of it.
func (k Key) SameSeed(other Key) bool {
	return k.sameCodes(other) &&
		foldName(k.Issuer()) == foldName(other.Issuer()) && foldName(k.Account()) == foldName(other.Account())
}

// foldName makes one spelling of a name: NFKC, without case, single spaces.
func foldName(s string) string {
	return strings.Join(strings.Fields(cases.Fold().String(norm.NFKC.String(s))), " ")
}
