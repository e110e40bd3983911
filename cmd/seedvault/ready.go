package main

import (
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"seedvault/cmd/seedvault/guide"
	"seedvault/cmd/seedvault/internal/speech"
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
			return seed, speech.Usage(speech.NotToPrepare, speech.Safe(word, 40), page.Name.In(p.Lang)).
				WithHint(speech.HintNotToPrepare, strings.Join(wordsOf(prepare), ", "))
		}
		if !dated {
			date = p.now().Format(time.DateOnly)
		}
		if _, err := time.Parse(time.DateOnly, date); err != nil && date != "" {
			return seed, speech.Usage(speech.NotADay, speech.Safe(date, 40)).WithHint(speech.HintNotADay)
		}
		lines = slices.DeleteFunc(slices.Clone(lines), func(l string) bool { return strings.HasPrefix(l, word+" ") })
		if date != "" {
			lines = append(lines, word+" "+date)
		}
	}
	return seed.With("ready", lines...), nil
}

// wordsOf are the words of a checklist.
func wordsOf(list []guide.Preparation) (words []string) {
	for _, w := range list {
		words = append(words, w.Word)
	}
	return words
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
		p.Remark(speech.PrepareMany)
		return
	}
	for _, e := range saved {
		page, prepare := guideFor(book, e.Seed)
		ready := readiness(e.Seed)
		for _, w := range prepare {
			if ready[w.Word] == "" {
				p.Remark(speech.Prepare, title(e), strings.TrimSuffix(strings.TrimSuffix(w.Text.In(p.Lang), "."), "。"), page.ID)
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
func (e enrolled) missing() (words []string) {
	for _, w := range e.prepare {
		if e.ready(w.Word) == "" {
			words = append(words, w.Word)
		}
	}
	return words
}

// sayUnready names what to prepare, service by service.
func (p *program) sayUnready(list []enrolled) {
	for _, e := range list {
		p.Say(speech.NotReady, p.whose(e), strings.Join(e.missing(), ", "))
	}
	if len(list) > 0 {
		p.Say(speech.HintReady)
	}
}
