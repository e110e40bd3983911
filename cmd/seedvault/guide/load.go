package guide

import (
	"slices"

	"seedvault/internal/lazy"
)

// Guide is a set of pages, the questions that lead through them, and services
// without a page: those of the 2FA Directory and those that people name. It
// is not changed once made, and any number of goroutines may use it.
type Guide struct {
	Pages     []*Page    // by the names of their files
	Questions []Question // as they stand in questions.yaml
	Services  []Service  // those of the 2FA Directory by name, then the others

	names nameIndex
}

// Open returns the guide that is built into the program: data that the YAML files of
// this folder became when the program's source was made, so that nothing is read.
func Open() *Guide { return built.Get() }

var built = lazy.Value[*Guide]{Make: func() *Guide {
	return &Guide{Pages: builtPages, Questions: builtQuestions, Services: builtServices, names: builtNames}
}}

// OpenCall returns the call script that is built into the program.
func OpenCall() *Call { return &builtCall }

// Page returns the page with an id.
func (g *Guide) Page(id string) (*Page, bool) {
	i := slices.IndexFunc(g.Pages, func(p *Page) bool { return p.ID == id })
	if i < 0 {
		return nil, false
	}
	return g.Pages[i], true
}

// generic returns the page for any service, nil in a guide without one.
func (g *Guide) generic() *Page {
	p, _ := g.Page(Generic)
	return p
}

// Question returns the question with an id.
func (g *Guide) Question(id string) (Question, bool) {
	i := slices.IndexFunc(g.Questions, func(q Question) bool { return q.ID == id })
	if i < 0 {
		return Question{}, false
	}
	return g.Questions[i], true
}
