package guide

import (
	"slices"
	"strings"
)

// CallPage is the page that the call script belongs to.
const CallPage = "aws-root"

// CodeFact is the id of the fact that becomes known only during the call: the code
// in the mail that the caller sends.
const CodeFact = "CODE"

// Call is what to say on the telephone: rules, what to have at hand, what one may
// hear and answer in turn, phrases for any moment, and what to do when the line
// drops. What AWS asks is documented nowhere, so the turns are what others have
// reported.
type Call struct {
	Rules   []Fact     `yaml:"rules"`
	Prepare []CallFact `yaml:"prepare"`
	Turns   []Turn     `yaml:"turns"`
	Rescue  []Phrase   `yaml:"rescue"`
	Dropped []Fact     `yaml:"dropped"`
}

// CallFact is something of the caller's own. Its id, in braces, is the place for it
// in an answer; How says how it is to be typed.
type CallFact struct {
	ID   string   `yaml:"id"`
	Name Text     `yaml:"name"`
	How  Text     `yaml:"how"`
	Form CallForm `yaml:"form"`
}

// Line is a sentence of the call: in English, how that sounds in katakana, and what
// it means in Japanese.
type Line struct {
	En   string `yaml:"en"`
	Kana string `yaml:"kana"`
	Ja   string `yaml:"ja"`
}

// Turn is what one may hear, what to answer, and what else where that does not
// fit. Here is what can be typed at its screen, and means nothing on paper.
type Turn struct {
	ID   string `yaml:"id"`
	Name Text   `yaml:"name"`
	Hear Line   `yaml:"hear"`
	Say  Line   `yaml:"say"`
	Else Line   `yaml:"else"`
	Note Text   `yaml:"note"`
	Here Text   `yaml:"here"`
}

// Phrase is one for any moment of a call.
type Phrase struct {
	ID   string `yaml:"id"`
	Line `yaml:",inline"`
}

// Facts are what the caller filled in, by the facts' ids. They stay in memory
// unless the caller asks for a sheet.
type Facts map[string]Told

// Asked returns the facts that the caller is asked for, in their order.
func (c *Call) Asked() (list []CallFact) {
	for _, f := range c.Prepare {
		if f.Form != FormNone {
			list = append(list, f)
		}
	}
	return list
}

// Places returns the ids of the facts that a turn's answer has a place for.
func (t Turn) Places() (ids []string) {
	for _, rest := range strings.Split(t.Say.En, "{")[1:] {
		if id, _, ok := strings.Cut(rest, "}"); ok {
			ids = append(ids, id)
		}
	}
	return ids
}

// Blank is where a fact is filled in on paper.
const Blank = "____________"

// Answer returns what to say with the facts in it, as they are written; blanks stand for
// those that are not known.
func (t Turn) Answer(facts Facts) Line {
	say := t.Say
	for _, id := range t.Places() {
		value := facts[id].Written
		if value == "" {
			value = Blank
		}
		for _, text := range []*string{&say.En, &say.Kana, &say.Ja} {
			*text = strings.ReplaceAll(*text, "{"+id+"}", value)
		}
	}
	return say
}

// Aloud returns how the facts in a turn's answer are said.
func (t Turn) Aloud(facts Facts) (a Aloud) {
	for _, id := range t.Places() {
		a = append(a, facts[id].Aloud...)
	}
	return a
}

// MissesFact reports whether a turn's answer has a place for a fact that is not known.
func (t Turn) MissesFact(facts Facts) bool {
	return slices.ContainsFunc(t.Places(), func(id string) bool { return facts[id].Written == "" })
}

// IsZero reports whether there is no sentence.
func (l Line) IsZero() bool { return l == Line{} }
