package main

import (
	"context"

	"seedvault/cmd/seedvault/guide"
	"seedvault/cmd/seedvault/internal/cli"
	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/session"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
)

// guiding leads out of a lockout where there is no backup. It needs no vault, no
// network and no home.
type guiding struct {
	w                               *world.World
	choice                          *session.Choice
	plain, list, json, before, call bool
	search, html                    *string
}

func guideVerb(w *world.World, choice *session.Choice) *cli.Command {
	v := &guiding{w: w, choice: choice}
	return &cli.Command{
		Name: "guide", Names: cli.AnyNames(guidePages), Run: v.run,
		Flags: []cli.Flag{
			cli.Switch(&v.plain, "plain"), cli.Switch(&v.list, "list"), cli.Optional(&v.search, "search", cli.Anything), cli.Switch(&v.json, "json"),
			cli.Optional(&v.html, "html", cli.File), cli.Switch(&v.before, "before"), cli.Switch(&v.call, "call"),
		},
	}
}

func (v *guiding) run(ctx context.Context, names []string) error {
	if len(names) > 1 {
		return say.Usage(words.TooManyNames, console.Safe(names[1], 40)).WithHint(words.HintGuideOneName)
	}
	modes := 0
	for _, mode := range []bool{v.list, v.search != nil, v.html != nil, v.before, v.call} {
		if mode {
			modes++
		}
	}
	if v.call && v.html != nil { // the call, on paper
		modes--
	}
	if modes > 1 {
		return cli.Misused(words.GuideOneForm, "guide")
	}
	book, err := guide.Open()
	if err != nil {
		return err
	}
	name := ""
	if len(names) > 0 {
		name = names[0]
	}
	switch {
	case v.list, v.search != nil:
		return v.guideList(book, name)
	case v.before:
		return v.guideBefore(ctx, book, name)
	case name == "" && v.call:
		return v.guideCall()
	case name == "" && (v.html != nil || v.json):
		return say.Usage(words.GuideNameWhat).WithHint(words.HintGuideList)
	case name == "":
		return v.guideFromTheStart(book)
	default:
		return v.guidePage(book, name)
	}
}

// guideFromTheStart asks its way to a page; without a terminal it prints what it
// would ask.
func (v *guiding) guideFromTheStart(book *guide.Guide) error {
	g := v.guided(book)
	if g == nil {
		return v.guideTree(book)
	}
	return g.run(func() error {
		if left, page := g.left(); page != nil {
			yes, err := g.askGoOn(page, left)
			if err != nil {
				return err
			}
			if yes {
				return g.try(page, &left)
			}
		}
		page, err := g.askService()
		if err != nil {
			return err
		}
		return g.lead(page)
	})
}

// guidePage is what is asked for of one page.
func (v *guiding) guidePage(book *guide.Guide, name string) error {
	page, service, said := v.findPage(book, name)
	if v.call || v.html != nil || v.json {
		v.remarkAll(said)
	}
	switch {
	case v.call && page.ID != guide.CallPage:
		return say.Usage(words.GuideNoCall, page.Name.In(v.w.Voice.Lang)).WithHint(words.HintGuideNoCall)
	case v.call:
		return v.guideCall()
	case v.html != nil:
		return v.guideHTML(page, service, *v.html)
	case v.json:
		return v.w.WriteJSON(page)
	}
	g := v.guided(book)
	if g == nil {
		v.remarkAll(said)
		return v.w.Print(v.guideView(v.w.Width(), service).Page(page))
	}
	g.service = service
	return g.run(func() error { return g.open(page, said) })
}

// open offers to go on where this page was left, else to walk through it or to
// read it.
func (g *guided) open(page *guide.Page, said []words.Phrase) error {
	if left, of := g.left(); of == page {
		yes, err := g.askGoOn(page, left)
		if err != nil {
			return err
		}
		if yes {
			return g.try(page, &left)
		}
	}
	for {
		answer, err := g.ask(g.voice().Text(words.GuideKeysOpen), append(g.v.phrases(said), g.plan(page, nil)...)...)
		switch {
		case err != nil:
			return err
		case answer == "":
			return g.lead(page)
		case answer == "r":
			if err := g.read(page); err != nil {
				return err
			}
		case answer == "q":
			return errLeft
		}
	}
}

// read shows the whole page on the screen.
func (g *guided) read(page *guide.Page) error {
	_, err := g.ask(g.voice().Text(words.GuideKeysRead), written(g.shown().Page(page)))
	return err
}
