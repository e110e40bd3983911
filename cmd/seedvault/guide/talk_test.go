package guide

import (
	"strings"
	"testing"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/words"
)

// talked returns a call after somebody typed these answers; . is Enter.
func talked(t *testing.T, l words.Language, typed ...string) Talk {
	t.Helper()
	talk := OpenCall().Begin(l)
	for _, answer := range typed {
		if answer == "." {
			answer = ""
		}
		talk = talk.Next(answer)
	}
	return talk
}

func shows(t *testing.T, talk Talk, want ...string) {
	t.Helper()
	text := talk.Show(View{Width: 79})
	for _, w := range want {
		if !strings.Contains(text, w) {
			t.Errorf("%q is not shown:\n%s", w, text)
		}
	}
}

// TestTalkFromStartToEnd is the call as its caller lived it: facts, the mail with
// the code, goodbye.
func TestTalkFromStartToEnd(t *testing.T) {
	talk := talked(t, words.Japanese, ".", "山田", "Taro Yamada", ".", "taro.example.com", "taro@example.com", "090-1234-5678", ".", "1234", "12.34", "ABC-1")
	shows(t, talk, "電話 1 / 20: はじめの挨拶", "Yes, speaking.", "イエス、スピーキング。", "はい、私です。")
	talk = talk.Next("").Next("6")
	shows(t, talk, "The e-mail address is taro@example.com.", "ティー・アズ・イン・タンゴ", "アット", "ドット")
	talk = talk.Next("電話番号")
	shows(t, talk, "+819012345678", "プラス、エイト、ワン", "9 0")
	talk = talk.Next("最近")
	shows(t, talk, "It was $12.34.", "トゥエルブ・ダラーズ・アンド・サーティー・フォー・センツ")
	talk = talk.Next("code")
	shows(t, talk, "Please read the code in it.", "I don't see it yet.", "ここにコードを入力すると")
	talk = talk.Next("TQ 4827")
	shows(t, talk, "The code is TQ 4827.", "T as in Tango", "ティー・アズ・イン・タンゴ", "4 8 2 7", "フォー、エイト、トゥー、セブン")
	talk = talk.Next("")
	shows(t, talk, "I will read it slowly. TQ 4827.", "キュー・アズ・イン・ケベック")
	for talk.Over() == GoesOn && talk.at.kind == turnScreen {
		talk = talk.Next("")
	}
	shows(t, talk, "seedvault guide after")
	if talk = talk.Next(""); talk.Over() != Through {
		t.Errorf("the end is %v", talk.Over())
	}
}

// TestEveryScreenByEveryKey: each key leads from every screen to its own, and b
// back to where it was pressed.
func TestEveryScreenByEveryKey(t *testing.T) {
	from := map[string][]string{
		"rules": {}, "facts": {"."}, "turn": {"t"}, "phrases": {"?"}, "dropped": {"x"}, "list": {"l"}, "code": {"c"},
		"spelled": {"c", "A1"}, "sheet": {"p"}, "end": {"t", "20", "."}, "turn with a fact": {"t", "5"}, "turn with the code": {"t", "15"},
	}
	keys := map[string]screenKind{"c": codeScreen, "?": phrasesScreen, "x": droppedScreen, "l": screensScreen, "p": sheetScreen, "e": factScreen, "t": turnScreen, "？": phrasesScreen, "Ｃ": codeScreen}
	for name, way := range from {
		here := talked(t, words.English, way...)
		if here.Keys() == "" || here.Show(View{}) == "" {
			t.Errorf("%s: shows nothing", name)
		}
		for key, kind := range keys {
			there := here.Next(key)
			if there.at.kind != kind {
				t.Errorf("%s: %s leads to screen %d", name, key, there.at.kind)
			}
			if there.at != here.at && there.Next("b").at != here.at {
				t.Errorf("%s: nothing leads back from %s", name, key)
			}
		}
		if here.Next("q").Over() != Left {
			t.Errorf("%s: q does not end it", name)
		}
	}
}

// TestScreensByNumberAndName: from every turn, in both languages.
func TestScreensByNumberAndName(t *testing.T) {
	c := OpenCall()
	start := talked(t, words.English, "t")
	for i, turn := range c.Turns {
		for _, typed := range []string{turn.ID, turn.Name.En, turn.Name.Ja, strings.ToUpper(turn.Name.En)} {
			if at := start.Next(typed).at; at != (place{turnScreen, i}) {
				t.Errorf("%q leads to %v, not to %d", typed, at, i)
			}
		}
	}
	for typed, want := range map[string]place{
		"1": {turnScreen, 0}, "20": {turnScreen, 19}, "２０": {turnScreen, 19}, "goodbye": {turnScreen, 19}, "pay": {turnScreen, 9},
		"ケース": {turnScreen, 12}, "phrases": {phrasesScreen, 0}, "the line": {droppedScreen, 0}, "電話が切れた": {droppedScreen, 0}, "change": {factScreen, 0},
	} {
		if at := start.Next(typed).at; at != want {
			t.Errorf("%q leads to %v, want %v", typed, at, want)
		}
	}
	for _, typed := range []string{"0", "21", "-1", "nowhere", "!!"} {
		if next := start.Next(typed); next.at != start.at || next.said != wordNoScreen {
			t.Errorf("%q leads to %v, and %v is said", typed, next.at, next.said)
		}
	}
	code := talked(t, words.English, "t", "15")
	if at := code.Next("電話番").at; at != (place{turnScreen, 7}) {
		t.Errorf("at the code, the beginning of a name leads to %v", at)
	}
	for typed, want := range map[string]string{"AB": "AB", "phone": "", "3": "", "345": "345"} {
		if got := code.Next(typed).facts[CodeFact].Written; got != want {
			t.Errorf("at the code, %q is taken as %q", typed, got)
		}
	}
}

