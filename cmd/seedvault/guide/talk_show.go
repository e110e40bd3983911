package guide

import (
	"strconv"
	"strings"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/words"
)

// The words around a call.
var (
	wordCallRules  = Text{"For every call:", "どの電話でも守ること:"}
	wordCallFact   = Text{"Your own facts, %d of %d. They are kept nowhere, and shown for you to read aloud.", "自分の情報 %d / %d。どこにも残さず、読み上げ方を示すだけです。"}
	wordCallHave   = Text{"Now: %s", "入力済み: %s"}
	wordCallTurn   = Text{"The call, %d of %d: %s. It may take another order.", "電話 %d / %d: %s。順番は変わることがあります。"}
	wordCallHear   = Text{"You hear:", "相手:"}
	wordCallSay    = Text{"You say:", "自分:"}
	wordCallElse   = Text{"Or:", "または:"}
	wordCallNote   = Text{"Note: %s", "注: %s"}
	wordCallAloud  = Text{"Read aloud, one line at a time:", "1 行ずつ、ゆっくり読みます:"}
	wordCallCode   = Text{"The code from the mail, a case number, or anything else to spell: type it.", "メールのコードやケース番号など、読み上げたいものを入力してください。"}
	wordCallRescue = Text{"At any moment:", "いつでも使える言い方:"}
	wordCallDrop   = Text{"When the line drops:", "電話が切れたとき:"}
	wordCallAll    = Text{"The screens of the call, by number or name:", "電話の画面（番号か名前で選べます）:"}
	wordCallSheet  = Text{"A sheet to lie beside the telephone, with what you filled in. Type a file name such as call.html. Whoever reads the file reads your facts.", "電話の横に置く用紙を書き出します。入力した情報も載ります。call.html のようなファイル名を入力してください。ファイルを読める人には、その情報も読めます。"}
	wordCallEnd    = Text{"That was the call. Once you are in again: seedvault guide after", "電話はここまでです。入れるようになったら: seedvault guide after"}
	wordNoScreen   = Text{"No screen has this number or name. All of them: l", "その番号や名前の画面はありません。一覧は l です。"}
	wordCallReady  = Text{"Have at hand:", "手元に用意するもの:"}
	wordCallTitle  = Text{"When AWS phones", "AWS から電話が来たら"}
)

// The keys of each kind of screen. A gap of three spaces stands between keys, where
// a line may end.
var (
	keysRules   = Text{"Enter: your facts   t: to the call at once   p: a sheet to print   l: all screens   q: end", "Enter: 自分の情報へ   t: すぐ電話へ   p: 印刷用の用紙   l: 一覧   q: 終わる"}
	keysFact    = Text{"type it, or Enter: next   t: to the call   c: spell   b: back   l: all screens   q: end", "入力、または Enter: 次へ   t: 電話へ   c: コード   b: 戻る   l: 一覧   q: 終わる"}
	keysTurn    = Text{"Enter: next   b: back   c: spell a code   ?: phrases   x: the line drops   l: all screens   e: your facts   p: print   q: end", "Enter: 次   b: 戻る   c: コードの読み方   ?: いつでも使える言い方   x: 切れたとき   l: 一覧   e: 自分の情報   p: 印刷   q: 終わる"}
	keysCode    = Text{"type it, or Enter: back   q: end", "入力、または Enter: 戻る   q: 終わる"}
	keysSpelled = Text{"Enter: back   c: another   ?: phrases   q: end", "Enter: 戻る   c: 別のコード   ?: いつでも使える言い方   q: 終わる"}
	keysAside   = Text{"Enter: back   c: spell a code   l: all screens   q: end", "Enter: 戻る   c: コードの読み方   l: 一覧   q: 終わる"}
	keysScreens = Text{"type a number or name, or Enter: back   q: end", "番号か名前を入力、または Enter: 戻る   q: 終わる"}
	keysSheet   = Text{"type a file name, or Enter: back   q: end", "ファイル名を入力、または Enter: 戻る   q: 終わる"}
	keysEnd     = Text{"Enter: end   p: a sheet to print   b: back   l: all screens", "Enter: 終わる   p: 印刷用の用紙   b: 戻る   l: 一覧"}
)

