package guide

import (
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"
)

// joined returns a text as it is said, in one line: groups behind |, and what each says.
func joined(a Aloud, f func(Said) string) string {
	var list []string
	for _, g := range a {
		list = append(list, f(g))
	}
	return strings.Join(list, " | ")
}

func written(g Said) string { return g.Written }
func english(g Said) string { return g.En }
func inKana(g Said) string  { return g.Kana }

func TestSpell(t *testing.T) {
	for _, c := range []struct{ text, written, en, kana string }{
		{"TQ7-42", "T | Q | 7 | - | 42", "T as in Tango | Q as in Quebec | seven | hyphen | four, two",
			"ティー・アズ・イン・タンゴ | キュー・アズ・イン・ケベック | セブン | ハイフン | フォー、トゥー"},
		{"482771", "482 | 771", "four, eight, two | seven, seven, one", "フォー、エイト、トゥー | セブン、セブン、ワン"},
		{"12345678", "1234 | 5678", "one, two, three, four | five, six, seven, eight", "ワン、トゥー、スリー、フォー | ファイブ、シックス、セブン、エイト"},
		{"12345", "123 | 45", "one, two, three | four, five", "ワン、トゥー、スリー | フォー、ファイブ"},
		{"a, b", "a | , | b", "A as in Alpha | comma | B as in Bravo", "エー・アズ・イン・アルファ | カンマ | ビー・アズ・イン・ブラボー"},
		{"aB", "a | B", "A as in Alpha | capital B as in Bravo", "エー・アズ・イン・アルファ | キャピタル・ビー・アズ・イン・ブラボー"},
		{"Ōé", "O | e", "capital O as in Oscar | E as in Echo", "キャピタル・オー・アズ・イン・オスカー | イー・アズ・イン・エコー"},
		{"ＡＢ１", "A | B | 1", "A as in Alpha | B as in Bravo | one", "エー・アズ・イン・アルファ | ビー・アズ・イン・ブラボー | ワン"},
		{"山 \U0001f600", "山 | \U0001f600", "山 | \U0001f600", "山 | \U0001f600"},
		{" ", "", "", ""},
	} {
		a := Spell(c.text)
		if joined(a, written) != c.written || joined(a, english) != c.en || joined(a, inKana) != c.kana {
			t.Errorf("%s: %q, %q, %q", c.text, joined(a, written), joined(a, english), joined(a, inKana))
		}
	}
}

func TestWords(t *testing.T) {
	for _, c := range []struct{ text, written, en, kana string }{
		{"Sato, Taro", "Sato | Taro", "S, A, T, O | T, A, R, O", "エス、エー、ティー、オー | ティー、エー、アール、オー"},
		{"1-2 Kanda. ", "1-2 | Kanda", "one, hyphen, two | K, A, N, D, A", "ワン、ハイフン、トゥー | ケー、エー、エヌ、ディー、エー"},
		{"Chiyoda-ku ,", "Chiyoda-ku", "C, H, I, Y, O, D, A, hyphen, K, U", "シー、エイチ、アイ、ワイ、オー、ディー、エー、ハイフン、ケー、ユー"},
		{", .", "", "", ""},
	} {
		a := Words(c.text)
		if joined(a, written) != c.written || joined(a, english) != c.en || joined(a, inKana) != c.kana {
			t.Errorf("%s: %q, %q, %q", c.text, joined(a, written), joined(a, english), joined(a, inKana))
		}
	}
}

func TestMail(t *testing.T) {
	a := Mail("bo_1.x@ex-a.com")
	const want = "B as in Bravo | O as in Oscar | underscore | one | dot | X as in X-ray | at | E as in Echo | X as in X-ray | hyphen | A as in Alpha | dot | com"
	if got := joined(a, english); got != want {
		t.Errorf("%q", got)
	}
	if got := joined(a[6:], inKana); !strings.HasPrefix(got, "アット | ") || !strings.HasSuffix(got, "ドット | コム") {
		t.Errorf("%q", got)
	}
}

func TestPhone(t *testing.T) {
	for number, want := range map[string]string{
		"+819012345678": "plus, eight, one | nine, zero | one, two, three, four | five, six, seven, eight",
		"+81312345678":  "plus, eight, one | three | one, two, three, four | five, six, seven, eight",
		"+12025550123":  "plus, one | two, zero | two, five, five, five | zero, one, two, three",
	} {
		if got := joined(Phone(number), english); got != want {
			t.Errorf("%s: %q", number, got)
		}
	}
	if got := joined(Phone("+819012345678"), written); got != "+81 | 90 | 1234 | 5678" {
		t.Errorf("%q", got)
	}
	if got := joined(Phone("+819012345678")[:2], inKana); got != "プラス、エイト、ワン | ナイン、ゼロ" {
		t.Errorf("%q", got)
	}
}

