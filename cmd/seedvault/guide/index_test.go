package guide

import (
	"cmp"
	"slices"
	"strings"
)

// indexer makes a guide's index of names. Called is what people call each service.
type indexer struct {
	*Guide
	called         map[int][]string
	domains, pages map[string]int16
	rest           []spelling
}

func indexNames(g *Guide, called map[int][]string) nameIndex {
	x := &indexer{g, called, map[string]int16{}, map[string]int16{}, nil}
	for i := range g.Pages {
		x.addPage(i)
	}
	for i := range g.Services {
		x.addService(i)
	}
	byKey := func(a, b spelling) int { return cmp.Or(strings.Compare(a.key, b.key), cmp.Compare(b.leads, a.leads)) }
	slices.SortFunc(x.rest, byKey)
	return nameIndex{domains: sorted(x.domains), pages: sorted(x.pages), rest: x.rest}
}

func sorted(m map[string]int16) (list []spelling) {
	for key, leads := range m {
		list = append(list, spelling{key, leads})
	}
	slices.SortFunc(list, func(a, b spelling) int { return strings.Compare(a.key, b.key) })
	return list
}

func (x *indexer) addPage(i int) {
	p := x.Pages[i]
	for _, name := range append([]string{p.ID, p.Name.En, p.Name.Ja}, p.Match...) {
		if host, ok := hostOf(name); ok {
			x.domains[host] = int16(i)
		}
		x.add(fold(name), int16(i))
	}
}

// add lets a folded name lead somewhere, unless it leads somewhere else already.
func (x *indexer) add(key string, leads int16) {
	if _, taken := x.pages[key]; key != "" && !taken {
		x.pages[key] = leads
	}
}

// addService lets a service's domains and names lead to it, or to the page that covers its
// domain.
func (x *indexer) addService(i int) {
	s, leads := &x.Services[i], int16(^i)
	if covering, ok := x.under(s.Domain); ok && covering >= 0 {
		leads = covering
	}
	for _, domain := range append([]string{s.Domain}, s.Others...) {
		if _, taken := x.domains[domain]; !taken {
			x.domains[domain] = leads
		}
	}
	for _, name := range x.called[i] {
		x.add(fold(name), leads)
	}
	for _, key := range slices.Compact([]string{fold(s.Name), fold(bare(s.Domain))}) {
		if key != "" {
			x.rest = append(x.rest, spelling{key, leads})
		}
	}
}

// under returns what a domain leads to so far, or the longest one that it lies under.
func (x *indexer) under(host string) (int16, bool) {
	for host != "" {
		if leads, ok := x.domains[host]; ok {
			return leads, true
		}
		_, host, _ = strings.Cut(host, ".")
	}
	return 0, false
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
