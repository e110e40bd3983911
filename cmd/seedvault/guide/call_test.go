package guide

import (
	"html"
	"slices"
	"strings"
	"testing"
	"unicode"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/words"
)

// callLines returns all sentences of the call.
func callLines(c *Call) map[string]Line {
	all := map[string]Line{}
	for _, turn := range c.Turns {
		all[turn.ID+" hear"], all[turn.ID+" say"] = turn.Hear, turn.Say
		if !turn.Else.IsZero() {
			all[turn.ID+" else"] = turn.Else
		}
	}
	for _, p := range c.Rescue {
		all[p.ID] = p.Line
	}
	return all
}

// TestCallIsWhole: every sentence has its English, its katakana and its Japanese,
// and every place for a fact is one in all three, with something to say where the
// fact is not known.
func TestCallIsWhole(t *testing.T) {
	c := OpenCall()
	if len(c.Turns) < 16 || len(c.Rescue) < 12 || len(c.Rules) < 3 || len(c.Dropped) < 3 {
		t.Errorf("%d turns, %d phrases, %d rules, %d for a dropped line", len(c.Turns), len(c.Rescue), len(c.Rules), len(c.Dropped))
	}
	facts := []string{CodeFact}
	for _, f := range c.Prepare {
		both(t, f.ID, f.Name)
		if (f.How.En == "") != (f.How.Ja == "") {
			t.Errorf("%s: how to type it is said in one language", f.ID)
		}
		facts = append(facts, f.ID)
	}
	for _, f := range slices.Concat(c.Rules, c.Dropped) {
		both(t, f.En, f.Text)
	}
	for where, l := range callLines(c) {
		both(t, where, Text{l.En, l.Ja})
		if strings.ContainsFunc(l.Kana, func(r rune) bool { return unicode.Is(unicode.Han, r) || unicode.Is(unicode.Hiragana, r) }) || !kana.MatchString(l.Kana) {
			t.Errorf("%s: not katakana: %q", where, l.Kana)
		}
		if ascii := letterRuns(l.Kana); len(ascii) > 0 {
			t.Errorf("%s: %q cannot be read as katakana", where, ascii)
		}
		if kana.MatchString(l.En) {
			t.Errorf("%s: Japanese in %q", where, l.En)
		}
		if n := strings.Count(l.En, "?"); n != strings.Count(l.Kana, "?") {
			t.Errorf("%s: %d questions in English, and in katakana %q", where, n, l.Kana)
		}
	}
	for _, turn := range c.Turns {
		both(t, turn.ID, turn.Name)
		for _, text := range []Text{turn.Note, turn.Here} {
			if (text.En == "") != (text.Ja == "") {
				t.Errorf("%s: a note in one language: %q", turn.ID, text)
			}
		}
		for _, id := range turn.Places() {
			place := "{" + id + "}"
			if !slices.Contains(facts, id) || !strings.Contains(turn.Say.Ja, place) || !strings.Contains(turn.Say.Kana, place) || turn.Else.IsZero() {
				t.Errorf("%s: no fact %s, no place for it in every writing, or nothing to say without it", turn.ID, id)
			}
		}
	}
}

// letterRuns returns the words in Latin letters of a text, but for the places of facts.
func letterRuns(text string) []string {
	for _, id := range []string{"K1", "K2", "K3", "K4", "K5", "K6", "K7", "K8", CodeFact} {
		text = strings.ReplaceAll(text, "{"+id+"}", "")
	}
	return strings.FieldsFunc(text, func(r rune) bool { return r > unicode.MaxASCII || !unicode.IsLetter(r) })
}

func both(t *testing.T, id string, text Text) {
	t.Helper()
	if text.En == "" || text.Ja == "" {
		t.Errorf("%s lacks a language: %q", id, text)
	}
}

// TestCallHasBothSides: what the call needs to be led in a language that one hardly
// speaks.
func TestCallHasBothSides(t *testing.T) {
	var all []string
	for _, l := range callLines(OpenCall()) {
		all = append(all, strings.ToLower(l.En))
	}
	for _, want := range []string{
		"please say that again slowly", "please spell that", "is there somebody who speaks japanese", "may i call you back", "i will wait",
		"is there anything else", "please read the code in it", "i cannot verify your identity", "my phone broke", "i lost my phone", "i changed my phone",
	} {
		if !slices.ContainsFunc(all, func(line string) bool { return strings.Contains(line, want) }) {
			t.Errorf("nobody says %q", want)
		}
	}
}

