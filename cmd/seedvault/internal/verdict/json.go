package verdict

import (
	"time"

	"seedvault/escrow/survival"
)

// Survival is the answer of check --json about losses. Fields are only ever added.
type Survival struct {
	survival.Verdict
	Losses   []Loss                 `json:"losses"`   // each component alone
	Searched bool                   `json:"searched"` // false: more components than are searched through
	Cuts     [][]survival.Component `json:"cuts"`     // the smallest sets whose loss locks out for good
	Alone    []string               `json:"alone"`    // who can open it alone
	Unlisted []string               `json:"unlisted"` // files by which others may open it, whom no list of holders names
	Together []survival.Group       `json:"together"` // who can together
	Unproven []string               `json:"unproven"` // holders that no drill has proven in the past year
	Behind   []string               `json:"behind"`   // copies that do not hold everything
	// Elsewhere are the holders whose keys are another PC's: nothing is built on them.
	Elsewhere []string `json:"elsewhere"`
}

// Loss is what the loss of one component alone would cost.
type Loss struct {
	survival.Component
	Survives bool `json:"survives"`
}

// Of returns what the loss of anything in a situation would cost.
func Of(in survival.Situation, v survival.Verdict, now time.Time) *Survival {
	out := &Survival{Verdict: v, Losses: []Loss{}, Cuts: [][]survival.Component{}, Alone: []string{}, Together: []survival.Group{}, Unproven: []string{}, Behind: []string{}, Elsewhere: []string{}}
	for _, c := range in.Components() {
		out.Losses = append(out.Losses, Loss{c, !v.Incomplete && in.Survives(c)})
	}
	cutSets, searched := in.CutSets()
	out.Cuts, out.Searched = append(out.Cuts, cutSets...), searched
	alone, together := in.People()
	out.Unlisted = append([]string{}, in.Unlisted...)
	out.Alone, out.Together = append(out.Alone, alone...), append(out.Together, together...)
	for _, h := range in.Unproven(now) {
		out.Unproven = append(out.Unproven, h.Name)
	}
	for _, h := range in.Holders {
		if in.OnOtherPC(h) {
			out.Elsewhere = append(out.Elsewhere, h.Name)
		}
	}
	for _, c := range in.Copies {
		if !c.Whole {
			out.Behind = append(out.Behind, c.Name)
		}
	}
	return out
}
