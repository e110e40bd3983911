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

// Explain says in words what each loss would cost, who can open the vault,
// and what is only believed.
func Explain(voice say.Voice, in survival.Situation, now time.Time) {
	if !in.Incomplete { // else nothing is said to be survived
		sayLosses(voice, in)
	}
	sayPeople(voice, in)
	sayUnproven(voice, in, now)
}

// sayLosses says what each loss would cost, alone and in the smallest sets that matter.
func sayLosses(voice say.Voice, in survival.Situation) {
	voice.Say(words.ExplainLosses)
	for _, c := range in.Components() {
		sayLoss(voice, in, c)
	}
	sayLoss(voice, in, survival.Component{Kind: survival.KindPC}, survival.Component{Kind: survival.KindPhone})
	sayPCPlaced(voice, in)
	sayCutSets(voice, in)
}

// sayLoss says what the loss of components at once costs.
func sayLoss(voice say.Voice, in survival.Situation, components ...survival.Component) {
	survives := in.Survives(components...)
	said := words.LossLocksOut
	if survives {
		said = words.LossSurvived
	}
	voice.SayText("  " + voice.Text(words.LossOf, componentsOf(voice, in, components), voice.Verdict(survives, said)))
}

// sayPCPlaced names each place whose loss is survived only as long as this PC
// does not stand there too: nobody has said where it does.
func sayPCPlaced(voice say.Voice, in survival.Situation) {
	pc := survival.Component{Kind: survival.KindPC}
	for _, c := range in.Components() {
		if c.Kind == survival.KindPlace && in.Survives(c) && in.Survives(pc) && !in.Survives(c, pc) {
			where := voice.Text(words.ExplainPCToo, componentsOf(voice, in, []survival.Component{c}))
			voice.SayText("  " + voice.Text(words.LossOf, where, voice.Verdict(false, words.LossLocksOut)))
		}
	}
}

// sayCutSets names the smallest sets whose loss locks out for good.
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

// mostCutSets is how many sets a person reads.
const mostCutSets = 20

// sayPeople names who can open the vault, alone and together.
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

// sayUnproven names what nobody has proven, and which copies do not count.
func sayUnproven(voice say.Voice, in survival.Situation, now time.Time) {
	var unproven []string
	for _, h := range in.Unproven(now) {
		unproven = append(unproven, h.Name)
	}
	if len(unproven) > 0 {
		voice.Say(words.ExplainUnproven, console.SafeList(unproven), console.SafeList(unproven[:1]))
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

// sayUnplaced names the holders of which nobody has said where they are kept. A
// passphrase is kept in a head.
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
