// Package otpauth is the single judge of otpauth URIs and of the codes they
// give.
//
// Start with [Parse], or with [Build] for a key that somebody types, and ask
// the [Key] for its [Key.Code]. Parse is strict where a wrong value would make a
// wrong code and lenient where it is only a name, and it keeps the URI byte for
// byte.
//
// The URI's form is Google's Key Uri Format
// (https://github.com/google/google-authenticator/wiki/Key-Uri-Format) with what
// services issue in practice; codes are those of RFC 4226 and RFC 6238, and
// Steam's. A [Key] never prints its secret, and no error quotes the input. The
// package reads no clock and no other program's export format.
package otpauth

import (
	"bytes"
	"time"
)

// Type is how a key's codes change.
type Type string

const (
	// TOTP codes change with time (RFC 6238).
	TOTP Type = "totp"
	// HOTP codes change with a counter (RFC 4226).
	HOTP Type = "hotp"
	// Steam codes change with time and are five characters of Steam's alphabet,
	// whatever digits the URI asks for. A URI is Steam's by its type (steam), by
	// encoder=steam or a parameter steam that is bare, 1 or true, or as Valve writes
	// it: type totp, issuer or label Steam or steampowered.com, and no digits or five.
	Steam Type = "steam"
)

// Algorithm is the hash of the HMAC, in its canonical spelling.
type Algorithm string

// The algorithms of RFC 6238.
const (
	SHA1   Algorithm = "SHA1"
	SHA256 Algorithm = "SHA256"
	SHA512 Algorithm = "SHA512"
)

const (
	defaultDigits = 6
	defaultPeriod = 30
	steamDigits   = 5
)

// Key is one judged otpauth URI. It is a value; its zero value is no key and
// gives no code.
type Key struct {
	// A function, because fmt prints what a pointer in an unexported field
	// points to when the verb does not fit it.
	content func() *params
}

// params is what a URI says.
type params struct {
	uri         string
	kind        Type
	labelIssuer string
	issuer      string
	account     string
	secret      []byte
	bitsOver    bool // its base32 has a length that no whole number of bytes gives
	moreIssuers bool // the issuer parameter stands there again, with another name
	algorithm   Algorithm
	digits      int
	period      int // seconds
	counter     uint64
	remarks     []Remark
}

func keyOf(p *params) Key { return Key{func() *params { return p }} }

func (k Key) params() *params {
	if k.content == nil {
		return &params{}
	}
	return k.content()
}

// URI returns the URI byte for byte as it was parsed, as an otpauth URI where
// [Parse] took another spelling. It is the secret itself.
func (k Key) URI() string { return k.params().uri }

// Secret returns a copy of the shared secret, decoded: a secret.
func (k Key) Secret() []byte { return bytes.Clone(k.params().secret) }

// Type returns how the codes change.
func (k Key) Type() Type { return k.params().kind }

// Issuer returns the issuer parameter, or where there is none the label's
// prefix.
func (k Key) Issuer() string {
	if p := k.params(); p.issuer != "" {
		return p.issuer
	}
	return k.params().labelIssuer
}

// LabelIssuer returns the label's prefix, which may differ from [Key.Issuer];
// apps disagree about which counts, so both are to be shown then.
func (k Key) LabelIssuer() string { return k.params().labelIssuer }

// Account returns the label without its issuer prefix. It may be empty.
func (k Key) Account() string { return k.params().account }

// Algorithm returns the hash, SHA1 by default.
func (k Key) Algorithm() Algorithm { return k.params().algorithm }

// Digits returns the length of a code, 1 to 10, by default 6; 5 for Steam.
func (k Key) Digits() int { return k.params().digits }

// Period returns how long a code lasts, 1 s to 24 h, by default 30 s; 0 for HOTP.
func (k Key) Period() time.Duration { return time.Duration(k.params().period) * time.Second }

// Counter returns the counter in an HOTP key's URI: where the key started, not
// where it stands.
func (k Key) Counter() uint64 { return k.params().counter }

// Remark is something unusual that a person may want to know. It refuses
// nothing.
type Remark string

// The remarks that [Key.Remarks] gives.
const (
	// RemarkDigits: the length of a code is not 6 to 8; few apps show such codes.
	RemarkDigits Remark = "digits"
	// RemarkPeriod: the period is neither 30 nor 60 seconds; many apps ignore it.
	RemarkPeriod Remark = "period"
	// RemarkIssuers: the label's issuer and the issuer parameter differ.
	RemarkIssuers Remark = "issuers"
	// RemarkShort: the secret has fewer than 80 bits (RFC 4226 asks for 128).
	RemarkShort Remark = "short-secret"
	// RemarkOdd: the secret's base32 has a length that no whole number of bytes
	// gives; when it was typed, a character may be missing or one too many.
	RemarkOdd Remark = "odd-secret"
	// RemarkSteam: the issuer, or the label alone, is Steam, and the URI asks for
	// another number of digits than Steam's codes have: some apps show Steam's all the
	// same.
	RemarkSteam Remark = "steam-issuer"
	// RemarkMoreIssuers: two issuer parameters differ, and the first counts.
	RemarkMoreIssuers Remark = "more-issuers"
	// RemarkNoLabel: neither an issuer nor an account; it needs a name.
	RemarkNoLabel Remark = "no-label"
)

// Remarks returns what is unusual about the key.
func (k Key) Remarks() []Remark { return append([]Remark(nil), k.params().remarks...) }
