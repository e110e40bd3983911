package walk

import (
	"seedvault/cmd/seedvault/guide"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/words"
)

// Left returns the page where the walk was left and its step, from 1, of how many;
// no page where there is nothing to go on with.
func (g *Walk) Left() (page *guide.Page, at, of int) {
	left, page := g.left()
	if page != nil {
		at, of = g.place(page, left)
	}
	return page, at, of
}

// Unkept returns why where the person is could not be kept, nil if it could.
func (g *Walk) Unkept() error { return g.unkept }

// forget ends what was kept: there is nothing to go on with.
func (g *Walk) forget() {
	if g.Keep != nil {
		g.unkept = g.Keep.ForgetGuide()
	}
}

// left returns where an earlier walk was left, and its page; no page where there was
// none, or the guide has changed since.
func (g *Walk) left() (local.GuideProgress, *guide.Page) {
	if g.Keep == nil {
		return local.GuideProgress{}, nil
	}
	left, ok := g.Keep.GuideProgress()
	if !ok {
		return left, nil
	}
	if page, ok := g.Book.Page(left.Page); ok {
		if _, ok := g.Book.PathOf(page, left.Path); ok {
			return left, page
		}
	}
	return left, nil
}

// place returns the step that was left, from 1, and how many there are.
func (g *Walk) place(page *guide.Page, left local.GuideProgress) (at, of int) {
	path, _ := g.Book.PathOf(page, left.Path)
	for i, s := range path.Steps {
		if s.ID == left.Step {
			at = i
		}
	}
	return at + 1, len(path.Steps)
}

// askGoOn offers to go on where an earlier walk was left.
func (g *Walk) askGoOn(page *guide.Page, left local.GuideProgress) (bool, error) {
	at, of := g.place(page, left)
	for {
		answer, err := g.ask(g.Voice.Text(words.GuideKeysGoOn), para(g.Voice.Text(words.GuideGoOn, page.Name.In(g.Voice.Lang), at, of)))
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
			return false, ErrLeft
		default:
			g.noKey(answer)
		}
	}
}
