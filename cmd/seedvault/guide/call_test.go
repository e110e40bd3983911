package guide

import (
	"slices"
	"strings"
	"testing"
	"unicode"
)

func TestCallIsWhole(t *testing.T) {
	c, err := OpenCall()
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Turns) != 16 || len(c.Rescue) != 12 || len(c.Rules) < 3 {
		t.Errorf("%d turns, %d phrases and %d rules", len(c.Turns), len(c.Rescue), len(c.Rules))
	}
	var facts []string
	for _, f := range c.Prepare {
		both(t, f.ID, f.Text)
		if !slices.Contains([]CallForm{FormNone, FormText, FormPhone, FormLast4}, f.Form) {
			t.Errorf("%s has the form %q", f.ID, f.Form)
		}
		facts = append(facts, f.ID)
	}
	for _, r := range c.Rescue {
		both(t, r.ID, r.Text)
	}
	for _, r := range c.Rules {
		both(t, r.En, r.Text)
	}
	for _, turn := range c.Turns {
		both(t, turn.ID, turn.Hear)
		both(t, turn.ID, turn.Say)
		if !turn.Else.IsZero() {
			both(t, turn.ID, turn.Else)
		}
		if strings.ContainsFunc(turn.Note, func(r rune) bool { return unicode.Is(unicode.Katakana, r) && r != 'ー' }) || turn.Note == "" {
			t.Errorf("%s: the note has katakana, or is missing: %q", turn.ID, turn.Note)
		}
		for _, id := range turn.Places() {
			if !slices.Contains(facts, id) || !strings.Contains(turn.Say.Ja, "{"+id+"}") || turn.Else.IsZero() {
				t.Errorf("%s: no fact %s, no place for it in Japanese, or nothing to say without it", turn.ID, id)
			}
		}
	}
}

func both(t *testing.T, id string, text Text) {
	t.Helper()
	if text.En == "" || text.Ja == "" {
		t.Errorf("%s lacks a language: %q", id, text)
	}
}

func TestAnswer(t *testing.T) {
	turn := Turn{Say: Text{"It is {K2}, and {K6}.", "{K2} と {K6} です。"}}
	got := turn.Answer(map[string]string{"K2": "1234 56"}, "___")
	want := Text{"It is one, two, three, four. five, six, and ___.", "いち、に、さん、よん。ご、ろく と ___ です。"}
	if got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
