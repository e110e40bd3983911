package guide

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Said is what is said in one breath on the telephone: as it is written, as it is
// said in English, and that in katakana for who reads Japanese.
type Said struct{ Written, En, Kana string }

// Aloud is a text as it is read aloud, a group at a time.
type Aloud []Said

// sayable is one piece of speech in both writings.
type sayable struct{ en, kana string }

// Spell says a text one letter at a time, each with its word of the spelling
// alphabet, and digits up to four at a time. Spaces only divide the groups. Where
// both capital and small letters stand in the text, capitals are said to be such.
// What has no name, such as a kanji, is said as it stands.
func Spell(text string) Aloud {
	text = plainLetters(text)
	mixed := strings.ContainsFunc(text, unicode.IsUpper) && strings.ContainsFunc(text, unicode.IsLower)
	var a Aloud
	for _, word := range strings.Fields(text) {
		for _, piece := range split(word) {
			switch {
			case isDigit(rune(piece[0])):
				a = append(a, digitsOf(piece)...)
			default:
				a = append(a, a.sign(piece, mixed))
			}
		}
	}
	return a
}

// sign says one letter or sign.
func (Aloud) sign(piece string, mixed bool) Said {
	r := []rune(piece)[0]
	s := withWord(r)
	if mixed && unicode.IsUpper(r) {
		s = sayable{"capital " + s.en, "キャピタル・" + s.kana}
	}
	return Said{piece, s.en, s.kana}
}

// Words says a text word by word, each with the plain names of its letters: a name
// or an address, of which the words are known and only the spelling is in doubt.
// Commas and the full stop behind a word are left out, since they are not said.
func Words(text string) Aloud {
	var a Aloud
	for _, word := range strings.Fields(strings.ReplaceAll(plainLetters(text), ",", " ")) {
		word = strings.TrimRight(word, ".")
		if word == "" {
			continue
		}
		var en, kana []string
		for _, piece := range split(word) {
			for _, r := range piece {
				s := called(r)
				en, kana = append(en, s.en), append(kana, s.kana)
			}
		}
		a = append(a, Said{word, strings.Join(en, ", "), strings.Join(kana, "、")})
	}
	return a
}

// Mail says a mail address: letters and digits as Spell, but the usual endings and
// the great providers as words.
func Mail(address string) Aloud {
	local, host, _ := strings.Cut(strings.ToLower(plainLetters(address)), "@")
	a := append(Spell(local), Said{"@", signs.Get()['@'].en, signs.Get()['@'].kana})
	for i, label := range strings.Split(host, ".") {
		if i > 0 {
			a = append(a, Said{".", signs.Get()['.'].en, signs.Get()['.'].kana})
		}
		if s, ok := labels.Get()[label]; ok {
			a = append(a, Said{label, s.en, s.kana})
		} else {
			a = append(a, Spell(label)...)
		}
	}
	return a
}

// Phone says a telephone number in the form that forms abroad want, such as
// +819012345678: first the country code of Japan, or the first digit of any other
// number, then the rest in groups that end in two of four digits.
func Phone(number string) Aloud {
	digits := strings.TrimPrefix(number, "+")
	country, rest := digits[:min(len(digits), 1)], digits[min(len(digits), 1):]
	if strings.HasPrefix(digits, japan) {
		country, rest = japan, digits[len(japan):]
	}
	plus := digitsOf(country)
	a := Aloud{{"+" + country, signs.Get()['+'].en + ", " + plus[0].En, signs.Get()['+'].kana + "、" + plus[0].Kana}}
	for _, group := range phoneGroups(rest) {
		a = append(a, digitsOf(group)...)
	}
	return a
}

// phoneGroups divides a number without its country code: the last eight digits in
// two groups of four, what is before them in one.
func phoneGroups(rest string) []string {
	var groups []string
	for len(rest) > 4 && len(groups) < 2 {
		groups = append([]string{rest[len(rest)-4:]}, groups...)
		rest = rest[:len(rest)-4]
	}
	if rest != "" {
		groups = append([]string{rest}, groups...)
	}
	return groups
}

// digitsOf says digits: three at a time where that comes out even and they are
// few, else four.
func digitsOf(digits string) (a Aloud) {
	size := 4
	if len(digits)%3 == 0 && len(digits) < 12 {
		size = 3
	}
	for len(digits) > 0 {
		n := min(size, len(digits))
		if len(digits) == size+1 { // one digit alone at the end is easily lost
			n = size - 1
		}
		var en, kana []string
		for _, r := range digits[:n] {
			s := called(r)
			en, kana = append(en, s.en), append(kana, s.kana)
		}
		a = append(a, Said{digits[:n], strings.Join(en, ", "), strings.Join(kana, "、")})
		digits = digits[n:]
	}
	return a
}

// split cuts a word into runs of digits and single other characters.
func split(word string) (pieces []string) {
	for len(word) > 0 {
		n := strings.IndexFunc(word, func(r rune) bool { return !isDigit(r) })
		switch {
		case n < 0:
			n = len(word)
		case n == 0:
			n = len(string([]rune(word)[:1]))
		}
		pieces, word = append(pieces, word[:n]), word[n:]
	}
	return pieces
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// plainLetters returns the letters of a text without full width and without marks over
// them, which are not said.
func plainLetters(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= '\u0300' && r <= '\u036f' {
			return -1
		}
		return r
	}, norm.NFKD.String(text))
}

// Large returns a group as it stands on the screen: digits apart from each other.
func (g Said) Large() string {
	if strings.ContainsFunc(g.Written, func(r rune) bool { return !isDigit(r) }) {
		return g.Written
	}
	return strings.Join(strings.Split(g.Written, ""), " ")
}
