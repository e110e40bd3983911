// Package guide is the recovery guide: what to do when the second factor of an
// account is lost and there is no backup, in English and in Japanese, offline.
//
// Start with Open, which returns the guide built into the program, and with
// Guide.Find, which leads from whatever a person typed (a page, a domain, an
// issuer's name, a misspelling) to a page; View then shows a page, a path or a
// step as text for a terminal, and HTML as a sheet to print. Guide.Triage says
// what to ask next and which paths are left.
//
// The package asks nothing, prints nothing and reads neither the clock nor the
// environment. It knows nothing of an account.
package guide

import (
	"time"

	"seedvault/cmd/seedvault/internal/words"
)

// Text is one text in both languages.
type Text struct {
	En string `yaml:"en" json:"en"`
	Ja string `yaml:"ja" json:"ja"`
}

// In returns the text in a language.
func (t Text) In(l words.Language) string {
	if l == words.Japanese {
		return t.Ja
	}
	return t.En
}

// IsZero reports whether there is no text in either language.
func (t Text) IsZero() bool { return t == Text{} }

// Mark says how far a fact can be relied on.
type Mark string

// The marks of the pages: the provider's own document; the same, but old, cut
// short, translated or mirrored; reported by somebody else; our own advice.
const (
	Official Mark = "O"
	Older    Mark = "O-"
	Reported Mark = "S"
	Own      Mark = "own"
)

// Fact is a statement with its mark and the ids of the sources it rests on. A
// fact that is our own advice has no source.
type Fact struct {
	Text   `yaml:",inline"`
	Mark   Mark     `yaml:"mark" json:"mark"`
	Source []string `yaml:"source" json:"source,omitempty"`
}

// Source is where facts of a page were read; About says how old the copy is.
type Source struct {
	ID    string `yaml:"id" json:"id"`
	URL   string `yaml:"url" json:"url"`
	Mark  Mark   `yaml:"mark" json:"mark"`
	About Text   `yaml:"about" json:"about"`
}

// Kind is what a page is.
type Kind string

// The kinds of pages: a service's ways back in; one person's experience; work
// for those who keep a vault together; what holds for any service.
const (
	Provider Kind = "provider"
	Story    Kind = "story"
	Runbook  Kind = "runbook"
	Common   Kind = "common"
)

// Generic is the id of the page for services that have none of their own.
const Generic = "generic"

// After is the id of the page with what to do once somebody is in again.
const After = "after"

// Page is all that the guide says about one service, or one person's story.
type Page struct {
	ID       string        `yaml:"id" json:"id"`
	Kind     Kind          `yaml:"kind" json:"kind"`
	Name     Text          `yaml:"name" json:"name"`
	Match    []string      `yaml:"match" json:"match,omitempty"` // domains and issuers' names
	AsOf     string        `yaml:"as-of" json:"as-of"`           // YYYY-MM or YYYY-MM-DD
	Sources  []Source      `yaml:"sources" json:"sources,omitempty"`
	Summary  Text          `yaml:"summary" json:"summary"`
	Wait     *Fact         `yaml:"wait" json:"wait,omitempty"`
	Cost     *Fact         `yaml:"cost" json:"cost,omitempty"`
	Have     []Fact        `yaml:"have" json:"have,omitempty"`
	Limit    *Fact         `yaml:"limit" json:"limit,omitempty"` // what nobody can do, said before the steps
	Warnings []Fact        `yaml:"warnings" json:"warnings,omitempty"`
	Ask      *Ask          `yaml:"ask" json:"ask,omitempty"`
	Paths    []Path        `yaml:"paths" json:"paths,omitempty"` // best first
	Notes    []Fact        `yaml:"notes" json:"notes,omitempty"`
	Prepare  []Preparation `yaml:"prepare" json:"prepare,omitempty"`
}

// Ask is the one question of a page that leads on to others.
type Ask struct {
	Question Text     `yaml:"question" json:"question"`
	Why      Text     `yaml:"why" json:"why"`
	Answers  []Answer `yaml:"answers" json:"answers"`
}

// Answer is one answer to an Ask, with the id of the page it leads to.
type Answer struct {
	Text `yaml:",inline"`
	Page string `yaml:"page" json:"page"`
}

// Path is one way back in, from its first step to its last.
type Path struct {
	ID      string   `yaml:"id" json:"id"`
	If      string   `yaml:"if" json:"if,omitempty"` // a question's id, IfSupport, IfLast, IfUnknown, or empty: always
	Who     string   `yaml:"who" json:"who"`         // you, administrator, owner or support
	Title   Text     `yaml:"title" json:"title"`
	Mark    Mark     `yaml:"mark" json:"mark,omitempty"`
	Source  []string `yaml:"source" json:"source,omitempty"`
	Steps   []Step   `yaml:"steps" json:"steps"`
	Failed  Text     `yaml:"failed" json:"failed,omitzero"`
	Stories []string `yaml:"stories" json:"stories,omitempty"`
}

// Step is one thing to do. Its mark and sources are those of its path where the
// page's file gives it none.
type Step struct {
	ID     string   `yaml:"id" json:"id"`
	Do     Text     `yaml:"do" json:"do"`
	See    Text     `yaml:"see" json:"see,omitzero"`     // what one should see then
	Stuck  Text     `yaml:"stuck" json:"stuck,omitzero"` // what to do if not
	URL    string   `yaml:"url" json:"url,omitempty"`
	Run    string   `yaml:"run" json:"run,omitempty"`   // command lines
	Call   bool     `yaml:"call" json:"call,omitempty"` // the call script helps here
	Mark   Mark     `yaml:"mark" json:"mark"`
	Source []string `yaml:"source" json:"source,omitempty"`
}

// Preparation is one thing to have ready before anything happens; Word is what a
// seed's record keeps of it (phone, mail, codes ...).
type Preparation struct {
	Word string `yaml:"word" json:"word"`
	Fact `yaml:",inline"`
}

// Question is one that can be answered with yes, no or don't know.
type Question struct {
	ID  string `yaml:"id" json:"id"`
	Ask Text   `yaml:"ask" json:"ask"`
	Why Text   `yaml:"why" json:"why"`
}

// IsWork reports whether a page is work to do from its first step to its last, and no
// way in that may fail: a runbook, or what follows once somebody is in again.
func (p *Page) IsWork() bool { return p.Kind == Runbook || p.ID == After }

// Path returns the path with an id.
func (p *Page) Path(id string) (*Path, bool) {
	for i := range p.Paths {
		if p.Paths[i].ID == id {
			return &p.Paths[i], true
		}
	}
	return nil, false
}

// Step returns the step with an id.
func (p *Path) Step(id string) (*Step, bool) {
	for i := range p.Steps {
		if p.Steps[i].ID == id {
			return &p.Steps[i], true
		}
	}
	return nil, false
}

// Old reports whether a page's newest material is more than a year older than now.
func (p *Page) Old(now time.Time) bool {
	asOf, err := parseDate(p.AsOf)
	return err == nil && asOf.AddDate(1, 0, 0).Before(now)
}

// parseDate reads YYYY-MM-DD or YYYY-MM, which is the month's first day.
func parseDate(s string) (time.Time, error) {
	if len(s) == len("2006-01") {
		s += "-01"
	}
	return time.Parse(time.DateOnly, s)
}
