package judge_test

import (
	"testing"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/judge"
)

// TestOnlyLowerNumbersSign: F49. What signs an epoch of its own number or of a lower
// one has signed nothing, and leads nowhere.
func TestOnlyLowerNumbersSign(t *testing.T) {
	first, pin, strange := mark("first", 0), mark("pin", 0), mark("strange", 0)
	by := func(fps ...format.Fingerprint) map[format.Fingerprint]bool {
		signed := map[format.Fingerprint]bool{}
		for _, fp := range fps {
			signed[fp] = true
		}
		return signed
	}
	for name, c := range map[string]struct {
		number int
		signed map[format.Fingerprint]bool
		want   judge.Relation
	}{
		"above the pinned":                    {4, by(pin), judge.Relation{ComesFrom: true, Successor: true, Joins: true}},
		"beside the pinned":                   {3, by(pin), judge.Relation{}},
		"below the pinned":                    {2, by(pin), judge.Relation{}},
		"beside it, signed by an older too":   {3, by(first, pin), judge.Relation{ComesFrom: true, Fork: true}},
		"below it, signed by an older too":    {2, by(first, pin), judge.Relation{ComesFrom: true, Fork: true}},
		"beside the first, signed by all":     {1, by(first, pin), judge.Relation{}},
		"above it, signed by an older too":    {4, by(first, pin), judge.Relation{ComesFrom: true, Successor: true, Joins: true}},
		"above the pinned, signed by nobody":  {4, by(), judge.Relation{}},
		"far above the pinned and the first":  {1004, by(first, pin), judge.Relation{}},
		"just not too far above what signed":  {1003, by(first, pin), judge.Relation{ComesFrom: true, Successor: true, Joins: true}},
		"far above the only one that signed":  {1002, by(first), judge.Relation{}},
		"just not too far above the only one": {1001, by(first), judge.Relation{ComesFrom: true, Fork: true}},
	} {
		seal := format.NewSeal()
		seal.Number, seal.Sum, seal.Joined[pin] = 1, mark("seal", 0), true
		e := judge.Epoch{Folder: "strange", Number: c.number, Fingerprint: strange, SignedBy: c.signed, Ledger: judge.NewLedger([]*format.Seal{seal})}
		older := judge.Epoch{Folder: "first", Number: 1, Fingerprint: first}
		pinned := judge.Epoch{Folder: "pinned", Number: 3, Fingerprint: pin, Previous: first}
		for _, order := range [][]judge.Epoch{{older, pinned, e}, {e, pinned, older}} {
			facts := judge.Facts{Pin: pin, Epochs: order}
			if got := facts.Relations(facts.Line())["strange"]; got != c.want {
				t.Errorf("%s: %+v, want %+v", name, got, c.want)
			}
		}
	}
}
