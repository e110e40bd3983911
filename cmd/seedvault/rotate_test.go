package main

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/newholder"
	"seedvault/cmd/seedvault/internal/place"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
	"seedvault/escrow/roster"
)

// reasons are all that a plan may have for what becomes of a holder.
var reasons = []escrow.RotationReason{
	escrow.ReasonRemoved, escrow.ReasonKnown, escrow.ReasonSeats, escrow.ReasonConflict, escrow.ReasonSameName,
	escrow.ReasonUnclaimed, escrow.ReasonUnusable, escrow.ReasonOneSide,
}

// TestPlanIsShown: what becomes of each holder, why, and what is asked, in every
// language.
func TestPlanIsShown(t *testing.T) {
	for _, language := range languages {
		for _, why := range reasons {
			for _, outcome := range []escrow.HolderOutcome{escrow.OutcomeStays, escrow.OutcomeLeaves, escrow.OutcomeAsk} {
				p, _, errs := stage(t, time.Now())
				p.Voice.Lang = language
				h := escrow.PlannedHolder{
					Holder: roster.Holder{Name: "board", Kind: roster.KindQuorum, Who: []string{"alice", "bob"}},
					Key:    "abcdefgh", Outcome: outcome, Reason: why, Unseated: []string{"bob"}, New: true, Plugin: "nowhere",
				}
				(&rotate{w: p}).showPlan(&escrow.RotationPlan{Holders: []escrow.PlannedHolder{h}}, nil)
				row := strings.Split(errs.String(), "\n")[1]
				want := []string{"board", p.Voice.Text(words.HolderKinds.Of("quorum")), "alice, bob", p.Voice.Text(words.Outcomes.Of(string(outcome))),
					p.Voice.Text(words.OutcomeReasons.Of(string(why))), p.Voice.Text(words.MarkNew), p.Voice.Text(words.PluginLacking, "age-plugin-nowhere")}
				if outcome != escrow.OutcomeLeaves {
					want = append(want, p.Voice.Text(words.WithoutMembers, "bob"))
				}
				for _, w := range want {
					if !strings.Contains(row, w) {
						t.Errorf("%s, %s in %q: %q is not in %q", outcome, why, language, w, row)
					}
				}
				if strings.Contains(row, "%!") {
					t.Errorf("%s, %s in %q: %q", outcome, why, language, row)
				}
			}
		}
	}
}

// TestPlanNamesWhatIsWrong: what this machine has seen and is not here, and what
// stays behind.
func TestPlanNamesWhatIsWrong(t *testing.T) {
	for _, language := range languages {
		p, _, errs := stage(t, time.Now())
		p.Voice.Lang = language
		(&rotate{w: p}).showPlan(&escrow.RotationPlan{
			Holders: []escrow.PlannedHolder{{Holder: roster.Holder{Name: "x"}, Key: "abcdefgh", Outcome: escrow.OutcomeAsk, Reason: escrow.ReasonUnclaimed}},
			Gone:    []roster.Holder{{Name: "carol"}},
			Lost:    []string{"1-ab/roster/\x1bx.age"},
			Damaged: []string{"1-ab/seeds/x.age"},
			Unseen:  []string{"a", "b"},
		}, nil)
		for _, want := range []string{
			"x (abcdefgh)", p.Voice.Text(words.HolderKinds.Of("")), p.Voice.Text(words.HolderGone, "carol"),
			p.Voice.Text(words.RecordUnreadable, `1-ab/roster/\u{1b}x.age`), p.Voice.Text(words.DamagedHere, "1-ab/seeds/x.age"), p.Voice.Text(words.SealsUnseen, 2),
		} {
			if !strings.Contains(errs.String(), want) {
				t.Errorf("in %q: %q is not in %q", language, want, errs)
			}
		}
	}
}

