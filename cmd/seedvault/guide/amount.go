package guide

import (
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// The words of numbers.
var (
	ones = []sayable{{"zero", "ゼロ"}, {"one", "ワン"}, {"two", "トゥー"}, {"three", "スリー"}, {"four", "フォー"}, {"five", "ファイブ"},
		{"six", "シックス"}, {"seven", "セブン"}, {"eight", "エイト"}, {"nine", "ナイン"}, {"ten", "テン"}, {"eleven", "イレブン"},
		{"twelve", "トゥエルブ"}, {"thirteen", "サーティーン"}, {"fourteen", "フォーティーン"}, {"fifteen", "フィフティーン"},
		{"sixteen", "シックスティーン"}, {"seventeen", "セブンティーン"}, {"eighteen", "エイティーン"}, {"nineteen", "ナインティーン"}}
	tens = []sayable{2: {"twenty", "トゥエンティー"}, 3: {"thirty", "サーティー"}, 4: {"forty", "フォーティー"}, 5: {"fifty", "フィフティー"},
		6: {"sixty", "シックスティー"}, 7: {"seventy", "セブンティー"}, 8: {"eighty", "エイティー"}, 9: {"ninety", "ナインティー"}}
	hundred  = sayable{"hundred", "ハンドレッド"}
	thousand = sayable{"thousand", "サウザンド"}
	million  = sayable{"million", "ミリオン"}
	and      = sayable{"and", "アンド"}
)

// number returns a whole number below a thousand million in words.
func number(n int) (words []sayable) {
	for _, scale := range []struct {
		size int
		word sayable
	}{{1_000_000, million}, {1_000, thousand}, {100, hundred}} {
		if n >= scale.size {
			words = append(append(words, number(n/scale.size)...), scale.word)
			n %= scale.size
			if n == 0 {
				return words
			}
		}
	}
	switch {
	case n < 20:
		return append(words, ones[n])
	case n%10 == 0:
		return append(words, tens[n/10])
	}
	return append(words, sayable{tens[n/10].en + "-" + ones[n%10].en, tens[n/10].kana + "・" + ones[n%10].kana})
}

// phrase joins words to one group.
func phrase(written string, words ...sayable) Said {
	var en, kana []string
	for _, w := range words {
		en, kana = append(en, w.en), append(kana, w.kana)
	}
	return Said{written, strings.Join(en, " "), strings.Join(kana, "・")}
}

// counted returns a number of something, with the word for one or for several.
func counted(n int, one, more sayable) []sayable {
	if n == 1 {
		return append(number(n), one)
	}
	return append(number(n), more)
}

// currencies are those that bills come in, by the signs and words that mark them.
var currencies = []struct {
	marks      []string
	sign       string
	one, more  sayable
	part, many sayable // of which a hundred make one; none if empty
}{
	{[]string{"¥", "円", "jpy", "yen"}, "¥", sayable{"yen", "イェン"}, sayable{"yen", "イェン"}, sayable{}, sayable{}},
	{[]string{"euros", "euro", "eur", "€"}, "€", sayable{"euro", "ユーロ"}, sayable{"euros", "ユーロズ"}, sayable{"cent", "セント"}, sayable{"cents", "センツ"}},
	{[]string{"us dollars", "dollars", "dollar", "usd", "us$", "ドル", "$"}, "$", sayable{"dollar", "ダラー"}, sayable{"dollars", "ダラーズ"}, sayable{"cent", "セント"}, sayable{"cents", "センツ"}},
}

// Amount says a sum of money, such as 12.34 USD or ¥1,234, in dollars where no
// currency is named; ok is false for what is no sum.
func Amount(typed string) (written string, said Aloud, ok bool) {
	text := strings.ToLower(strings.TrimSpace(norm.NFKC.String(typed)))
	c := currencies[len(currencies)-1]
	for _, known := range currencies {
		for _, mark := range known.marks {
			if rest := strings.Replace(text, mark, "", 1); rest != text {
				text, c = strings.TrimSpace(rest), known
				break
			}
		}
	}
	whole, part, hasPart := strings.Cut(strings.TrimSpace(text), ".")
	whole = strings.ReplaceAll(whole, ",", "")
	n, err := strconv.Atoi(whole)
	if err != nil || n < 0 || n > 999_999_999 || whole[0] == '+' || hasPart && (len(part) != 2 || c.part.en == "") {
		return "", nil, false
	}
	written = c.sign + whole
	words := counted(n, c.one, c.more)
	if hasPart {
		cents, err := strconv.ParseUint(part, 10, 8)
		if err != nil {
			return "", nil, false
		}
		written += "." + part
		if cents > 0 {
			words = append(append(words, and), counted(int(cents), c.part, c.many)...)
		}
	}
	return written, Aloud{phrase(written, words...)}, true
}