// KeyCall is the key that leads from a step to the call.
var KeyCall = Text{"c: the call", "c: 電話の台本"}

// Keys returns what may be typed below the present screen.
func (t Talk) Keys() string {
	return [...]Text{
		rulesScreen: keysRules, factScreen: keysFact, turnScreen: keysTurn, codeScreen: keysCode, spelledScreen: keysSpelled,
		phrasesScreen: keysAside, droppedScreen: keysAside, screensScreen: keysScreens, sheetScreen: keysSheet, endScreen: keysEnd,
	}[t.at.kind].In(t.language)
}

// Show returns the present screen, in a view's width.
func (t Talk) Show(v View) string {
	v.Language = t.language
	s := v.sheet()
	if !t.said.IsZero() {
		s.block("", t.said.In(t.language))
		s.gap()
	}
	switch t.at.kind {
	case rulesScreen:
		s.bullets(wordCallRules, t.script.Rules)
	case factScreen:
		t.showFact(s)
	case turnScreen:
		s.block("", s.say(wordCallTurn, t.at.n+1, len(t.script.Turns), t.script.Turns[t.at.n].Name.In(t.language)))
		if here := t.script.Turns[t.at.n].Here; !here.IsZero() {
			s.block("", here.In(t.language))
		}
		s.turn(t.script.Turns[t.at.n], t.facts)
	case codeScreen:
		s.block("", s.say(wordCallCode))
	case spelledScreen:
		s.block("", s.say(wordCallAloud))
		s.gap()
		s.aloud(t.facts[CodeFact].Aloud)
	case phrasesScreen:
		s.rescue(t.script.Rescue)
	case droppedScreen:
		s.bullets(wordCallDrop, t.script.Dropped)
	case screensScreen:
		t.showScreens(s)
	case sheetScreen:
		s.block("", s.say(wordCallSheet))
	case endScreen:
		s.block("", s.say(wordCallEnd))
	}
	return s.String()
}

func (t Talk) showFact(s *sheet) {
	asked := t.script.Asked()
	f := asked[t.at.n]
	s.block("", s.say(wordCallFact, t.at.n+1, len(asked)))
	s.gap()
	s.block("", f.Name.In(t.language))
	if !f.How.IsZero() {
		s.block("", f.How.In(t.language))
	}
	if told := t.facts[f.ID]; told.Written != "" {
		s.gap()
		s.block("", s.say(wordCallHave, told.Written))
	}
}

func (t Talk) showScreens(s *sheet) {
	s.block("", s.say(wordCallAll))
	s.gap()
	width := 0
	for _, turn := range t.script.Turns {
		width = max(width, console.Width(turn.Name.In(t.language)))
	}
	half := (len(t.script.Turns) + 1) / 2
	for i := range half { // two columns: the list stays on one screen
		line := listed(strconv.Itoa(i+1), t.script.Turns[i].Name.In(t.language))
		if i+half < len(t.script.Turns) {
			line += strings.Repeat(" ", max(width+8-console.Width(line), 1)) + listed(strconv.Itoa(i+half+1), t.script.Turns[i+half].Name.In(t.language))
		}
		s.verbatim("", line)
	}
	s.gap()
	for _, o := range otherScreens {
		s.verbatim("", listed(o.key, o.name.In(t.language)))
	}
}

// listed returns a line of a list with its number or key before it.
func listed(key, name string) string {
	return strings.Repeat(" ", max(4-len(key), 0)) + key + "  " + name
}

