package verdict

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow/roster"
	"seedvault/escrow/survival"
)

// text returns a message as it is said, without colour.
func text(m words.Message, args ...any) string { return say.Voice{}.Text(m, args...) }

// copyOf returns a copy that counts unless there is a reason why it does not.
func copyOf(name, kept, why string) survival.CopyState {
	return survival.CopyState{Copy: roster.Copy{ID: name, Name: name, Kind: roster.CopyFolder, Kept: kept}, Whole: why == "", Why: why}
}

// TestLines: the first line is the worst that is true, a reason follows what is not the
// best, and a remedy is one command.
func TestLines(t *testing.T) {
	best := survival.Verdict{Known: true, Phone: true, PC: true, Both: true}
	with := func(change func(*survival.Verdict)) survival.Verdict {
		v := best
		change(&v)
		return v
	}
	stick := survival.Component{Kind: survival.KindCopy, Name: "stick"}
	lacking := survival.Situation{Copies: []survival.CopyState{copyOf("stick", "", "unreachable"), copyOf("cloud", "", ""), copyOf("home", "home", "")}}
	for _, c := range []struct {
		about string
		in    survival.Situation
		v     survival.Verdict
		want  []string
	}{
		{"who can open it is not known", survival.Situation{}, survival.Verdict{}, []string{text(words.VerdictUnknown), text(words.MendKey)}},
		{"something is missing", lacking, with(func(v *survival.Verdict) { v.Incomplete = true }), []string{text(words.VerdictIncomplete)}},
		{"the best", lacking, best, []string{text(words.VerdictAll)}},
		{"one place too few", survival.Situation{}, with(func(v *survival.Verdict) { v.Single = []survival.Component{stick} }),
			[]string{text(words.VerdictAll), text(words.VerdictSingle, text(words.Components.Of("copy"), "stick"))}},
		{"one holder, said by what it is", survival.Situation{Holders: situation().Holders}, with(func(v *survival.Verdict) {
			v.Single = []survival.Component{{Kind: survival.KindHolder, Name: "words"}, {Kind: survival.KindHolder, Name: "gone"}}
		}), []string{text(words.VerdictAll), text(words.VerdictSingle, text(words.HoldersLost.Of("passphrase"), "words")+", "+text(words.Components.Of("holder"), "gone"))}},
		{"two kinds of one name", survival.Situation{Holders: []roster.Holder{{Name: "anna", Kind: roster.KindKey}, {Name: "anna", Kind: roster.KindPaper}}},
			with(func(v *survival.Verdict) { v.Single = []survival.Component{{Kind: survival.KindHolder, Name: "anna"}} }), []string{text(words.VerdictAll), text(words.VerdictSingle, text(words.Components.Of("holder"), "anna"))}},
		{"not both", survival.Situation{}, with(func(v *survival.Verdict) { v.Both, v.Remedy = false, survival.RemedyCopy }), []string{text(words.VerdictNotBoth), text(words.MendCopy)}},
		{"not this PC", lacking, with(func(v *survival.Verdict) {
			v.PC, v.Both, v.Remedy, v.About = false, false, survival.RemedySync, "stick"
		}), []string{
			text(words.VerdictNotPC),
			text(words.CopyUncounted, "stick", text(words.CopyStates.Of("unreachable"))),
			text(words.CopyUnplaced, "cloud", "cloud"),
			text(words.MendSync, "stick", "stick"),
		}},
		{"not the phone", survival.Situation{}, with(func(v *survival.Verdict) { v.Phone, v.Both, v.Remedy = false, false, survival.RemedyHolder }), []string{text(words.VerdictNotPhone), text(words.MendHolder)}},
		{"nothing", survival.Situation{}, survival.Verdict{Known: true}, []string{text(words.VerdictNothing)}},
	} {
		if got := Lines(say.Voice{}, c.in, c.v); !slices.Equal(got, c.want) {
			t.Errorf("%s:\n%q, want\n%q", c.about, got, c.want)
		}
	}
}

// situation returns a passphrase in a head, a sheet at the office, and a copy there.
func situation() survival.Situation {
	proven := []roster.Proof{{Time: now.AddDate(0, -1, 0), Copy: roster.InVault}}
	return survival.Situation{
		Holders: []roster.Holder{
			{ID: "1", Name: "words", Kind: roster.KindPassphrase, Who: []string{"anna"}, Proven: proven},
			{ID: "2", Name: "paper", Kind: roster.KindPaper, Kept: "office", Who: []string{"bob"}},
		},
		Copies: []survival.CopyState{copyOf("stick", "office", ""), copyOf("cloud", "cloud", "unreachable")},
	}
}

var now = time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)

// TestOf: what a script is told is what the verdict is about, with a list for each
// question and none left out.
func TestOf(t *testing.T) {
	in := situation()
	s := Of(in, in.Verdict(), now)
	if !slices.Equal(s.Alone, []string{"anna", "bob"}) || !slices.Equal(s.Unproven, []string{"paper"}) || !slices.Equal(s.Behind, []string{"cloud"}) || !s.Searched {
		t.Errorf("alone %q, unproven %q, behind %q, searched %t", s.Alone, s.Unproven, s.Behind, s.Searched)
	}
	if s.Together == nil || s.Unlisted == nil || s.Single == nil && s.Cuts == nil {
		t.Errorf("a list is no list: %+v", s)
	}
	survived := map[string]bool{}
	for _, l := range s.Losses {
		survived[string(l.Kind)+" "+l.Name] = l.Survives
	}
	for loss, want := range map[string]bool{"phone ": true, "pc ": true, "place office": true} {
		if got, said := survived[loss]; !said || got != want {
			t.Errorf("the loss of %q is said %t, survived %t", loss, said, got)
		}
	}
	in.Incomplete = true
	for _, l := range Of(in, in.Verdict(), now).Losses {
		if l.Survives {
			t.Errorf("the loss of %s is survived, and something is missing", l.Kind)
		}
	}
}

// TestExplain: each question has its line, and where something is missing nothing is said
// to be survived.
func TestExplain(t *testing.T) {
	said := func(in survival.Situation) string {
		var out bytes.Buffer
		Explain(say.Voice{Out: &out}, in, now)
		return out.String()
	}
	whole, in := said(situation()), situation()
	in.Incomplete = true
	missing := said(in)
	for _, want := range []string{text(words.ExplainLosses), text(words.ExplainCuts), text(words.ExplainAlone, "anna, bob"), text(words.CopyUncounted, "cloud", text(words.CopyStates.Of("unreachable")))} {
		if !strings.Contains(whole, want) {
			t.Errorf("%q is not said:\n%s", want, whole)
		}
	}
	if strings.Contains(missing, text(words.ExplainLosses)) || strings.Contains(missing, text(words.LossSurvived)) || !strings.Contains(missing, text(words.ExplainAlone, "anna, bob")) {
		t.Errorf("where something is missing:\n%s", missing)
	}
}

// TestWhy: a copy that does not count has a reason in words, whichever package gave it.
func TestWhy(t *testing.T) {
	if got := Why(say.Voice{}, "unreachable"); got != text(words.CopyStates.Of("unreachable")) {
		t.Errorf("%q", got)
	}
	reason := words.CopyReasons[0]
	if got := Why(say.Voice{}, reason.Code); got != text(reason.Message) {
		t.Errorf("%s: %q", reason.Code, got)
	}
}
