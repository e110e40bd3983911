package guide

import (
	"slices"
	"strings"
	"time"

	"seedvault/cmd/seedvault/internal/words"
)

// View shows pages as plain text: in a language, at most Width columns wide (80 if
// zero; Japanese characters count two). Addresses and command lines are never
// broken, and so may be wider. Now is held against the pages' dates unless zero.
// Service is the one that the generic page is shown for.
type View struct {
	Language words.Language
	Width    int
	Now      time.Time
	Service  *Service
}

// minWidth keeps the indented steps readable; a narrower terminal wraps by itself.
const minWidth = 24

func (v View) sheet() *sheet {
	width := v.Width
	if width <= 0 {
		width = 80
	}
	return &sheet{language: v.Language, width: max(width, minWidth)}
}

// Page shows a whole page: what to know before the steps, every path, and the
// sources with their addresses.
func (v View) Page(p *Page) string {
	s := v.sheet()
	v.head(s, p)
	s.before(p)
	if p.Ask != nil {
		s.ask(p.Ask)
	}
	if len(p.Paths) > 0 {
		s.heading(s.say(p.waysWord()), "-")
	}
	for i := range p.Paths {
		s.gap()
		s.path(p, &p.Paths[i])
	}
	s.facts(wordNotes, p.Notes)
	s.prepare(p.Prepare)
	s.sources(p.Sources)
	return s.String()
}

// Head shows what to know before the steps, and nothing else: a page's name and
// age, its summary, the time it takes, what to have ready, limits and warnings.
func (v View) Head(p *Page) string {
	s := v.sheet()
	v.head(s, p)
	s.before(p)
	return s.String()
}

// Path shows one path of a page with its steps.
func (v View) Path(p *Page, path *Path) string {
	s := v.sheet()
	s.path(p, path)
	return s.String()
}

// Step shows one step alone, with its number and what it rests on.
func (v View) Step(p *Page, path *Path, step *Step) string {
	s := v.sheet()
	number := slices.IndexFunc(path.Steps, func(other Step) bool { return other.ID == step.ID }) + 1
	s.block("", s.say(wordStep, number, len(path.Steps))+" "+s.say(wordFrom, s.origin(step.Mark, step.Source)))
	s.step("", step, "")
	return s.String()
}

// Prepare shows what to have ready before anything happens, from a page or from
// Guide.ForSeed.
func (v View) Prepare(list []Preparation) string {
	s := v.sheet()
	s.prepare(list)
	return s.String()
}

// Sources shows where the facts of a page were read.
func (v View) Sources(p *Page) string {
	s := v.sheet()
	s.sources(p.Sources)
	return s.String()
}

func (v View) head(s *sheet, p *Page) {
	s.heading(v.title(p, v.Language), "=")
	if !v.Now.IsZero() && p.Old(v.Now) {
		s.block("", s.say(wordOld, p.AsOf))
	}
	if p.Kind == Story {
		s.block("", s.say(wordStory))
	}
	s.block("", s.say(wordAsOf, p.AsOf))
	if v.Service != nil {
		s.service(v.Service)
	}
	s.gap()
	s.block("", p.Summary.In(v.Language))
}

// service writes what is known of a service without a page.
func (s *sheet) service(service *Service) {
	s.gap()
	s.block("", s.say(wordService, service.Title().In(s.language)))
	if service.Kind != nil {
		s.block("", service.Kind.In(s.language)+" "+s.reference(Own, nil))
	}
	if service.Recovery == "" && service.Documentation == "" {
		s.block("", s.say(wordUnlisted, service.Domain))
		return
	}
	s.block("", s.say(wordListed))
	for _, a := range []struct {
		word    Text
		address string
	}{{wordRecovery, service.Recovery}, {wordDocs, service.Documentation}} {
		if a.address != "" {
			s.block("- ", s.say(a.word)+":")
			s.verbatim("  ", a.address)
		}
	}
}

// before writes what has to be known before the steps.
func (s *sheet) before(p *Page) {
	s.gap()
	s.line(wordWait, p.Wait)
	s.line(wordCost, p.Cost)
	s.facts(wordHave, p.Have)
	if p.Limit != nil {
		s.facts(wordLimit, []Fact{*p.Limit})
	}
	s.facts(wordWarnings, p.Warnings)
}

// line writes a fact behind a word, if there is one.
func (s *sheet) line(word Text, f *Fact) {
	if f != nil {
		s.block("", s.say(word)+": "+s.fact(*f))
	}
}

func (s *sheet) path(p *Page, path *Path) {
	s.block(p.label(path)+". ", path.Title.In(s.language))
	if who, ok := whoWords.Get()[path.Who]; ok {
		s.block("   ", s.say(who))
	}
	if path.Mark != "" {
		s.block("   ", s.say(wordFrom, s.origin(path.Mark, path.Source)))
	}
	for i := range path.Steps {
		step := &path.Steps[i]
		reference := ""
		if step.Mark != path.Mark || !slices.Equal(step.Source, path.Source) {
			reference = " " + s.reference(step.Mark, step.Source)
		}
		s.step(numeral(i+1), step, reference)
	}
	if !path.Failed.IsZero() {
		s.block("   ", s.say(wordFailed, path.Failed.In(s.language)))
	}
	for _, id := range path.Stories {
		s.block("   ", s.say(wordStories, id))
	}
}

// waysWord returns the heading of a page's paths.
func (p *Page) waysWord() Text {
	if p.IsWork() {
		return wordWork
	}
	return wordWays
}

// label returns the letter of a path on its page.
func (p *Page) label(path *Path) string {
	i := slices.IndexFunc(p.Paths, func(other Path) bool { return other.ID == path.ID })
	return string(rune('A' + i))
}

func (s *sheet) step(number string, step *Step, reference string) {
	indent := strings.Repeat(" ", len(number))
	s.block(number, step.Do.In(s.language)+reference)
	if step.URL != "" {
		s.verbatim(indent, step.URL)
	}
	if step.Run != "" {
		s.verbatim(indent+"  ", step.Run)
	}
	if !step.See.IsZero() {
		s.block(indent, s.say(wordSee, step.See.In(s.language)))
	}
	if !step.Stuck.IsZero() {
		s.block(indent, s.say(wordStuck, step.Stuck.In(s.language)))
	}
}

func (s *sheet) ask(a *Ask) {
	s.heading(a.Question.In(s.language), "-")
	s.block("", s.say(wordAsk, a.Why.In(s.language)))
	for _, answer := range a.Answers {
		s.block("- ", answer.In(s.language))
		s.verbatim("  ", "seedvault guide "+answer.Page)
	}
}

func (s *sheet) prepare(list []Preparation) {
	if len(list) == 0 {
		return
	}
	s.heading(s.say(wordPrepare), "-")
	for _, p := range list {
		s.block("[ ] ", p.Word+": "+s.fact(p.Fact))
	}
}

func (s *sheet) sources(list []Source) {
	if len(list) == 0 {
		return
	}
	s.heading(s.say(wordSources), "-")
	for _, source := range list {
		s.block("["+source.ID+"] ", s.say(markWords.Get()[source.Mark])+"; "+source.About.In(s.language))
		s.verbatim("     ", source.URL)
	}
}
