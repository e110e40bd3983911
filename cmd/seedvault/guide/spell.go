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
// first as they are; what has no name, such as kanji, is left as it stands. A
// number alone is said in the groups that it is written in, or of four where it is
// written in one.
func Spell(text string) Aloud {
	words := strings.Fields(text)
	if isNumber(text) {
		words = strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("-()", r) })
		if len(words) == 1 {
			words = inFours(words[0])
		}
	}
	var a Aloud
	for _, word := range words {
		en, ja := said(word)
		if strings.IndexFunc(word, unicode.IsLetter) >= 0 {
			en, ja = word+": "+en, word+": "+ja
		}
		a.EN, a.JA = append(a.EN, en), append(a.JA, ja)
	}
	return a
}

// isNumber says that a text is a number of the kind that accounts, telephones and
// cards have.
func isNumber(text string) bool {
	return strings.ContainsFunc(text, unicode.IsDigit) && !strings.ContainsFunc(text, func(r rune) bool {
		return (r < '0' || r > '9') && !unicode.IsSpace(r) && !strings.ContainsRune("+-()", r)
	})
}

// said is a word, one character after the other.
func said(word string) (en, ja string) {
	var english, japanese []string
	for _, r := range word {
		e, j := character(r)
		english, japanese = append(english, e), append(japanese, j)
	}
	return strings.Join(english, ", "), strings.Join(japanese, "、")
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
