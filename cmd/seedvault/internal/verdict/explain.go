package verdict

import (
	"strings"
	"time"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow/roster"
	"seedvault/escrow/survival"
)

// Explain prints what each loss would cost, who can open the vault, and what has not been
// proven or is not known.
func Explain(voice say.Voice, in survival.Situation, now time.Time) {
	if !in.Incomplete { // else nothing is said to be survived
		sayLosses(voice, in)
	}
	sayPeople(voice, in)
	sayUnproven(voice, in, now)
}

// sayLosses prints what each loss would cost, and which are the smallest sets whose loss locks
// out for good.
func sayLosses(voice say.Voice, in survival.Situation) {
	voice.Say(words.ExplainLosses)
	for _, c := range in.Components() {
		sayLoss(voice, in, c)
	}
	sayLoss(voice, in, survival.Component{Kind: survival.KindPC}, survival.Component{Kind: survival.KindPhone})
	sayPCPlaced(voice, in)
	sayCutSets(voice, in)
}

// sayLoss prints what it would cost to lose all of these components at once.
func sayLoss(voice say.Voice, in survival.Situation, components ...survival.Component) {
	survives := in.Survives(components...)
	said := words.LossLocksOut
	if survives {
		said = words.LossSurvived
	}
	voice.SayText("  " + voice.Text(words.LossOf, componentsOf(voice, in, components), voice.Verdict(survives, said)))
}

// sayPCPlaced prints each place whose loss is survived only as long as this PC is not there
// too: nobody has said where this PC is.
func sayPCPlaced(voice say.Voice, in survival.Situation) {
	pc := survival.Component{Kind: survival.KindPC}
	for _, c := range in.Components() {
		if c.Kind == survival.KindPlace && in.Survives(c) && in.Survives(pc) && !in.Survives(c, pc) {
			where := voice.Text(words.ExplainPCToo, componentsOf(voice, in, []survival.Component{c}))
			voice.SayText("  " + voice.Text(words.LossOf, where, voice.Verdict(false, words.LossLocksOut)))
		}
	}
}

// sayCutSets prints the smallest sets whose loss locks out for good.
func sayCutSets(voice say.Voice, in survival.Situation) {
	cutSets, searched := in.CutSets()
	if !searched {
		voice.Say(words.ExplainTooMany)
		return
	}
	voice.Say(words.ExplainCuts)
	for i, set := range cutSets {
		if i == mostCutSets {
			voice.Say(words.ExplainMore, len(cutSets)-i)
			break
		}
		voice.SayText("  " + componentsOf(voice, in, set))
	}
}

// mostCutSets is how many sets are printed.
const mostCutSets = 20

// sayPeople prints who can open the vault, alone and together.
func sayPeople(voice say.Voice, in survival.Situation) {
	alone, together := in.People()
	if len(alone) > 0 {
		voice.Say(words.ExplainAlone, console.SafeList(alone))
	}
	if len(in.Unlisted) > 0 {
		var slots []string
		for _, p := range in.Unlisted {
			slots = append(slots, console.Safe(p, 0))
		}
		voice.Say(words.ExplainUnlisted, strings.Join(slots, ", "))
	}
	for _, g := range together {
		voice.Say(words.ExplainTogether, g.Need, console.SafeList(g.Of))
	}
}

// sayUnproven prints which holders nobody has proven, and which copies do not count.
func sayUnproven(voice say.Voice, in survival.Situation, now time.Time) {
	var unproven []string
	for _, h := range in.Unproven(now) {
		unproven = append(unproven, h.Name)
	}
	if len(unproven) > 0 {
		voice.Say(words.ExplainUnproven, console.SafeList(unproven), console.SafeList(unproven[:1]))
	}
	for _, h := range in.Holders {
		if in.OnOtherPC(h) {
			voice.Say(words.ExplainOtherPC, h.Name, h.Name, h.Name)
		}
	}
	sayUnplaced(voice, in.Holders)
	for _, line := range Uncounted(voice, in) {
		voice.SayText(line)
	}
	for _, c := range in.Copies {
		if c.Guard != "" {
			voice.Say(words.ExplainCircle, c.Name, console.Safe(c.Guard, 40))
		}
		if c.Whole && !c.Synced.IsZero() {
			voice.Say(words.ExplainSynced, c.Name, c.Synced.Format(time.DateOnly))
		}
	}
}

// sayUnplaced prints the holders for which nobody has said where they are kept. Passphrases
// are left out: they are in somebody's head.
func sayUnplaced(voice say.Voice, holders []roster.Holder) {
	var unplaced []string
	for _, h := range holders {
		switch {
		case survival.MaybeOnPC(h):
			voice.Say(words.ExplainAnywhere, h.Name, h.Name)
		case h.Kept != "" || h.Kind == roster.KindPassphrase:
		case h.Kind == roster.KindQuorum:
			voice.Say(words.ExplainShares, h.Name, h.Name)
		default:
			unplaced = append(unplaced, h.Name)
		}
	}
	if len(unplaced) > 0 {
		voice.Say(words.ExplainUnplaced, console.SafeList(unplaced), console.SafeList(unplaced[:1]))
	}
}
