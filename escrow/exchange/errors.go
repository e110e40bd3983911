package exchange

// Reason says why an export, or one account, was refused. It is a stable word,
// for whoever shows the refusal in another language.
type Reason string

// Why an export is refused.
const (
	NotGoogle  Reason = "not-google-export"
	TooLong    Reason = "export-too-long"
	NotBase64  Reason = "export-not-base64"
	Damaged    Reason = "export-damaged" // of one account, too
	Newer      Reason = "export-newer"
	BadPart    Reason = "export-bad-part"
	NoAccounts Reason = "export-no-accounts"
)

// Why one account of an export is refused, beside the reasons of package otpauth.
const (
	MD5              Reason = "md5"
	UnknownAlgorithm Reason = "export-unknown-algorithm"
	UnknownDigits    Reason = "export-unknown-digits"
	UnknownType      Reason = "export-unknown-type"
	BadCounter       Reason = "export-bad-counter"
)

// Why an export cannot carry a key.
const (
	NotCarriedType    Reason = "not-carried-type"
	NotCarriedPeriod  Reason = "not-carried-period"
	NotCarriedDigits  Reason = "not-carried-digits"
	NotCarriedCounter Reason = "not-carried-counter"
	NotCarriedLength  Reason = "not-carried-length"
	NotCarriedMany    Reason = "not-carried-many"
)

var reasonText = map[Reason]string{
	NotGoogle:  "invalid export: not a link of Google Authenticator (otpauth-migration://offline?data=...)",
	TooLong:    "invalid export: longer than 16 KiB",
	NotBase64:  "invalid export: data that is cut off, or not base64",
	Damaged:    "invalid export: cut off, or not put together as Google Authenticator does",
	Newer:      "invalid export: a version newer than 2",
	BadPart:    "invalid export: a part that is not 1 to 1,000 of as many",
	NoAccounts: "invalid export: no accounts in it",

	MD5:              "invalid account: the algorithm MD5, which makes no codes here",
	UnknownAlgorithm: "invalid account: an unknown algorithm",
	UnknownDigits:    "invalid account: an unknown number of digits",
	UnknownType:      "invalid account: an unknown type",
	BadCounter:       "invalid account: a negative counter",

	NotCarriedType:    "failed to export key: Google's codes carry no other types than TOTP and HOTP",
	NotCarriedPeriod:  "failed to export key: Google's codes carry no period other than 30 seconds",
	NotCarriedDigits:  "failed to export key: Google's codes carry no number of digits other than 6 and 8",
	NotCarriedCounter: "failed to export key: Google's codes carry no counter above 2^63-1",
	NotCarriedLength:  "failed to export key: secret and names are too long for a QR code",
	NotCarriedMany:    "failed to export key: the export has 1,000 codes already",
}

// Error is a refusal. It never holds any part of what was refused.
type Error struct{ Reason Reason }

func (e *Error) Error() string { return reasonText[e.Reason] }

// Is makes errors.Is compare reasons.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Reason == e.Reason
}

func refuse(r Reason) error { return &Error{r} }
