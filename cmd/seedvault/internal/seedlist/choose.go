// Package seedlist names and prints seeds that package contents has read: how one is called,
// which one a name means, tables of them, and the code that each gives now. It opens no vault.
//
// Start with [Choose] and [Write]. [Title] and [Names] are for a listed seed,
// [TitleOfSeed] and [NamesOfSeed] for a seed by itself, such as one that is about to be added.
// Whatever comes from a seed is made safe to show.
package seedlist

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"seedvault/cmd/seedvault/guide"
	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
)

// Listed is a seed in a list: one that was read from its file, or what the index knows of it.
type Listed interface{ Item() escrow.Item }

// Waits reports whether nobody has accepted a seed yet.
func Waits[E Listed](e E) bool {
	s := e.Item().Status
	return s == escrow.NotAccepted || s == escrow.Late
}

// Choose finds the one seed that a name means: its receipt; else its own name, a tag, issuer
// or account, as a whole; else any part of these that only one seed has; else what its service
// is commonly called. One accepted seed goes before any number that nobody has accepted, so
// that nobody can hide it by adding another of its name. If several fit, they are listed and
// none is chosen.
func Choose[E Listed](w *world.World, entries []E, name string) (none E, err error) {
	return CallingsOf(entries).Choose(w, name)
}

// Choose does the same as the function [Choose].
func (n Callings[E]) Choose(w *world.World, name string) (none E, err error) {
	accepted, waiting := n.Matching(name, true), n.Matching(name, false)
	switch {
	case len(accepted) == 1:
		if len(waiting) > 0 {
			w.Voice.Remark(words.AlsoWaiting, len(waiting), console.Safe(name, 40))
		}
		return accepted[0], nil
	case len(accepted) == 0 && len(waiting) == 1:
		w.Voice.Remark(words.NotYetAccepted, Title(waiting[0]))
		return waiting[0], nil
	case len(accepted)+len(waiting) == 0:
		return none, say.Fail(words.NoSuchSeed, console.Safe(name, 40)).WithHint(words.HintList)
	}
	Write(w.Voice, w.Voice.Err, append(accepted, waiting...))
	return none, say.Fail(words.SeveralSeeds, len(accepted)+len(waiting), console.Safe(name, 40)).WithHint(words.HintSeveralSeeds)
}

// All returns the seeds that a command works on when it is given no name.
func All(entries []escrow.Entry) ([]escrow.Entry, error) {
	if len(entries) == 0 {
		return nil, say.Fail(words.NothingToRestore).WithHint(words.HintNothingToRestore)
	}
	return entries, nil
}

// Matching returns the entries that a name may mean. If it is a receipt, that is the one seed,
// whatever others are called; else those with exactly that name if there are any, else those
// whose names contain it, else those of the service that the guide knows by it.
func Matching[E Listed](entries []E, name string, accepted bool) []E {
	return CallingsOf(entries).Matching(name, accepted)
}

// Callings are entries with what each is called, computed once for several look-ups.
type Callings[E Listed] []named[E]

type named[E Listed] struct {
	entry    E
	accepted bool
	receipts []escrow.Receipt
	called   []string
}

// CallingsOf computes what entries are called.
func CallingsOf[E Listed](entries []E) Callings[E] {
	list := make(Callings[E], len(entries))
	for i, e := range entries {
		item := e.Item()
		list[i] = named[E]{e, item.Status == escrow.Accepted, item.Receipts, callings(item.Label)}
	}
	return list
}

// Matching does the same as the function [Matching].
func (n Callings[E]) Matching(name string, accepted bool) []E {
	var by, exact, part []E
	var of []int // where those are that may be meant by their service
	want, received := fold(name), false
	for i := range n {
		e, is := &n[i].entry, n[i].accepted == accepted
		if hasReceipt(n[i].receipts, want) {
			if received = true; is {
				by = append(by, *e)
			}
		}
		if received || !is {
			continue
		}
		of = append(of, i)
		called := n[i].called
		switch {
		case slices.Contains(called, want) && want != "":
			exact = append(exact, *e)
		case slices.ContainsFunc(called, func(c string) bool { return strings.Contains(c, want) }):
			part = append(part, *e)
		}
	}
	if received {
		return by
	}
	switch {
	case len(exact) > 0:
		return exact
	case len(part) > 0:
		return part
	}
	var others []E
	for _, i := range of {
		others = append(others, n[i].entry)
	}
	return ofService(others, name)
}

