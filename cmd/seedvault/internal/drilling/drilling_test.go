package drilling

import (
	"errors"
	"slices"
	"testing"

	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/unlocking"
	"seedvault/cmd/seedvault/internal/words"
)

// TestOnly: of what was shown the one that is meant is kept. A key that was given and is
// another's is said to be that one's, and nothing is not taken for a proof.
func TestOnly(t *testing.T) {
	paper := drilled{Holder: "paper", Result: resultProven}
	anna, bob := drilled{Holder: "board", Member: "anna", Result: resultProven}, drilled{Holder: "board", Member: "bob", Result: resultProven}
	given := unlocking.Given{Identities: []string{"bob.key"}}
	for _, c := range []struct {
		name, member string
		rows         []drilled
		keys         unlocking.Given
		want         []drilled
		err          words.Message
	}{
		{"paper", "", []drilled{paper, anna}, unlocking.Given{}, []drilled{paper}, words.Message{}},
		{"board", "", []drilled{paper, anna, bob}, unlocking.Given{}, []drilled{anna, bob}, words.Message{}},
		{"board", "bob", []drilled{paper, anna, bob}, unlocking.Given{}, []drilled{bob}, words.Message{}},
		{"words", "", []drilled{paper}, given, nil, words.DrillOther},
		{"words", "", []drilled{paper}, unlocking.Given{}, nil, words.DrillNothing},
		{"board", "carol", []drilled{anna}, unlocking.Given{}, nil, words.DrillNothing},
		{"words", "", nil, given, nil, words.DrillNothing},
	} {
		d := &driller{rows: slices.Clone(c.rows), asked: Options{Member: c.member, Keys: c.keys}}
		err := d.only(c.name)
		var e *say.Error
		if c.err != (words.Message{}) {
			if !errors.As(err, &e) || e.Message != c.err {
				t.Errorf("%s %s: %v", c.name, c.member, err)
			}
			continue
		}
		same := slices.EqualFunc(d.rows, c.want, func(a, b drilled) bool { return a.Holder == b.Holder && a.Member == b.Member })
		if err != nil || !same {
			t.Errorf("%s %s: %v, %v", c.name, c.member, d.rows, err)
		}
	}
}

// TestSaid: a member's proof is one of their share, and of nothing more.
func TestSaid(t *testing.T) {
	if got := (drilled{Holder: "board", Member: "anna", Result: resultProven}).said(); got != words.DrillResults.Of("share") || got == words.DrillResults.Of(string(resultProven)) {
		t.Errorf("%s", got.En)
	}
	if got := (drilled{Holder: "paper", Result: resultProven}).said(); got != words.DrillResults.Of(string(resultProven)) {
		t.Errorf("%s", got.En)
	}
}
