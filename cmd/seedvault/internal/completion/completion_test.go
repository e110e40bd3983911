package completion

import "testing"

func TestPlainWords(t *testing.T) {
	for _, w := range []string{"acme", "Example-2", "a.b_c+d", "日本銀行", "été"} {
		if !isPlainWord(w) {
			t.Errorf("%q is not plain", w)
		}
	}
	for _, w := range []string{"-x", "a b", "a;b", "$(x)", "`x`", "a&b", "a|b", "a>b", "a\nb", "a\x1bb", "a'b", `a"b`, `a\b`, "a*", "~", "a!b", "a#b", "a:b", "a=b", "a@b", "{a,b}", "[a]", "a\u202eb", "\u200b"} {
		if isPlainWord(w) {
			t.Errorf("%q is plain", w)
		}
	}
}
