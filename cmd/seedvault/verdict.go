package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
)

// situation is all that is known of what decides what a loss costs: with a key the
// roster, else the holders that this machine remembers.
func (s *site) situation(ctx context.Context, o *escrow.Opened) escrow.Situation {
	in := escrow.Situation{Copies: s.copiesKnown(ctx), Away: s.copied}
	if o != nil {
		in.Holders, _ = o.Roster()
		entries, _, _ := o.Seeds(ctx)
		for i, c := range in.Copies {
			in.Copies[i].Guard = guardOf(s.copyNamed(c.Name).Path, entries)
		}
	} else {
		in.Holders = s.memory().Recall().Holders
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
	parts := strings.FieldsFunc(strings.ToLower(path), func(r rune) bool { return !unicode.IsLetter(r) })
	for _, e := range entries {
		issuer, _ := names(e)
		called := strings.FieldsFunc(strings.ToLower(issuer), func(r rune) bool { return !unicode.IsLetter(r) })
		for _, w := range parts {
			if slices.ContainsFunc(accounts[w], func(a string) bool { return slices.Contains(called, a) }) {
				return title(e)
			}
		}
	}
	return ""
}

// sayVerdict says in a remark or two what the seeds survive now, and the one
// command that mends what they do not.
func (p *program) sayVerdict(ctx context.Context, s *site, o *escrow.Opened) {
	if s.copied || !s.known {
		return
	}
	v := s.situation(ctx, o).Verdict()
	loud := p.Voice
	loud.Coloured = p.Live && console.Colours(p.env)
	p.verdictLines(v, func(line string) { fmt.Fprintln(p.Err, "seedvault: "+line) }, loud)
}

// verdictLines are what a verdict comes to, each of one line.
func (p *program) verdictLines(v escrow.Verdict, say func(string), loud say.Voice) {
	if !v.Known {
		say(p.Text(words.VerdictUnknown))
		say(p.Text(words.MendKey))
		return
	}
	said := words.VerdictAll
	switch {
	case !v.Phone && !v.PC:
		said = words.VerdictNothing
	case !v.PC:
		said = words.VerdictNotPC
	case !v.Phone:
		said = words.VerdictNotPhone
	case !v.Both:
		said = words.VerdictNotBoth
	}
	say(loud.Verdict(!v.Red(), said))
	if len(v.Single) > 0 {
		say(p.Text(words.VerdictSingle, p.things(v.Single)))
	}
	switch v.Remedy {
	case escrow.RemedyCopy:
		say(p.Text(words.MendCopy))
	case escrow.RemedySync:
		say(p.Text(words.MendSync, v.About, v.About))
	case escrow.RemedyHolder:
		say(p.Text(words.MendHolder))
	}
}

// things names what may be lost.
func (p *program) things(things []escrow.Thing) string {
	var names []string
	for _, t := range things {
		m := words.Components.Of(string(t.Kind))
		if t.Name == "" {
			names = append(names, p.Text(m))
		} else {
			names = append(names, p.Text(m, console.Safe(t.Name, 40)))
		}
	}
	return strings.Join(names, ", ")
}

// checkVerdict writes the verdict as the first lines of a check.
func (p *program) checkVerdict(w io.Writer, v escrow.Verdict) {
	p.verdictLines(v, func(line string) { fmt.Fprintln(w, line) }, p.Voice)
}
