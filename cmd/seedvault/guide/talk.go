package guide

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"seedvault/cmd/seedvault/internal/words"
)

// Talk is a call as it is led at a terminal: the screen that is shown, and what the
// caller has filled in. It is a value: Next makes another one. Begin with Call.Begin,
// show Show and below it Keys, and hand what was typed to Next, until Over.
type Talk struct {
	script   *Call
	language words.Language
	facts    Facts
	at       place
	back     []place // where the caller came from, the last one last
	said     Text    // what is to be said of the last answer
	file     string  // where the sheet is asked to be written
	over     End
}

// place is a screen of the call: its kind, and of facts and turns which one.
type place struct {
	kind screenKind
	n    int
}

type screenKind int

const (
	rulesScreen screenKind = iota
	factScreen
	turnScreen
	codeScreen
	spelledScreen
	phrasesScreen
	droppedScreen
	screensScreen
	sheetScreen
	endScreen
)

// End is how a call ended.
type End int

// A call goes on, was gone through to its end, or was left.
const (
	GoesOn End = iota
	Through
	Left
)

// Begin returns the call before its first screen is answered.
func (c *Call) Begin(l words.Language) Talk {
	return Talk{script: c, language: l, facts: Facts{}}
}

// With returns the call with facts that were filled in before.
func (t Talk) With(facts Facts) Talk {
	if facts != nil {
		t.facts = facts
	}
	return t
}

// Over returns how the call ended, if it has.
func (t Talk) Over() End { return t.over }

// Facts returns what the caller has filled in.
func (t Talk) Facts() Facts { return t.facts }

// Filling reports whether the call has not come further than the caller's own
// facts.
func (t Talk) Filling() bool { return t.at.kind == rulesScreen || t.at.kind == factScreen }

// File returns where the caller asked for the sheet to be written, or "".
func (t Talk) File() string { return t.file }

// Wrote returns the call after the sheet was written, or was not: said is what to say of
// that.
func (t Talk) Wrote(said Text, ok bool) Talk {
	t.file, t.said = "", said
	if ok {
		return t.returned()
	}
	return t
}

// Next returns the call after something was typed below its screen. A key works on every
// screen; so does a screen's number or name, but where a fact is asked for. A turn
// that needs the code from the mail takes it as it is typed.
func (t Talk) Next(typed string) Talk {
	t.said = Text{}
	key := keyOf(typed)
	if next, ok := t.pressed(key); ok {
		return next
	}
	switch t.at.kind {
	case factScreen:
		return t.fill(t.script.Asked()[t.at.n], typed)
	case codeScreen:
		return t.fill(CallFact{ID: CodeFact, Form: FormCode}, typed)
	case sheetScreen:
		t.file = strings.TrimSpace(typed)
		return t
	}
	code := t.wantsCode()
	if to, ok := t.named(key, code); ok {
		return t.to(to)
	}
	if code {
		filled := t.fill(CallFact{ID: CodeFact, Form: FormCode}, typed)
		if to, ok := t.named(key, false); ok && !filled.said.IsZero() { // no code, but the beginning of a name
			return t.to(to)
		}
		return filled
	}
	t.said = wordNoScreen
	return t
}

// wantsCode reports whether the present screen shows a code, so that another one
// may be typed there: a name of a screen has to be whole then.
func (t Talk) wantsCode() bool {
	return t.at.kind == spelledScreen || t.at.kind == turnScreen && slices.Contains(t.script.Turns[t.at.n].Places(), CodeFact)
}

// pressed returns what a key does, if it is one here.
func (t Talk) pressed(key string) (Talk, bool) {
	to, known := map[string]place{
		"c": {codeScreen, 0}, "?": {phrasesScreen, 0}, "x": {droppedScreen, 0}, "l": {screensScreen, 0},
		"e": t.editing(), "p": {sheetScreen, 0}, "t": {turnScreen, 0},
	}[key]
	switch {
	case key == "":
		return t.onward(), true
	case key == "b":
		return t.returned(), true
	case key == "q":
		t.over = Left
		return t, true
	case known:
		return t.to(to), true
	}
	return t, false
}

// to goes to a screen, from which b leads back.
func (t Talk) to(p place) Talk {
	if p != t.at {
		t.back, t.at = append(slices.Clone(t.back), t.at), p
	}
	return t
}

