package main

import (
	"errors"

	"seedvault/cmd/seedvault/guide"
	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/explain"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/words"
)

// guided makes what leads a person who sits in front of a terminal, or returns nil
// where nobody does.
func (v *guiding) guided(book *guide.Guide) *guided {
	if v.plain {
		return nil
	}
	screen := v.guideScreen()
	if screen == nil {
		return nil
	}
	g := &guided{guideScreen: screen, book: book, replies: guide.Replies{}}
	if places, err := v.w.Places(); err == nil {
		g.places = places
	} else {
		g.unkept = err
	}
	return g
}

// run leads, gives the person's own screen back, and says there where the guide
// was left.
func (g *guided) run(lead func() error) error {
	err := lead()
	g.Close()
	if g.unkept != nil {
		g.voice().Remark(words.GuideNotKept, explain.Error(g.unkept))
	}
	if left, page := g.left(); page != nil && (err == errLeft || errors.Is(err, console.ErrInterrupted)) {
		at, of := g.place(page, left)
		g.voice().Remark(words.GuideLeft, page.Name.In(g.voice().Lang), at, of)
	}
	if err == errLeft {
		return nil
	}
	return err
}

// keep remembers where the walk is. A home that takes nothing costs no more than
// going on there later.
func (w *pathWalk) keep() {
	if w.places == nil {
		return
	}
	step := ""
	if w.at != planned && len(w.path.Steps) > 0 {
		step = w.path.Steps[min(w.at, len(w.path.Steps)-1)].ID
	}
	w.unkept = w.places.KeepGuide(local.GuideProgress{
		Page: w.page.ID, Path: w.path.ID, Step: step,
		Done: w.done, Skipped: w.skipped, Failed: w.failed,
	})
}

// forget ends what was kept: there is nothing to go on with.
func (g *guided) forget() {
	if g.places != nil {
		g.unkept = g.places.ForgetGuide()
	}
}

// left is where an earlier walk was left, and its page; no page where there was
// none, or the guide has changed since.
func (g *guided) left() (local.GuideProgress, *guide.Page) {
	if g.places == nil {
		return local.GuideProgress{}, nil
	}
	left, ok := g.places.GuideProgress()
	if !ok {
		return left, nil
	}
	if page, ok := g.book.Page(left.Page); ok {
		if _, ok := g.book.PathOf(page, left.Path); ok {
			return left, page
		}
	}
	return left, nil
}

// place is the step that was left, from 1, and how many there are.
func (g *guided) place(page *guide.Page, left local.GuideProgress) (at, of int) {
	path, _ := g.book.PathOf(page, left.Path)
	for i, s := range path.Steps {
		if s.ID == left.Step {
			at = i
		}
	}
	return at + 1, len(path.Steps)
}

// askGoOn offers to go on where an earlier walk was left.
func (g *guided) askGoOn(page *guide.Page, left local.GuideProgress) (bool, error) {
	at, of := g.place(page, left)
	for {
		answer, err := g.ask(g.voice().Text(words.GuideKeysGoOn), para(g.voice().Text(words.GuideGoOn, page.Name.In(g.voice().Lang), at, of)))
		if err != nil {
			return false, err
		}
		switch answer {
		case "", "y", "yes", "はい":
			return true, nil
		case "n", "no", "いいえ":
			g.forget()
			return false, nil
		case "q":
			return false, errLeft
		}
	}
}
