package speech

import (
	"seedvault/escrow/exchange"
	"seedvault/escrow/otpauth"
)

// Prefixes of messages that are named by a word of another package.
const (
	ReasonPrefix    Message = "reason-"     // otpauth.Reason
	RemarkPrefix    Message = "remark-"     // otpauth.Remark
	CodePrefix      Message = "code-"       // escrow.Code
	KindPrefix      Message = "kind-"       // escrow.Kind
	FatePrefix      Message = "fate-"       // escrow.Fate
	WhyPrefix       Message = "why-"        // escrow.Reason
	ResultPrefix    Message = "result-"     // of a drill
	CopyStatePrefix Message = "copy-state-" // copies.State
	ThingPrefix     Message = "thing-"      // escrow.ThingKind

	KindUnknown Message = "unknown" // of a way in that no record describes
)

// englishTables are the heads and marks of tables, and words for the words of
// other packages.
var englishTables = map[Message]string{
	ColumnIssuer:    "issuer",
	ColumnAccount:   "account",
	ColumnName:      "name",
	ColumnAdded:     "added",
	ColumnReceipt:   "receipt",
	ColumnCode:      "code",
	ColumnNext:      "next",
	ColumnSeconds:   "left",
	ColumnHolder:    "holder",
	ColumnKind:      "kind",
	ColumnKept:      "kept",
	ColumnWho:       "who",
	ColumnRecipient: "recipient",
	MarkNotAccepted: "not yet accepted",
	MarkBy:          "added by %s",
	MarkUnconfirmed: "in %s, which nobody here has confirmed",
	MarkDiffers:     "differs from another of its id",
	MarkSameSecret:  "same secret as %s",
	MarkSameID:      "claims to be %s",

	ReasonPrefix + Message(otpauth.NotOTPAuth):   "not an otpauth:// address",
	ReasonPrefix + Message(otpauth.ExportCode):   "an export of several seeds, which this version does not take apart",
	ReasonPrefix + Message(otpauth.TooLong):      "longer than 4 KiB",
	ReasonPrefix + Message(otpauth.ControlChar):  "a control character in it",
	ReasonPrefix + Message(otpauth.BadEncoding):  "an incomplete percent escape, or not UTF-8",
	ReasonPrefix + Message(otpauth.UnknownType):  "a type other than totp, hotp and steam",
	ReasonPrefix + Message(otpauth.NoSecret):     "no secret in it",
	ReasonPrefix + Message(otpauth.EmptySecret):  "its secret is empty",
	ReasonPrefix + Message(otpauth.Repeated):     "a parameter stands twice, with two values",
	ReasonPrefix + Message(otpauth.BadSecret):    "its secret is not base32 (A-Z and 2-7)",
	ReasonPrefix + Message(otpauth.HiddenParam):  "a parameter behind a raw #, an &amp; or a space",
	ReasonPrefix + Message(otpauth.BadEncoder):   "an encoder other than steam",
	ReasonPrefix + Message(otpauth.BadAlgorithm): "an algorithm other than SHA1, SHA256 and SHA512",
	ReasonPrefix + Message(otpauth.BadDigits):    "a number of digits other than 1 to 10",
	ReasonPrefix + Message(otpauth.BadPeriod):    "a period other than 1 to 86,400 seconds",
	ReasonPrefix + Message(otpauth.NoCounter):    "a counting seed without its counter",
	ReasonPrefix + Message(otpauth.BadCounter):   "its counter is not a whole number",
	ReasonPrefix + Message(otpauth.NotTimeBased): "its codes change with a counter, not with time",
	ReasonPrefix + Message(otpauth.NotCounting):  "its codes change with time, not with a counter",
	ReasonPrefix + Message(otpauth.BeforeEpoch):  "the clock of this machine is before 1970",
	ReasonPrefix + Message(otpauth.NotAKey):      "empty",

	ReasonPrefix + Message(exchange.NotGoogle):         "not a link of Google Authenticator",
	ReasonPrefix + Message(exchange.TooLong):           "an export longer than 16 KiB",
	ReasonPrefix + Message(exchange.NotBase64):         "an export that is cut off, or not base64",
	ReasonPrefix + Message(exchange.Damaged):           "an export that is cut off or damaged",
	ReasonPrefix + Message(exchange.Newer):             "an export of a version newer than 2",
	ReasonPrefix + Message(exchange.BadPart):           "an export whose parts are numbered wrongly",
	ReasonPrefix + Message(exchange.NoAccounts):        "an export without accounts",
	ReasonPrefix + Message(exchange.MD5):               "the algorithm MD5, which no service uses",
	ReasonPrefix + Message(exchange.UnknownAlgorithm):  "an unknown algorithm",
	ReasonPrefix + Message(exchange.UnknownDigits):     "an unknown number of digits",
	ReasonPrefix + Message(exchange.UnknownType):       "an unknown type",
	ReasonPrefix + Message(exchange.BadCounter):        "a negative counter",
	ReasonPrefix + Message(exchange.NotCarriedType):    "Google's codes carry no Steam seeds",
	ReasonPrefix + Message(exchange.NotCarriedPeriod):  "Google's codes carry no period other than 30 seconds",
	ReasonPrefix + Message(exchange.NotCarriedDigits):  "Google's codes carry no number of digits other than 6 and 8",
	ReasonPrefix + Message(exchange.NotCarriedCounter): "its counter is too large for Google's codes",
	ReasonPrefix + Message(exchange.NotCarriedLength):  "too long for a QR code",
	ReasonPrefix + Message(exchange.NotCarriedMany):    "the export has 1,000 codes already",

	RemarkPrefix + Message(otpauth.RemarkDigits):  "its codes do not have 6 to 8 digits, which few apps show",
	RemarkPrefix + Message(otpauth.RemarkPeriod):  "its codes change neither every 30 nor every 60 seconds, which many apps ignore",
	RemarkPrefix + Message(otpauth.RemarkIssuers): "the label names one issuer and the parameter another; both are kept",
	RemarkPrefix + Message(otpauth.RemarkShort):   "its secret is short: fewer than 80 bits",
	RemarkPrefix + Message(otpauth.RemarkOdd):     "its secret has an odd length: a character may be missing; compare the code with the phone's",
	RemarkPrefix + Message(otpauth.RemarkSteam):   "issued by Steam, whose app may show letters instead: compare the code with the phone's",
	RemarkPrefix + Message(otpauth.RemarkNoLabel): "it names neither an issuer nor an account",

	CodePrefix + "damaged":           "damaged",
	CodePrefix + "missing":           "missing",
	CodePrefix + "newer-format":      "written by a newer seedvault",
	CodePrefix + "foreign":           "no seed of this vault",
	CodePrefix + "unreadable":        "decrypts, and cannot be understood",
	CodePrefix + "unknown-file":      "not of this vault, left alone",
	CodePrefix + "special-file":      "a link or a device, not followed",
	CodePrefix + "old-temporary":     "left by an interrupted write, may be deleted",
	CodePrefix + "duplicate":         "a copy under another name, counted once",
	CodePrefix + "line-ends":         "line ends changed by a tool, read all the same",
	CodePrefix + "unfinished-seal":   "a list that was not signed",
	CodePrefix + "no-seal":           "no validly signed list: nothing here counts as accepted",
	CodePrefix + "unconfirmed-epoch": "another vault, which nobody here has confirmed, ignored",
	CodePrefix + "successor-epoch":   "this vault after a rotation, which waits to be confirmed or refused: seedvault open --fingerprint \"...\"",
	CodePrefix + "older-than-seen":   "older than what this machine has seen: is this an old copy?",
	CodePrefix + "lost-deposit":      "added by this machine, and gone",
	CodePrefix + "few-ways-in":       "fewer than two ways into this vault: one loss may lock you out",
	CodePrefix + "classic-holder":    "a key that a quantum computer could break is a way into this post-quantum vault",
	CodePrefix + "differs":           "one seed with two contents: keep one",
	CodePrefix + "no-code":           "an accepted seed that gives no code",

	KindPrefix + "key":        "key",
	KindPrefix + "passphrase": "passphrase",
	KindPrefix + "paper":      "paper",
	KindPrefix + "quorum":     "quorum",

	ColumnResult: "result",
	ColumnSeeds:  "seeds",
	ColumnProven: "last proven",
	ColumnCopy:   "copy",
	ColumnWhere:  "where",
	ColumnState:  "state",
	ColumnSynced: "up to date on",
	ColumnFrom:   "since",
	ColumnTo:     "until",
}
