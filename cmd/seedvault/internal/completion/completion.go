// Package completion completes the words of the command line that the vault, the guide
// or the known formats give: names of seeds, holders and copies, pages, formats, apps.
//
// Start with [Fitting].
package completion

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"seedvault/cmd/seedvault/guide"
	"seedvault/cmd/seedvault/internal/cli"
	"seedvault/cmd/seedvault/internal/place"
	"seedvault/cmd/seedvault/internal/seedlist"
	"seedvault/cmd/seedvault/internal/session"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
	"seedvault/escrow/exchange/apps"
	"seedvault/escrow/exchange/formats"
)

// What may stand in a place of the command line, beside what every command line has.
const (
	Seeds          cli.Kind = "seed"
	WaitingSeeds   cli.Kind = "waiting seed"
	Holders        cli.Kind = "holder"
	Copies         cli.Kind = "copy"
	GuidePages     cli.Kind = "page of the guide"
	ReadFormats    cli.Kind = "format that is read"
	WrittenFormats cli.Kind = "format that is written"
	Apps           cli.Kind = "app"
)

// Fitting returns the function that completes words of these kinds. It opens a vault only with
// keys that ask nothing, and writes nothing.
func Fitting(w *world.World) func(context.Context, cli.Kind, map[string]string) []cli.Candidate {
	return func(ctx context.Context, k cli.Kind, flags map[string]string) []cli.Candidate {
		if k == GuidePages {
			return pagesOfGuide(w)
		}
		if list, ok := fittingFormats(k); ok {
			return list
		}
		vault := typedVault(w, flags)
		if vault == nil {
			return nil
		}
		defer vault.Close()
		switch k {
		case Holders:
			return holdersOf(vault.Files)
		case Copies:
			return copiesOf(vault.Place)
		}
		return seedsOf(ctx, vault, k == WaitingSeeds)
	}
}

// fittingFormats completes words that need no vault; ok reports whether the kind is one of
// these.
func fittingFormats(k cli.Kind) (list []cli.Candidate, ok bool) {
	switch k {
	case ReadFormats, WrittenFormats:
		for _, f := range formats.All() {
			if k == ReadFormats && f.Reads() || k == WrittenFormats && f.Writes() {
				list = append(list, cli.Candidate{Word: f.Name, About: f.App})
			}
		}
	case Apps:
		for _, a := range apps.All() {
			list = append(list, cli.Candidate{Word: a.Name, About: a.Title})
		}
	default:
		return nil, false
	}
	return list, true
}

// typedVault opens the vault that a command line is about, or returns nil.
func typedVault(w *world.World, flags map[string]string) *session.Vault {
	folder := func(flag string) string {
		if rest, ok := strings.CutPrefix(flags[flag], "~/"); ok { // the shell has not done so yet
			return filepath.Join(w.Getenv("HOME"), rest)
		}
		return flags[flag]
	}
	vault, err := session.Open(w, place.Choice{Vault: folder("vault"), Copy: folder("copy")})
	if err != nil {
		return nil
	}
	return vault
}

// pagesOfGuide returns the pages of the guide.
func pagesOfGuide(w *world.World) (list []cli.Candidate) {
	book := guide.Open()
	for _, page := range book.Pages {
		list = append(list, cli.Candidate{Word: page.ID, About: page.Name.In(w.Voice.Lang)})
	}
	return list
}

// holdersOf returns the names of the holders' folders, which lie in clear.
func holdersOf(v *escrow.Vault) []cli.Candidate {
	var names []string
	for _, h := range v.Holders() {
		if escrow.CheckName(h.Name) == nil {
			names = append(names, h.Name)
		}
	}
	slices.Sort(names)
	return cli.Candidates(slices.Compact(names))
}

// copiesOf returns the names of the copies that this machine keeps.
func copiesOf(p *place.Place) (list []cli.Candidate) {
	for _, c := range p.Copies() {
		list = append(list, cli.Candidate{Word: c.Name, About: c.Path})
	}
	return list
}

// seedsOf returns words each of which names one seed, if a key on this machine opens the vault
// without asking. For seeds that wait to be accepted it returns their receipts too.
func seedsOf(ctx context.Context, vault *session.Vault, waiting bool) []cli.Candidate {
	o := vault.Keys().UnlockSilent()
	if o == nil {
		return nil
	}
	items, _, err := vault.Items(ctx, o)
	if err != nil {
		return nil
	}
	count := map[string]int{}
	var all []cli.Candidate
	for _, e := range items {
		if waiting && !seedlist.Waits(e) {
			continue
		}
		for _, word := range wordsFor(e, waiting) {
			count[strings.ToLower(word)]++
			all = append(all, cli.Candidate{Word: word, About: seedlist.Title(e)})
		}
	}
	return slices.DeleteFunc(all, func(c cli.Candidate) bool { return count[strings.ToLower(c.Word)] > 1 })
}

// wordsFor returns the words that may name a seed, each once. Labels come from outside, so
// those are left out that contain anything a shell interprets.
func wordsFor(e escrow.Item, waiting bool) []string {
	issuer, account := seedlist.Names(e)
	local, _, _ := strings.Cut(account, "@")
	found := append([]string{e.Label.Name, issuer, local}, e.Label.Tags...)
	if waiting {
		found = append(found, e.Receipts[0].String())
	}
	var list []string
	taken := map[string]bool{"": true}
	for _, word := range found {
		if folded := strings.ToLower(word); !taken[folded] && isPlainWord(word) {
			taken[folded] = true
			list = append(list, word)
		}
	}
	return list
}

// isPlainWord reports whether a word consists of letters, digits and a few signs that no shell
// interprets, and is no flag.
func isPlainWord(w string) bool {
	return !strings.HasPrefix(w, "-") && strings.IndexFunc(w, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("._+-", r)
	}) < 0
}
