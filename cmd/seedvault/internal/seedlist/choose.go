// Package seedlist shows the seeds of a vault: how one is called, which one a name means,
// tables of them, and the code that each gives now.
//
// Start with [Choose] and [Write]. Whatever comes from a seed is made safe to show.
package seedlist

import (
	"slices"
	"strings"
	"time"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
)

// Choose finds the one seed that a name means: its own name or a tag, whole, or
// any part of its issuer or account that only one has. Accepted seeds come
// first, so that nobody hides one by adding another of its name. Several are
// listed and never guessed from.
func Choose(w *world.World, entries []escrow.Entry, name string) (escrow.Entry, error) {
	accepted, waiting := Matching(entries, name, true), Matching(entries, name, false)
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
		return escrow.Entry{}, say.Fail(words.NoSuchSeed, console.Safe(name, 40)).WithHint(words.HintList)
	}
	Write(w.Voice, w.Voice.Err, append(accepted, waiting...))
	return escrow.Entry{}, say.Fail(words.SeveralSeeds, len(accepted)+len(waiting), console.Safe(name, 40)).WithHint(words.HintSeveralSeeds)
}

// ChooseAll finds the seeds that are named, each once; without a name it is all that
// the vault holds.
func ChooseAll(w *world.World, entries []escrow.Entry, names []string) ([]escrow.Entry, error) {
	if len(names) == 0 {
		if len(entries) == 0 {
			return nil, say.Fail(words.NothingToRestore).WithHint(words.HintNothingToRestore)
		}
		return entries, nil
	}
	var chosen []escrow.Entry
	for _, name := range names {
		e, err := Choose(w, entries, name)
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(chosen, func(have escrow.Entry) bool { return have.Receipts[0] == e.Receipts[0] }) {
			chosen = append(chosen, e)
		}
	}
	return chosen, nil
}

// Matching returns the entries that a name may mean, exact ones alone if there
// are any.
func Matching(entries []escrow.Entry, name string, accepted bool) []escrow.Entry {
	var exact, part []escrow.Entry
	want := fold(name)
	for _, e := range entries {
		if (e.Status == escrow.Accepted) != accepted {
			continue
		}
		issuer, account := Names(e.Seed)
		switch {
		case named(e, want) || fold(issuer) == want || fold(account) == want || fold(issuer+":"+account) == want || receipt(e, want):
			exact = append(exact, e)
		case strings.Contains(fold(issuer), want) || strings.Contains(fold(account), want) || strings.Contains(fold(issuer+" "+account), want):
			part = append(part, e)
		}
	}
	if len(exact) > 0 {
		return exact
	}
	return part
}

func fold(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

// named reports whether a word is the seed's own name, or one of its tags.
func named(e escrow.Entry, want string) bool {
	if fold(e.Seed.Name()) == want && want != "" {
		return true
	}
	for _, t := range e.Seed.Tags() {
		if fold(t) == want && want != "" {
			return true
		}
	}
	return false
}

// receipt reports whether a word is the receipt of one of the entry's files.
func receipt(e escrow.Entry, want string) bool {
	for _, r := range e.Receipts {
		if r.Is(want) {
			return true
		}
	}
	return false
}

// Names returns what a seed calls itself: issuer and account.
func Names(seed escrow.Seed) (issuer, account string) {
	key, err := seed.Key()
	if err != nil {
		return "", ""
	}
	issuer = key.Issuer()
	if l := key.LabelIssuer(); l != "" && l != issuer {
		issuer += " / " + l
	}
	return issuer, key.Account()
}

// Title is how one seed of a vault is called in a sentence.
func Title(e escrow.Entry) string { return TitleOf(e.Seed, e.Receipts[0]) }

// TitleOf is how a seed is called in a sentence: by its own name, else by what it
// calls itself, else by its receipt.
func TitleOf(seed escrow.Seed, r escrow.Receipt) string {
	issuer, account := Names(seed)
	text := strings.TrimSpace(issuer + " " + account)
	if own := seed.Name(); own != "" {
		text = own
	}
	if text == "" {
		text = r.String()
	}
	return console.Safe(text, 60)
}

// Day is a day as tables show it.
func Day(t time.Time) string {
	if t.IsZero() {
		return "-"
	}
	return t.Format(time.DateOnly)
}
