package console

import (
	"bytes"
	"strings"
	"testing"
	"unicode"
)

func TestSafe(t *testing.T) {
	for in, want := range map[string]string{
		"plain":                           "plain",
		"日本語 ok":                          "日本語 ok",
		"\x1b[31mred\x1b[0m":              `\u{1b}[31mred\u{1b}[0m`,
		"a\rb\nc\td":                      `a\u{d}b\u{a}c\u{9}d`,
		"\u202egnp.exe":                   `\u{202e}gnp.exe`,
		"a\u200bb":                        `a\u{200b}b`,
		"a\u200d\ufeff\u00adb":            `a\u{200d}\u{feff}\u{ad}b`,
		"\u061c\u200e\u2028":              `\u{61c}\u{200e}\u{2028}`,
		"\U000e0041\ufff9":                `\u{e0041}\u{fff9}`,
		"a\u00a0b":                        `a\u{a0}b`,
		"山田\u3000太郎":                      "山田\u3000太郎",
		"か\u3099":                         "か\u3099",
		"\xff":                            `\xff`,
		"\u009b31m":                       `\u{9b}31m`,
		"e\u0301":                         "e\u0301",
		"\u2066x\u2069":                   `\u{2066}x\u{2069}`,
		"a\u034fb":                        `a\u{34f}b`,
		"a\u3164b":                        `a\u{3164}b`,
		"a\u2800b":                        `a\u{2800}b`,
		"\u2764\ufe0f":                    "\u2764" + `\u{fe0f}`,
		"\U0001f44b\U0001f3ff":            "\U0001f44b" + `\u{1f3ff}`,
		"a" + strings.Repeat("\u0301", 6): "a" + strings.Repeat("\u0301", 4) + `\u{301}\u{301}`,
	} {
		if got := Safe(in, 0); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	for _, c := range []struct {
		in    string
		width int
		want  string
	}{{"abcdef", 6, "abcdef"}, {"abcdefg", 6, "abcde…"}, {"日本語", 6, "日本語"}, {"日本語x", 6, "日本…"}, {"日本語", 5, "日本…"},
		{"カ\u3099カ\u3099", 4, "カ\u3099カ\u3099"}, {"カ\u3099カ\u3099", 3, "カ\u3099…"}, {"\x1bxyz", 6, "…"}, {"ﾊﾞﾝｸ", 4, "ﾊﾞﾝｸ"}, {"ﾊﾞﾝｸ", 3, "ﾊﾞ…"}} {
		if got := Safe(c.in, c.width); got != c.want {
			t.Errorf("%q in %d columns: %q, want %q", c.in, c.width, got, c.want)
		}
	}
}

func FuzzSafe(f *testing.F) {
	f.Add("\x1b]0;title\a\u202e日本", 10)
	f.Fuzz(func(t *testing.T, s string, width int) {
		width = min(max(width, 1), 200)
		out := Safe(s, width)
		if Width(out) > width {
			t.Fatalf("%q takes %d columns of %d", out, Width(out), width)
		}
		for _, r := range out {
			if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Zl, r) || unicode.Is(unicode.Zp, r) {
				t.Fatalf("%q holds %U", out, r)
			}
		}
	})
}

func TestWidth(t *testing.T) {
	for text, want := range map[string]int{
		"abc": 3, "日本": 4, "Ａ": 2, "ｱ": 1, "ﾊﾞﾊﾟ": 4, "ー": 2, "〜": 2, "（）": 4, "\u3000": 2,
		"e\u0301": 1, "か\u3099": 2, "\u1112\u1161\u11ab": 2,
		"①α─■→…": 6, // ambiguous
		"":       0,
	} {
		if got := Width(text); got != want {
			t.Errorf("%q takes %d columns, want %d", text, got, want)
		}
	}
}

func TestTableAligns(t *testing.T) {
	var b bytes.Buffer
	Table(&b, [][]string{
		{"issuer", "x"}, {"日本", "1"}, {"ﾊﾞﾝｸ", "①"}, {"\x1b[m", ""},
		{"e\u0301", "2", "long last cell that is never cut because nothing follows it"},
		{strings.Repeat("長", 30), "3"},
	}, 0)
	gap := strings.Repeat(" ", 31)
	want := "issuer  " + gap + "  x\n日本    " + gap + "  1\nﾊﾞﾝｸ    " + gap + "  ①\n" + `\u{1b}[m` +
		"\ne\u0301       " + gap + "  2  long last cell that is never cut because nothing follows it\n" +
		strings.Repeat("長", 19) + "…  3\n"
	if b.String() != want {
		t.Errorf("got\n%swant\n%s", b.String(), want)
	}
}
