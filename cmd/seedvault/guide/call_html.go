package guide

import (
	"io"
	"strings"
)

// The words of the sheet for the call that the screens do not have.
var (
	wordSheetKept  = Text{"This sheet holds what you filled in. Destroy it after the call.", "この用紙には入力した情報が載っています。電話が済んだら処分してください。"}
	wordSheetFacts = Text{"Your facts; how to say them stands at each question", "自分の情報（読み方は、それぞれの質問のところにあります）"}
	wordSheetCode  = Text{"The code from the mail: write it here, then read it one character at a time.", "メールのコード: ここに書き、1 文字ずつ読みます。"}
	wordSheetAlpha = Text{"Spelling", "読み方の表"}
)

// callStyle is what the sheet for the call has beyond a page: large letters, and no
// turn torn apart.
const callStyle = `
section{break-inside:avoid;border-top:1px solid;padding:.3em 0}h2+section,.columns>section:first-child{border-top:0}.fact{padding-left:1.8em}
.kana,td[lang=ja]{word-break:keep-all;overflow-wrap:anywhere}
h2{break-after:avoid}
.en{font-size:125%;font-weight:bold;margin:.1em 0}.kana,.ja{margin:.1em 0 .1em 1em}.who{margin:.4em 0 0;color:#444;font-size:85%}
table{border-collapse:collapse;margin:.4em 0}td{border:1px solid;padding:.15em .6em;vertical-align:top}td.w{font-family:monospace;font-size:150%;white-space:nowrap}
.write{height:2.2em;border:1px solid;margin:.4em 0}
.alphabet{columns:3;font-size:85%}
@media(max-width:30em){.alphabet{columns:1}}
@media print{@page{margin:12mm}body{font-size:9pt;line-height:1.35}.columns{columns:2;column-gap:8mm}h2{font-size:12pt;margin:.4em 0}td.w{font-size:120%}td{padding:.05em .4em}}
`

// CallHTML writes the sheet to lie beside the telephone: every sentence in English,
// in katakana and in Japanese, with the facts that are known in it and how they are
// said, and blanks for the others. It fetches nothing and no program runs in it.
func (v View) CallHTML(w io.Writer, c *Call, facts Facts) error {
	h := &markup{}
	s := v.sheet()
	h.printf(htmlHead, tag(v.Language), esc(s.say(wordCallTitle)), style+callStyle)
	h.printf("<h1>%s</h1>\n", esc(s.say(wordCallTitle)))
	if len(facts) > 0 {
		h.printf("<p class=\"strong\">%s</p>\n", esc(s.say(wordSheetKept)))
	}
	h.advice(s, wordCallRules, c.Rules)
	h.told(s, c, facts)
	h.printf("<div class=\"columns\">\n")
	for i, t := range c.Turns {
		h.printf("<section>\n<h2>%d. %s</h2>\n", i+1, esc(t.Name.In(v.Language)))
		h.turn(s, t, facts)
		h.printf("</section>\n")
	}
	h.printf("<h2>%s</h2>\n", esc(s.say(wordCallRescue)))
	for _, p := range c.Rescue {
		h.printf("<section>\n")
		h.sentence(p.Line)
		h.printf("</section>\n")
	}
	h.printf("</div>\n")
	h.advice(s, wordCallDrop, c.Dropped)
	h.alphabet(s)
	h.printf("</body>\n</html>\n")
	_, err := io.WriteString(w, h.String())
	return err
}

// advice writes facts below a heading.
func (h *markup) advice(s *sheet, word Text, list []Fact) {
	h.printf("<h2>%s</h2>\n<ul>\n", esc(s.say(word)))
	for _, f := range list {
		h.printf("<li>%s</li>\n", esc(f.In(s.language)))
	}
	h.printf("</ul>\n")
}

// told writes the caller's own facts, and a box to write in where one is not known.
func (h *markup) told(s *sheet, c *Call, facts Facts) {
	h.printf("<h2>%s</h2>\n", esc(s.say(wordSheetFacts)))
	for _, f := range c.Prepare {
		h.printf("<section>\n<p class=\"fact\">%s<b>%s</b>", box, esc(f.Name.In(s.language)))
		switch told, known := facts[f.ID]; {
		case known:
			h.printf(": %s</p>\n", esc(told.Written))
		case f.Form != FormNone:
			h.printf("</p>\n<div class=\"write\"></div>\n")
		default:
			h.printf("</p>\n")
		}
		h.printf("</section>\n")
	}
}

func (h *markup) turn(s *sheet, t Turn, facts Facts) {
	h.printf("<p class=\"who\">%s</p>\n", esc(s.say(wordCallHear)))
	h.sentence(t.Hear)
	h.printf("<p class=\"who\">%s</p>\n", esc(s.say(wordCallSay)))
	h.sentence(t.Answer(facts))
	for _, id := range t.Places() {
		if told, known := facts[id]; known {
			h.aloud(told.Aloud)
		} else if id == CodeFact {
			h.printf("<p>%s</p>\n<div class=\"write\"></div>\n", esc(s.say(wordSheetCode)))
		}
	}
	if !t.Else.IsZero() {
		h.printf("<p class=\"who\">%s</p>\n", esc(s.say(wordCallElse)))
		h.sentence(t.Else)
	}
	if !t.Note.IsZero() {
		h.printf("<p class=\"ref\">%s</p>\n", esc(s.say(wordCallNote, t.Note.In(s.language))))
	}
}

func (h *markup) sentence(l Line) {
	h.printf("<p class=\"en\" lang=\"en\">%s</p>\n<p class=\"kana\" lang=\"ja\">%s</p>\n<p class=\"ja\" lang=\"ja\">%s</p>\n", esc(l.En), breathed(l.Kana), esc(l.Ja))
}

// breathed is katakana that breaks between words alone.
func breathed(kana string) string {
	return strings.NewReplacer("・", "・<wbr>", "、", "、<wbr>").Replace(esc(kana))
}

func (h *markup) aloud(a Aloud) {
	h.printf("<table>\n")
	for _, g := range a {
		h.printf("<tr><td class=\"w\">%s</td><td lang=\"en\">%s</td><td lang=\"ja\">%s</td></tr>\n", esc(g.Large()), esc(g.En), breathed(g.Kana))
	}
	h.printf("</table>\n")
}

// alphabet is the table of how letters, digits and signs are said, for what is to be
// spelled by hand.
func (h *markup) alphabet(s *sheet) {
	h.printf("<h2>%s</h2>\n<div class=\"alphabet\">\n", esc(s.say(wordSheetAlpha)))
	for _, r := range "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789@.-_+" {
		g := withWord(r)
		h.printf("<div><b>%s</b> %s <span lang=\"ja\">%s</span></div>\n", esc(string(r)), esc(strings.TrimPrefix(g.en, string(r)+" as in ")), esc(g.kana))
	}
	h.printf("</div>\n")
}