func TestAnswer(t *testing.T) {
	turn := Turn{Say: Line{"It is {K2}, and {K6}.", "イット {K2} {K6}", "{K2} と {K6} です。"}}
	facts := Facts{"K2": {"1234", digitsOf("1234")}}
	if got, want := turn.Answer(facts), (Line{"It is 1234, and " + Blank + ".", "イット 1234 " + Blank, "1234 と " + Blank + " です。"}); got != want {
		t.Errorf("%q", got)
	}
	if !turn.MissesFact(facts) || len(turn.Aloud(facts)) != 1 {
		t.Errorf("lacks %t, says %v", turn.MissesFact(facts), turn.Aloud(facts))
	}
	facts["K6"] = Told{"5678", digitsOf("5678")}
	if turn.MissesFact(facts) || len(turn.Aloud(facts)) != 2 {
		t.Errorf("lacks %t, says %v", turn.MissesFact(facts), turn.Aloud(facts))
	}
}

// filled are facts of every kind.
func filled(t *testing.T, c *Call) Facts {
	t.Helper()
	typed := map[CallForm]string{
		FormName: "Taro Sato", FormAccount: "123456789012", FormMail: "taro@example.com", FormPhone: "+81 90-1234-5678",
		FormAddress: "1-2-3 Kanda, Tokyo", FormLast4: "1234", FormAmount: "12.34", FormCode: "1700000001",
	}
	facts := Facts{}
	for _, f := range c.Asked() {
		told, problem := f.Form.Take(typed[f.Form], words.English)
		if !problem.IsZero() {
			t.Fatal(f.ID, problem)
		}
		facts[f.ID] = told
	}
	return facts
}

// TestCallHTML: the sheet is one file that fetches nothing and has every sentence
// in its three writings, whatever is filled in and how it is said, and room to
// write for the rest.
func TestCallHTML(t *testing.T) {
	c := OpenCall()
	facts := filled(t, c)
	for _, l := range languages {
		for _, facts := range []Facts{nil, facts} {
			var b strings.Builder
			if err := (View{Language: l}).CallHTML(&b, c, facts); err != nil {
				t.Fatal(err)
			}
			balanced(t, b.String())
			page := strings.ReplaceAll(b.String(), "<wbr>", "")
			if found := fetches.FindString(page); found != "" {
				t.Errorf("it holds %q", found)
			}
			for where, line := range callLines(c) {
				for _, text := range []string{line.En, line.Kana, line.Ja} {
					if !strings.Contains(text, "{") && !strings.Contains(page, html.EscapeString(text)) {
						t.Errorf("%s: %q is not there", where, text)
					}
				}
			}
			if strings.Contains(page, "{K") || strings.Contains(page, "{CODE") {
				t.Error("a place for a fact is left as it is")
			}
			room := strings.Count(page, `<div class="write">`)
			if facts == nil && room != len(c.Asked())+2 || facts != nil && room != 2 {
				t.Errorf("%d places to write", room)
			}
			if facts == nil {
				continue
			}
			for id, told := range facts {
				for _, g := range told.Aloud {
					if !strings.Contains(page, html.EscapeString(g.Kana)) || !strings.Contains(page, html.EscapeString(told.Written)) {
						t.Errorf("%s is not there", id)
					}
				}
			}
		}
	}
}

// TestCallAsText: the whole script in a pipe, narrow and wide.
func TestCallAsText(t *testing.T) {
	c := OpenCall()
	for _, l := range languages {
		for _, width := range []int{40, 60, 80} {
			for _, facts := range []Facts{nil, filled(t, c)} {
				text := View{Language: l, Width: width}.Call(c, facts)
				for line := range strings.Lines(text) {
					if line = strings.TrimSuffix(line, "\n"); console.Width(line) > width || strings.TrimRight(line, " ") != line {
						t.Errorf("at %d: %q", width, line)
					}
				}
				blanks := 0
				for _, turn := range c.Turns {
					if turn.MissesFact(facts) {
						blanks++
					}
				}
				if got := strings.Count(text, Blank); strings.Contains(text, "{K") || got < 2*blanks || facts != nil && blanks != 2 {
					t.Errorf("%d blanks for %d turns, in %q", got, blanks, l)
				}
			}
		}
	}
}
