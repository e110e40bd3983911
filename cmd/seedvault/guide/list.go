package guide

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/words"
)

// Group is pages of one kind, by name.
type Group struct {
	Kind  Kind  `json:"kind"`
	Title Text  `json:"title"`
	Pages []Row `json:"pages"`
}

// Row is what a list says of a page: Limit where the service says that some
// account cannot be brought back, Wait where a time is known.
type Row struct {
	ID    string `json:"id"`
	Name  Text   `json:"name"`
	AsOf  string `json:"as-of"`
	Wait  *Fact  `json:"wait,omitempty"`
	Limit *Fact  `json:"limit,omitempty"`
}

// List returns all pages in groups: services first.
func (g *Guide) List() []Group {
	var groups []Group
	for _, kind := range []Kind{Provider, Runbook, Common, Story} {
		group := Group{Kind: kind, Title: kindWords.Get()[kind]}
		for _, p := range g.Pages {
			if p.Kind == kind {
				group.Pages = append(group.Pages, Row{p.ID, p.Name, p.AsOf, p.Wait, p.Limit})
			}
		}
		slices.SortStableFunc(group.Pages, func(a, b Row) int {
			return cmp.Compare(strings.ToLower(a.Name.En), strings.ToLower(b.Name.En))
		})
		if len(group.Pages) > 0 {
			groups = append(groups, group)
		}
	}
	return groups
}

// List shows groups of pages, and at the end where the services without a page
// come from.
func (v View) List(groups []Group) string {
	s := v.sheet()
	column := 0
	for _, group := range groups {
		for _, row := range group.Pages {
			column = max(column, len(row.ID)+2)
		}
	}
	for _, group := range groups {
		s.heading(group.Title.In(v.Language), "-")
		for _, row := range group.Pages {
			s.block(row.ID+strings.Repeat(" ", column-console.Width(row.ID)), row.Name.In(v.Language))
		}
	}
	s.gap()
	s.block("", Attribution.In(v.Language))
	return s.String()
}

// Hits shows what a search found: each place with what to type to get there.
func (v View) Hits(hits []Hit) string {
	s := v.sheet()
	var last *Page
	for _, h := range hits {
		if h.Page == nil {
			s.block("", h.Service.Title().In(s.language)+" ("+h.Service.Domain+")")
			continue
		}
		if h.Page != last {
			s.gap()
			s.block("", h.Page.ID+": "+h.Page.Name.In(v.Language))
			last = h.Page
		}
		s.block("  - ", h.place(v.Language))
	}
	return s.String()
}

// place says where on its page a hit is, and what stands there.
func (h Hit) place(l words.Language) string {
	text := h.Text.In(l)
	if text == "" {
		text = h.Text.En
	}
	if h.Path == nil || h.Step == nil {
		return text
	}
	number := slices.IndexFunc(h.Path.Steps, func(s Step) bool { return s.ID == h.Step.ID }) + 1
	return h.Page.label(h.Path) + strconv.Itoa(number) + ": " + text
}
