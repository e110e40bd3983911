package guide

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// idForm is the form of every id of a page; steps have capitals too (R1, S8).
var idForm = regexp.MustCompile(`^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$`)

// checker holds a page against the rules of the format and keeps the first error.
type checker struct {
	page string
	refs map[string]bool // the page's sources
	err  error
}

func (c *checker) fail(field, problem string) {
	if c.err == nil {
		c.err = fmt.Errorf("invalid page %s: %s: %s", c.page, field, problem)
	}
}

func (c *checker) id(field, id string) {
	if !idForm.MatchString(id) {
		c.fail(field, "not an id")
	}
}

// text demands both languages, each on one line.
func (c *checker) text(field string, t Text) {
	for _, s := range []string{t.En, t.Ja} {
		switch {
		case strings.TrimSpace(s) == "":
			c.fail(field, "is missing in a language")
		case strings.TrimSpace(s) != s || strings.ContainsAny(s, "\n\t"):
			c.fail(field, "has a line break, a tab, or space around it")
		}
	}
}

// optional demands both languages, or neither.
func (c *checker) optional(field string, t Text) {
	if !t.IsZero() {
		c.text(field, t)
	}
}

func (c *checker) oneOf(field, value string, known ...string) {
	if !slices.Contains(known, value) {
		c.fail(field, "unknown value")
	}
}

// mark demands a known mark, and sources that stand on the page; our own advice
// has none, and everything else has one.
func (c *checker) mark(field string, m Mark, source []string) {
	c.oneOf(field+": mark", string(m), string(Official), string(Older), string(Reported), string(Own))
	if (m == Own) != (len(source) == 0) {
		c.fail(field, "own advice has no source, and everything else has one")
	}
	for _, id := range source {
		if !c.refs[id] {
			c.fail(field, "source "+id+" does not stand on the page")
		}
	}
}

func (c *checker) fact(field string, f *Fact) {
	if f != nil {
		c.text(field, f.Text)
		c.mark(field, f.Mark, f.Source)
	}
}

func (c *checker) facts(field string, list []Fact) {
	for i := range list {
		c.fact(fmt.Sprintf("%s %d", field, i+1), &list[i])
	}
}

// address demands an address that can be typed as it stands.
func (c *checker) address(field, address string) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || strings.ContainsAny(address, " <>\"") {
		c.fail(field, "not a web address")
	}
}

// checkPage holds one page against the rules that need no other page.
func (g *Guide) checkPage(p *Page, id string) error {
	c := &checker{page: id, refs: map[string]bool{}}
	if p.ID != id || p.ID != strings.ToLower(p.ID) {
		c.fail("id", "not the file's name in lower case")
	}
	c.id("id", p.ID)
	c.oneOf("kind", string(p.Kind), string(Provider), string(Story), string(Runbook), string(Common))
	c.text("name", p.Name)
	c.text("summary", p.Summary)
	if _, err := parseDate(p.AsOf); err != nil {
		c.fail("as-of", "not YYYY-MM or YYYY-MM-DD")
	}
	for _, m := range p.Match {
		if m == "" || m != strings.ToLower(m) {
			c.fail("match", "empty or not in lower case")
		}
	}
	c.sources(p.Sources)
	c.fact("wait", p.Wait)
	c.fact("cost", p.Cost)
	c.fact("limit", p.Limit)
	c.facts("have", p.Have)
	c.facts("warnings", p.Warnings)
	c.facts("notes", p.Notes)
	c.prepare(p.Prepare)
	c.ask(p.Ask)
	c.paths(g, p.Paths)
	return c.err
}

func (c *checker) sources(list []Source) {
	for _, s := range list {
		field := "source " + s.ID
		c.id(field, s.ID)
		c.address(field+": url", s.URL)
		c.oneOf(field+": mark", string(s.Mark), string(Official), string(Older), string(Reported))
		c.text(field+": about", s.About)
		if c.refs[s.ID] {
			c.fail(field, "stands twice")
		}
		c.refs[s.ID] = true
	}
}

func (c *checker) prepare(list []Preparation) {
	for i := range list {
		field := "prepare " + list[i].Word
		c.id(field, list[i].Word)
		c.fact(field, &list[i].Fact)
	}
}

func (c *checker) ask(a *Ask) {
	if a == nil {
		return
	}
	c.text("ask: question", a.Question)
	c.text("ask: why", a.Why)
	if len(a.Answers) < 2 {
		c.fail("ask: answers", "fewer than two")
	}
	for _, answer := range a.Answers {
		c.text("ask: answer for "+answer.Page, answer.Text)
	}
}

func (c *checker) paths(g *Guide, list []Path) {
	paths, steps := map[string]bool{}, map[string]bool{}
	for i := range list {
		p := &list[i]
		field := "path " + p.ID
		c.id(field, p.ID)
		if paths[p.ID] {
			c.fail(field, "stands twice")
		}
		paths[p.ID] = true
		if _, asked := g.Question(p.If); !asked && !slices.Contains([]string{"", IfSupport, IfLast, IfUnknown}, p.If) {
			c.fail(field+": if", "no such question")
		}
		c.oneOf(field+": who", p.Who, "you", "administrator", "owner", "support")
		c.text(field+": title", p.Title)
		c.optional(field+": failed", p.Failed)
		if p.Mark != "" {
			c.mark(field, p.Mark, p.Source)
		}
		if len(p.Steps) == 0 {
			c.fail(field, "has no steps")
		}
		for j := range p.Steps {
			c.step(field, &p.Steps[j], steps)
		}
	}
}

func (c *checker) step(path string, s *Step, seen map[string]bool) {
	field := path + ": step " + s.ID
	c.id(field, s.ID)
	if seen[s.ID] {
		c.fail(field, "stands twice on the page")
	}
	seen[s.ID] = true
	c.text(field+": do", s.Do)
	c.optional(field+": see", s.See)
	c.optional(field+": stuck", s.Stuck)
	c.mark(field, s.Mark, s.Source)
	if s.URL != "" {
		c.address(field+": url", s.URL)
	}
}

// checkLinks demands that every page which another names is there.
func (g *Guide) checkLinks() error {
	for _, p := range g.Pages {
		c := &checker{page: p.ID}
		for _, id := range p.links() {
			if _, ok := g.Page(id); !ok {
				c.fail("link", "no page "+id)
			}
		}
		if c.err != nil {
			return c.err
		}
	}
	return nil
}

// links returns the ids of the pages that a page leads to.
func (p *Page) links() []string {
	var ids []string
	if p.Ask != nil {
		for _, a := range p.Ask.Answers {
			ids = append(ids, a.Page)
		}
	}
	for _, path := range p.Paths {
		ids = append(ids, path.Stories...)
	}
	return ids
}
