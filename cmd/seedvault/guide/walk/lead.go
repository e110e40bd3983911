package walk

import (
	"seedvault/cmd/seedvault/guide"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/words"
)

// lead goes on from a page until a path has worked, none is left, or the person leaves or goes
// back.
func (g *Walk) lead(from *guide.Page) error {
	for {
		page := from
		for page.Ask != nil {
			next, err := g.leadOn(page)
			if err != nil {
				return err
			}
			page = next
		}
		g.failed = nil
		if err := g.try(page, nil); err != errBack || page == from {
			return err
		}
	}
}

// begin forgets what was answered and how the page was found, to begin anew.
func (g *Walk) begin() { g.replies, g.asked, g.failed, g.service = nil, nil, nil, nil }

// try follows the paths of a page one after the other, from where an earlier
// walk was left if there was one.
func (g *Walk) try(page *guide.Page, left *local.GuideProgress) error {
	for {
		w, err := g.next(page, left)
		if err != nil {
			return err
		}
		if w == nil {
			return g.noneLeft(page)
		}
		left = nil
		end, err := w.follow()
		switch {
		case err != nil:
			return err
		case end == worked:
			return g.after(page)
		case end == wentBack && !g.takeBack():
			return errBack
		case end == wentBack:
		default:
			g.failed = append(g.failed, w.path.ID)
			if w.path.If == guide.IfUnknown {
				g.askAgain()
			}
			if err := g.tellFailed(w.path); err != nil {
				return err
			}
		}
	}
}

// next returns the walk along the path to try, nil where there is none.
func (g *Walk) next(page *guide.Page, left *local.GuideProgress) (*pathWalk, error) {
	if left != nil {
		if w := g.resumed(page, *left); w != nil {
			return w, nil
		}
	}
	path, err := g.choosePath(page)
	if path == nil || err != nil {
		return nil, err
	}
	return &pathWalk{walk: g, page: page, path: path, at: planned}, nil
}

// resumed returns the walk that was left, nil if the page no longer has its path or
// step.
func (g *Walk) resumed(page *guide.Page, left local.GuideProgress) *pathWalk {
	path, ok := g.Book.PathOf(page, left.Path)
	if !ok {
		return nil
	}
	g.failed = left.Failed
	w := &pathWalk{walk: g, page: page, path: path, done: left.Done, skipped: left.Skipped, at: planned}
	for i, s := range path.Steps {
		if s.ID == left.Step {
			w.at = i
		}
	}
	return w
}

// after leads through what is to be done once one is in again.
func (g *Walk) after(page *guide.Page) error {
	after, ok := g.Book.Page(guide.After)
	switch {
	case page.Kind == guide.Runbook:
		return g.end(words.GuideWorkDone)
	case !ok || page.ID == after.ID || len(after.Paths) == 0:
		return g.end(words.GuideDone)
	}
	g.failed = nil
	w := &pathWalk{walk: g, page: after, path: &after.Paths[0], at: 0}
	for {
		end, err := w.follow()
		if err != nil {
			return err
		}
		if end == worked {
			return g.after(after)
		}
		w.at = 0 // there is nothing to go back to
	}
}

// end forgets where the person is, and says so.
func (g *Walk) end(said words.Message) error {
	g.forget()
	_, err := g.ask(g.Voice.Text(words.GuideKeysEnd), para(g.Voice.Text(said)))
	return err
}

// noneLeft says that no path is left, and leads to what helps with any service.
func (g *Walk) noneLeft(page *guide.Page) error {
	generic := Always(g.Book, guide.Generic)
	if page.ID == generic.ID {
		g.forget()
		_, err := g.ask(g.Voice.Text(words.GuideKeysEnd), para(g.Voice.Text(words.GuideNoneLeft)))
		return err
	}
	answer, err := g.ask(g.Voice.Text(words.GuideKeysNoneLeft), para(g.Voice.Text(words.GuideNoneLeftHere, page.Name.In(g.Voice.Lang))))
	if err = leftBy(answer, err); err != nil {
		return err
	}
	for _, id := range g.failed { // what failed here is not led to once more
		if path, ok := page.Path(id); ok {
			g.answered(path.If, guide.No)
		}
	}
	return g.lead(generic)
}

// leftBy returns the error of an answer, or that the answer ends the guide.
func leftBy(answer string, err error) error {
	if err == nil && answer == "q" {
		return ErrLeft
	}
	return err
}

// tellFailed says what to know when a path failed.
func (g *Walk) tellFailed(path *guide.Path) error {
	text := path.Failed.In(g.Voice.Lang)
	if text == "" {
		return nil
	}
	answer, err := g.ask(g.Voice.Text(words.GuideKeysFailed), para(g.Voice.Text(words.GuideFailed, path.Title.In(g.Voice.Lang))), para(text))
	return leftBy(answer, err)
}
