package speech

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

// constants returns every message that the files of messages declare, by its Go name.
func constants(t *testing.T) map[string]Message {
	t.Helper()
	files, err := filepath.Glob("messages*.go")
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]Message{}
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if spec, ok := n.(*ast.ValueSpec); ok {
				value, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
				if err != nil {
					t.Fatal(err)
				}
				all[spec.Names[0].Name] = Message(value)
			}
			return true
		})
	}
	if len(all) < 100 {
		t.Fatalf("only %d messages found", len(all))
	}
	return all
}

// parts are the pieces that each language's catalogue is made of.
var parts = map[Language][]map[Message]string{
	English:  {englishHelp, englishErrors, englishRemarks, englishTables, englishTour, englishRotation, englishCopies, englishFirst, englishSheet, englishTyped, englishGuide},
	Japanese: {japaneseHelp, japaneseErrors, japaneseRemarks, japaneseTables, japaneseTour, japaneseRotation, japaneseCopies, japaneseFirst, japaneseSheet, japaneseTyped, japaneseGuide},
}

func TestCatalogueIsComplete(t *testing.T) {
	names := map[Message]string{}
	for name, m := range constants(t) {
		if names[m] != "" {
			t.Errorf("%s and %s are one message", name, names[m])
		}
		names[m] = name
	}
	if len(words) != 2 {
		t.Fatalf("%d languages", len(words))
	}
	for language, texts := range words {
		for m, name := range names {
			if strings.TrimSpace(texts[m]) == "" {
				t.Errorf("%s has no text in %q", name, language)
			}
		}
		for m, text := range texts {
			prefixed := slices.ContainsFunc([]Message{ReasonPrefix, RemarkPrefix, CodePrefix, KindPrefix, FatePrefix, WhyPrefix, ResultPrefix, CopyStatePrefix, ThingPrefix},
				func(p Message) bool { return strings.HasPrefix(string(m), string(p)) })
			if names[m] == "" && !prefixed {
				t.Errorf("%s has a text in %q and no name", m, language)
			}
			if !maps.Equal(blanks(text), blanks(english[m])) {
				t.Errorf("%s: other blanks in %q than in English: %q", m, language, text)
			}
		}
	}
}

// TestPartsOfTheCatalogue: no message has two texts, of which one would be lost,
// and a part of one language has its counterpart in the other.
func TestPartsOfTheCatalogue(t *testing.T) {
	for language, list := range parts {
		n := 0
		for i, part := range list {
			n += len(part)
			if missing := without(parts[English][i], part); len(missing) > 0 {
				t.Errorf("%q, part %d lacks %v", language, i, missing)
			}
		}
		if n != len(words[language]) {
			t.Errorf("%q: %d texts in the parts, %d in the whole", language, n, len(words[language]))
		}
	}
}

func without(a, b map[Message]string) (missing []Message) {
	for m := range a {
		if b[m] == "" {
			missing = append(missing, m)
		}
	}
	return missing
}

// wordless are texts in which every letter comes from elsewhere.
var wordless = []Message{InFile, Unexpected, TourCommand, TourHolds, CheckFinding, WalkTitle, Both, CopyStands, FirstPlace, LossOf, OnSheetWindows, GuideWalkTitle}

func japaneseLetter(r rune) bool {
	return unicode.In(r, unicode.Hiragana, unicode.Katakana, unicode.Han)
}

func TestJapaneseIsJapanese(t *testing.T) {
	for m, text := range japanese {
		if is := strings.ContainsFunc(text, japaneseLetter); is == slices.Contains(wordless, m) {
			t.Errorf("%s: %q", m, text)
		}
	}
	for m, text := range english {
		if strings.ContainsFunc(text, japaneseLetter) {
			t.Errorf("%s: %q", m, text)
		}
	}
}

// typed is what a person copies from a text by hand: flags, commands, variables.
var typed = regexp.MustCompile(`--[a-z][a-z-]*|seedvault (?:tour|init|open|add|list|code|restore|edit|remove|accept|check|holder|rotate|guide|completion)\b|\b[A-Z]+_[A-Z_]+\b|\bage1[a-z0-9]*|AGE-SECRET-KEY-1?|\*/\w+`)

