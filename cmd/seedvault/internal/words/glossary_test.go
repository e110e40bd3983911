package words_test

import (
	"testing"

	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/words/wordstest"
)

// TestOneWordForOneThing holds every Japanese text of the catalogue, and the pages of
// help, to the glossary.
func TestOneWordForOneThing(t *testing.T) {
	terms := wordstest.Glossary(t, ".")
	for id, text := range textsOf(t, words.Japanese) {
		for _, term := range terms {
			if found := term.Misnamed(text); found != "" {
				t.Errorf("%s: %q is %s: %q", id, found, term.Japanese, text)
			}
		}
	}
}

// TestGlossary: what the terms rule out is found, outside of labels and of longer
// words that are right.
func TestGlossary(t *testing.T) {
	terms := map[string]wordstest.Term{}
	for _, term := range wordstest.Glossary(t, ".") {
		if _, twice := terms[term.English]; twice {
			t.Errorf("%s stands twice", term.English)
		}
		terms[term.English] = term
	}
	for _, c := range []struct{ english, text, want string }{
		{"phone", "新しい電話で", "新しい電話"},
		{"phone", "新しい電話番号", ""},
		{"secret", "秘密鍵が空です", "秘密鍵"},
		{"secret", "SSH 秘密鍵のあるファイル", ""},
		{"folder", "フォルダを開く", "フォルダ"},
		{"folder", "フォルダーを開く", ""},
		{"two-step", "「2段階認証のリセット」を選ぶ", ""},
		{"brackets", "端末(スマホ)", "(スマホ)"},
		{"brackets", "多要素認証 (MFA)、端末（スマホ）", ""},
		{"share", "bob の分け前", "分け前"},
	} {
		if got := terms[c.english].Misnamed(c.text); got != c.want {
			t.Errorf("%s in %q: %q, want %q", c.english, c.text, got, c.want)
		}
	}
}
