package guide

import (
	"bytes"
	_ "embed"
	"fmt"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"
)

// CallPage is the page that the call script belongs to.
const CallPage = "aws-root"

// Call is what to say on the telephone: rules, what to have at hand, what one may
// hear and answer in turn, and phrases for any moment. What AWS asks is documented
// nowhere, so the turns are what others have reported.
type Call struct {
	Rules   []Fact     `yaml:"rules"`
	Prepare []CallFact `yaml:"prepare"`
	Turns   []Turn     `yaml:"turns"`
	Rescue  []Phrase   `yaml:"rescue"`
}

// CallFact is something of the caller's own. Its id, in braces, is the place for it
// in an answer.
type CallFact struct {
	ID   string `yaml:"id"`
	Text `yaml:",inline"`
	Form CallForm `yaml:"form"`
}

// CallForm is how a caller's fact is taken.
type CallForm string

// A fact may be any text, a telephone number or the last four digits of a card;
// what is only to be at hand is not taken at all.
const (
	FormNone  CallForm = ""
	FormText  CallForm = "text"
	FormPhone CallForm = "phone"
	FormLast4 CallForm = "last4"
)

// Turn is what one may hear, what to answer, and what else where that is not
// known.
type Turn struct {
	ID   string `yaml:"id"`
	Hear Text   `yaml:"hear"`
	Say  Text   `yaml:"say"`
	Else Text   `yaml:"else"`
	Note string `yaml:"note_ja"` // for who speaks Japanese, without katakana
}

// Phrase is one for any moment of a call.
type Phrase struct {
	ID   string `yaml:"id"`
	Text `yaml:",inline"`
}

//go:embed call.yaml
var callText []byte

// OpenCall returns the call script that is built into the program. An error means
// that the program was built wrongly.
var OpenCall = sync.OnceValues(func() (*Call, error) {
	c := &Call{}
	d := yaml.NewDecoder(bytes.NewReader(callText))
	d.KnownFields(true)
	if err := d.Decode(c); err != nil {
		return nil, fmt.Errorf("failed to read call.yaml: %w", err)
	}
	return c, nil
})

// Places are the ids of the facts that a turn's answer has a place for.
func (t Turn) Places() (ids []string) {
	for _, rest := range strings.Split(t.Say.En, "{")[1:] {
		if id, _, ok := strings.Cut(rest, "}"); ok {
			ids = append(ids, id)
		}
	}
	return ids
}

// Answer is what to say with facts, by their ids, spelled out in it; a blank stands
// for those that are not known.
func (t Turn) Answer(facts map[string]string, blank string) Text {
	say := t.Say
	for _, id := range t.Places() {
		en, ja := blank, blank
		if value := facts[id]; value != "" {
			aloud := Spell(value)
			en, ja = strings.Join(aloud.EN, ". "), strings.Join(aloud.JA, "。")
		}
		say.En = strings.ReplaceAll(say.En, "{"+id+"}", en)
		say.Ja = strings.ReplaceAll(say.Ja, "{"+id+"}", ja)
	}
	return say
}