// Call returns the whole script for whoever cannot be asked, or wants to read it at
// once; what is not filled in is left blank.
func (v View) Call(c *Call, facts Facts) string {
	s := v.sheet()
	s.heading(s.say(wordCallTitle), "=")
	s.bullets(wordCallRules, c.Rules)
	s.gap()
	s.block("", s.say(wordCallReady))
	for _, f := range c.Prepare {
		text := f.Name.In(v.Language)
		if value := facts[f.ID].Written; value != "" {
			text += ": " + value
		} else if f.Form != FormNone {
			text += ": " + Blank
		}
		s.block("[ ] ", text)
	}
	for i, turn := range c.Turns {
		s.heading(strconv.Itoa(i+1)+". "+turn.Name.In(v.Language), "-")
		s.turn(turn, facts)
	}
	s.gap()
	s.rescue(c.Rescue)
	s.gap()
	s.bullets(wordCallDrop, c.Dropped)
	return s.String()
}

// bullets writes facts below a line.
func (s *sheet) bullets(word Text, list []Fact) {
	s.block("", s.say(word))
	for _, f := range list {
		s.block("- ", f.In(s.language))
	}
}

// turn writes what one may hear and what to answer; where the answer lacks a fact,
// first what can be said without it.
func (s *sheet) turn(t Turn, facts Facts) {
	s.sentence(wordCallHear, t.Hear)
	first, second := t.Answer(facts), t.Else
	if t.MissesFact(facts) && facts != nil && !t.Else.IsZero() {
		first, second = second, first
	}
	s.sentence(wordCallSay, first)
	if a := t.Aloud(facts); len(a) > 0 && !t.MissesFact(facts) {
		s.gap()
		s.aloud(a)
	}
	if !second.IsZero() {
		s.sentence(wordCallElse, second)
	}
	if !t.Note.IsZero() {
		s.gap()
		s.block("", s.say(wordCallNote, t.Note.In(s.language)))
	}
}

func (s *sheet) sentence(word Text, l Line) {
	s.gap()
	s.block("", s.say(word))
	s.lines(l)
}

// lines writes a sentence in the writings that a reader of the language needs.
func (s *sheet) lines(l Line) {
	s.block("  ", l.En)
	if s.language == words.Japanese {
		s.kana("  ", l.Kana)
	}
	s.block("  ", l.Ja)
}

// kana writes katakana, with lines that end between words only: half a word in
// katakana cannot be read aloud.
func (s *sheet) kana(prefix, text string) {
	indent := strings.Repeat(" ", console.Width(prefix))
	line := ""
	for _, word := range strings.SplitAfter(strings.NewReplacer("・", "・\n", "、", "、\n", "。", "。\n", "? ", "? \n").Replace(text), "\n") {
		word = strings.TrimSuffix(word, "\n")
		if line != "" && console.Width(line+strings.TrimRight(word, " ")) > s.width-len(indent) {
			s.block(prefix, line)
			prefix, line = indent, ""
		}
		line += word
	}
	if line != "" {
		s.block(prefix, line)
	}
}

func (s *sheet) rescue(list []Phrase) {
	s.block("", s.say(wordCallRescue))
	for _, p := range list {
		s.gap()
		s.lines(p.Line)
	}
}

// aloud writes a text as it is said: a group to a line, in columns where there is
// room for them.
func (s *sheet) aloud(a Aloud) {
	const gap = 2
	written, en, kana := 0, 0, 0
	for _, g := range a {
		written = max(written, console.Width(g.Large()))
		en, kana = max(en, console.Width(g.En)), max(kana, console.Width(g.Kana))
	}
	written, en = min(written, 12)+gap, en+gap
	inOneRow := s.language != words.Japanese || 2+written+en+kana <= s.width
	for _, g := range a {
		prefix := "  " + pad(g.Large(), written)
		switch {
		case s.language != words.Japanese:
			s.block(prefix, g.En)
		case inOneRow:
			s.kana(prefix+pad(g.En, en), g.Kana)
		default:
			s.block(prefix, g.En)
			s.kana(strings.Repeat(" ", 2+written), g.Kana)
		}
	}
}

func pad(text string, width int) string {
	return text + strings.Repeat(" ", max(width-console.Width(text), 1))
}
