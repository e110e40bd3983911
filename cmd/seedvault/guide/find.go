package guide

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Found is what a name led to. Page is nil where it led nowhere; Near then holds
// the names that look like it, and the generic page is what remains.
type Found struct {
	Page    *Page    `json:"page"`
	Service *Service `json:"service,omitempty"` // a service without a page; Page is then the generic one
	Guess   bool     `json:"guess,omitempty"`   // the name is not known, and this is the only one near it: say so
	Near    []Name   `json:"near,omitempty"`    // several are meant or near, nearest first
}

// Name is what a page or a service is called, and what to type for it: a page's id
// or a service's domain.
type Name struct {
	Text
	ID string `json:"id"`
}

// maxNear is how many names are suggested at once.
const maxNear = 5

// Find leads from what a person typed to a page: its id, a name in either
// language and any script, a domain, an address, an issuer's name, or a sentence
// with one of them in it. Case, width, spaces and punctuation do not matter. Of
// misspelt names a page is taken only where one alone is near, and marked as a
// guess; a service never is.
func (g *Guide) Find(typed string) Found {
	for _, look := range []func(string) Found{g.named, g.inSentence, g.near} {
		if f := look(typed); f.Page != nil || len(f.Near) > 0 {
			return f
		}
	}
	return Found{}
}

// named finds what is called exactly so.
func (g *Guide) named(typed string) Found {
	key := fold(typed)
	if t, ok := g.called(key); ok {
		return g.found(t)
	}
	if host, ok := hostOf(typed); ok {
		if t, ok := g.domain(host); ok {
			return g.found(t)
		}
	}
	switch list := g.services(key); len(list) {
	case 0:
	case 1:
		return g.found(list[0])
	default:
		return Found{Near: namesOf(list)}
	}
	if slices.Contains(topics.Get(), key) {
		return Found{Page: g.generic()}
	}
	return Found{}
}

func (g *Guide) found(t target) Found {
	if t.page != nil {
		return Found{Page: t.page}
	}
	return Found{Page: g.generic(), Service: t.service}
}

// near looks for names that a slip of the fingers makes of each other, then for
// names that begin with the one typed, or that it begins with.
func (g *Guide) near(typed string) Found {
	key := fold(typed)
	length := utf8.RuneCountInString(key)
	best := map[target]int{}
	for _, s := range slices.Concat(g.names.pages, g.names.rest) {
		d, close := closeness(key, s.key, length)
		if !close {
			continue
		}
		t := g.leadsTo(s)
		if old, seen := best[t]; !seen || d < old {
			best[t] = d
		}
	}
	list := make([]target, 0, len(best))
	for t := range best {
		list = append(list, t)
	}
	slices.SortFunc(list, func(a, b target) int {
		return cmp.Or(cmp.Compare(best[a], best[b]), pagesFirst(a, b), cmp.Compare(a.name().ID, b.name().ID))
	})
	if len(list) > 0 && list[0].page != nil && sure(best[list[0]], length) && (len(list) == 1 || best[list[1]] > best[list[0]]) {
		return Found{Page: list[0].page, Guess: true}
	}
	return Found{Near: namesOf(list[:min(len(list), maxNear)])}
}

// holds is the distance of names of which one begins with the other: behind all
// slips.
const holds = 10

// closeness reports whether two folded names are near, and how far apart they are.
func closeness(typed, name string, length int) (int, bool) {
	if d, ok := distance(typed, name, min(max(length/3, 1), 3)); ok && length >= 2 {
		return d, true
	}
	return holds, length >= 3 && strings.HasPrefix(name, typed) || utf8.RuneCountInString(name) >= 5 && strings.HasPrefix(typed, name)
}

// sure reports whether a distance is so small for the length of a name that it can only come
// from a slip.
func sure(distance, length int) bool {
	return distance == 1 && length >= 5 || distance == 2 && length >= 8
}

func pagesFirst(a, b target) int {
	switch {
	case a.page != nil && b.page == nil:
		return -1
	case a.page == nil && b.page != nil:
		return 1
	}
	return 0
}

func distinct(list []target) []target {
	var kept []target
	for _, t := range list {
		if !slices.Contains(kept, t) {
			kept = append(kept, t)
		}
	}
	return kept
}

func namesOf(list []target) []Name {
	var names []Name
	for _, t := range list {
		names = append(names, t.name())
	}
	return names
}

// ForSeed returns the page for a seed and what to have ready for it, from the
// issuer and the account (or label) that its otpauth URI names. Where neither is
// known it is the generic page. It is a guess where only the issuer's first words
// are known, or where the account's words choose among the pages that one leads to;
// a misspelling is never guessed at.
func (g *Guide) ForSeed(issuer, account string) (Found, []Preparation) {
	names := []string{issuer}
	if label, _, prefixed := strings.Cut(account, ":"); prefixed {
		names = append(names, label)
	}
	for _, name := range names {
		if f := g.exactly(name); f.Page != nil {
			if page := g.branch(f.Page, account); page != f.Page {
				f = Found{Page: page, Guess: true}
			}
			return f, g.preparations(f.Page)
		}
	}
	f := Found{Page: g.generic()}
	if f.Page == nil {
		return f, nil
	}
	return f, g.preparations(f.Page)
}

// branches returns the pages that a page leads to and that are about the same service:
// aws-root and aws-iam of aws.
func (g *Guide) branches(p *Page) []*Page {
	var list []*Page
	if p.Ask != nil {
		for _, a := range p.Ask.Answers {
			if strings.HasPrefix(a.Page, p.ID+"-") {
				if next, ok := g.Page(a.Page); ok {
					list = append(list, next)
				}
			}
		}
	}
	return list
}

// branch chooses among them by a word of the account: AWS names its devices freely,
// and some names say what the account is.
func (g *Guide) branch(p *Page, account string) *Page {
	words := strings.FieldsFunc(strings.ToLower(account), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for _, next := range g.branches(p) {
		if slices.Contains(words, strings.TrimPrefix(next.ID, p.ID+"-")) {
			return next
		}
	}
	return p
}

// exactly finds an issuer as it is written, or by its first words: some put a
// company's or a plan's name behind their own ("GitHub Enterprise").
func (g *Guide) exactly(issuer string) Found {
	words := strings.FieldsFunc(issuer, func(r rune) bool { return strings.ContainsRune(" \t:()[]|/-–", r) })
	if len(words) == 0 {
		return Found{}
	}
	if f := g.named(issuer); f.Page != nil {
		return f
	}
	for n := len(words); n > 0; n-- {
		if t, ok := g.called(fold(strings.Join(words[:n], ""))); ok {
			return Found{Page: t.page, Guess: n < len(words)}
		}
	}
	return Found{}
}

// preparations returns a page's own, or, where it only leads on to others, theirs.
func (g *Guide) preparations(p *Page) []Preparation {
	if len(p.Prepare) > 0 || p.Ask == nil {
		return p.Prepare
	}
	var list []Preparation
	for _, next := range g.branches(p) {
		for _, prep := range next.Prepare {
			if !slices.ContainsFunc(list, func(q Preparation) bool { return q.Word == prep.Word }) {
				list = append(list, prep)
			}
		}
	}
	return list
}
