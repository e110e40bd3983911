package verdict

import (
	"time"

	"seedvault/escrow"
)

// Survival is what a loss would cost, for a script: fields are only ever
// added.
type Survival struct {
	escrow.Verdict
	Losses   []Loss           `json:"losses"`   // each thing alone
	Searched bool             `json:"searched"` // false: more things than are searched through
	Cuts     [][]escrow.Thing `json:"cuts"`     // the smallest sets whose loss locks out for good
	Alone    []string         `json:"alone"`    // who can open it alone
	Together []escrow.Group   `json:"together"` // who can together
	Unproven []string         `json:"unproven"` // holders that no drill has proven for a year
	Behind   []string         `json:"behind"`   // copies that do not hold everything
}

// Loss is what the loss of one thing alone would cost.
type Loss struct {
	escrow.Thing
	Survives bool `json:"survives"`
}

// Of returns what the loss of anything in a situation would cost.
func Of(in escrow.Situation, v escrow.Verdict, now time.Time) *Survival {
	out := &Survival{Verdict: v, Losses: []Loss{}, Cuts: [][]escrow.Thing{}, Alone: []string{}, Together: []escrow.Group{}, Unproven: []string{}, Behind: []string{}}
	for _, t := range in.Things() {
		out.Losses = append(out.Losses, Loss{t, in.Survives(t)})
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
