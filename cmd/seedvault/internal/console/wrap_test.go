package console

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		name, text string
		width      int
		want       []string
	}{
		{"spaces", "one two three", 7, []string{"one two", "three"}},
		{"wide", "一二三四五", 4, []string{"一二", "三四", "五"}},
		{"closing stays", "一二。三四", 4, []string{"一", "二。", "三四"}},
		{"opening goes along", "一「二」三", 6, []string{"一", "「二」", "三"}},
		{"small kana", "一しょに", 4, []string{"一", "しょ", "に"}},
		{"narrow label", "画面の「Next」を選ぶ", 12, []string{"画面の", "「Next」を選", "ぶ"}},
		{"narrow closing", "一二(六)三", 5, []string{"一二", "(六)", "三"}},
		{"word too long", "aaaaaaa bb", 4, []string{"aaaa", "aaa", "bb"}},
		{"address", "see https://example.com/a/b now", 10, []string{"see", "https://example.com/a/b", "now"}},
		{"address in Japanese", "次は https://example.com/a/b です。", 10, []string{"次は", "https://example.com/a/b", "です。"}},
		{"nothing", "", 10, []string{""}},
	} {
		got := Wrap(c.text, c.width)
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// TestWrapLosesNothing: whatever the text and the width, every character but the
// spaces at line ends is there in its order, and no line is too long.
func TestWrapLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.SampledFrom([]rune("ab c一二「」。っ (),.")), 0, 60, -1).Draw(t, "text")
		width := rapid.IntRange(2, 30).Draw(t, "width")
		lines := Wrap(text, width)
		plain := func(s string) string { return strings.ReplaceAll(s, " ", "") }
		if plain(strings.Join(lines, "")) != plain(text) {
			t.Fatalf("%q at %d is %q", text, width, lines)
		}
		for _, line := range lines {
			if Width(line) > width {
				t.Fatalf("%q at %d has the line %q", text, width, line)
			}
		}
	})
}

// TestWrapJapanese: whatever is written in Japanese, no line begins with what may not
// begin one: a long vowel's mark, a small kana, closing punctuation.
func TestWrapJapanese(t *testing.T) {
	words := []string{"スマートフォン", "アップル", "ネットワーク", "ティー・アズ・イン・タンゴ", "コード", "を", "「はい」", "フォルダー（中身）", "いって", "MFA ", "人々", "です。"}
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 1, 30).Draw(t, "words"), "")
		width := rapid.IntRange(12, 60).Draw(t, "width")
		for _, line := range Wrap(text, width) {
			if line != "" && strings.ContainsRune(notFirst, []rune(line)[0]) {
				t.Fatalf("%q at %d: a line begins with %q", text, width, line)
			}
		}
	})
}

// TestWrapLines: what fits stays as it is, with its empty lines and its indentation.
func TestWrapLines(t *testing.T) {
	got := WrapLines("\n  one\ntwo three four\n\nend", 9)
	if want := []string{"", "  one", "two three", "four", "", "end"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestCommandsStayWhole: a command at the end of a line is copied as a whole or not at all.
func TestCommandsStayWhole(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"print it, then: rm -- /a/b", "print it, then: rm -- /a/b"},
		{"the key is in /a/b: print it, then: rm -- /a/b", "the key is in /a/b: print it,\nthen: rm -- /a/b"},
		{"the key is in /home/x: print: rm -- /home/x", "the key is in /home/x: print:\nrm -- /home/x"},
		{"to remove the pictures, once done: rm -- '/a b/c' '/a b/d' '/a b/e'", "to remove the pictures, once\ndone:\nrm -- '/a b/c' '/a b/d' '/a b/e'"},
		{"  once it is printed here: rm -- /home/someone/sheet.html", "  once it is printed here:\n  rm -- /home/someone/sheet.html"},
		{"印刷してから、消してください: rm -- /home/someone/sheet.html", "印刷してから、消してください:\nrm -- /home/someone/sheet.html"},
		{"hint: or do without it: seedvault code NAME", "hint: or do without it:\nseedvault code NAME"},
		{"hint: seedvault check says which one it is, and why", "hint: seedvault check says\nwhich one it is, and why"},
		{"hint: mv -- /a/bbbbbbbbbbbbbb /a/cccccccccccccc", "hint:\nmv -- /a/bbbbbbbbbbbbbb /a/cccccccccccccc"},
		{"hint: Remove-Item -LiteralPath C:\\aaaaaaaaaaaaaa", "hint:\nRemove-Item -LiteralPath C:\\aaaaaaaaaaaaaa"},
	} {
		if got := strings.Join(WrapLines(c.text, 30), "\n"); got != c.want {
			t.Errorf("%q is\n%s\nwant\n%s", c.text, got, c.want)
		}
	}
}

func TestCut(t *testing.T) {
	for _, c := range []struct {
		text  string
		width int
		want  string
	}{{"one two", 0, "one two"}, {"one two", 8, "one two"}, {"one two", 7, "one t…"}, {"一二三", 6, "一二…"}} {
		if got := Cut(c.text, c.width); got != c.want {
			t.Errorf("%q in %d: %q, want %q", c.text, c.width, got, c.want)
		}
	}
}