func TestAmount(t *testing.T) {
	for _, c := range []struct{ typed, written, en, kana string }{
		{"12.34", "$12.34", "twelve dollars and thirty-four cents", "トゥエルブ・ダラーズ・アンド・サーティー・フォー・センツ"},
		{"$1.01", "$1.01", "one dollar and one cent", "ワン・ダラー・アンド・ワン・セント"},
		{"12.34 USD", "$12.34", "twelve dollars and thirty-four cents", "トゥエルブ・ダラーズ・アンド・サーティー・フォー・センツ"},
		{"20.00", "$20.00", "twenty dollars", "トゥエンティー・ダラーズ"},
		{"0.07", "$0.07", "zero dollars and seven cents", "ゼロ・ダラーズ・アンド・セブン・センツ"},
		{"¥1,234", "¥1234", "one thousand two hundred thirty-four yen", "ワン・サウザンド・トゥー・ハンドレッド・サーティー・フォー・イェン"},
		{"１７０００円", "¥17000", "seventeen thousand yen", "セブンティーン・サウザンド・イェン"},
		{"1,000,019 dollars", "$1000019", "one million nineteen dollars", "ワン・ミリオン・ナインティーン・ダラーズ"},
		{"US$5", "$5", "five dollars", "ファイブ・ダラーズ"},
		{"3 euros", "€3", "three euros", "スリー・ユーロズ"},
	} {
		w, a, ok := Amount(c.typed)
		if !ok || w != c.written || len(a) != 1 || a[0] != (Said{c.written, c.en, c.kana}) {
			t.Errorf("%s: %q, %+v, %t", c.typed, w, a, ok)
		}
	}
	for _, typed := range []string{"", "twelve", "12.3", "12.345", "-1", "+1", "1.2.3", "¥1.50", "$", "9999999999", "0x1", "12.-1", "12.+1", "1e3"} {
		if w, _, ok := Amount(typed); ok {
			t.Errorf("%q is taken as %q", typed, w)
		}
	}
}

// TestNumbersAreSaid: every number below two thousand is said as no other is, and its
// English words are understood as that number.
func TestNumbersAreSaid(t *testing.T) {
	seen := map[string]bool{}
	for n := range 2000 {
		p := phrase("", number(n)...)
		if seen[p.En] || seen[p.Kana] || p.Kana == "" {
			t.Fatalf("%d is said as another: %q, %q", n, p.En, p.Kana)
		}
		seen[p.En], seen[p.Kana] = true, true
		if back := understood(p.En); back != n {
			t.Fatalf("%d is understood as %d: %q", n, back, p.En)
		}
	}
}

// understood returns the number that words say.
func understood(words string) int {
	total, part := 0, 0
	for _, w := range strings.FieldsFunc(words, func(r rune) bool { return r == ' ' || r == '-' }) {
		switch w {
		case hundred.en:
			part *= 100
		case thousand.en:
			total, part = total+part*1000, 0
		default:
			for i, s := range ones {
				if s.en == w {
					part += i
				}
			}
			for i, s := range tens {
				if s.en == w {
					part += 10 * i
				}
			}
		}
	}
	return total + part
}

// TestEveryLetterHasItsWord: the word begins with the letter that it stands for,
// and no two letters, digits or signs sound the same.
func TestEveryLetterHasItsWord(t *testing.T) {
	if len(alphabet.Get()) != 26 || len(alphabetKana.Get()) != 26 || len(letters.Get()) != 26 {
		t.Fatalf("%d words, %d in katakana, %d letters", len(alphabet.Get()), len(alphabetKana.Get()), len(letters.Get()))
	}
	kana := map[string]rune{}
	unique := func(r rune, s sayable) {
		if s.en == "" || s.kana == "" || kana[s.kana] != 0 {
			t.Errorf("%c has no name, or that of %c: %q", r, kana[s.kana], s)
		}
		kana[s.kana] = r
	}
	for i, word := range alphabet.Get() {
		r := rune('A' + i)
		if rune(word[0]) != r {
			t.Errorf("%s stands for %c", word, r)
		}
		unique(r, called(r))
	}
	for r := '0'; r <= '9'; r++ {
		unique(r, called(r))
	}
	for r, s := range signs.Get() {
		unique(r, s)
	}
}

// TestNothingIsLostAloud: whatever is spelled stands whole in the groups, and of
// letters and digits nothing is left unsaid in katakana.
func TestNothingIsLostAloud(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[A-Za-z0-9@._+-]{0,20}( [A-Za-z0-9-]{1,9})?`).Draw(t, "text")
		a := Spell(text)
		if got := strings.ReplaceAll(joined(a, written), " | ", ""); got != strings.ReplaceAll(text, " ", "") {
			t.Errorf("%q is spelled as %q", text, got)
		}
		for _, g := range a {
			if strings.ContainsFunc(g.Kana, func(r rune) bool { return r < unicode.MaxASCII }) || g.En == "" {
				t.Errorf("%q: %q", g.Written, g.Kana)
			}
		}
	})
}
