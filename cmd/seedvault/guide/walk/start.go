package walk

import (
	"seedvault/cmd/seedvault/guide"
	"seedvault/cmd/seedvault/internal/words"
)

// FromTheStart goes on where an earlier walk was left, if there was one and the person
// wants to, or asks which service it is about.
func (g *Walk) FromTheStart() error {
	if left, page := g.left(); page != nil {
		yes, err := g.askGoOn(page, left)
		if err != nil {
			return err
		}
		if yes {
			if err := g.try(page, &left); err != errBack {
				return err
			}
		}
	}
	for {
		g.begin()
		page, err := g.askService()
		if err == nil {
			err = g.lead(page)
		}
		if err != errBack {
			return err
		}
	}
}

// OnPage leads along one page; service is the one that the generic page is shown for, nil on
// any other page, and said what to say first of how the page was found.
func (g *Walk) OnPage(page *guide.Page, service *guide.Service, said []words.Phrase) error {
	g.service = service
	return g.open(page, said)
}

// open offers to go on where this page was left, else to walk through it or to
// read it.
func (g *Walk) open(page *guide.Page, said []words.Phrase) error {
	if left, of := g.left(); of == page {
		yes, err := g.askGoOn(page, left)
		if err != nil {
			return err
		}
		if yes {
			if err := g.try(page, &left); err != errBack {
				return err
			}
			g.replies, g.failed = nil, nil
		}
	}
	for {
		answer, err := g.ask(g.Voice.Text(words.GuideKeysOpen), append(g.phrases(said), g.plan(page, nil)...)...)
		switch {
		case err != nil:
			return err
		case answer == "":
			if err := g.lead(page); err != errBack {
				return err
			}
			g.replies, g.failed = nil, nil
		case answer == "r":
			if err := g.read(page); err != nil {
				return err
			}
		case answer == "q":
			return ErrLeft
		default:
			g.noKey(answer)
		}
	}
}
