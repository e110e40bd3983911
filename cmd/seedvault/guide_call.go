package main

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"seedvault/cmd/seedvault/guide"
	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/words"
)

// callFacts are what the caller typed of their account, by the fact's id; nil
// where nobody was asked. They stay in memory: they are written to no file and to no
// stream that may be one.
type callFacts map[string]string

// guideCall shows what to say on the telephone: a turn at a time to a person at a
// terminal, who may fill in what is theirs, and with blanks to anybody else.
func (v *guiding) guideCall() error {
	script, err := guide.OpenCall()
	if err != nil {
		return err
	}
	g := v.guideScreen()
	if g == nil {
		return v.printBlocks(v.wholeCall(script, nil))
	}
	call := &call{guideScreen: g, script: script, facts: callFacts{}}
	err = call.begin()
	if err == nil && v.plain {
		_, err = g.ask(v.w.Voice.Text(words.GuideKeysRead), v.wholeCall(script, call.facts)...)
	} else if err == nil {
		err = call.speak()
	}
	g.Close()
	if err == errLeft {
		return nil
	}
	return err
}

// call is one telephone call with somebody who sits at a terminal.
type call struct {
	*guideScreen
	script *guide.Call
	facts  callFacts
}

// begin shows the rules and asks for the caller's own facts.
func (c *call) begin() error {
	answer, err := c.ask(c.voice().Text(words.GuideKeysNoneLeft), c.v.rules(c.script)...)
	if err = leftBy(answer, err); err != nil {
		return err
	}
	said := ""
	for i := 0; i < len(c.script.Prepare); {
		f := c.script.Prepare[i]
		if f.Form == guide.FormNone {
			i++
			continue
		}
		typed, err := c.askAsTyped(c.voice().Text(words.CallKeysFact),
			para(c.voice().Text(words.CallFact, i+1, len(c.script.Prepare))), para(f.Text.In(c.voice().Lang)), para(said))
		if err = leftBy(typed, err); err != nil {
			return err
		}
		said = ""
		if tooMuch(f, typed) {
			said = c.voice().Text(words.CallTooMuch)
			continue
		}
		c.facts[f.ID] = console.Safe(norm.NFKC.String(typed), 0)
		i++
	}
	return nil
}

// tooMuch says that more was typed than is ever to be said on the telephone: other
// than the last four digits of a card, or a whole card's number anywhere.
func tooMuch(f guide.CallFact, typed string) bool {
	digits := strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return r
		}
		return -1
	}, norm.NFKC.String(typed))
	if f.Form == guide.FormLast4 {
		return typed != "" && len(digits) != 4
	}
	return f.Form != guide.FormPhone && len(digits) >= 13 && len(digits) <= 19 && luhn(digits)
}

// luhn says that digits end in the check digit that the numbers of payment cards
// have (ISO/IEC 7812-1, annex B).
func luhn(digits string) bool {
	sum := 0
	for i := range len(digits) {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}

// speak goes through the turns.
func (c *call) speak() error {
	for i := 0; i < len(c.script.Turns); {
		answer, err := c.ask(c.voice().Text(words.CallKeysTurn), append(
			[]block{para(c.voice().Text(words.CallTurn, i+1, len(c.script.Turns)))}, c.v.turn(c.script.Turns[i], c.facts)...)...)
		if err != nil {
			return err
		}
		switch answer {
		case "":
			i++
		case "b":
			i = max(i-1, 0)
		case "?":
			if _, err := c.ask(c.voice().Text(words.GuideKeysRead), c.v.rescue(c.script)...); err != nil {
				return err
			}
		case "q":
			return errLeft
		}
	}
	_, err := c.ask(c.voice().Text(words.GuideKeysEnd), para(c.voice().Text(words.CallEnd)))
	return err
}

// wholeCall is the script from the first to the last line, with blanks where facts
// is nil.
func (v *guiding) wholeCall(script *guide.Call, facts callFacts) []block {
	blocks := append(v.rules(script), para(v.w.Voice.Text(words.CallPrepare)))
	for _, f := range script.Prepare {
		text := f.Text.In(v.w.Voice.Lang)
		if f.Form != guide.FormNone && facts == nil {
			text += ": " + blank
		}
		blocks = append(blocks, box(text))
	}
	for _, t := range script.Turns {
		blocks = append(blocks, para(t.ID))
		blocks = append(blocks, v.turn(t, facts)...)
	}
	return append(blocks, v.rescue(script)...)
}

// blank is where a fact is filled in on paper.
const blank = "____________"

// rules are what holds for every call.
func (v *guiding) rules(script *guide.Call) []block {
	blocks := []block{para(v.w.Voice.Text(words.CallRules))}
	for _, r := range script.Rules {
		blocks = append(blocks, bullet(r.Text.In(v.w.Voice.Lang)))
	}
	return blocks
}

// rescue are the phrases for any moment, in both languages.
func (v *guiding) rescue(script *guide.Call) []block {
	blocks := []block{para(v.w.Voice.Text(words.CallRescue))}
	for _, r := range script.Rescue {
		blocks = append(blocks, block{text: r.En + "   " + r.Ja, indent: 2, hang: 2, close: true})
	}
	return blocks
}

// turn is what AWS may ask and what to answer, in both languages.
func (v *guiding) turn(t guide.Turn, facts callFacts) []block {
	blocks := []block{para(v.w.Voice.Text(words.CallAsks)), item(t.Hear.En), item(t.Hear.Ja)}
	you := t.Answer(facts, blank)
	if facts != nil && !t.Else.IsZero() && facts.lack(t) {
		blocks = append(blocks, para(v.w.Voice.Text(words.CallAnswer)), item(t.Else.En), item(t.Else.Ja))
	} else {
		blocks = append(blocks, para(v.w.Voice.Text(words.CallAnswer)), item(you.En), item(you.Ja))
		if !t.Else.IsZero() {
			blocks = append(blocks, para(v.w.Voice.Text(words.CallElse)), item(t.Else.En), item(t.Else.Ja))
		}
	}
	if v.w.Voice.Lang == words.Japanese && t.Note != "" {
		blocks = append(blocks, para(v.w.Voice.Text(words.CallNote, t.Note)))
	}
	return blocks
}

// lack says that a turn's answer has a place for a fact that was not given.
func (f callFacts) lack(t guide.Turn) bool {
	return slices.ContainsFunc(t.Places(), func(id string) bool { return f[id] == "" })
}