// callings returns everything that a seed may be called by, folded: its own name and tags,
// issuer and account, each alone and together.
func callings(l escrow.Label) (called []string) {
	issuer, account := namesOf(l), l.Account
	for _, c := range append([]string{l.Name, issuer, account, issuer + ":" + account, issuer + " " + account}, l.Tags...) {
		if c = fold(c); c != "" {
			called = append(called, c)
		}
	}
	return called
}

// fold makes names equal that people take for the same: it ignores the case and width of
// letters and kana.
func fold(s string) string {
	if isPlain(s) {
		return strings.ToLower(s)
	}
	return strings.ToLower(strings.Join(strings.Fields(norm.NFKC.String(s)), " "))
}

// isPlain reports whether a text is ASCII with nothing to fold but its case.
func isPlain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] >= 0x7f || s[i] == ' ' && (i == 0 || i == len(s)-1 || s[i-1] == ' ') {
			return false
		}
	}
	return true
}

// ofService returns the seeds of the service that the guide knows by a name, such as aws.
func ofService[E Listed](entries []E, name string) (list []E) {
	if len(entries) == 0 || strings.TrimSpace(name) == "" {
		return nil
	}
	book := guide.Open()
	meant := book.Find(name)
	if meant.Page == nil || meant.Guess {
		return nil
	}
	for _, e := range entries {
		l := e.Item().Label
		if l.Type == "" {
			continue
		}
		if of, _ := book.ForSeed(cmp.Or(l.Issuer, l.LabelIssuer), l.Account); isOf(of, meant) {
			list = append(list, e)
		}
	}
	return list
}

// isOf reports whether the guide has found the same page and service for a seed as for a name.
func isOf(seed, service guide.Found) bool {
	switch {
	case seed.Page == nil:
		return false
	case service.Page.ID == guide.Generic:
		return seed.Service != nil && seed.Service == service.Service
	}
	return seed.Page.ID == service.Page.ID || strings.HasPrefix(seed.Page.ID, service.Page.ID+"-")
}

// ByReceipt returns the entries that have a file whose receipt is the word.
func ByReceipt[E Listed](entries []E, word string) (list []E) {
	want := fold(word)
	for _, e := range entries {
		if hasReceipt(e.Item().Receipts, want) {
			list = append(list, e)
		}
	}
	return list
}

// hasReceipt reports whether a folded word is the receipt of one of a seed's files.
func hasReceipt(receipts []escrow.Receipt, word string) bool {
	return slices.ContainsFunc(receipts, func(r escrow.Receipt) bool { return r.Is(word) })
}

// NamesOfSeed returns the issuer and the account of a seed by itself.
func NamesOfSeed(seed escrow.Seed) (issuer, account string) {
	l := seed.Label()
	return namesOf(l), l.Account
}

// Names returns the issuer and the account of a listed seed.
func Names[E Listed](e E) (issuer, account string) {
	l := e.Item().Label
	return namesOf(l), l.Account
}

// namesOf returns the issuer, and what the label calls it where that is another name.
func namesOf(l escrow.Label) string {
	if l.LabelIssuer != "" && l.LabelIssuer != l.Issuer {
		return l.Issuer + " / " + l.LabelIssuer
	}
	return l.Issuer
}

// Title returns how a listed seed is called in a sentence.
func Title[E Listed](e E) string {
	i := e.Item()
	return titleOf(i.Label, i.Receipts[0])
}

// TitleOfSeed returns how a seed by itself is called in a sentence: by its own name, else by
// what it calls itself, else by the receipt.
func TitleOfSeed(seed escrow.Seed, r escrow.Receipt) string { return titleOf(seed.Label(), r) }

func titleOf(l escrow.Label, r escrow.Receipt) string {
	text := strings.TrimSpace(namesOf(l) + " " + l.Account)
	if l.Name != "" {
		text = l.Name
	}
	if text == "" {
		text = r.String()
	}
	return console.Safe(text, 60)
}

// DayOrDash returns a day as tables show it.
func DayOrDash(t time.Time) string {
	return cmp.Or(say.Day(t), "-")
}
