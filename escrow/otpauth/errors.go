package otpauth

import "seedvault/internal/lazy"

// Reason says why a URI was refused, or why a key has no such code. It is a stable word,
// for whoever shows the refusal in another language.
type Reason string

// The reasons that [Parse] and [Build] give, and from NotTimeBased on those of
// [Key.Code], [Key.Next] and [Key.HOTP].
const (
	NotOTPAuth   Reason = "not-otpauth"
	ExportCode   Reason = "export-code"
	OtherAppOnly Reason = "other-app-only"
	WebLink      Reason = "web-link"
	BareKey      Reason = "bare-key"
	TooLong      Reason = "too-long"
	ControlChar  Reason = "control-character"
	BadEncoding  Reason = "bad-encoding"
	UnknownType  Reason = "unknown-type"
	NoSecret     Reason = "no-secret"
	EmptySecret  Reason = "empty-secret"
	Repeated     Reason = "repeated-parameter"
	BadSecret    Reason = "bad-secret"
	HiddenParam  Reason = "hidden-parameter"
	BadEncoder   Reason = "unknown-encoder"
	BadAlgorithm Reason = "unknown-algorithm"
	MD5          Reason = "md5-algorithm"
	BadDigits    Reason = "bad-digits"
	BadPeriod    Reason = "bad-period"
	ZeroPeriod   Reason = "zero-period"
	NoCounter    Reason = "no-counter"
	BadCounter   Reason = "bad-counter"
	NotTimeBased Reason = "not-time-based"
	NotCounting  Reason = "not-counter-based"
	BeforeEpoch  Reason = "before-1970"
	NotAKey      Reason = "not-a-key"
)

var reasonText = lazy.Value[map[Reason]string]{Make: func() map[Reason]string {
	return map[Reason]string{
		NotOTPAuth:   "not an otpauth:// address",
		ExportCode:   "an export of several keys (otpauth-migration), not a single one",
		OtherAppOnly: "a code that only the service's own app reads",
		WebLink:      "the address of a web page",
		BareKey:      "a bare key without the address around it",
		TooLong:      "longer than 4 KiB",
		ControlChar:  "a control character or a line end in it",
		BadEncoding:  "an incomplete % escape, or not UTF-8",
		UnknownType:  "a type other than totp, hotp and steam",
		NoSecret:     "no secret",
		EmptySecret:  "an empty secret",
		Repeated:     "a parameter given twice",
		BadSecret:    "a secret that is not base32 (A-Z and 2-7)",
		HiddenParam:  "a parameter behind a raw #, an &amp; or a space",
		BadEncoder:   "an encoder other than steam",
		BadAlgorithm: "an algorithm other than SHA1, SHA256 and SHA512",
		MD5:          "the algorithm MD5, which no authenticator app has",
		BadDigits:    "a number of digits that is not 1 to 10",
		BadPeriod:    "a period that is not 1 to 86,400 seconds",
		ZeroPeriod:   "a period of 0 seconds",
		NoCounter:    "an hotp key without its counter",
		BadCounter:   "a counter that is not a whole number",
		NotTimeBased: "codes that change with a counter, not with time",
		NotCounting:  "codes that change with time, not with a counter",
		BeforeEpoch:  "a time before 1970",
		NotAKey:      "no key",
	}
}}

// Error is a refusal. It never holds any part of what was refused.
type Error struct{ Reason Reason }

// Error says what is wrong, and nothing of the key.
func (e *Error) Error() string { return "invalid otpauth key: " + reasonText.Get()[e.Reason] }

// Is makes errors.Is compare reasons.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Reason == e.Reason
}

func refuse(r Reason) error { return &Error{r} }
