// Package readiness is what is prepared at each service for the day that its seed is
// lost: the checklists of the guide, held against what the owner of the seeds has
// confirmed.
//
// Start with [Of] for all seeds of a vault, and [Confirm] for one.
package readiness

import (
	"slices"
	"strings"
	"time"

	"seedvault/cmd/seedvault/guide"
	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/seedlist"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
)

// Service is one service's page and checklist, and the seeds of the vault that are for
// it.
type Service struct {
	Page    *guide.Page
	Prepare []guide.Preparation
	Seeds   []escrow.Entry
}

// Without returns a page with its checklist and no seeds.
func Without(book *guide.Guide, page *guide.Page) Service {
	_, prepare := book.ForSeed(page.ID, "")
	return Service{Page: page, Prepare: prepare}
}

// Of brings the accepted seeds together by the page of their service, in the order of
// the seeds; those of services without a page come last.
func Of(book *guide.Guide, entries []escrow.Entry) []Service {
	page, _ := book.Page(guide.Generic)
	generic := Without(book, page)
	var list []Service
	for _, e := range entries {
		if e.Status != escrow.Accepted {
			continue
		}
		page, prepare := pageFor(book, e.Seed)
		if page == generic.Page {
			generic.Seeds = append(generic.Seeds, e)
			continue
		}
		i := slices.IndexFunc(list, func(have Service) bool { return have.Page == page })
		if i < 0 {
			i, list = len(list), append(list, Service{Page: page, Prepare: prepare})
		}
		list[i].Seeds = append(list[i].Seeds, e)
	}
	if len(generic.Seeds) > 0 {
		list = append(list, generic)
	}
	return list
}

// pageFor returns the page of a seed's service and what to prepare there, the generic one
// where it has none.
func pageFor(book *guide.Guide, seed escrow.Seed) (*guide.Page, []guide.Preparation) {
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

// Unready returns the services at which something is not yet confirmed to be prepared.
func Unready(entries []escrow.Entry) (list []Service) {
	book := guide.Open()
	for _, s := range Of(book, entries) {
		if len(s.Missing()) > 0 {
			list = append(list, s)
		}
	}
	return list
}

// Missing returns the words of the checklist that are not confirmed for every seed.
func (s Service) Missing() (words []string) {
	for _, p := range s.Prepare {
		if s.Since(p.Word) == "" {
			words = append(words, p.Word)
		}
	}
	return words
}

// Since returns the day since which a word of the checklist is confirmed: the earliest of its
// seeds' days if it is confirmed for every seed, else "".
func (s Service) Since(word string) string {
	earliest := ""
	for _, e := range s.Seeds {
		date, ok := confirmed(e.Seed)[word]
		if !ok {
			return ""
		}
		if earliest == "" || date < earliest {
			earliest = date
		}
	}
	return earliest
}

// Title names a service and the seeds that are for it; of services without a page the
// seeds alone.
func (s Service) Title(voice say.Voice) string {
	const widest = 60
	service := s.Page.Name.In(voice.Lang)
	if len(s.Seeds) == 0 {
		return service
	}
	var titles []string
	for _, e := range s.Seeds {
		titles = append(titles, seedlist.Title(e))
	}
	seeds := console.Safe(strings.Join(titles, ", "), widest)
	if s.Page.ID == guide.Generic {
		return seeds
	}
	return service + " (" + seeds + ")"
}

// confirmed returns what the owner of a seed has confirmed to be prepared: words of the
// guide's checklists, and since when.
func confirmed(seed escrow.Seed) map[string]string {
	ready := map[string]string{}
	for _, line := range seed.All("ready") {
		if word, date, ok := strings.Cut(line, " "); ok {
			ready[word] = date
		}
	}
	return ready
}

// Confirm returns a seed with what --ready says: a word of its service's checklist,
// since a day or today; an empty day takes it back.
func Confirm(w *world.World, seed escrow.Seed, given []string) (escrow.Seed, error) {
	if len(given) == 0 {
		return seed, nil
	}
	book := guide.Open()
	page, prepare := pageFor(book, seed)
	lines := seed.All("ready")
	for _, typed := range given {
		word, date, dated := strings.Cut(typed, "=")
		if !slices.ContainsFunc(prepare, func(p guide.Preparation) bool { return p.Word == word }) {
			return seed, say.Usage(words.NotToPrepare, console.Safe(word, 40), page.Name.In(w.Voice.Lang)).
				WithHint(words.HintNotToPrepare, strings.Join(wordsOf(prepare), ", "))
		}
		if !dated {
			date = w.Now().Format(time.DateOnly)
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

// wordsOf returns the words of a checklist.
func wordsOf(list []guide.Preparation) (words []string) {
	for _, p := range list {
		words = append(words, p.Word)
	}
	return words
}

// Remark names, after seeds were saved, the first thing to prepare for the service of each, or
// where they are many, the command that lists it.
func Remark(w *world.World, saved []escrow.Entry) {
	if len(saved) == 0 {
		return
	}
	book := guide.Open()
	const few = 3
	if len(saved) > few {
		w.Voice.Remark(words.PrepareMany)
		return
	}
	for _, e := range saved {
		page, prepare := pageFor(book, e.Seed)
		ready := confirmed(e.Seed)
		for _, p := range prepare {
			if ready[p.Word] == "" {
				w.Voice.Remark(words.Prepare, seedlist.Title(e), strings.TrimSuffix(strings.TrimSuffix(p.Text.In(w.Voice.Lang), "."), "。"), page.ID)
				break
			}
		}
	}
}

// SayUnready names what to prepare, service by service.
func SayUnready(voice say.Voice, list []Service) {
	for _, s := range list {
		voice.Say(words.NotReady, s.Title(voice), strings.Join(s.Missing(), ", "))
	}
	if len(list) > 0 {
		voice.Say(words.HintReady)
	}
}
