package session

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"seedvault/cmd/seedvault/internal/explain"
	"seedvault/cmd/seedvault/internal/seedlist"
	"seedvault/cmd/seedvault/internal/upkeep"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
	"seedvault/escrow/roster"
	"seedvault/escrow/survival"
	"seedvault/internal/lazy"
)

// Situation returns all that decides what a loss would cost: the holders come from the vault's
// records where it is opened, else from this machine's memory.
func (h *Home) Situation(ctx context.Context, o *escrow.Opened) survival.Situation {
	return h.SituationOf(ctx, o, h.copies.Statuses(ctx, upkeep.ReadNear))
}

// SituationOf returns the same as [Home.Situation] from the states of the copies that the
// caller has found already.
func (h *Home) SituationOf(ctx context.Context, o *escrow.Opened, found []upkeep.Status) survival.Situation {
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
			Copy:  roster.Copy{ID: c.ID, Name: c.Name, Kind: c.Kind, Kept: c.Kept},
			Whole: s.Whole, Why: s.Why, Synced: s.Synced,
		})
	}
	items, incomplete := h.listed(ctx, o)
	in.Incomplete = incomplete || slices.ContainsFunc(found, func(s upkeep.Status) bool { return len(s.Result.DamagedHere) > 0 })
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
	for _, one := range in.Holders {
		if one.Kept == roster.KeptThisPC && !h.vault.Place.HasKey(one) {
			in.Elsewhere = append(in.Elsewhere, one.ID)
		}
	}
	// The roster is in the order of hashes, and two reports are compared by eye.
	slices.SortStableFunc(in.Holders, func(a, b roster.Holder) int { return strings.Compare(a.Name, b.Name) })
	return in
}

// listed lists the seeds of an opened vault, and reports whether one is missing or damaged. It
// reads all of them, unless this command has listed them before or uses the index.
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

// learnPlaces takes over from the vault's records where copies are kept: another machine may
// have changed it.
func (h *Home) learnPlaces(o *escrow.Opened) {
	p := h.vault.Place
	for _, said := range o.Roster().Copies() {
		if here := p.CopyNamed(said.Name); here != nil && here.ID == said.ID && here.Kept != said.Kept {
			if err := p.SetKept(said.ID, said.Kept); err != nil {
				p.World.Voice.Remark(words.NotRemembered, explain.Error(err))
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

// guardOf returns the name of the seed that is needed to log in to the account through which a
// folder is synchronized, "" if none is. Only the folders of well-known services are
// recognised: see [accounts].
func guardOf(path string, entries []escrow.Item) string {
	words := strings.FieldsFunc(strings.ToLower(path), func(r rune) bool { return !unicode.IsLetter(r) })
	for _, e := range entries {
		issuer, _ := seedlist.Names(e)
		called := strings.FieldsFunc(strings.ToLower(issuer), func(r rune) bool { return !unicode.IsLetter(r) })
		for _, w := range words {
			if slices.ContainsFunc(accounts.Get()[w], func(a string) bool { return slices.Contains(called, a) }) {
				return seedlist.Title(e)
			}
		}
	}
	return ""
}
