package guide

import (
	"strings"
	"unicode"

	"seedvault/internal/lazy"
)

// letters are the names of the letters from A on.
var letters = lazy.Value[[]string]{Make: func() []string {
	return strings.Fields("エー ビー シー ディー イー エフ ジー エイチ アイ ジェー ケー エル エム エヌ オー ピー キュー アール エス ティー ユー ヴィー ダブリュー エックス ワイ ズィー")
}}

// alphabet are the words for the letters from A on (the spelling alphabet of the
// ICAO, Annex 10 volume II), and the same in katakana.
var alphabet = lazy.Value[[]string]{Make: func() []string {
	return strings.Fields("Alpha Bravo Charlie Delta Echo Foxtrot Golf Hotel India Juliett Kilo Lima Mike " +
		"November Oscar Papa Quebec Romeo Sierra Tango Uniform Victor Whiskey X-ray Yankee Zulu")
}}

var alphabetKana = lazy.Value[[]string]{Make: func() []string {
	return strings.Fields("アルファ ブラボー チャーリー デルタ エコー フォックストロット ゴルフ ホテル インディア ジュリエット キロ リマ マイク " +
		"ノベンバー オスカー パパ ケベック ロメオ シエラ タンゴ ユニフォーム ビクター ウイスキー エックスレイ ヤンキー ズールー")
}}

// signs are what is neither a letter nor a digit, as it is said.
var signs = lazy.Value[map[rune]sayable]{Make: func() map[rune]sayable {
	return map[rune]sayable{
		'@': {"at", "アット"}, '.': {"dot", "ドット"}, '-': {"hyphen", "ハイフン"}, '_': {"underscore", "アンダースコア"},
		'+': {"plus", "プラス"}, '/': {"slash", "スラッシュ"}, ',': {"comma", "カンマ"}, '\'': {"apostrophe", "アポストロフィ"},
		'&': {"ampersand", "アンパサンド"}, '#': {"number sign", "ナンバー・サイン"}, '%': {"percent", "パーセント"},
		'*': {"asterisk", "アスタリスク"}, '=': {"equals", "イコールズ"}, ':': {"colon", "コロン"}, ';': {"semicolon", "セミコロン"},
		'(': {"open bracket", "オープン・ブラケット"}, ')': {"close bracket", "クローズ・ブラケット"}, '!': {"exclamation mark", "エクスクラメーション・マーク"},
		'?': {"question mark", "クエスチョン・マーク"}, '$': {"dollar sign", "ダラー・サイン"}, '¥': {"yen sign", "イェン・サイン"},
	}
}}

// labels are the parts of domains that everybody takes for words.
var labels = lazy.Value[map[string]sayable]{Make: func() map[string]sayable {
	return map[string]sayable{
		"com": {"com", "コム"}, "net": {"net", "ネット"}, "org": {"org", "オーグ"}, "info": {"info", "インフォ"},
		"gmail": {"gmail", "ジーメール"}, "yahoo": {"yahoo", "ヤフー"}, "outlook": {"outlook", "アウトルック"},
		"hotmail": {"hotmail", "ホットメール"}, "icloud": {"icloud", "アイクラウド"}, "example": {"example", "イグザンプル"},
	}
}}

// called returns how a single character is called.
func called(r rune) sayable {
	switch upper := unicode.ToUpper(r); {
	case upper >= 'A' && upper <= 'Z':
		return sayable{string(upper), letters.Get()[upper-'A']}
	case isDigit(r):
		return ones[r-'0']
	}
	if s, ok := signs.Get()[r]; ok {
		return s
	}
	return sayable{string(r), string(r)}
}

// withWord returns a character with its word of the spelling alphabet, if it is a
// letter.
func withWord(r rune) sayable {
	s := called(r)
	if upper := unicode.ToUpper(r); upper >= 'A' && upper <= 'Z' {
		i := upper - 'A'
		return sayable{s.en + " as in " + alphabet.Get()[i], s.kana + "・アズ・イン・" + alphabetKana.Get()[i]}
	}
	return s
}
