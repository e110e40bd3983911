package main

import (
	"fmt"
	"strings"

	"github.com/urfave/cli/v2"

	"seedvault/cmd/seedvault/guide"
	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
)

// guideList lists the pages, or those that a word is found in.
func (p *program) guideList(c *cli.Context, book *guide.Guide) error {
	if c.NArg() > 0 {
		return say.Usage(words.TooManyNames, console.Safe(c.Args().First(), 40)).WithHint(words.SeeHelp, "seedvault guide --help")
	}
	if c.IsSet("search") {
		return p.guideSearch(c, book)
	}
	if c.Bool("json") {
		return p.writeJSON(book.List())
	}
	p.Remark(words.GuideMoreServices, len(book.Services))
	return p.print(p.guideView(p.width(), nil).List(book.List()))
}

// guideCandidates are the pages of the guide.
func (p *program) guideCandidates() (list []candidate) {
	book, err := guide.Open()
	if err != nil {
		return nil
	}
	for _, page := range book.Pages {
		list = append(list, candidate{page.ID, page.Name.In(p.Lang)})
	}
	return list
}

// guideSearch lists the places where words stand.
func (p *program) guideSearch(c *cli.Context, book *guide.Guide) error {
	hits := book.Search(c.String("search"))
	switch {
	case c.Bool("json"):
		return p.writeJSON(append([]guide.Hit{}, hits...)) // none are an empty array
	case len(hits) == 0:
		return say.Fail(words.GuideFoundNothing, console.Safe(c.String("search"), 40)).WithHint(words.HintGuideList)
	}
	return p.print(p.guideView(p.width(), nil).Hits(hits))
}

// guideTree prints what the guide would ask, for where nobody can be asked.
func (p *program) guideTree(book *guide.Guide) error {
	v := p.guideView(p.width(), nil)
	return p.print(p.Text(words.GuideTree) + "\n\n" + v.List(book.List()) + "\n" + v.Tree(book, pageOf(book, guide.Generic)))
}

// pageOf is a page that the guide always has.
func pageOf(book *guide.Guide, id string) *guide.Page {
	page, _ := book.Page(id)
	return page
}

// findPage is the page of a name, or what helps with any service, and what to say
// about either.
func (p *program) findPage(book *guide.Guide, name string) (*guide.Page, *guide.Service, []words.Phrase) {
	found := book.Find(name)
	switch {
	case found.Page == nil:
		return pageOf(book, guide.Generic), nil, append([]words.Phrase{words.Part(words.GuideNotFound, console.Safe(name, 40))}, p.near(found)...)
	case found.Guess:
		return found.Page, nil, []words.Phrase{words.Part(words.GuideGuess, found.Page.Name.In(p.Lang))}
	}
	return found.Page, found.Service, nil
}

// near says which names are near the one that was typed.
func (p *program) near(found guide.Found) []words.Phrase {
	var names []string
	for _, n := range found.Near {
		names = append(names, n.ID)
	}
	if len(names) == 0 {
		return nil
	}
	return []words.Phrase{words.Part(words.GuideNear, strings.Join(names, ", "))}
}

// pageNames are what the pages of services are called.
func (g *guided) pageNames() (names []string) {
	for _, page := range g.book.Pages {
		if page.Kind == guide.Provider {
			names = append(names, fmt.Sprintf("%s (%s)", page.Name.In(g.Lang), page.ID))
		}
	}
	return names
}
