package main

import (
	"regexp"
	"strings"
	"testing"
)

// plainWords are the pages that strangers read first, with the words of them that are this
// program's own, and the plain one that stands beside each.
var plainWords = map[string]map[string]string{
	"README.md": {
		`seed\b`: "behind each of your two-factor codes", `\*holder\*`: "is a way in", `\*quorum\*`: "any two of three people",
		`\bkit\b`: "a copy in one HTML file", `fingerprint`: "32 digits", `runbooks`: "step by step", `seedvault drill`: "proves one",
	},
	".github/README.ja.md": {
		`TOTP シード`: "開け方", `「保持者」`: "開け方", `「定足数」`: "三", `キット`: "一つの HTML ファイル", `フィンガープリント`: "32 桁", `手順書`: "seedvault guide",
	},
	"cmd/seedvault/internal/words/help/app.en.txt": {
		`seeds`: "secrets that codes are made of", `holders`: "ways in", `fingerprint`: "32 digits", `quorum`: "any 2 of 3 people", `drill `: "alone opens",
	},
	"cmd/seedvault/internal/words/help/app.ja.txt": {
		`シード`: "シークレット", `（保持者）`: "開けられる人や物（保持者）", `フィンガープリント`: "32 桁", `定足数グループ`: "3 人のうち 2 人",
	},
	"cmd/seedvault/internal/words/help/holder.en.txt":       {`a holder`: "is a way in", `quorum`: "any 2 of 3 people"},
	"cmd/seedvault/internal/words/help/holder.ja.txt":       {`保持者`: "開け方", `定足数グループ`: "3 人のうち 2 人"},
	"cmd/seedvault/internal/words/help/drill.en.txt":        {`a quorum`: "any 2 of 3 people"},
	"cmd/seedvault/internal/words/help/holder-share.en.txt": {`a quorum`: "any 2 of 3 people"},
}

// besideIt is how far, in bytes, a plain word may stand from the one that it is for.
const besideIt = 120

// TestWordsAreExplained: where a word of the program's own first appears on a page, the plain
// one stands beside it.
func TestWordsAreExplained(t *testing.T) {
	for page, own := range plainWords {
		text := regexp.MustCompile(`\s+`).ReplaceAllString(readPage(t, page), " ")
		for word, plain := range own {
			at := regexp.MustCompile(word).FindStringIndex(text)
			if at == nil {
				t.Errorf("%s: %s is nowhere", page, word)
				continue
			}
			around := text[max(at[0]-besideIt, 0):min(at[1]+besideIt, len(text))]
			if !strings.Contains(strings.ReplaceAll(around, " ", ""), strings.ReplaceAll(plain, " ", "")) {
				t.Errorf("%s: %q does not stand where %s first appears: %q", page, plain, word, around)
			}
		}
	}
}
