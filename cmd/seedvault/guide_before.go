package main

import (
	"context"
	"slices"
	"strings"

	"seedvault/cmd/seedvault/guide"
	"seedvault/cmd/seedvault/guide/walk"
	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/readiness"
	"seedvault/cmd/seedvault/internal/session"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
)

// guideBefore prints what to prepare before it happens: for one service, for those
// of the vault's seeds where it opens unasked, or for any.
func (v *guiding) guideBefore(ctx context.Context, book *guide.Guide, name string) error {
	list := []readiness.Service{readiness.Without(book, walk.Always(book, guide.Generic))}
	all := readiness.Of(book, v.entriesAtHand(ctx))
	switch {
	case name != "":
		var said []words.Phrase
		var page *guide.Page
		page, _, said = walk.Find(book, name, v.w.Voice.Lang)
		v.remarkAll(said)
		list[0] = readiness.Without(book, page)
		for _, s := range all {
			if s.Page == list[0].Page {
				list[0] = s
			}
		}
	case len(all) > 0:
		list = all
	}
	text := ""
	for _, e := range list {
		text += v.checklist(e) + "\n"
	}
	return v.w.Print(text + v.wrapped(v.w.Voice.Text(words.GuideReadyHow)))
}

// checklist returns what to prepare for a service, ticked where every seed of it says
// so.
func (v *guiding) checklist(s readiness.Service) string {
	var ticked []string // an empty box, and the one that takes its place
	list := slices.Clone(s.Prepare)
	for i, w := range list {
		if date := s.Since(w.Word); date != "" {
			list[i].Word += " " + date
			ticked = append(ticked, "[ ] "+list[i].Word+":", "[x] "+list[i].Word+":")
		}
	}
	text := v.view(v.w.Width(), nil).Prepare(list)
	return v.wrapped(v.w.Voice.Text(words.GuideBefore, s.Title(v.w.Voice))) + "\n" + strings.NewReplacer(ticked...).Replace(text)
}

// wrapped returns a paragraph in the width of standard output.
func (v *guiding) wrapped(text string) string {
	return strings.Join(console.Wrap(text, v.w.Width()), "\n") + "\n"
}

// entriesAtHand returns the seeds of the vault, none where it does not open unasked.
func (v *guiding) entriesAtHand(ctx context.Context) []escrow.Entry {
	vault, err := session.Open(v.w, *v.choice)
	if err != nil {
		return nil
	}
	defer vault.Close()
	o := vault.Keys().UnlockSilent()
	if o == nil {
		return nil
	}
	entries, _, _ := o.Seeds(ctx)
	return entries
}
