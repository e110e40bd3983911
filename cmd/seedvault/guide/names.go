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

// named is one spelling of a target, folded.
type named struct {
	key string
	target
}

// nameIndex is every name and domain that leads somewhere.
type nameIndex struct {
	domains map[string]target
	pages   map[string]target   // folded names of pages, and of services by what people call them: each leads to one
	rest    map[string][]target // folded names of services: a few share one
	keys    []named             // all folded names, pages' first
}

func indexNames(g *Guide) *nameIndex {
	x := &nameIndex{map[string]target{}, map[string]target{}, map[string][]target{}, nil}
	for _, p := range g.Pages {
		x.addPage(p)
	}
	for i := range g.Services {
		x.addService(&g.Services[i])
	}
	return x
}

func (x *nameIndex) addPage(p *Page) {
	t := target{page: p}
	for _, spelling := range append([]string{p.ID, p.Name.En, p.Name.Ja}, p.Match...) {
		if host, ok := hostOf(spelling); ok {
			x.domains[host] = t
		}
		x.add(fold(spelling), t)
	}
}

// add lets a folded name lead to a target, unless it leads to another already.
func (x *nameIndex) add(key string, t target) {
	if _, taken := x.pages[key]; key == "" || taken {
		return
	}
	x.pages[key] = t
	x.keys = append(x.keys, named{key, t})
}

// addService leaves out what a page covers already: its domains and its name.
func (x *nameIndex) addService(s *Service) {
	t := target{service: s}
	if covering, ok := x.domain(s.Domain); ok && covering.page != nil {
		t = covering
	}
	for _, domain := range append([]string{s.Domain}, s.Others...) {
		if _, taken := x.domains[domain]; !taken {
			x.domains[domain] = t
		}
	}
	for _, name := range s.names {
		x.add(fold(name), t)
	}
	for _, key := range slices.Compact([]string{fold(s.Name), fold(bare(s.Domain))}) {
		if key != "" {
			x.rest[key] = append(x.rest[key], t)
			x.keys = append(x.keys, named{key, t})
		}
	}
}

// bare cuts a domain to the word that people call it by: of example.com and of
// example.co.jp it is example; my.example.com has none.
func bare(domain string) string {
	labels := strings.Split(domain, ".")
	if len(labels) == 2 || len(labels) == 3 && len(labels[1]) <= len("com") {
		return labels[0]
	}
	return ""
}

// domain returns what a domain leads to: itself, or the longest listed domain
// that it lies under.
func (x *nameIndex) domain(host string) (target, bool) {
	for host != "" {
		if t, ok := x.domains[host]; ok {
			return t, true
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
