package session

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"seedvault/cmd/seedvault/internal/explain"
	"seedvault/cmd/seedvault/internal/seedlist"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
	"seedvault/escrow/survival"
	"seedvault/internal/lazy"
)

// Situation is all that is known of what decides what a loss costs: with a key the
// roster, else the holders that this machine remembers.
func (h *Home) Situation(ctx context.Context, o *escrow.Opened) survival.Situation {
	return h.SituationOf(ctx, o, h.copies.Statuses(ctx, ReadNear))
}

// SituationOf is that with what the copies were found to be.
func (h *Home) SituationOf(ctx context.Context, o *escrow.Opened, found []CopyStatus) survival.Situation {
	var in survival.Situation
	if o != nil {
		h.learnPlaces(o)
	}
	for _, s := range found {
		c := s.Copy
		if now := h.vault.Place.CopyNamed(c.Name); now != nil {
			c.Kept = now.Kept
		}
		in.Copies = append(in.Copies, survival.CopyState{
			Copy:  escrow.Copy{ID: c.ID, Name: c.Name, Kind: c.Kind, Kept: c.Kept},
			Whole: s.Whole, Why: s.Why, Synced: s.Synced,
		})
	}
	items, incomplete := h.listed(ctx, o)
	in.Incomplete = incomplete || slices.ContainsFunc(found, func(s CopyStatus) bool { return len(s.Result.DamagedHere) > 0 })
	if o != nil {
		in.Holders, _ = o.Roster().Holders()
		in.Unlisted = o.Roster().UnlistedSlots()
		for i, c := range in.Copies {
			in.Copies[i].Guard = guardOf(h.vault.Place.CopyNamed(c.Name).Path, items)
		}
	} else {
		in.Holders = h.vault.Place.Memory().Recall().Holders
		in.Unlisted = h.vault.Files.UnlistedSlots()
	}
	// The roster is in the order of hashes, and two reports are compared by eye.
	slices.SortStableFunc(in.Holders, func(a, b escrow.Holder) int { return strings.Compare(a.Name, b.Name) })
	return in
}

// listed is what a command found in the vault that it has opened, with what it has added
// since.
type listed struct {
	of       *escrow.Opened
	items    []escrow.Item
	findings []escrow.Finding
}

// listed lists the seeds of an opened vault, and reports whether one was found to be missing
// or damaged. It reads all of them, unless the command has listed them before or has begun
// with an index.
func (h *Home) listed(ctx context.Context, o *escrow.Opened) (items []escrow.Item, incomplete bool) {
	if o == nil {
		return nil, false
	}
	l := h.vault.listed
	if l == nil || l.of != o {
		items, findings, err := o.Items(ctx)
		if err != nil {
			return nil, false
		}
		h.vault.keepIndex(o)
		l = &listed{o, items, findings}
	}
	items, findings := l.items, slices.Clone(l.findings)
	findings = append(findings, o.MissingDeposits(h.vault.Place.Memory().Recall().Deposits)...)
	return items, slices.ContainsFunc(findings, func(f escrow.Finding) bool { return f.Code.Incomplete() })
}

// learnPlaces takes over where copies are kept, as another machine may have said.
func (h *Home) learnPlaces(o *escrow.Opened) {
	p := h.vault.Place
	for _, said := range o.Roster().Copies() {
		if here := p.CopyNamed(said.Name); here != nil && here.ID == said.ID && here.Kept != said.Kept {
			if err := p.placeCopy(said.ID, said.Kept); err != nil {
				p.world.Voice.Remark(words.NotRemembered, explain.Error(err))
			}
		}
	}
}

// accounts are the words in a folder's path by which a synchronized folder is known,
// and the issuers of the codes that its account asks for.
var accounts = lazy.Value[map[string][]string]{Make: func() map[string][]string {
	return map[string][]string{
		"dropbox": {"dropbox"}, "onedrive": {"microsoft", "outlook", "live"}, "google": {"google", "gmail"},
		"icloud": {"apple", "icloud"}, "apple": {"apple", "icloud"}, "nextcloud": {"nextcloud"}, "owncloud": {"owncloud"},
		"mega": {"mega"}, "pcloud": {"pcloud"}, "box": {"box"},
		"github": {"github"}, "gitlab": {"gitlab"}, "bitbucket": {"bitbucket", "atlassian"}, "codeberg": {"codeberg"},
	}
}}

// guardOf is the seed whose account a copy lies behind: to reach it anew one needs
// the code. It is known for usual synchronized folders only.
func guardOf(path string, entries []escrow.Item) string {
	words := strings.FieldsFunc(strings.ToLower(path), func(r rune) bool { return !unicode.IsLetter(r) })
	for _, e := range entries {
		issuer, _ := seedlist.NamesOf(e)
		called := strings.FieldsFunc(strings.ToLower(issuer), func(r rune) bool { return !unicode.IsLetter(r) })
		for _, w := range words {
			if slices.ContainsFunc(accounts.Get()[w], func(a string) bool { return slices.Contains(called, a) }) {
				return seedlist.Title(e)
			}
		}
	}
	return ""
}