// TestFactsAreChanged: from the turn that needs it, and back to that; what was
// filled in before is shown; the value of a call does not change by its next.
func TestFactsAreChanged(t *testing.T) {
	turn := talked(t, words.English, ".", ".", ".", "a@example.com", "t", "mail")
	shows(t, turn, "The e-mail address is a@example.com.")
	fact := turn.Next("e")
	shows(t, fact, "Root e-mail address", "Now: a@example.com")
	if again := fact.Next("no address"); again.at != fact.at || again.said != notMail {
		t.Errorf("an answer that is none leads to %v", again.at)
	}
	if kept := fact.Next(""); kept.at != turn.at || kept.facts["K3"].Written != "a@example.com" {
		t.Errorf("Enter leads to %v with %q", kept.at, kept.facts["K3"].Written)
	}
	shows(t, fact.Next("b@example.com"), "The e-mail address is b@example.com.")
	shows(t, turn, "The e-mail address is a@example.com.")
	all := talked(t, words.English, "t", "3", "e", ".", ".", ".", ".", ".", ".", ".", ".")
	if all.at != (place{turnScreen, 2}) {
		t.Errorf("after all facts: %v", all.at)
	}
}

// TestWithoutFacts: where a fact is not known, what to say without it comes first.
func TestWithoutFacts(t *testing.T) {
	text := talked(t, words.English, "t", "account").Show(View{})
	without, with := strings.Index(text, "I don't know the account ID"), strings.Index(text, "My account ID is "+Blank)
	if without < 0 || with < without {
		t.Errorf("%s", text)
	}
}

// TestSheetIsAskedFor: a file name is handed out once, and what became of it is
// said.
func TestSheetIsAskedFor(t *testing.T) {
	asked := talked(t, words.English, "t", "p", " my call.html ")
	if asked.File() != "my call.html" {
		t.Errorf("%q", asked.File())
	}
	failed := asked.Wrote(Text{"no", "いいえ"}, false)
	shows(t, failed, "no", "A sheet to lie beside the telephone")
	done := asked.Wrote(Text{"wrote it", "書きました"}, true)
	shows(t, done, "wrote it", "Yes, speaking.")
	if failed.File() != "" || done.File() != "" || done.Next("").said != (Text{}) {
		t.Error("it is asked for again")
	}
	if talked(t, words.English, "p", ".").at.kind != rulesScreen {
		t.Error("Enter does not lead back")
	}
}

// TestTalkFits: no line of a screen is wider than 79 columns, nor, but on the list of screens,
// than 40 in a narrow window: in both languages, without facts and with every one.
func TestTalkFits(t *testing.T) {
	c := OpenCall()
	facts := filled(t, c)
	facts[CodeFact], _ = FormCode.Take("WWW7-777-wWw", words.English)
	for _, l := range languages {
		for _, f := range []Facts{{}, facts} {
			for kind := range endScreen + 1 {
				n := map[screenKind]int{factScreen: len(c.Asked()), turnScreen: len(c.Turns)}[kind]
				for i := range max(n, 1) {
					talk := c.Begin(l).With(f)
					talk.at = place{kind, i}
					for _, width := range []int{40, 79} {
						for line := range strings.Lines(talk.Show(View{Width: width})) {
							line = strings.TrimSuffix(line, "\n")
							if console.Width(line) > width && kind != screensScreen {
								t.Errorf("screen %v at %d: %q", talk.at, width, line)
							}
							if console.Width(line) > 79 {
								t.Errorf("screen %v: %q", talk.at, line)
							}
						}
					}
				}
			}
		}
	}
}

// TestKanaIsNotTorn: a line of katakana ends where a word does.
func TestKanaIsNotTorn(t *testing.T) {
	for where, l := range callLines(OpenCall()) {
		for _, width := range []int{40, 79} {
			s := View{Language: words.Japanese, Width: width}.sheet()
			s.kana("  ", l.Kana)
			lines := strings.Split(strings.TrimRight(s.String(), "\n"), "\n")
			if got := strings.ReplaceAll(strings.Join(lines, ""), " ", ""); got != strings.ReplaceAll(l.Kana, " ", "") {
				t.Errorf("%s: %q is shown as %q", where, l.Kana, got)
			}
			for _, line := range lines[:len(lines)-1] {
				if !strings.ContainsAny(line[len(line)-1:], "?") && !strings.HasSuffix(line, "・") && !strings.HasSuffix(line, "、") && !strings.HasSuffix(line, "。") {
					t.Errorf("%s at %d: %q", where, width, line)
				}
			}
		}
	}
}
