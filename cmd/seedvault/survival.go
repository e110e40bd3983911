package main

import (
	"fmt"
	"strings"
	"time"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
)

// jsonSurvival is what a loss would cost, in check --json: fields are only ever
// added.
type jsonSurvival struct {
	escrow.Verdict
	Losses   []jsonLoss       `json:"losses"`   // each thing alone
	Searched bool             `json:"searched"` // false: more things than are searched through
	Cuts     [][]escrow.Thing `json:"cuts"`     // the smallest sets whose loss locks out for good
	Alone    []string         `json:"alone"`    // who can open it alone
	Together []escrow.Group   `json:"together"` // who can together
	Unproven []string         `json:"unproven"` // holders that no drill has proven for a year
	Behind   []string         `json:"behind"`   // copies that do not hold everything
}

type jsonLoss struct {
	escrow.Thing
	Survives bool `json:"survives"`
}

func survivalJSON(in escrow.Situation, v escrow.Verdict, now time.Time) *jsonSurvival {
	out := &jsonSurvival{Verdict: v, Losses: []jsonLoss{}, Cuts: [][]escrow.Thing{}, Alone: []string{}, Together: []escrow.Group{}, Unproven: []string{}, Behind: []string{}}
	for _, t := range in.Things() {
		out.Losses = append(out.Losses, jsonLoss{t, in.Survives(t)})
	}
	cuts, searched := in.Cuts()
	out.Cuts, out.Searched = append(out.Cuts, cuts...), searched
	alone, together := in.People()
	out.Alone, out.Together = append(out.Alone, alone...), append(out.Together, together...)
	for _, h := range in.Unproven(now) {
		out.Unproven = append(out.Unproven, h.Name)
	}
	for _, c := range in.Copies {
		if !c.Whole {
			out.Behind = append(out.Behind, c.Name)
		}
	}
	return out
}

// explainSurvival says in words what each loss would cost, who can open the vault,
// and what is only believed.
func (p *program) explainSurvival(f *checked) {
	if !f.survival.Known {
		p.Say(words.VerdictUnknown)
		return
	}
	in := f.situation
	p.Say(words.ExplainLosses)
	for _, t := range in.Things() {
		p.sayLoss(in, t)
	}
	p.sayLoss(in, escrow.Thing{Kind: escrow.ThingPC}, escrow.Thing{Kind: escrow.ThingPhone})
	p.explainPCPlaced(in)
	p.explainCuts(in)
	p.explainPeople(in)
	p.explainDoubts(in)
}

// sayLoss says what the loss of things at once costs.
func (p *program) sayLoss(in escrow.Situation, things ...escrow.Thing) {
	survives := in.Survives(things...)
	said := words.LossLocksOut
	if survives {
		said = words.LossSurvived
	}
	fmt.Fprintln(p.Out, "  "+p.Text(words.LossOf, p.things(things), p.Verdict(survives, said)))
}

// explainPCPlaced names each place whose loss is survived only as long as this PC
// does not stand there too: nobody has said where it does.
func (p *program) explainPCPlaced(in escrow.Situation) {
	pc := escrow.Thing{Kind: escrow.ThingPC}
	for _, t := range in.Things() {
		if t.Kind == escrow.ThingPlace && in.Survives(t) && in.Survives(pc) && !in.Survives(t, pc) {
			where := p.Text(words.ExplainPCToo, p.things([]escrow.Thing{t}))
			fmt.Fprintln(p.Out, "  "+p.Text(words.LossOf, where, p.Verdict(false, words.LossLocksOut)))
		}
	}
}

func (p *program) explainCuts(in escrow.Situation) {
	cuts, searched := in.Cuts()
	if !searched {
		p.Say(words.ExplainTooMany)
		return
	}
	p.Say(words.ExplainCuts)
	for i, cut := range cuts {
		if i == mostCuts {
			p.Say(words.ExplainMore, len(cuts)-i)
			break
		}
		fmt.Fprintln(p.Out, "  "+p.things(cut))
	}
}

// mostCuts is how many sets a person reads.
const mostCuts = 20

func (p *program) explainPeople(in escrow.Situation) {
	alone, together := in.People()
	if len(alone) > 0 {
		p.Say(words.ExplainAlone, safeNames(alone))
	}
	for _, g := range together {
		p.Say(words.ExplainTogether, g.Need, safeNames(g.Of))
	}
}

// explainDoubts names what nobody has proven, and which copies do not count.
func (p *program) explainDoubts(in escrow.Situation) {
	var unproven []string
	for _, h := range in.Unproven(p.now()) {
		unproven = append(unproven, h.Name)
	}
	if len(unproven) > 0 {
		p.Say(words.ExplainUnproven, safeNames(unproven), safeNames(unproven[:1]))
	}
	p.explainUnplaced(in.Holders)
	for _, c := range in.Copies {
		if c.Guard != "" {
			p.Say(words.ExplainCircle, c.Name, console.Safe(c.Guard, 40))
		}
		switch {
		case c.Whole && !c.Synced.IsZero():
			p.Say(words.ExplainSynced, c.Name, c.Synced.Format(time.DateOnly))
		case !c.Whole && c.Synced.IsZero():
			p.Say(words.ExplainNever, c.Name)
		case !c.Whole:
			p.Say(words.ExplainBehind, c.Name, c.Synced.Format(time.DateOnly))
		}
	}
}

// explainUnplaced names the holders of which nobody has said where they are kept. A
// passphrase is kept in a head.
func (p *program) explainUnplaced(holders []escrow.Holder) {
	var unplaced []string
	for _, h := range holders {
		switch {
		case h.Anywhere():
			p.Say(words.ExplainAnywhere, h.Name)
		case h.Kept != "" || h.Kind == escrow.KindPassphrase:
		case h.Kind == escrow.KindQuorum:
			p.Say(words.ExplainShares, h.Name, h.Name)
		default:
			unplaced = append(unplaced, h.Name)
		}
	}
	if len(unplaced) > 0 {
		p.Say(words.ExplainUnplaced, safeNames(unplaced), safeNames(unplaced[:1]))
	}
}

func safeNames(names []string) string {
	var safe []string
	for _, n := range names {
		safe = append(safe, console.Safe(n, 40))
	}
	return strings.Join(safe, ", ")
}
