package main

import (
	"slices"
	"strings"
	"testing"
	"time"

	"seedvault/cmd/seedvault/internal/copyplace"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/upkeep"
	"seedvault/cmd/seedvault/internal/verdict"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow/copies"
	"seedvault/escrow/roster"
	"seedvault/escrow/survival"
)

func TestVerdictIsSaid(t *testing.T) {
	stick := []survival.Component{{Kind: survival.KindCopy, Name: "stick"}, {Kind: survival.KindPC}}
	for _, c := range []struct {
		verdict survival.Verdict
		want    []string
	}{
		{survival.Verdict{}, []string{"what it survives is not known here", "to know it: seedvault check -i FILE"}},
		{survival.Verdict{Known: true, Phone: true, PC: true, Both: true}, []string{"survives the loss of the phone, of this PC, and of both at once"}},
		{survival.Verdict{Known: true, Phone: true, PC: true, Remedy: survival.RemedyCopy},
			[]string{"of the phone or of this PC, but NOT of both at once", "to mend that, keep a copy elsewhere: seedvault copy add DIR"}},
		{survival.Verdict{Known: true, Phone: true, Remedy: survival.RemedySync, About: "stick"},
			[]string{"of the phone, but NOT of this PC", "to mend that, with the copy stick at hand: seedvault copy sync stick"}},
		{survival.Verdict{Known: true, PC: true, Remedy: survival.RemedyHolder},
			[]string{"of this PC, but NOT of the phone", "to mend that, make another way in: seedvault holder add NAME --paper"}},
		{survival.Verdict{Known: true, Single: stick}, []string{"survives NEITHER", "if this alone is lost, all is lost for good: copy stick, this PC"}},
	} {
		for _, language := range languages {
			p, _, _ := stage(t, time.Now())
			p.Voice.Lang = language
			lines := verdict.Lines(p.Voice, survival.Situation{}, c.verdict)
			if len(lines) != len(c.want) {
				t.Fatalf("%+v in %q: %q, want %d lines", c.verdict, language, lines, len(c.want))
			}
			for i, want := range c.want {
				if language == words.English && !strings.Contains(lines[i], want) {
					t.Errorf("%+v: line %d is %q, want %q", c.verdict, i, lines[i], want)
				}
			}
		}
	}
}

// Of each state of a copy a person hears its name, and of those in which it could
// not be written to a line of their own.
func TestCopyStatesAreSaid(t *testing.T) {
	states := []copies.State{
		copies.Equal, copies.New, copies.Behind, copies.Ahead, copies.Healed, copies.LostFiles, copies.Older, copies.Damaged,
		copies.ReadOnly, copies.Full, copies.Failed, copies.Emptied, copies.Foreign, copies.Unreachable, copyUnlocated,
		copies.NotFetched, copies.Shared, copyplace.Linked, copyplace.OnRAMDisk, copyplace.VaultItself, copyplace.Twin,
	}
	loud := []copies.State{
		copies.ReadOnly, copies.Full, copies.Failed, copies.Foreign,
		copies.Emptied, copies.Shared, copyplace.Linked, copyplace.OnRAMDisk, copyplace.VaultItself, copyplace.Twin,
	}
	for _, language := range languages {
		said := map[string]copies.State{}
		for _, state := range states {
			p, _, remarks := stage(t, time.Now())
			p.Voice.Lang = language
			name := p.Voice.Text(words.CopyStates.Of(string(state)))
			if other, twice := said[name]; twice {
				t.Errorf("%s and %s are both %q in %q", state, other, name, language)
			}
			said[name] = state
			upkeep.Remark(p.Voice, local.Copy{Name: "stick", Path: "/media/stick"}, copies.Result{State: state})
			if got := remarks.String(); slices.Contains(loud, state) != strings.Contains(got, "stick") {
				t.Errorf("of a copy that is %s it says %q in %q", state, got, language)
			}
		}
	}
}

// A damaged file that no copy can replace is named, in whichever way it is damaged.
func TestUnhealedFilesAreNamed(t *testing.T) {
	for _, language := range languages {
		p, _, remarks := stage(t, time.Now())
		p.Voice.Lang = language
		upkeep.Remark(p.Voice, local.Copy{Name: "stick"}, copies.Result{
			State: copies.Damaged, Damaged: []string{"1-ab/seeds/x.age"}, Differs: []string{"1-ab/seals/\x1b1.txt"},
		})
		if got := remarks.String(); strings.Count(got, "stick") != 2 || !strings.Contains(got, "1-ab/seeds/x.age") || !strings.Contains(got, `\u{1b}1.txt`) {
			t.Errorf("in %q: %q", language, got)
		}
	}
}

// A verdict that is not the best one says why a copy does not count; the best one has
// nothing to say.
func TestVerdictGivesReasons(t *testing.T) {
	holders := []roster.Holder{{Name: "paper", Kind: roster.KindPaper, Kept: "home"}, {Name: "words", Kind: roster.KindPassphrase, Kept: "head"}}
	copied := func(kept, why string) survival.CopyState {
		return survival.CopyState{Copy: roster.Copy{Name: "ext", Kept: kept}, Whole: why == "", Why: why}
	}
	for _, c := range []struct {
		copy survival.CopyState
		want string
	}{
		{copied("", ""), "nobody said where it is kept; seedvault copy edit ext --kept PLACE"},
		{copied("office", "long-ago"), "does not count: it was not reached for more than 13 months"},
		{copied("office", "in-memory"), "does not count: it lies in this PC's memory"},
		{copied("office", ""), ""},
	} {
		p, _, _ := stage(t, time.Now())
		in := survival.Situation{Holders: holders, Copies: []survival.CopyState{c.copy}}
		said := strings.Join(verdict.Lines(p.Voice, in, in.Verdict()), "\n")
		if c.want == "" && strings.Contains(said, "ext") || !strings.Contains(said, c.want) {
			t.Errorf("%+v: %q, want %q", c.copy, said, c.want)
		}
	}
	p, _, _ := stage(t, time.Now())
	in := survival.Situation{Holders: holders, Copies: []survival.CopyState{copied("office", "")}}
	said := verdict.Lines(p.Voice, in, in.Verdict().WhenIncomplete())
	if len(said) != 1 || strings.Contains(said[0], "survives") {
		t.Errorf("of a vault that lacks something it says %q", said)
	}
}
