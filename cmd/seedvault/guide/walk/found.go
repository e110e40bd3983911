package walk

import (
	"fmt"
	"strings"

	"seedvault/cmd/seedvault/guide"
	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/words"
)

// Always returns a page that the guide always has.
func Always(book *guide.Guide, id string) *guide.Page {
	page, _ := book.Page(id)
	return page
}

// Find returns the page of a name, or what helps with any service, and what to say
// about either in a language.
func Find(book *guide.Guide, name string, l words.Language) (*guide.Page, *guide.Service, []words.Phrase) {
	found := book.Find(name)
	switch {
	case found.Page == nil:
		return Always(book, guide.Generic), nil, append([]words.Phrase{words.Part(words.GuideNotFound, console.Safe(name, 40))}, near(found)...)
	case found.Guess:
		return found.Page, nil, []words.Phrase{words.Part(words.GuideGuess, found.Page.Name.In(l))}
	}
	return found.Page, found.Service, nil
}

// near says which names are near the one that was typed.
func near(found guide.Found) []words.Phrase {
	var names []string
	for _, n := range found.Near {
		names = append(names, n.ID)
	}
	if len(names) == 0 {
		return nil
	}
	return []words.Phrase{words.Part(words.GuideNear, strings.Join(names, ", "))}
}

// pageNames returns what the pages of services are called.
func (g *Walk) pageNames() (names []string) {
	for _, page := range g.Book.Pages {
		if page.Kind == guide.Provider {
			names = append(names, fmt.Sprintf("%s (%s)", page.Name.In(g.Voice.Lang), page.ID))
		}
	}
	return names
}

// phrases are blocks of what would else be remarked on.
func (g *Walk) phrases(said []words.Phrase) (blocks []block) {
	for _, s := range said {
		blocks = append(blocks, para(g.Voice.Text(s.Message, s.Args...)))
	}
	return blocks
}