// TestLanguagesTellTheSameToType: what is to be typed is the same in each.
func TestLanguagesTellTheSameToType(t *testing.T) {
	found := 0
	for m, text := range english {
		want := typed.FindAllString(text, -1)
		found += len(want)
		if got := typed.FindAllString(japanese[m], -1); !equalSets(got, want) {
			t.Errorf("%s: %q in Japanese, %q in English", m, got, want)
		}
	}
	if found < 100 {
		t.Errorf("only %d things to type found", found)
	}
}

func equalSets(a, b []string) bool {
	return slices.Equal(slices.Compact(slices.Sorted(slices.Values(a))), slices.Compact(slices.Sorted(slices.Values(b))))
}

// styles are the rules of the house for each language; each finds what breaks it.
var styles = map[Language][]struct {
	rule  string
	wrong *regexp.Regexp
	not   []Message // exceptions
}{
	English: {
		{"no word of the code", regexp.MustCompile(`(?i)\b(epochs?|rosters?|descriptors?|deposits?|pins?|pinned|[^/]slots?|seals?|sealed)\b`),
			[]Message{HelpCheck, CheckSeal, CheckNewestSeal, CheckUnopened, Accepted, MinSealAlone}}, // check counts seals
	},
	Japanese: {
		{"no word of the code", regexp.MustCompile(`エポック|世代|スロット|ロスター|デポジット|シール|ピン留め`), nil},
		{"a space between Latin and Japanese letters", regexp.MustCompile(`[ぁ-んァ-ヶ一-龥ー][A-Za-z0-9%]|[A-Za-z0-9%sd][ぁ-んァ-ヶ一-龥]`), nil},
		{"punctuation in full width", regexp.MustCompile(`[ぁ-んァ-ヶ一-龥] ?[!?,;()]|[｡-ﾟ]`), nil},
		{"no full stop at the end", regexp.MustCompile(`。$`), []Message{HelpTour, ShowPassphrase, TourEnd, TourInit, TourLoss, TourHome, TourAdd,
			FirstIntro, FirstNoCopy, FirstHereAnd, FirstCopy, FirstNoSheet, FirstSheet, FirstWayPassphrase, FirstWaysBoth, FirstProve, FirstHereOnly, FirstWordDiffers}},
	},
}

// onSheet says that a message is printed on paper, as whole sentences.
func onSheet(m Message) bool { return strings.HasPrefix(string(m), "on-sheet-") }

func TestStyles(t *testing.T) {
	for language, rules := range styles {
		for m, text := range words[language] {
			for _, r := range rules {
				if found := r.wrong.FindString(text); found != "" && !(onSheet(m) && strings.Contains(r.rule, "full stop")) && !slices.Contains(r.not, m) {
					t.Errorf("%s is not in the style of %q, %s: %q in %q", m, language, r.rule, found, text)
				}
			}
		}
	}
}

// TestRemarksAndErrorsAreInStyle: lower case, no full stop.
func TestRemarksAndErrorsAreInStyle(t *testing.T) {
	for _, part := range []map[Message]string{englishErrors, englishRemarks, englishRotation, englishCopies, englishTyped} {
		for m, text := range part {
			if strings.HasSuffix(text, ".") && !strings.HasSuffix(text, "...") || unicode.IsUpper([]rune(text)[0]) && !strings.HasPrefix(text, "HOME") && !strings.HasPrefix(text, "Enter") && m != MarkRed && m != FatePrefix+"ask" && m != LossLocksOut {
				t.Errorf("%s: %q", m, text)
			}
		}
	}
}

// polite are the ends of a Japanese sentence that speaks to somebody; what is to
// be typed, or a list, may follow after a colon.
var polite = regexp.MustCompile(`(です|ます|ません|ました|でした|せんか|ですか|ますか|ください)(（[^）]*）)?(: .*)?$`)

func TestJapaneseIsPolite(t *testing.T) {
	for m, text := range japaneseErrors {
		if !polite.MatchString(text) && !slices.Contains(append(wordless, TellError, TellHint), m) {
			t.Errorf("%s: %q", m, text)
		}
	}
}

// TestHelpFitsEightyColumns, and mentions every flag that its synopsis does.
func TestHelpFitsEightyColumns(t *testing.T) {
	for language, texts := range words {
		for m, text := range texts {
			if !strings.HasPrefix(string(m), "help-") {
				continue
			}
			for line := range strings.Lines(text) {
				if line = strings.TrimRight(line, "\n"); Width(line) > 80 {
					t.Errorf("%s in %q: %d columns: %s", m, language, Width(line), line)
				}
			}
		}
	}
}
