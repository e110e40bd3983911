package verdict

import (
	"fmt"
	"time"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
)

// Explain says in words what each loss would cost, who can open the vault,
// and what is only believed.
func Explain(voice say.Voice, in escrow.Situation, now time.Time) {
	voice.Say(words.ExplainLosses)
	for _, t := range in.Things() {
		sayLoss(voice, in, t)
	}
	sayLoss(voice, in, escrow.Thing{Kind: escrow.ThingPC}, escrow.Thing{Kind: escrow.ThingPhone})
	sayPCPlaced(voice, in)
	sayCuts(voice, in)
	sayPeople(voice, in)
	sayUnproven(voice, in, now)
}

// sayLoss says what the loss of things at once costs.
func sayLoss(voice say.Voice, in escrow.Situation, things ...escrow.Thing) {
	survives := in.Survives(things...)
	said := words.LossLocksOut
	if survives {
		said = words.LossSurvived
	}
	fmt.Fprintln(voice.Out, "  "+voice.Text(words.LossOf, Components(voice, things), voice.Verdict(survives, said)))
}

// sayPCPlaced names each place whose loss is survived only as long as this PC
// does not stand there too: nobody has said where it does.
func sayPCPlaced(voice say.Voice, in escrow.Situation) {
	pc := escrow.Thing{Kind: escrow.ThingPC}
	for _, t := range in.Things() {
		if t.Kind == escrow.ThingPlace && in.Survives(t) && in.Survives(pc) && !in.Survives(t, pc) {
			where := voice.Text(words.ExplainPCToo, Components(voice, []escrow.Thing{t}))
			fmt.Fprintln(voice.Out, "  "+voice.Text(words.LossOf, where, voice.Verdict(false, words.LossLocksOut)))
		}
	}
}

// sayCuts names the smallest sets whose loss locks out for good.
func sayCuts(voice say.Voice, in escrow.Situation) {
	cuts, searched := in.Cuts()
	if !searched {
		voice.Say(words.ExplainTooMany)
		return
	}
	voice.Say(words.ExplainCuts)
	for i, cut := range cuts {
		if i == mostCuts {
			voice.Say(words.ExplainMore, len(cuts)-i)
			break
		}
		fmt.Fprintln(voice.Out, "  "+Components(voice, cut))
	}
}

// mostCuts is how many sets a person reads.
const mostCuts = 20

// sayPeople names who can open the vault, alone and together.
func sayPeople(voice say.Voice, in escrow.Situation) {
	alone, together := in.People()
	if len(alone) > 0 {
		voice.Say(words.ExplainAlone, console.SafeList(alone))
	}
	for _, g := range together {
		voice.Say(words.ExplainTogether, g.Need, console.SafeList(g.Of))
	}
}

// sayUnproven names what nobody has proven, and which copies do not count.
func sayUnproven(voice say.Voice, in escrow.Situation, now time.Time) {
	var unproven []string
	for _, h := range in.Unproven(now) {
		unproven = append(unproven, h.Name)
	}
	if len(unproven) > 0 {
		voice.Say(words.ExplainUnproven, console.SafeList(unproven), console.SafeList(unproven[:1]))
	}
	sayUnplaced(voice, in.Holders)
	for _, line := range Uncounted(voice, in) {
		fmt.Fprintln(voice.Out, line)
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
func sayUnplaced(voice say.Voice, holders []escrow.Holder) {
	var unplaced []string
	for _, h := range holders {
		switch {
		case h.Anywhere():
			voice.Say(words.ExplainAnywhere, h.Name)
		case h.Kept != "" || h.Kind == escrow.KindPassphrase:
		case h.Kind == escrow.KindQuorum:
			voice.Say(words.ExplainShares, h.Name, h.Name)
		default:
			unplaced = append(unplaced, h.Name)
		}
	}
	if len(unplaced) > 0 {
		voice.Say(words.ExplainUnplaced, console.SafeList(unplaced), console.SafeList(unplaced[:1]))
	}
}
