package words_test

import (
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/words/wordstest"
)

var languages = []words.Language{words.English, words.Japanese}

// textsOf returns every text of a language by its name, the pages of help too.
func textsOf(t *testing.T, l words.Language) map[string]string {
	t.Helper()
	texts := map[string]string{}
	for _, n := range wordstest.All(t, ".") {
		if _, twice := texts[n.ID()]; twice {
			t.Errorf("%s stands twice", n.ID())
		}
		texts[n.ID()] = n.In(l)
	}
	for _, page := range words.HelpPages() {
		texts["help/"+page] = words.Help(l, page)
	}
	return texts
}

func TestCatalogueIsComplete(t *testing.T) {
	english := textsOf(t, words.English)
	for _, language := range languages {
		texts := textsOf(t, language)
		for id, text := range texts {
			if strings.TrimSpace(text) == "" {
				t.Errorf("%s has no text in %q", id, language)
			}
			if !maps.Equal(blanks(text), blanks(english[id])) {
				t.Errorf("%s: other blanks in %q than in English: %q", id, language, text)
			}
		}
	}
}

// TestHelpPages: each page is there in every language, and nothing else lies beside
// them.
func TestHelpPages(t *testing.T) {
	files, err := filepath.Glob("help/*")
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, page := range words.HelpPages() {
		want = append(want, filepath.Join("help", page+".en.txt"), filepath.Join("help", page+".ja.txt"))
	}
	if slices.Sort(want); !slices.Equal(files, want) || len(files) < 40 {
		t.Errorf("%q, want %q", files, want)
	}
	if text := words.Help(words.English, "no-such-verb"); text != "" {
		t.Errorf("a page that is not there: %q", text)
	}
}

// wordless are texts in which every letter comes from elsewhere.
var wordless = []string{"InFile", "NoticeNames", "Unexpected", "TourCommand", "TourHolds", "CheckFinding", "WalkTitle", "Both", "CopyStands", "FirstPlace", "LossOf", "OnSheetWindows", "GuideWalkTitle"}

func japaneseLetter(r rune) bool {
	return unicode.In(r, unicode.Hiragana, unicode.Katakana, unicode.Han)
}

func TestJapaneseIsJapanese(t *testing.T) {
	for m, text := range textsOf(t, words.Japanese) {
		if is := strings.ContainsFunc(text, japaneseLetter); is == slices.Contains(wordless, m) {
			t.Errorf("%s: %q", m, text)
		}
	}
	for m, text := range textsOf(t, words.English) {
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
	japanese := textsOf(t, words.Japanese)
	for m, text := range textsOf(t, words.English) {
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
var styles = map[words.Language][]struct {
	rule  string
	wrong *regexp.Regexp
	not   []string // exceptions
}{
	words.English: {
		{"no word of the code", regexp.MustCompile(`(?i)\b(epochs?|rosters?|descriptors?|deposits?|pins?|pinned|[^/]slots?|seals?|sealed)\b`),
			[]string{"help/check", "MinSealAlone"}}, // a flag is called --min-seal
	},
	words.Japanese: {
		{"no word of the code", regexp.MustCompile(`エポック|世代|スロット|ロスター|デポジット|シール|ピン留め`), nil},
		{"a space between Latin and Japanese letters", regexp.MustCompile(`[ぁ-んァ-ヶ一-龥ー][A-Za-z0-9%]|[A-Za-z0-9%sd][ぁ-んァ-ヶ一-龥]`), nil},
		{"punctuation in full width", regexp.MustCompile(`[ぁ-んァ-ヶ一-龥] ?[!?,;()]|[｡-ﾟ]`), nil},
		{"no full stop at the end", regexp.MustCompile(`。$`), []string{"help/tour", "ShowPassphrase", "TourEnd", "TourInit", "TourLoss", "TourHome", "TourAdd", "FirstIntro", "FirstNoCopy", "FirstHereAnd", "FirstCopy", "FirstNoSheet", "FirstSheet", "FirstWayPassphrase", "FirstWaysBoth", "FirstProve", "FirstHereOnly", "FirstWordDiffers", "FirstGo", "FirstNoneFound"}},
	},
}

// onSheet reports whether a message is printed on paper, as whole sentences.
func onSheet(id string) bool { return strings.HasPrefix(id, "OnSheet") }

func TestStyles(t *testing.T) {
	for language, rules := range styles {
		for m, text := range textsOf(t, language) {
			for _, r := range rules {
				if found := r.wrong.FindString(text); found != "" && !(onSheet(m) && strings.Contains(r.rule, "full stop")) && !slices.Contains(r.not, m) {
					t.Errorf("%s is not in the style of %q, %s: %q in %q", m, language, r.rule, found, text)
				}
			}
		}
	}
}

// errorFiles are the files of errors and hints alone; proseFiles those of whole
// sentences, of words in tables and of what stands on paper. Every other text is a
// remark, an error or a hint.
var (
	errorFiles = []string{"usage", "vault", "machine", "keys", "seeds", "input"}
	proseFiles = []string{"first", "tour", "sheet", "guide", "tables"}
)

// TestRemarksAndErrorsAreInStyle: lower case, no full stop.
func TestRemarksAndErrorsAreInStyle(t *testing.T) {
	capital := regexp.MustCompile(`^(HOME|Enter|Google)\b`)
	capitalized := []string{"MarkRed", "Outcomes[ask]", "LossLocksOut"}
	firstErrors := []string{"NoFolder", "FirstSameDisk", "HintFirstSameDisk", "FirstStopped", "HintFirstStopped"}
	looked := 0
	for _, n := range wordstest.All(t, ".") {
		prose := slices.Contains(proseFiles, n.File) || n.Name == "Actors"
		if prose && !slices.Contains(firstErrors, n.ID()) {
			continue
		}
		looked++
		lower := !unicode.IsUpper([]rune(n.En)[0]) || capital.MatchString(n.En) || slices.Contains(capitalized, n.ID())
		if !lower || strings.HasSuffix(n.En, ".") && !strings.HasSuffix(n.En, "...") {
			t.Errorf("%s: %q", n.ID(), n.En)
		}
	}
	if looked < 500 {
		t.Errorf("only %d looked at", looked)
	}
}

// polite are the ends of a Japanese sentence that speaks to somebody; what is to
// be typed, or a list, may follow after a colon.
var polite = regexp.MustCompile(`(です|ます|ません|ました|でした|せんか|ですか|ますか|ください)(（[^）]*）)?(: .*)?$`)

func TestJapaneseIsPolite(t *testing.T) {
	looked := 0
	for _, n := range wordstest.All(t, ".") {
		if !slices.Contains(errorFiles, n.File) {
			continue
		}
		looked++
		if !polite.MatchString(n.Ja) && !slices.Contains(append(wordless, "TellError", "TellHint"), n.ID()) {
			t.Errorf("%s: %q", n.ID(), n.Ja)
		}
	}
	if looked < 200 {
		t.Errorf("only %d looked at", looked)
	}
}

// TestHelpFitsEightyColumns of the narrowest terminal that is common.
func TestHelpFitsEightyColumns(t *testing.T) {
	for _, language := range languages {
		for _, page := range words.HelpPages() {
			for line := range strings.Lines(words.Help(language, page)) {
				if line = strings.TrimRight(line, "\n"); console.Width(line) > 80 {
					t.Errorf("%s in %q: %d columns: %s", page, language, console.Width(line), line)
				}
			}
		}
	}
}
