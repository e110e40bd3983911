package main

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"seedvault/cmd/seedvault/internal/words"
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
	"cmd/seedvault/internal/words/help/app.en.txt": {`seeds`: "secrets that codes are made of", `drill `: "alone opens"},
	"cmd/seedvault/internal/words/help/app.ja.txt": {`シード`: "シークレット"},
}

// helpWords are the program's own words that a page of help may use, in each language, and
// the plain ones of which one stands beside each.
var helpWords = map[words.Language]map[string][]string{
	words.English: {
		`\bholders?\b`:      {"way in", "ways in"},
		`\bquorum\b`:        {"any 2 of 3 people"},
		`\bfingerprint\b`:   {"32 digits"},
		`\bseals?\b`:        {"list of accepted seeds", "lists of accepted seeds"},
		`\breceipts?\b`:     {"number"},
		`\bkit\b`:           {"one file"},
		`\bdrills?\b`:       {"alone opens"},
		`\brotat(e|ed|ion)`: {"a new key"},
	},
	words.Japanese: {
		`保持者`:       {"開け", "開く方法"},
		`定足数グループ`:   {"3 人のうち 2 人"},
		`フィンガープリント`: {"32 桁"},
		`承認記録`:      {"承認済みのシードの一覧"},
		`受付番号`:      {"指定する番号"},
		`キット`:       {"一つのファイル", "1 ファイル"},
	},
}

// toType is what a page of help shows to be typed: commands, and names in flags' values.
var toType = pattern(`(?m)^(usage: |使い方: |例: |example: )?\s*seedvault .*|^\s+\[.*|seedvault( [a-z]+)+|--[a-z-]+`)

// TestHelpIsInPlainWords: where a word of the program's own first appears on a page of help,
// the plain one stands beside it.
func TestHelpIsInPlainWords(t *testing.T) {
	found := map[string]bool{}
	for _, language := range languages {
		for _, page := range words.HelpPages() {
			text := toType().ReplaceAllString(words.Help(language, page), "")
			for word, plain := range helpWords[language] {
				if around, stands := firstOf(text, word); stands {
					found[word] = true
					if !slices.ContainsFunc(plain, func(p string) bool { return strings.Contains(unspaced(around), unspaced(p)) }) {
						t.Errorf("help of %s in %q: none of %q stands where %s first appears: %q", page, language, plain, word, around)
					}
				}
			}
		}
	}
	for _, own := range helpWords {
		for word := range own {
			if !found[word] {
				t.Errorf("no page of help has %s", word)
			}
		}
	}
}

// besideIt is how far, in bytes, a plain word may stand from the one that it is for.
const besideIt = 120

// TestWordsAreExplained: where a word of the program's own first appears on a page, the plain
// one stands beside it.
func TestWordsAreExplained(t *testing.T) {
	for page, own := range plainWords {
		for word, plain := range own {
			around, stands := firstOf(readPage(t, page), word)
			switch {
			case !stands:
				t.Errorf("%s: %s is nowhere", page, word)
			case !strings.Contains(unspaced(around), unspaced(plain)):
				t.Errorf("%s: %q does not stand where %s first appears: %q", page, plain, word, around)
			}
		}
	}
}

// firstOf returns what stands around the first place of a word in a text, and reports
// whether there is one.
func firstOf(text, word string) (around string, stands bool) {
	text = regexp.MustCompile(`\s+`).ReplaceAllString(text, " ")
	at := regexp.MustCompile(word).FindStringIndex(text)
	if at == nil {
		return "", false
	}
	return strings.ToValidUTF8(text[max(at[0]-besideIt, 0):min(at[1]+besideIt, len(text))], ""), true
}

// unspaced returns a text without its spaces, which Japanese has where a line was broken.
func unspaced(text string) string { return strings.ReplaceAll(text, " ", "") }