// TestRotationIsSaid: the digits, the lines to type, and what is left for others.
func TestRotationIsSaid(t *testing.T) {
	pin := escrow.Pin{Fingerprint: escrow.Fingerprint{0x1a, 0x2b}, Recipient: "age1x"}
	for _, language := range languages {
		p, out, errs := stage(t, time.Now())
		p.Voice.Lang = language
		(&rotate{w: p}).sayRotation(placeOf(t, p), &escrow.Rotation{
			Pin: pin, Folder: "2-1a2b0000", Carried: 7, Stayed: []roster.Holder{{Name: "anna"}, {Name: "paper"}, {Name: "board", Kind: roster.KindQuorum}}, Left: []roster.Holder{{Name: "carol"}},
			LeftUnaccepted: make([]escrow.Receipt, 2), Damaged: []string{"1-ab/seeds/x.age"}, Sheets: []string{"paper", "board"}, Former: []string{"carol", "dave"},
		})
		if want := p.Voice.Text(words.Rotated, 7, 3, "2-1a2b0000") + "\n" + p.Voice.Text(words.ConfirmRotation, pin.Fingerprint, pin.Recipient) + "\n"; out.String() != want {
			t.Errorf("in %q: %q, want %q", language, out, want)
		}
		for _, want := range []string{
			p.Voice.Text(words.LeftOut, "carol"), p.Voice.Text(words.StaysBehind, "1-ab/seeds/x.age"), p.Voice.Text(words.WaitingStayed, 2),
			p.Voice.Text(words.SheetsOld, "paper", "paper"), p.Voice.Text(words.SharesOld, "board"), p.Voice.Text(words.FormerKnow, "carol, dave"), p.Voice.Text(words.CopyAgain),
		} {
			if !strings.Contains(errs.String(), want) {
				t.Errorf("in %q: %q is not in %q", language, want, errs)
			}
		}
	}
}

// placeOf returns where the vault of a world lies.
func placeOf(t *testing.T, w *world.World) *place.Place {
	t.Helper()
	p, err := place.Find(w, place.Choice{})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestQuestions: each reason for which a person is asked has its question.
func TestQuestions(t *testing.T) {
	for _, row := range words.RotationQuestions {
		why, m := escrow.RotationReason(row.Code), row.Message
		for _, language := range languages {
			h := escrow.PlannedHolder{Holder: roster.Holder{Name: "board"}, Key: "abcdefgh", Reason: why, People: []string{"carol"}}
			p, _, _ := stage(t, time.Now())
			p.Voice.Lang = language
			q := p.Voice.Text(m, blanksOf(h)...)
			if !strings.Contains(q, "board") || !strings.Contains(q, "[y/N]") || strings.Contains(q, "%!") {
				t.Errorf("%s in %q: %q", why, language, q)
			}
		}
	}
	for _, why := range reasons {
		decided := why == escrow.ReasonRemoved || why == escrow.ReasonSeats
		if m, ok := words.RotationQuestions.Lookup(string(why)); ok == decided {
			t.Errorf("%s: the question is %q", why, m)
		}
	}
}

// TestInterruptedWriting: a signal while a rotation is written ends it, says so and
// leaves nothing behind.
func TestInterruptedWriting(t *testing.T) {
	p, _, errs := stage(t, time.Now())
	if got := newApp(p).Run([]string{"init", "--device", "pc"}); got != say.StatusDone {
		t.Fatalf("init ends with %d: %s", got, errs)
	}
	v := &rotate{w: p, choice: &place.Choice{}}
	seeds, writable, err := v.open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer seeds.Close()
	set := newholder.New(p, writable.Home.Vault().Place, writable.Opened)
	plan, err := v.plan(t.Context(), writable, set)
	if err != nil {
		t.Fatal(err)
	}
	list := func() []string {
		var names []string
		entries, err := os.ReadDir(seeds.Vault.Place.Path)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			names = append(names, filepath.Base(e.Name()))
		}
		return names
	}
	before := list()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := v.write(ctx, writable, plan, set); err != console.ErrInterrupted {
		t.Errorf("ends with %v", err)
	}
	if after := list(); !slices.Equal(before, after) {
		t.Errorf("left behind: %q, before it was %q", after, before)
	}
	// The control: without the signal it goes through.
	if _, err := v.write(t.Context(), writable, plan, set); err != nil || len(list()) != len(before)+1 {
		t.Errorf("%v, %q", err, list())
	}
}
