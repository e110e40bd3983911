package guide

import (
	"strings"
	"testing"
)

func TestSpell(t *testing.T) {
	for _, c := range []struct {
		text   string
		en, ja string // words joined by |
	}{
		{"bob@e.x",
			"bob@e.x: B as in Bravo, O as in Oscar, B as in Bravo, at, E as in Echo, dot, X as in X-ray",
			"bob@e.x: B（Bravo の B）、O（Oscar の O）、B（Bravo の B）、アットマーク、E（Echo の E）、ドット、X（X-ray の X）"},
		{"  Al  1-20 ", "Al: A as in Alpha, L as in Lima|one, dash, two, zero", "Al: A（Alpha の A）、L（Lima の L）|いち、ハイフン、に、ゼロ"},
		{"山 é", "山: 山|é: é", "山: 山|é: é"},
		{"", "", ""},
		{"123456789012", "one, two, three, four|five, six, seven, eight|nine, zero, one, two", "いち、に、さん、よん|ご、ろく、なな、はち|きゅう、ゼロ、いち、に"},
		{"+81 90-1234-5678", "plus, eight, one|nine, zero|one, two, three, four|five, six, seven, eight", "プラス、はち、いち|きゅう、ゼロ|いち、に、さん、よん|ご、ろく、なな、はち"},
		{"12.34 USD", "one, two, dot, three, four|USD: U as in Uniform, S as in Sierra, D as in Delta", "いち、に、ドット、さん、よん|USD: U（Uniform の U）、S（Sierra の S）、D（Delta の D）"},
		{"1234", "one, two, three, four", "いち、に、さん、よん"},
	} {
		a := Spell(c.text)
		if got := strings.Join(a.EN, "|"); got != c.en {
			t.Errorf("%s: %q, want %q", c.text, got, c.en)
		}
		if got := strings.Join(a.JA, "|"); got != c.ja {
			t.Errorf("%s: %q, want %q", c.text, got, c.ja)
		}
	}
}

// TestEveryLetterHasItsWord: the word begins with the letter that it stands for.
func TestEveryLetterHasItsWord(t *testing.T) {
	if len(nato) != 26 || len(digitsEN) != 10 || len(digitsJA) != 10 {
		t.Fatalf("%d letters, %d and %d digits", len(nato), len(digitsEN), len(digitsJA))
	}
	for i, word := range nato {
		if word[0] != byte('A'+i) {
			t.Errorf("%s stands for %c", word, 'A'+i)
		}
	}
}
