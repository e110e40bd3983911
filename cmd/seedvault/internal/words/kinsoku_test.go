package words_test

import (
	"strings"
	"testing"

	"seedvault/cmd/seedvault/internal/words"
)

// TestHelpIsBrokenWhereJapaneseIs: no line of a page of help begins with what may not
// begin one, such as a long vowel's mark or a small kana: the pages are broken by hand.
func TestHelpIsBrokenWhereJapaneseIs(t *testing.T) {
	const notFirst = "、。，．・：；？！」』）】］｝〉》〕ーヽヾゝゞ々〜～…％っゃゅょぁぃぅぇぉゎッャュョァィゥェォヮヵヶ"
	for _, page := range words.HelpPages() {
		for line := range strings.Lines(words.Help(words.Japanese, page)) {
			if line = strings.TrimSpace(line); line != "" && strings.ContainsRune(notFirst, []rune(line)[0]) {
				t.Errorf("%s: a line begins with %q", page, line)
			}
		}
	}
}
