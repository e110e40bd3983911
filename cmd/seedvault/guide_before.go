package main

import (
	"context"
	"slices"
	"strings"

	"seedvault/cmd/seedvault/guide"
	"seedvault/cmd/seedvault/internal/readiness"
	"seedvault/cmd/seedvault/internal/session"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
)

// guideBefore prints what to prepare before it happens: for one service, for those
// of the vault's seeds where it opens unasked, or for any.
func (v *guiding) guideBefore(ctx context.Context, book *guide.Guide, name string) error {
	list := []readiness.Service{readiness.Without(book, pageOf(book, guide.Generic))}
	all := readiness.Of(book, v.entriesUnasked(ctx))
	switch {
	case name != "":
		var said []words.Phrase
		var page *guide.Page
		page, _, said = v.findPage(book, name)
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
	var blocks []block
	for _, e := range list {
		blocks = append(blocks, v.checklist(e)...)
	}
	return v.printBlocks(append(blocks, para(v.w.Voice.Text(words.GuideReadyHow))))
}

// checklist is what to prepare for a service, ticked where every seed of it says
// so.
func (v *guiding) checklist(s readiness.Service) []block {
	var ticked []string // an empty box, and the one that takes its place
	list := slices.Clone(s.Prepare)
	for i, w := range list {
		if date := s.Since(w.Word); date != "" {
			list[i].Word += " " + date
			ticked = append(ticked, "[ ] "+list[i].Word+":", "[x] "+list[i].Word+":")
		}
	}
	text := v.guideView(v.w.Width(), nil).Prepare(list)
	return []block{para(v.w.Voice.Text(words.GuideBefore, s.Title(v.w.Voice))), written(strings.NewReplacer(ticked...).Replace(text))}
}

// entriesUnasked are the seeds of the vault, none where it does not open unasked.
func (v *guiding) entriesUnasked(ctx context.Context) []escrow.Entry {
	vault, err := session.Open(v.w, *v.choice)
	if err != nil {
		return nil
	}
	defer vault.Close()
	o := vault.Keys().UnlockUnasked()
	if o == nil {
		return nil
	}
	entries, _, _ := o.Seeds(ctx)
	return entries
}
