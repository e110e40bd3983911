package main

import (
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"seedvault/cmd/seedvault/guide"
	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
)

// enrolled is one service's page and checklist, and the seeds of the vault that are
// for it.
type enrolled struct {
	page    *guide.Page
	prepare []guide.Preparation
	entries []escrow.Entry
}

// unenrolled is a page with its checklist and no seeds.
func unenrolled(book *guide.Guide, page *guide.Page) enrolled {
	_, prepare := book.ForSeed(page.ID, "")
	return enrolled{page: page, prepare: prepare}
}

// enrolments brings seeds together by the page of their service, in the order of
// the seeds; those of services without a page come last.
func enrolments(book *guide.Guide, entries []escrow.Entry) []enrolled {
	generic := unenrolled(book, pageOf(book, guide.Generic))
	var list []enrolled
	for _, e := range entries {
		if e.Status != escrow.Accepted {
			continue
		}
		page, prepare := guideFor(book, e.Seed)
		if page == generic.page {
			generic.entries = append(generic.entries, e)
			continue
		}
		i := slices.IndexFunc(list, func(have enrolled) bool { return have.page == page })
		if i < 0 {
			i, list = len(list), append(list, enrolled{page: page, prepare: prepare})
		}
		list[i].entries = append(list[i].entries, e)
	}
	if len(generic.entries) > 0 {
		list = append(list, generic)
	}
	return list
}

// guideFor is the page of a seed's service and what to prepare there, the generic
// one where it has none.
func guideFor(book *guide.Guide, seed escrow.Seed) (*guide.Page, []guide.Preparation) {
	issuer, account := "", ""
	if key, err := seed.Key(); err == nil {
		issuer, account = key.Issuer(), key.Account()
		if issuer == "" {
			issuer = key.LabelIssuer()
		}
	}
	found, prepare := book.ForSeed(issuer, account)
	return found.Page, prepare
}

// whose names a service and the seeds that are for it; of services without a page
// the seeds alone.
func (p *program) whose(e enrolled) string {
	const widest = 60
	service := e.page.Name.In(p.Lang)
	if len(e.entries) == 0 {
		return service
	}
	var titles []string
	for _, entry := range e.entries {
		titles = append(titles, title(entry))
	}
	seeds := console.Safe(strings.Join(titles, ", "), widest)
	if e.page.ID == guide.Generic {
		return seeds
	}
	return service + " (" + seeds + ")"
}

// guideBefore prints what to prepare before it happens: for one service, for those
// of the vault's seeds where it opens unasked, or for any.
func (p *program) guideBefore(c *cli.Context, book *guide.Guide, name string) error {
	list := []enrolled{unenrolled(book, pageOf(book, guide.Generic))}
	all := enrolments(book, p.entriesUnasked(c))
	switch {
	case name != "":
		var said []words.Phrase
		var page *guide.Page
		page, _, said = p.findPage(book, name)
		p.remarkAll(said)
		list[0] = unenrolled(book, page)
		for _, e := range all {
			if e.page == list[0].page {
				list[0] = e
			}
		}
	case len(all) > 0:
		list = all
	}
	var blocks []block
	for _, e := range list {
		blocks = append(blocks, p.checklist(e)...)
	}
	return p.printBlocks(append(blocks, para(p.Text(words.GuideReadyHow))))
}

// checklist is what to prepare for a service, ticked where every seed of it says
// so.
func (p *program) checklist(e enrolled) []block {
	var ticked []string // an empty box, and the one that takes its place
	list := slices.Clone(e.prepare)
	for i, w := range list {
		if date := e.ready(w.Word); date != "" {
			list[i].Word += " " + date
			ticked = append(ticked, "[ ] "+list[i].Word+":", "[x] "+list[i].Word+":")
		}
	}
	text := p.guideView(p.width(), nil).Prepare(list)
	return []block{para(p.Text(words.GuideBefore, p.whose(e))), written(strings.NewReplacer(ticked...).Replace(text))}
}

// ready is the day since which a word of the checklist is confirmed for every
// seed, the earliest, or "".
func (e enrolled) ready(word string) string {
	earliest := ""
	for _, entry := range e.entries {
		date, ok := readiness(entry.Seed)[word]
		if !ok {
			return ""
		}
		if earliest == "" || date < earliest {
			earliest = date
		}
	}
	return earliest
}

// entriesUnasked are the seeds of the vault, none where it does not open unasked.
func (p *program) entriesUnasked(c *cli.Context) []escrow.Entry {
	s, err := p.open(c)
	if err != nil {
		return nil
	}
	defer s.Close()
	o := p.unlockUnasked(s)
	if o == nil {
		return nil
	}
	entries, _, _ := o.Seeds(c.Context)
	return entries
}
