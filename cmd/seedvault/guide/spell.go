package guide

import (
	"strings"
	"unicode"
)

// Aloud is a text as it is read aloud on the telephone, word by word, in both
// languages.
type Aloud struct{ EN, JA []string }

// nato are the words for the letters from A on (the spelling alphabet of the ICAO,
// Annex 10 volume II).
var nato = strings.Fields("Alpha Bravo Charlie Delta Echo Foxtrot Golf Hotel India Juliett Kilo Lima Mike " +
	"November Oscar Papa Quebec Romeo Sierra Tango Uniform Victor Whiskey X-ray Yankee Zulu")

var (
	digitsEN = strings.Fields("zero one two three four five six seven eight nine")
	digitsJA = strings.Fields("ゼロ いち に さん よん ご ろく なな はち きゅう")
)

// signs are what is neither a letter nor a digit, as it is said.
var signs = map[rune][2]string{
	'@': {"at", "アットマーク"}, '.': {"dot", "ドット"}, '-': {"dash", "ハイフン"}, '_': {"underscore", "アンダーバー"},
	'+': {"plus", "プラス"}, '/': {"slash", "スラッシュ"}, ',': {"comma", "カンマ"}, '\'': {"apostrophe", "アポストロフィ"},
	'&': {"ampersand", "アンド"}, '#': {"number sign", "シャープ"}, '$': {"dollars", "ドル"}, '¥': {"yen", "円"}, '%': {"percent", "パーセント"},
}

// Spell says a text letter by letter and digit by digit. Words with letters come
// first as they are; what has no name, such as kanji, is left as it stands.
func Spell(text string) Aloud {
	var a Aloud
	for _, word := range strings.Fields(text) {
		var en, ja []string
		letters := false
		for _, r := range word {
			e, j := character(r)
			en, ja = append(en, e), append(ja, j)
			letters = letters || unicode.IsLetter(r)
		}
		if letters {
			a.EN = append(a.EN, word+": "+strings.Join(en, ", "))
			a.JA = append(a.JA, word+": "+strings.Join(ja, "、"))
		} else {
			a.EN = append(a.EN, strings.Join(en, ", "))
			a.JA = append(a.JA, strings.Join(ja, "、"))
		}
	}
	return a
}

// SpellDigits says a number digit by digit, in the groups that it is written in,
// or of four where it is written in one.
func SpellDigits(text string) Aloud {
	groups := strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || r == '-' || r == '(' || r == ')' })
	if len(groups) == 1 {
		groups = inFours(groups[0])
	}
	var a Aloud
	for _, g := range groups {
		var en, ja []string
		for _, r := range g {
			e, j := character(r)
			en, ja = append(en, e), append(ja, j)
		}
		a.EN = append(a.EN, strings.Join(en, ", "))
		a.JA = append(a.JA, strings.Join(ja, "、"))
	}
	return a
}

// inFours cuts a text into groups of four characters.
func inFours(text string) (groups []string) {
	all := []rune(text)
	for len(all) > 4 {
		groups, all = append(groups, string(all[:4])), all[4:]
	}
	return append(groups, string(all))
}

// character is how one character is said.
func character(r rune) (en, ja string) {
	upper := unicode.ToUpper(r)
	switch {
	case upper >= 'A' && upper <= 'Z':
		word := nato[upper-'A']
		return string(upper) + " as in " + word, string(upper) + "（" + word + " の " + string(upper) + "）"
	case r >= '0' && r <= '9':
		return digitsEN[r-'0'], digitsJA[r-'0']
	}
	if said, ok := signs[r]; ok {
		return said[0], said[1]
	}
	return string(r), string(r)
}
