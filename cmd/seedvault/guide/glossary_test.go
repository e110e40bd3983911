package guide

import (
	"testing"

	"seedvault/cmd/seedvault/internal/words/wordstest"
)

// TestOneWordForOneThing holds every Japanese text of the guide to the glossary: its
// pages and questions, the call, what is said of the kinds of services, and its own
// words.
func TestOneWordForOneThing(t *testing.T) {
	terms := wordstest.Glossary(t, "../internal/words")
	hold := func(where string, text Text) {
		for _, term := range terms {
			if found := term.Misnamed(text.Ja); found != "" {
				t.Errorf("%s: %q is %s: %q", where, found, term.Japanese, text.Ja)
			}
		}
	}
	g := open(t)
	for _, p := range g.Pages {
		everyText(p, func(where string, text Text, _ Mark) { hold(p.ID+", "+where, text) })
	}
	for _, q := range g.Questions {
		hold(q.ID, q.Ask)
		hold(q.ID, q.Why)
	}
	for i := range g.Services {
		if s := &g.Services[i]; s.Kind != nil {
			hold(s.Domain, *s.Kind)
		}
	}
	c := OpenCall()
	for where, l := range callLines(c) {
		hold(where, Text{l.En, l.Ja})
	}
	for _, f := range append(c.Rules, c.Dropped...) {
		hold("call", f.Text)
	}
	for _, f := range c.Prepare {
		hold(f.ID, f.Name)
		hold(f.ID, f.How)
	}
	for _, turn := range c.Turns {
		hold(turn.ID, turn.Name)
		hold(turn.ID, turn.Note)
		hold(turn.ID, turn.Here)
	}
	for where, text := range ownWords(t) {
		hold(where, text)
	}
}
