package main

import (
	"seedvault/cmd/seedvault/guide"
	"seedvault/cmd/seedvault/guide/walk"
	"seedvault/cmd/seedvault/internal/cli"
	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/words"
)

// guideList lists the pages, or those that a word is found in.
func (v *guiding) guideList(book *guide.Guide, name string) error {
	if name != "" {
		return cli.Misused(words.TooManyNames, "guide", console.Safe(name, 40))
	}
	if v.search != nil {
		return v.guideSearch(book)
	}
	if v.json {
		return v.w.WriteJSON(book.List())
	}
	v.w.Voice.Remark(words.GuideMoreServices, len(book.Services))
	return v.w.Print(v.view(v.w.Width(), nil).List(book.List()))
}

// guideSearch lists the places where words stand.
func (v *guiding) guideSearch(book *guide.Guide) error {
	hits := book.Search(*v.search)
	switch {
	case v.json:
		return v.w.WriteJSON(append([]guide.Hit{}, hits...)) // none are an empty array
	case len(hits) == 0:
		return say.Fail(words.GuideFoundNothing, console.Safe(*v.search, 40)).WithHint(words.HintGuideList)
	}
	return v.w.Print(v.view(v.w.Width(), nil).Hits(hits))
}

// guideTree prints what the guide would ask, for where nobody can be asked.
func (v *guiding) guideTree(book *guide.Guide) error {
	view := v.view(v.w.Width(), nil)
	return v.w.Print(v.w.Voice.Text(words.GuideTree) + "\n\n" + view.List(book.List()) + "\n" + view.Tree(book, walk.Always(book, guide.Generic)))
}
