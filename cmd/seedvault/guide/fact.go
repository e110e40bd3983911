package guide

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/internal/lazy"
)

// CallForm is how a caller's fact is taken and said.
type CallForm string

// The forms of facts. What is only to be at hand is not taken at all.
const (
	FormNone    CallForm = ""
	FormName    CallForm = "name"    // in Latin letters
	FormAccount CallForm = "account" // twelve digits
	FormMail    CallForm = "mail"
	FormPhone   CallForm = "phone" // with its country code
	FormAddress CallForm = "address"
	FormLast4   CallForm = "last4" // of a payment card
	FormAmount  CallForm = "amount"
	FormCode    CallForm = "code" // any letters and digits: of a case, or from a mail
)

// Told is a fact that the caller filled in: as it is to be written, and as it is
// said.
type Told struct {
	Written string
	Aloud   Aloud
}

// japan is the country code of Japan.
const japan = "81"

// What is wrong with an answer that cannot be one.
var (
	notLatin   = Text{"Only Latin letters can be spelled in English. Type it as it stands in the account, or in a passport.", "英語で綴れるのはローマ字だけです。アカウントに登録したとおり、またはパスポートのとおりに入力してください。"}
	notAccount = Text{"An account ID has twelve digits.", "アカウント ID は数字 12 桁です。"}
	notMail    = Text{"A mail address has one @, with a name before it and a domain behind it.", "メールアドレスは、@ が 1 つで、その前に名前、後ろにドメインがあります。"}
	notPhone   = Text{"Type the number with + and the country code: +81 90-1234-5678, not 090-1234-5678.", "電話番号を + と国番号から入力してください（+81 90-1234-5678）。日本の番号なら 090-1234-5678 のままでもかまいません。"}
	notAmount  = Text{"Type a sum, such as 12.34 for dollars or 1234 yen.", "金額を入力してください。12.34 ならドル、1234円なら円です。"}
	notLast4   = Text{"Type the last four digits alone, and never a whole card number. What you typed is not kept.", "下 4 桁だけを入力してください。カード番号の全桁は決して使いません。入力したものは残していません。"}
	notACode   = Text{"Type letters and digits as they stand there.", "書いてあるとおりの英字と数字を入力してください。"}
)

// Take reads what the caller typed for a fact of a form. Problem says in both
// languages why it cannot be one; it is zero if it can.
func (f CallForm) Take(typed string, l words.Language) (told Told, problem Text) {
	text := strings.Join(strings.Fields(console.Safe(norm.NFKC.String(typed), 0)), " ")
	if f != FormPhone && f != FormAccount && holdsCard(text) {
		return Told{}, notLast4
	}
	digits := digitsIn(text)
	switch f {
	case FormMail:
		text = strings.ReplaceAll(text, " ", "")
		if !mailForm.Get().MatchString(text) {
			return Told{}, notMail
		}
		return Told{text, Mail(text)}, Text{}
	case FormAccount:
		if len(digits) != 12 || strings.ContainsFunc(text, unicode.IsLetter) {
			return Told{}, notAccount
		}
		return Told{digits, digitsOf(digits)}, Text{}
	case FormPhone:
		number, ok := phoneNumber(text, l)
		if !ok {
			return Told{}, notPhone
		}
		return Told{number, Phone(number)}, Text{}
	case FormLast4:
		if len(digits) != 4 || len(text) != 4 {
			return Told{}, notLast4
		}
		return Told{digits, digitsOf(digits)}, Text{}
	case FormAmount:
		written, aloud, ok := Amount(text)
		if !ok {
			return Told{}, notAmount
		}
		return Told{written, aloud}, Text{}
	case FormCode:
		if !latin(text) || !strings.ContainsFunc(text, letterOrDigit) {
			return Told{}, notACode
		}
		return Told{text, Spell(text)}, Text{}
	}
	if !latin(text) || !strings.ContainsFunc(text, unicode.IsLetter) {
		return Told{}, notLatin
	}
	return Told{text, Words(text)}, Text{}
}

// mailForm is what a mail address looks like that can be said on the telephone.
var mailForm = lazy.Value[*regexp.Regexp]{Make: func() *regexp.Regexp {
	return regexp.MustCompile(`^[A-Za-z0-9.!#$%&'*+/=?^_{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$`)
}}

// phoneNumber brings a number into the form that the account wants: + and digits
// alone. A number without a country code is taken as one of Japan from somebody who
// reads Japanese, and is none from anybody else. Of a number of Japan the zero that
// is dialled within the country is left out.
func phoneNumber(text string, l words.Language) (string, bool) {
	digits := digitsIn(text)
	if strings.ContainsFunc(text, func(r rune) bool { return !isDigit(r) && !strings.ContainsRune("+-() .‐‑‒–—−", r) }) {
		return "", false
	}
	switch {
	case strings.HasPrefix(text, "+"):
	case strings.HasPrefix(digits, "0") && !strings.HasPrefix(digits, "00") && l == words.Japanese:
		digits = japan + digits
	default:
		return "", false
	}
	if rest, ok := strings.CutPrefix(digits, japan); ok {
		digits = japan + strings.TrimPrefix(rest, "0")
		if len(digits) != 11 && len(digits) != 12 {
			return "", false
		}
	}
	return "+" + digits, len(digits) >= 8 && len(digits) <= 15 // ITU-T E.164
}

func digitsIn(text string) string {
	return strings.Map(func(r rune) rune {
		if isDigit(r) {
			return r
		}
		return -1
	}, text)
}

// latin reports whether a text is in letters that the spelling alphabet has, with
// or without marks over them.
func latin(text string) bool {
	return !strings.ContainsFunc(plainLetters(text), func(r rune) bool { return r > unicode.MaxASCII || r < ' ' })
}

func letterOrDigit(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// holdsCard reports whether a text has the whole number of a payment card in it,
// which is never said on the telephone. Those begin with 2 to 6 (ISO/IEC 7812-1).
func holdsCard(text string) bool {
	digits := digitsIn(text)
	return len(digits) >= 13 && len(digits) <= 19 && digits[0] >= '2' && digits[0] <= '6' && luhn(digits)
}

// luhn reports whether digits end in the check digit that the numbers of payment
// cards have (ISO/IEC 7812-1, annex B).
func luhn(digits string) bool {
	sum := 0
	for i := range len(digits) {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}
