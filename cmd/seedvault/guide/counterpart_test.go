package guide

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
)

// statements returns all texts of the guide by where they stand.
func statements(t *testing.T) map[string]Text {
	t.Helper()
	all := ownWords(t)
	g := open(t)
	for _, p := range g.Pages {
		everyText(p, func(where string, text Text, _ Mark) {
			if where != "name" {
				all[p.ID+", "+where+": "+text.En] = text
			}
		})
	}
	for _, q := range g.Questions {
		all[q.ID+" ask"], all[q.ID+" why"] = q.Ask, q.Why
	}
	for i := range g.Services {
		if s := &g.Services[i]; s.Kind != nil {
			all["kind "+s.Kind.En] = *s.Kind
		}
	}
	c := OpenCall()
	for where, l := range callLines(c) {
		all["call "+where] = Text{l.En, l.Ja}
	}
	for _, f := range slices.Concat(c.Rules, c.Dropped) {
		all["call "+f.En] = f.Text
	}
	for _, turn := range c.Turns {
		all["call note "+turn.ID], all["call here "+turn.ID] = turn.Note, turn.Here
	}
	return all
}

// ownWords returns the texts that stand in the package's own source.
func ownWords(t *testing.T) map[string]Text {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]Text{}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") || strings.HasPrefix(name, "built_") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			lit, ok := n.(*ast.CompositeLit)
			if !ok || len(lit.Elts) != 2 {
				return true
			}
			if en, ja := literal(lit.Elts[0]), literal(lit.Elts[1]); kana.MatchString(ja) && !kana.MatchString(en) && !strings.Contains(en, "%s") {
				all[name+": "+en] = Text{en, ja}
			}
			return true
		})
	}
	if len(all) < 50 {
		t.Fatalf("only %d texts found", len(all))
	}
	return all
}

// literal returns the text of string literals, also of several joined and of a field.
func literal(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.BasicLit:
		s, _ := strconv.Unquote(e.Value)
		return s
	case *ast.BinaryExpr:
		return literal(e.X) + literal(e.Y)
	case *ast.KeyValueExpr:
		return literal(e.Value)
	}
	return ""
}

var (
	quoted      = regexp.MustCompile(`"[^"]*"`)
	quotedJa    = regexp.MustCompile(`「[^」]*」`)
	repliesJa   = strings.NewReplacer("「はい」", "", "「いいえ」", "", "「わからない」", "") // no quotes in English
	digits      = regexp.MustCompile(`[0-9]+`)
	latinWords  = regexp.MustCompile(`[A-Za-z][A-Za-z0-9._/@:%{}-]*[A-Za-z0-9}]`)
	numberWords = map[string]string{"two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10",
		"march": "3", "april": "4", "september": "9", "november": "11", "twelve": "12", "thirteen": "13", "twice": "2", "second": "2", "third": "3", "both": "2"}
	numberKanji = strings.NewReplacer("1 万", "10 000 万", "一つ", "1", "二つ", "2", "三つ", "3", "四つ", "4", "五つ", "5", "二度と", "", "二人", "2 人", "三人", "3 人", "二度", "2 度", "二台", "2 台", "両方", "2",
		"2-step", "", "2-Step", "", "2 段階", "", "2段階", "", "2 要素", "", "2要素", "", "2 つ目", "", "四半期", "", "もう一", "")
)

// japaneseToo are words in Latin letters that Japanese has for what English says in
// its own: a stick, a social network.
var japaneseToo = []string{"USB", "SNS"}

// uncounterparted returns the things of a text that have to be in its other language too: labels
// of screens, numbers, and what stands in Latin letters in Japanese.
func uncounterparted(text Text) (missing []string) {
	if en, ja := len(quoted.FindAllString(text.En, -1)), len(quotedJa.FindAllString(repliesJa.Replace(text.Ja), -1))+len(quoted.FindAllString(text.Ja, -1)); en != ja {
		missing = append(missing, strconv.Itoa(en)+" labels in English, "+strconv.Itoa(ja)+" in Japanese")
	}
	en, ja := numbersOf(numberKanji.Replace(text.En)), numbersOf(numberKanji.Replace(text.Ja))
	for _, n := range slices.Sorted(maps.Keys(ja)) {
		if !en[n] {
			missing = append(missing, n+" in Japanese alone")
		}
	}
	for _, n := range digits.FindAllString(numberKanji.Replace(text.En), -1) {
		if n = strings.TrimLeft(n, "0"); n != "" && !ja[n] {
			missing = append(missing, n+" in English alone")
		}
	}
	english := strings.ToLower(text.En)
	for _, w := range latinWords.FindAllString(text.Ja, -1) {
		if !strings.Contains(english, strings.ToLower(w)) && !slices.Contains(japaneseToo, w) {
			missing = append(missing, w+" in Japanese alone")
		}
	}
	return missing
}

// numbersOf returns the numbers of a text, in digits or in English words.
func numbersOf(text string) map[string]bool {
	found := map[string]bool{"1": true, "": true}
	for _, n := range digits.FindAllString(text, -1) {
		found[strings.TrimLeft(n, "0")] = true
	}
	for _, w := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return r < 'a' || r > 'z' }) {
		if n, ok := numberWords[w]; ok {
			found[n] = true
		}
	}
	return found
}

// TestStatementsHaveCounterparts lists every statement that says something in one
// language alone: a label, a number, a name.
func TestStatementsHaveCounterparts(t *testing.T) {
	all := statements(t)
	if len(all) < 1000 {
		t.Fatalf("only %d statements", len(all))
	}
	for _, where := range slices.Sorted(maps.Keys(all)) {
		if missing := uncounterparted(all[where]); len(missing) > 0 {
			t.Errorf("%s\n\t%s\n\t%s", strings.Join(missing, "; "), all[where].En, all[where].Ja)
		}
	}
}

// TestMissingCounterpartsAreFound: the kinds of things that one language may lack.
func TestMissingCounterpartsAreFound(t *testing.T) {
	for _, c := range []struct {
		en, ja, want string
	}{
		{`Choose "A" or "B".`, "「A」を選びます。", `2 labels in English, 1 in Japanese; B`},
		{"Wait three days.", "待ちます。", ""}, // a word: only digits have to be there
		{"Wait 3 days.", "待ちます。", "3 in English alone"},
		{"Wait.", "三つ待ちます。", "3 in Japanese alone"},
		{"Wait 3 days.", "三つ待ちます。", ""},
		{"of 2026-08", "2026 年 8 月", ""},
		{"Put it in.", "SIM を入れます。", "SIM in Japanese alone"},
		{"Answer yes.", "「はい」と答えます。", ""},
		{"two-step sign-in", "2 段階認証", ""},
	} {
		got := strings.Join(uncounterparted(Text{c.en, c.ja}), "; ")
		if want, _, _ := strings.Cut(c.want, "; "); got != want {
			t.Errorf("%s %s: %q, want %q", c.en, c.ja, got, want)
		}
	}
}
