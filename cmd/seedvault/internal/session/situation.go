package session

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"seedvault/cmd/seedvault/internal/seedlist"
	"seedvault/escrow"
)

// Situation is all that is known of what decides what a loss costs: with a key the
// roster, else the holders that this machine remembers.
func (h *Home) Situation(ctx context.Context, o *escrow.Opened) escrow.Situation {
	in := escrow.Situation{Copies: h.copiesKnown(ctx)}
	if o != nil {
		in.Holders, _ = o.Roster()
		entries, _, _ := o.Seeds(ctx)
		for i, c := range in.Copies {
			in.Copies[i].Guard = guardOf(h.vault.Place.CopyNamed(c.Name).Path, entries)
		}
	} else {
		in.Holders = h.vault.Place.Memory().Recall().Holders
	}
	// The roster is in the order of hashes, and two reports are compared by eye.
	slices.SortStableFunc(in.Holders, func(a, b escrow.Holder) int { return strings.Compare(a.Name, b.Name) })
	return in
}

// accounts are the words in a folder's path by which a synchronized folder is known,
// and the issuers of the codes that its account asks for.
var accounts = map[string][]string{
	"dropbox": {"dropbox"}, "onedrive": {"microsoft", "outlook", "live"}, "google": {"google", "gmail"},
	"icloud": {"apple", "icloud"}, "apple": {"apple", "icloud"}, "nextcloud": {"nextcloud"}, "owncloud": {"owncloud"},
	"mega": {"mega"}, "pcloud": {"pcloud"}, "box": {"box"},
}

// guardOf is the seed whose account a copy lies behind: to reach it anew one needs
// the code. It is known for usual synchronized folders only.
func guardOf(path string, entries []escrow.Entry) string {
	words := strings.FieldsFunc(strings.ToLower(path), func(r rune) bool { return !unicode.IsLetter(r) })
	for _, e := range entries {
		issuer, _ := seedlist.Names(e.Seed)
		called := strings.FieldsFunc(strings.ToLower(issuer), func(r rune) bool { return !unicode.IsLetter(r) })
		for _, w := range words {
			if slices.ContainsFunc(accounts[w], func(a string) bool { return slices.Contains(called, a) }) {
				return seedlist.Title(e)
			}
		}
	}
	return ""
}
