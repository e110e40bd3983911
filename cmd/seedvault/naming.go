package main

import (
	"strings"
	"time"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
)

// choose finds the one seed that a name means: its own name or a tag, whole, or
// any part of its issuer or account that only one has. Accepted seeds come
// first, so that nobody hides one by adding another of its name. Several are
// listed and never guessed from.
func (p *program) choose(entries []escrow.Entry, name string) (escrow.Entry, error) {
	accepted, waiting := matching(entries, name, true), matching(entries, name, false)
	switch {
	case len(accepted) == 1:
		if len(waiting) > 0 {
			p.Remark(words.AlsoWaiting, len(waiting), console.Safe(name, 40))
		}
		return accepted[0], nil
	case len(accepted) == 0 && len(waiting) == 1:
		p.Remark(words.NotYetAccepted, title(waiting[0]))
		return waiting[0], nil
	case len(accepted)+len(waiting) == 0:
		return escrow.Entry{}, say.Fail(words.NoSuchSeed, console.Safe(name, 40)).WithHint(words.HintList)
	}
	p.listSeeds(p.Err, append(accepted, waiting...))
	return escrow.Entry{}, say.Fail(words.SeveralSeeds, len(accepted)+len(waiting), console.Safe(name, 40)).WithHint(words.HintSeveralSeeds)
}

// matching returns the entries that a name may mean, exact ones alone if there
// are any.
func matching(entries []escrow.Entry, name string, accepted bool) []escrow.Entry {
	var exact, part []escrow.Entry
	want := fold(name)
	for _, e := range entries {
		if (e.Status == escrow.Accepted) != accepted {
			continue
		}
		issuer, account := names(e)
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

// receipt says that the word is the receipt of one of the entry's files.
func receipt(e escrow.Entry, want string) bool {
	for _, r := range e.Receipts {
		if len(want) >= 8 && strings.HasPrefix(r.Hash(), want) {
			return true
		}
	}
	return false
}

// names returns what the seed calls itself: issuer and account.
func names(e escrow.Entry) (issuer, account string) {
	key, err := e.Seed.Key()
	if err != nil {
		return "", ""
	}
	issuer = key.Issuer()
	if l := key.LabelIssuer(); l != "" && l != issuer {
		issuer += " / " + l
	}
	return issuer, key.Account()
}

// title is how one seed is called in a sentence.
func title(e escrow.Entry) string {
	issuer, account := names(e)
	text := strings.TrimSpace(issuer + " " + account)
	if own := e.Seed.Name(); own != "" {
		text = own
	}
	if text == "" {
		text = e.Receipts[0].String()
	}
	return console.Safe(text, 60)
}

// when is a day as tables show it.
func when(t time.Time) string {
	if t.IsZero() {
		return "-"
	}
	return t.Format(time.DateOnly)
}
