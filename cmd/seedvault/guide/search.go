package guide

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Hit is a place where all the words of a search stand, or some of them on a page
// that has them all. Path and Step are nil where the place lies before the steps.
type Hit struct {
	Page    *Page
	Service *Service // without a page; then Page is nil
	Path    *Path
	Step    *Step
	Text    Text // what stands there
	score   int
}

// MarshalJSON gives a hit as the ids of where it is, and what stands there.
func (h Hit) MarshalJSON() ([]byte, error) {
	var out struct {
		Page    string   `json:"page,omitempty"`
		Path    string   `json:"path,omitempty"`
		Step    string   `json:"step,omitempty"`
		Service *Service `json:"service,omitempty"`
		Text    Text     `json:"text"`
	}
	out.Service, out.Text = h.Service, h.Text
	if h.Page != nil {
		out.Page = h.Page.ID
	}
	if h.Path != nil {
		out.Path = h.Path.ID
	}
	if h.Step != nil {
		out.Step = h.Step.ID
	}
	return json.Marshal(out)
}

// hitsPerPage is how many places of one page a search names.
const hitsPerPage = 3

// How much a word weighs where it stands.
const (
	inName    = 100
	inSummary = 20
	inTitle   = 15
	inStep    = 10
	inRest    = 5
)

// Search looks for words in every page, in both languages at once, and in the
// names of services. All words have to be on a page; the page that is called so comes
// first, then the best, each with its best places. Where neither a page has them all
// nor a service is called so, the typed text is taken for a sentence, and the page
// that it is about is named.
func (g *Guide) Search(typed string) []Hit {
	words := strings.Fields(plain(typed))
	if len(words) == 0 {
		return nil
	}
	var pages [][]Hit
	for _, p := range g.Pages {
		if hits := searchPage(p, words); len(hits) > 0 {
			pages = append(pages, hits)
		}
	}
	named, _ := g.called(fold(typed))
	slices.SortStableFunc(pages, func(a, b []Hit) int {
		switch named.page {
		case nil:
		case a[0].Page:
			return -1
		case b[0].Page:
			return 1
		}
		return cmp.Compare(b[0].score, a[0].score)
	})
	if hits := append(slices.Concat(pages...), g.searchServices(typed)...); len(hits) > 0 {
		return hits
	}
	switch f := g.inSentence(typed); {
	case f.Service != nil:
		return []Hit{{Service: f.Service, Text: f.Service.Title()}}
	case f.Page != nil:
		return []Hit{{Page: f.Page, Text: f.Page.Summary}}
	}
	return nil
}

// searchPage returns the best places of a page that has all the words.
func searchPage(p *Page, words []string) []Hit {
	var hits []Hit
	seen := map[string]bool{}
	for _, h := range p.places() {
		text := plain(h.Text.En + "\n" + h.Text.Ja)
		count := 0
		for _, w := range words {
			if strings.Contains(text, w) {
				count++
				seen[w] = true
			}
		}
		if count > 0 {
			h.score *= count
			hits = append(hits, h)
		}
	}
	for _, w := range words {
		if !seen[w] {
			return nil
		}
	}
	slices.SortStableFunc(hits, func(a, b Hit) int { return cmp.Compare(b.score, a.score) })
	return hits[:min(len(hits), hitsPerPage)]
}

// places returns all the texts of a page, each with what a word weighs in it.
func (p *Page) places() []Hit {
	names := append([]string{p.ID}, p.Match...)
	list := []Hit{
		{Page: p, Text: p.Name, score: inName},
		{Page: p, Text: Text{En: strings.Join(names, ", "), Ja: strings.Join(names, ", ")}, score: inName},
		{Page: p, Text: p.Summary, score: inSummary},
	}
	for _, f := range p.facts() {
		list = append(list, Hit{Page: p, Text: f.Text, score: inRest})
	}
	for i := range p.Paths {
		path := &p.Paths[i]
		list = append(list, Hit{Page: p, Path: path, Text: path.Title, score: inTitle}, Hit{Page: p, Path: path, Text: path.Failed, score: inRest})
		for j := range path.Steps {
			s := &path.Steps[j]
			verbatim := Text{s.URL + " " + s.Run, ""}
			for _, text := range []Text{s.Do, s.See, s.Stuck, verbatim} {
				list = append(list, Hit{Page: p, Path: path, Step: s, Text: text, score: inStep})
			}
		}
	}
	return list
}

// facts returns all facts of a page that stand outside its paths.
func (p *Page) facts() []Fact {
	list := slices.Concat(p.Have, p.Warnings, p.Notes)
	for _, f := range []*Fact{p.Wait, p.Cost, p.Limit} {
		if f != nil {
			list = append(list, *f)
		}
	}
	for _, prep := range p.Prepare {
		list = append(list, prep.Fact)
	}
	return list
}

// searchServices finds services by name or domain that no page covers.
func (g *Guide) searchServices(typed string) []Hit {
	key := fold(typed)
	if key == "" {
		return nil
	}
	var exact, rest []Hit
	called := g.calledLike(key)
	for i := range g.Services {
		s := &g.Services[i]
		if g.hasPage(s) {
			continue
		}
		h := Hit{Service: s, Text: s.Title()}
		switch name := fold(s.Name); {
		case name == key || called[s] == key:
			exact = append(exact, h)
		case called[s] != "" || strings.Contains(name, key) || strings.Contains(fold(s.Domain), key):
			rest = append(rest, h)
		}
	}
	return append(exact, rest...)
}

// hasPage reports whether a page covers a service's domain.
func (g *Guide) hasPage(s *Service) bool {
	covering, ok := g.domain(s.Domain)
	return ok && covering.page != nil
}

// WithoutPage returns how many services no page covers: for these there is the generic page.
func (g *Guide) WithoutPage() (n int) {
	for i := range g.Services {
		if !g.hasPage(&g.Services[i]) {
			n++
		}
	}
	return n
}

// calledLike returns the services that people call by a name that holds the folded key,
// with that name: the key itself where it is one.
func (g *Guide) calledLike(key string) map[*Service]string {
	called := map[*Service]string{}
	for _, s := range g.names.pages {
		if t := g.leadsTo(s); t.service != nil && strings.Contains(s.key, key) && called[t.service] != key {
			called[t.service] = s.key
		}
	}
	return called
}

// plain is text as a search compares it.
func plain(s string) string { return strings.ToLower(norm.NFKC.String(s)) }