// returned goes back to where the caller came from.
func (t Talk) returned() Talk {
	if n := len(t.back); n > 0 {
		t.at, t.back = t.back[n-1], slices.Clone(t.back[:n-1])
	}
	return t
}

// editing returns the screen of the fact that the present turn has a place for, else of
// the first.
func (t Talk) editing() place {
	for i, f := range t.script.Asked() {
		if t.asks(f) {
			return place{factScreen, i}
		}
	}
	return place{factScreen, 0}
}

// asks reports whether the present screen is a turn with a place for a fact.
func (t Talk) asks(f CallFact) bool {
	return t.at.kind == turnScreen && slices.Contains(t.script.Turns[t.at.n].Places(), f.ID)
}

// onward returns what Enter does: the next screen in the order of the call, or back from
// one that stands outside of it.
func (t Talk) onward() Talk {
	switch next := t.at; t.at.kind {
	case rulesScreen:
		return t.to(place{factScreen, 0})
	case factScreen:
		return t.nextFact()
	case turnScreen:
		if next.n++; next.n == len(t.script.Turns) {
			return t.to(place{endScreen, 0})
		}
		return t.to(next)
	case endScreen:
		t.over = Through
		return t
	}
	return t.returned()
}

// nextFact goes on behind a fact. A caller who came from the turn that needs it
// goes back there at once; from any other turn, behind the last fact.
func (t Talk) nextFact() Talk {
	if back := t.returned(); back.asks(t.script.Asked()[t.at.n]) {
		return back
	}
	if next := t.at.n + 1; next < len(t.script.Asked()) {
		return t.to(place{factScreen, next})
	}
	for i := len(t.back) - 1; i >= 0; i-- {
		if t.back[i].kind == turnScreen {
			return t.to(t.back[i])
		}
	}
	return t.to(place{turnScreen, 0})
}

// fill takes what was typed for a fact, and says why if it cannot be one.
func (t Talk) fill(f CallFact, typed string) Talk {
	told, problem := f.Form.Take(typed, t.language)
	if !problem.IsZero() {
		t.said = problem
		return t
	}
	t.facts = maps.Clone(t.facts)
	t.facts[f.ID] = told
	switch t.at.kind {
	case factScreen:
		return t.nextFact()
	case codeScreen:
		t.at = place{spelledScreen, 0} // in place of the screen that asked
	}
	return t
}

// named returns the screen of a number or a name: a turn's id, or a name in either
// language, of which the beginning does unless it has to be whole.
func (t Talk) named(key string, whole bool) (place, bool) {
	if n, err := strconv.Atoi(key); err == nil && n >= 1 && n <= len(t.script.Turns) {
		return place{turnScreen, n - 1}, true
	}
	key = fold(key)
	meant := func(names ...string) bool {
		return key != "" && slices.ContainsFunc(names, func(name string) bool {
			return fold(name) == key || !whole && strings.HasPrefix(fold(name), key)
		})
	}
	for i, turn := range t.script.Turns {
		if meant(turn.ID, turn.Name.En, turn.Name.Ja) {
			return place{turnScreen, i}, true
		}
	}
	for _, s := range otherScreens {
		if meant(s.name.En, s.name.Ja) {
			return place{s.kind, 0}, true
		}
	}
	return place{}, false
}

// otherScreens are those beside the turns, with their keys and names.
var otherScreens = []struct {
	key  string
	kind screenKind
	name Text
}{
	{"c", codeScreen, Text{"Spell a code", "コードの読み方"}},
	{"?", phrasesScreen, Text{"Phrases for any moment", "いつでも使える言い方"}},
	{"x", droppedScreen, Text{"The line drops", "電話が切れたとき"}},
	{"e", factScreen, Text{"Change what you filled in", "入力した情報の変更"}},
	{"p", sheetScreen, Text{"A sheet to print", "印刷用の用紙"}},
	{"t", turnScreen, Text{"To the first screen of the call", "電話の最初の画面へ"}},
}

// keyOf returns a key as it is compared: lower case, of any width, without the space
// around it.
func keyOf(typed string) string {
	return strings.ToLower(strings.TrimSpace(norm.NFKC.String(typed)))
}
