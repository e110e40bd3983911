package main

import (
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"seedvault/cmd/seedvault/guide"
	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
)

// readiness is what the owner of a seed has confirmed to be prepared for the day
// that it is lost: words of the guide's checklists, and since when.
func readiness(seed escrow.Seed) map[string]string {
	ready := map[string]string{}
	for _, line := range seed.All("ready") {
		if word, date, ok := strings.Cut(line, " "); ok {
			ready[word] = date
		}
	}
	return ready
}

// confirmed is a seed with what --ready says: a word of its service's checklist,
// since a day or today; an empty day takes it back.
func (p *program) confirmed(c *cli.Context, seed escrow.Seed) (escrow.Seed, error) {
	given := c.StringSlice("ready")
	if len(given) == 0 {
		return seed, nil
	}
	book, err := guide.Open()
	if err != nil {
		return seed, err
	}
	page, prepare := guideFor(book, seed)
	lines := seed.All("ready")
	for _, typed := range given {
		word, date, dated := strings.Cut(typed, "=")
		if !slices.ContainsFunc(prepare, func(w guide.Preparation) bool { return w.Word == word }) {
			return seed, say.Usage(words.NotToPrepare, console.Safe(word, 40), page.Name.In(p.Lang)).
				WithHint(words.HintNotToPrepare, strings.Join(wordsOf(prepare), ", "))
		}
		if !dated {
			date = p.now().Format(time.DateOnly)
		}
		if _, err := time.Parse(time.DateOnly, date); err != nil && date != "" {
			return seed, say.Usage(words.NotADay, console.Safe(date, 40)).WithHint(words.HintNotADay)
		}
		lines = slices.DeleteFunc(slices.Clone(lines), func(l string) bool { return strings.HasPrefix(l, word+" ") })
		if date != "" {
			lines = append(lines, word+" "+date)
		}
	}
	return seed.With("ready", lines...), nil
}

// wordsOf are the words of a checklist.
func wordsOf(list []guide.Preparation) (all []string) {
	for _, w := range list {
		all = append(all, w.Word)
	}
	return all
}

// remarkPrepare names, after seeds were saved, the first thing to prepare for the
// service of each.
func (p *program) remarkPrepare(saved []escrow.Entry) {
	book, err := guide.Open()
	if err != nil || len(saved) == 0 {
		return
	}
	const few = 3
	if len(saved) > few {
		p.Remark(words.PrepareMany)
		return
	}
	for _, e := range saved {
		page, prepare := guideFor(book, e.Seed)
		ready := readiness(e.Seed)
		for _, w := range prepare {
			if ready[w.Word] == "" {
				p.Remark(words.Prepare, title(e), strings.TrimSuffix(strings.TrimSuffix(w.Text.In(p.Lang), "."), "。"), page.ID)
				break
			}
		}
	}
}

// unreadyOf are the services at which something is not yet confirmed to be
// prepared.
func unreadyOf(entries []escrow.Entry) (list []enrolled) {
	book, err := guide.Open()
	if err != nil {
		return nil
	}
	for _, e := range enrolments(book, entries) {
		if len(e.missing()) > 0 {
			list = append(list, e)
		}
	}
	return list
}

// missing are the words of the checklist that are not confirmed for every seed.
func (e enrolled) missing() (list []string) {
	for _, w := range e.prepare {
		if e.ready(w.Word) == "" {
			list = append(list, w.Word)
		}
	}
	return list
}

// sayUnready names what to prepare, service by service.
func (p *program) sayUnready(list []enrolled) {
	for _, e := range list {
		p.Say(words.NotReady, p.whose(e), strings.Join(e.missing(), ", "))
	}
	if len(list) > 0 {
		p.Say(words.HintReady)
	}
}
