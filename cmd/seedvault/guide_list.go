package main

import (
	"fmt"
	"strings"

	"seedvault/cmd/seedvault/internal/cli"

	"seedvault/cmd/seedvault/guide"
	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
)

// guideList lists the pages, or those that a word is found in.
func (v *guiding) guideList(book *guide.Guide, name string) error {
	if name != "" {
		return cli.Misused(words.TooManyNames, "guide", console.Safe(name, 40))
	}
	if v.search != nil {
		return v.guideSearch(book)
	}
	if v.json {
		return v.w.WriteJSON(book.List())
	}
	v.w.Voice.Remark(words.GuideMoreServices, len(book.Services))
	return v.w.Print(v.guideView(v.w.Width(), nil).List(book.List()))
}

// guideSearch lists the places where words stand.
func (v *guiding) guideSearch(book *guide.Guide) error {
	hits := book.Search(*v.search)
	switch {
	case v.json:
		return v.w.WriteJSON(append([]guide.Hit{}, hits...)) // none are an empty array
	case len(hits) == 0:
		return say.Fail(words.GuideFoundNothing, console.Safe(*v.search, 40)).WithHint(words.HintGuideList)
	}
	return v.w.Print(v.guideView(v.w.Width(), nil).Hits(hits))
}

// guideTree prints what the guide would ask, for where nobody can be asked.
func (v *guiding) guideTree(book *guide.Guide) error {
	view := v.guideView(v.w.Width(), nil)
	return v.w.Print(v.w.Voice.Text(words.GuideTree) + "\n\n" + view.List(book.List()) + "\n" + view.Tree(book, pageOf(book, guide.Generic)))
}

// pageOf is a page that the guide always has.
func pageOf(book *guide.Guide, id string) *guide.Page {
	page, _ := book.Page(id)
	return page
}

// findPage is the page of a name, or what helps with any service, and what to say
// about either.
func (v *guiding) findPage(book *guide.Guide, name string) (*guide.Page, *guide.Service, []words.Phrase) {
	found := book.Find(name)
	switch {
	case found.Page == nil:
		return pageOf(book, guide.Generic), nil, append([]words.Phrase{words.Part(words.GuideNotFound, console.Safe(name, 40))}, v.near(found)...)
	case found.Guess:
		return found.Page, nil, []words.Phrase{words.Part(words.GuideGuess, found.Page.Name.In(v.w.Voice.Lang))}
	}
	return found.Page, found.Service, nil
}

// near says which names are near the one that was typed.
func (v *guiding) near(found guide.Found) []words.Phrase {
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
			names = append(names, fmt.Sprintf("%s (%s)", page.Name.In(g.voice().Lang), page.ID))
		}
	}
	return names
}
