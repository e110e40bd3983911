package page

import (
	"regexp"
	"strings"
	"testing"

	"seedvault/cmd/seedvault/internal/words/wordstest"
)

// TestPageSpeaksAsTheProgram holds the page's Japanese to the program's glossary.
func TestPageSpeaksAsTheProgram(t *testing.T) {
	terms := wordstest.Glossary(t, "../internal/words")
	source := string(read(t, "src/words.js")) + string(read(t, "page.html"))
	japanese := regexp.MustCompile(`[^"<>]*[ぁ-んァ-ヶ一-龥][^"<>]*`).FindAllString(source, -1)
	if len(japanese) < 100 {
		t.Fatalf("only %d texts", len(japanese))
	}
	for _, text := range japanese {
		for _, term := range terms {
			if wrong := term.Misnamed(text); wrong != "" && !strings.Contains(text, "//") {
				t.Errorf("%s is called %q: %s", term.English, wrong, strings.TrimSpace(text))
			}
		}
	}
}
