package exchange

import "sync"

// Reason says why an export, or one account, was refused. It is a stable word, for
// whoever shows the refusal in another language.
type Reason string

// Why one of Google's codes is refused.
const (
	NotGoogle  Reason = "not-google-export"
	TooLong    Reason = "export-too-long"
	NotBase64  Reason = "export-not-base64"
	Damaged    Reason = "export-damaged" // of a file and of one account, too
	Newer      Reason = "export-newer"
	BadPart    Reason = "export-bad-part"
	NoAccounts Reason = "export-no-accounts"
)

// Why a file is refused that may be read in another way, or after something else
// has been done.
const (
	NotRecognised  Reason = "not-recognised"
	UnknownFormat  Reason = "unknown-format"
	NotThatFormat  Reason = "not-that-format"
	CannotWrite    Reason = "cannot-write"
	TooLarge       Reason = "file-too-large"
	UnpacksTooMuch Reason = "unpacks-too-much"
	TooMany        Reason = "too-many-records"
	NeedsPassword  Reason = "needs-password"
	WrongPassword  Reason = "wrong-password"
	NeedsIdentity  Reason = "needs-identity"
	TooDear        Reason = "key-derivation-too-dear"
	UnknownCipher  Reason = "unknown-cipher"
	UnsafeXML      Reason = "xml-doctype"
)

// Why a file is refused that nobody but its owner's own program can open, or that
// has to be exported in another way.
const (
	AccountRestricted Reason = "bitwarden-account-restricted"
	KDBX              Reason = "keepass-database"
	OpenPGP           Reason = "openpgp"
	SQLite            Reason = "sqlite-database"
	SQLCipher         Reason = "sqlcipher-database"
	ZipCrypto         Reason = "zip-crypto"
	WinAuth           Reason = "winauth-settings"
	TOTPAuthenticator Reason = "totp-authenticator-file"
	NoPictures        Reason = "no-picture-reader"
)

// Why one account of an export is refused, beside the reasons of package otpauth.
const (
	MD5              Reason = "md5"
	UnknownAlgorithm Reason = "export-unknown-algorithm"
	UnknownDigits    Reason = "export-unknown-digits"
	UnknownType      Reason = "export-unknown-type"
	BadCounter       Reason = "export-bad-counter"
	NotAKey          Reason = "export-not-a-key"
	NotOneTime       Reason = "export-not-one-time-codes"
	UnreadPicture    Reason = "export-picture-unread"
	NotSaved         Reason = "not-saved"
)

// Why an export cannot carry a key, or what of it.
const (
	NotCarriedType      Reason = "not-carried-type"
	NotCarriedPeriod    Reason = "not-carried-period"
	NotCarriedDigits    Reason = "not-carried-digits"
	NotCarriedCounter   Reason = "not-carried-counter"
	NotCarriedLength    Reason = "not-carried-length"
	NotCarriedMany      Reason = "not-carried-many"
	NotCarriedAlgorithm Reason = "not-carried-algorithm"
)

var reasonText = sync.OnceValue(func() map[Reason]string {
	return map[Reason]string{
		NotGoogle:  "invalid export: not a link of Google Authenticator (otpauth-migration://offline?data=...)",
		TooLong:    "invalid export: longer than 16 KiB",
		NotBase64:  "invalid export: data that is cut off, or not base64",
		Damaged:    "invalid export: cut off, or not put together as its app does",
		Newer:      "invalid export: a version newer than those known here",
		BadPart:    "invalid export: a part that is not 1 to 1,000 of as many",
		NoAccounts: "invalid export: no accounts in it",

		NotRecognised:  "unknown export: none of the formats known here",
		UnknownFormat:  "unknown format: no export is called that here",
		NotThatFormat:  "invalid export: not of the format that was named",
		CannotWrite:    "failed to export: this format can be read and not written",
		TooLarge:       "invalid export: larger than 16 MiB",
		UnpacksTooMuch: "invalid export: unpacks to more than 64 MiB, or nests too deep",
		TooMany:        "invalid export: more than 10,000 records",
		NeedsPassword:  "failed to open export: it has a password",
		WrongPassword:  "failed to open export: a wrong password, or a damaged file",
		NeedsIdentity:  "failed to open export: encrypted with age, and no identity at hand opens it",
		TooDear:        "failed to open export: it asks for more than 1 GiB of memory, or for minutes, to try a password",
		UnknownCipher:  "failed to open export: encrypted in a way not known here",
		UnsafeXML:      "invalid export: XML with a document type, which no export has",

		AccountRestricted: "failed to open export: Bitwarden can open it in the account that made it alone; export again as password protected",
		KDBX:              "failed to open export: a KeePass database; make XML of it with keepassxc-cli export -f xml FILE",
		OpenPGP:           "failed to open export: encrypted with OpenPGP; decrypt it with gpg -d FILE and pass on what comes out",
		SQLite:            "failed to open export: an app's own database; export from the app",
		SQLCipher:         "failed to open export: an encrypted database, as Authenticator Plus makes; export a list from the app",
		ZipCrypto:         "failed to open export: a zip with the old zip encryption; unpack it and pass on the text in it",
		WinAuth:           "failed to open export: WinAuth's own settings, which Windows may have bound to one user; export from WinAuth as a text file",
		TOTPAuthenticator: "failed to open export: a file of TOTP Authenticator, whose digits and periods are not what its app shows; scan the codes anew",
		NoPictures:        "failed to open export: its codes are in pictures, and nothing reads pictures here",

		MD5:              "invalid account: the algorithm MD5, which makes no codes here",
		UnknownAlgorithm: "invalid account: an unknown algorithm",
		UnknownDigits:    "invalid account: an unknown number of digits",
		UnknownType:      "invalid account: an unknown type",
		BadCounter:       "invalid account: a negative counter",
		NotAKey:          "invalid account: no one-time code in it",
		NotOneTime:       "invalid account: a key for something other than one-time codes",
		UnreadPicture:    "invalid account: a picture whose code cannot be read",
		NotSaved:         "not saved",

		NotCarriedType:      "failed to export key: the format carries no codes of this type",
		NotCarriedPeriod:    "failed to export key: the format carries no such period",
		NotCarriedDigits:    "failed to export key: the format carries no such number of digits",
		NotCarriedCounter:   "failed to export key: the format carries no such counter",
		NotCarriedLength:    "failed to export key: secret and names are too long for the format",
		NotCarriedMany:      "failed to export key: the export has 1,000 codes already",
		NotCarriedAlgorithm: "failed to export key: the format carries no such algorithm",
	}
})

// Error is a refusal. It never holds any part of what was refused.
type Error struct{ Reason Reason }

// Error says what is wrong, and nothing of the file.
func (e *Error) Error() string { return reasonText()[e.Reason] }

// Is makes errors.Is compare reasons.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Reason == e.Reason
}

// Refuse returns the [*Error] of a reason.
func Refuse(r Reason) error { return &Error{r} }
