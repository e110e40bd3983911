package main

import (
	"github.com/urfave/cli/v2"

	"seedvault/cmd/seedvault/guide"
	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
)

func (p *program) guideCommand() *cli.Command {
	return &cli.Command{
		Name: "guide", CustomHelpTemplate: p.Help("guide") + "\n",
		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "plain"}, &cli.BoolFlag{Name: "list"}, &cli.StringFlag{Name: "search"}, jsonFlag(),
			&cli.StringFlag{Name: "html"}, &cli.BoolFlag{Name: "before"}, &cli.BoolFlag{Name: "call"},
		},
		Action: p.guide,
	}
}

// guide leads out of a lockout where there is no backup. It needs no vault, no
// network and no home.
func (p *program) guide(c *cli.Context) error {
	if c.NArg() > 1 {
		return say.Usage(words.TooManyNames, console.Safe(c.Args().Get(1), 40)).WithHint(words.HintGuideOneName)
	}
	modes := 0
	for _, flag := range []string{"list", "search", "html", "before", "call"} {
		if c.IsSet(flag) {
			modes++
		}
	}
	if modes > 1 {
		return say.Usage(words.GuideOneForm).WithHint(words.SeeHelp, "seedvault guide --help")
	}
	book, err := guide.Open()
	if err != nil {
		return err
	}
	switch name := c.Args().First(); {
	case c.Bool("list"), c.IsSet("search"):
		return p.guideList(c, book)
	case c.Bool("before"):
		return p.guideBefore(c, book, name)
	case name == "" && c.Bool("call"):
		return p.guideCall(c)
	case name == "" && (c.IsSet("html") || c.Bool("json")):
		return say.Usage(words.GuideNameWhat).WithHint(words.HintGuideList)
	case name == "":
		return p.guideFromTheStart(c, book)
	default:
		return p.guidePage(c, book, name)
	}
}

// guideFromTheStart asks its way to a page; without a terminal it prints what it
// would ask.
func (p *program) guideFromTheStart(c *cli.Context, book *guide.Guide) error {
	g := p.guided(c, book)
	if g == nil {
		return p.guideTree(book)
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
func (p *program) guidePage(c *cli.Context, book *guide.Guide, name string) error {
	page, service, said := p.findPage(book, name)
	if c.Bool("call") || c.IsSet("html") || c.Bool("json") {
		p.remarkAll(said)
	}
	switch {
	case c.Bool("call") && page.ID != guide.CallPage:
		return say.Usage(words.GuideNoCall, page.Name.In(p.Lang)).WithHint(words.HintGuideNoCall)
	case c.Bool("call"):
		return p.guideCall(c)
	case c.IsSet("html"):
		return p.guideHTML(page, service, c.String("html"))
	case c.Bool("json"):
		return p.writeJSON(page)
	}
	g := p.guided(c, book)
	if g == nil {
		p.remarkAll(said)
		return p.print(p.guideView(p.width(), service).Page(page))
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
		answer, err := g.ask(g.Text(words.GuideKeysOpen), append(g.phrases(said), g.plan(page, nil)...)...)
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
	_, err := g.ask(g.Text(words.GuideKeysRead), written(g.shown().Page(page)))
	return err
}
