package format

import (
	"encoding/hex"
	"errors"
	"strings"
	"unicode"
)

// Fingerprint is the SHA-256 of an epoch's vault.txt. It names one vault key's
// lifetime, and a machine that has pinned it writes to no other.
type Fingerprint [32]byte

// ErrFingerprint is returned for text that is not a fingerprint.
var ErrFingerprint = errors.New("invalid fingerprint: 32 hexadecimal digits in groups of 4, as on the sheet")

// ParseFingerprint reads all 64 digits, as [Fingerprint.Hex] gives them. The error is
// [ErrFingerprint].
func ParseFingerprint(s string) (Fingerprint, error) {
	sum, ok := parseSum(s)
	if !ok {
		return Fingerprint{}, ErrFingerprint
	}
	return sum, nil
}

// String gives the fingerprint as people compare it: its first 32 digits in 8
// groups of 4, the beginning of what sha256sum prints for vault.txt.
func (f Fingerprint) String() string {
	h := f.Hex()
	groups := make([]string, 8)
	for i := range groups {
		groups[i] = h[4*i : 4*i+4]
	}
	return strings.Join(groups, " ")
}

// Hex gives all 64 digits, lower case.
func (f Fingerprint) Hex() string { return hex.EncodeToString(f[:]) }

// Short gives the first 16 digits, which stand in the name of the epoch's folder.
func (f Fingerprint) Short() string { return f.Hex()[:16] }

// IsZero reports that no fingerprint is known.
func (f Fingerprint) IsZero() bool { return f == Fingerprint{} }

// Matches reports whether what a person typed is the beginning of the fingerprint: 32
// to 64 digits, in any case, with any spaces. Anything else is [ErrFingerprint], fewer
// digits too, since an attacker can search for a short match.
func (f Fingerprint) Matches(typed string) (bool, error) {
	digits := strings.ToLower(strings.Map(dropSpace, typed))
	if len(digits) < 32 || len(digits) > 64 || strings.Trim(digits, "0123456789abcdef") != "" {
		return false, ErrFingerprint
	}
	return strings.HasPrefix(f.Hex(), digits), nil
}

func dropSpace(r rune) rune {
	if unicode.IsSpace(r) {
		return -1
	}
	return r
}
