package otpauth

import (
	"bytes"
	"crypto/sha256"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// SameSecret reports whether two keys have one secret, whatever else differs.
func (k Key) SameSecret(other Key) bool {
	return len(k.params().secret) > 0 && bytes.Equal(k.params().secret, other.params().secret)
}

// Equal reports whether two keys give the same codes: secret, type, algorithm,
// digits, and period or counter are the same. Names and spellings do not matter.
func (k Key) Equal(other Key) bool {
	a, b := k.params(), other.params()
	return k.SameSecret(other) && a.kind == b.kind && a.algorithm == b.algorithm &&
		a.digits == b.digits && a.period == b.period && a.counter == b.counter
}

// SameSeed reports whether two keys are one enrolment in two spellings: type,
// secret, algorithm, digits and period are the same, and so are issuer and account
// apart from case, width and spaces. An HOTP key's counter is no part of it.
func (k Key) SameSeed(other Key) bool {
	return len(k.params().secret) > 0 && k.SeedMark() == other.SeedMark()
}

// SeedMark is equal for two keys that are one enrolment, see [Key.SameSeed], and for
// no others but zero Keys: for finding it among many. It is made of the secret with a
// hash, and is not to be kept or shown.
func (k Key) SeedMark() [32]byte {
	var b []byte
	for _, part := range k.SeedFields() {
		b = append(strconv.AppendInt(b, int64(len(part)), 10), ' ') // so that no two lists run together
		b = append(b, part...)
	}
	return sha256.Sum256(b)
}

// SeedFields are what two keys have in common that are one enrolment. The secret is among
// them.
func (k Key) SeedFields() []string {
	p := k.params()
	return []string{
		string(p.kind), string(p.secret), string(p.algorithm), strconv.Itoa(p.digits), strconv.Itoa(p.period),
		foldName(k.Issuer()), foldName(k.Account()),
	}
}

// foldName makes one spelling of a name: NFKC, without case, single spaces.
func foldName(s string) string {
	return strings.Join(strings.Fields(withoutCase(norm.NFKC.String(s))), " ")
}
