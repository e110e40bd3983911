package guide

import (
	"net/url"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// target is what a name leads to: a page, or a service that has none.
type target struct {
	page    *Page
	service *Service
}

// name returns what a target is called and what one types to get there.
func (t target) name() Name {
	if t.page != nil {
		return Name{t.page.Name, t.page.ID}
	}
	return Name{t.service.Title(), t.service.Domain}
}

// spelling is one name, folded, or one domain, and what it leads to: the page of that
// place among a guide's pages, or, below zero, the service of the place ^leads.
type spelling struct {
	key   string
	leads int16
}

// nameIndex is every name and domain that leads somewhere, each list sorted.
type nameIndex struct {
	domains []spelling
	pages   []spelling // names of pages, and of services by what people call them: each leads to one
	rest    []spelling // names of services: a few share one
}

// leadsTo returns what a spelling leads to.
func (g *Guide) leadsTo(s spelling) target {
	if s.leads < 0 {
		return target{service: &g.Services[^s.leads]}
	}
	return target{page: g.Pages[s.leads]}
}

// of returns the spellings in a sorted list that are the key.
func of(list []spelling, key string) []spelling {
	from, _ := slices.BinarySearchFunc(list, key, func(s spelling, key string) int { return strings.Compare(s.key, key) })
	to := from
	for to < len(list) && list[to].key == key {
		to++
	}
	return list[from:to]
}

// called returns the one target that a folded name leads to: a page, or a service by
// what people call it.
func (g *Guide) called(key string) (target, bool) {
	list := of(g.names.pages, key)
	if len(list) == 0 {
		return target{}, false
	}
	return g.leadsTo(list[0]), true
}

// services returns the targets that the folded name of a service leads to.
func (g *Guide) services(key string) (list []target) {
	for _, s := range of(g.names.rest, key) {
		if t := g.leadsTo(s); !slices.Contains(list, t) {
			list = append(list, t)
		}
	}
	return list
}

// domain returns what a domain leads to: itself, or the longest listed domain
// that it lies under.
func (g *Guide) domain(host string) (target, bool) {
	for host != "" {
		if list := of(g.names.domains, host); len(list) > 0 {
			return g.leadsTo(list[0]), true
		}
		_, host, _ = strings.Cut(host, ".")
	}
	return target{}, false
}

// hostOf returns the domain in what somebody typed or pasted: a domain, or an
// address with or without its scheme.
func hostOf(typed string) (string, bool) {
	typed = strings.ToLower(strings.TrimSpace(norm.NFKC.String(typed)))
	if !strings.Contains(typed, "://") {
		typed = "https://" + typed
	}
	u, err := url.Parse(typed)
	if err != nil {
		return "", false
	}
	host := strings.Trim(u.Hostname(), ".")
	return host, strings.Contains(host, ".") && !strings.Contains(host, " ")
}

// fold reduces a name to what people agree on when they type it: letters and
// digits in lower case, full-width forms as plain ones, katakana as hiragana.
func fold(name string) string {
	const toHiragana = 'ァ' - 'ぁ'
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'ァ' && r <= 'ヶ':
			return r - toHiragana
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			return unicode.ToLower(r)
		case unicode.In(r, unicode.Mn, unicode.Mc):
			return r
		}
		return -1
	}, norm.NFKC.String(name))
}
