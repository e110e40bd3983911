package main

import (
	"errors"
	"slices"

	"seedvault/cmd/seedvault/guide"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/words"
)

// errLeft is the person's wish to end the guide.
var errLeft = errors.New("the guide was left")

// ending is how a path ended.
type ending int

const (
	worked ending = iota
	didNotWork
	wentBack
)

// progress keeps where a person is in the guide.
type progress interface {
	GuideProgress() (local.GuideProgress, bool)
	KeepGuide(local.GuideProgress) error
	ForgetGuide() error
}

// guided leads one person from a page to the first of its paths that works.
type guided struct {
	*guideScreen
	book    *guide.Guide
	places  progress // nil where nothing can be kept
	service *guide.Service
	replies guide.Replies
	asked   []string    // what was replied to, the last one last
	failed  []string    // paths of the present page
	unkept  error       // why where the person is could not be kept
	facts   guide.Facts // filled in for the call; kept in memory alone
}

// lead goes on from a page until a path has worked, none is left, or the person
// leaves.
func (g *guided) lead(page *guide.Page) error {
	for page.Ask != nil {
		next, err := g.leadOn(page)
		if err != nil {
			return err
		}
		page = next
	}
	g.failed = nil
	return g.try(page, nil)
}

// try follows the paths of a page one after the other, from where an earlier
// walk was left if there was one.
func (g *guided) try(page *guide.Page, left *local.GuideProgress) error {
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
		case end == wentBack:
			g.takeBack()
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

// next is the walk along the path to try, nil where there is none.
func (g *guided) next(page *guide.Page, left *local.GuideProgress) (*pathWalk, error) {
	if left != nil {
		if w := g.resumed(page, *left); w != nil {
			return w, nil
		}
	}
	path, err := g.choosePath(page)
	if path == nil || err != nil {
		return nil, err
	}
	return &pathWalk{guided: g, page: page, path: path, at: planned}, nil
}

// resumed is the walk that was left, nil if the page no longer has its path or
// step.
func (g *guided) resumed(page *guide.Page, left local.GuideProgress) *pathWalk {
	path, ok := g.book.PathOf(page, left.Path)
	if !ok {
		return nil
	}
	g.failed = left.Failed
	w := &pathWalk{guided: g, page: page, path: path, done: left.Done, skipped: left.Skipped, at: planned}
	for i, s := range path.Steps {
		if s.ID == left.Step {
			w.at = i
		}
	}
	return w
}

// after leads through what is to be done once one is in again.
func (g *guided) after(page *guide.Page) error {
	after, ok := g.book.Page(guide.After)
	switch {
	case page.Kind == guide.Runbook:
		return g.end(words.GuideWorkDone)
	case !ok || page.ID == after.ID || len(after.Paths) == 0:
		return g.end(words.GuideDone)
	}
	g.failed = nil
	w := &pathWalk{guided: g, page: after, path: &after.Paths[0], at: 0}
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
func (g *guided) end(said words.Message) error {
	g.forget()
	_, err := g.ask(g.voice().Text(words.GuideKeysEnd), para(g.voice().Text(said)))
	return err
}

// noneLeft says that no path is left, and leads to what helps with any service.
func (g *guided) noneLeft(page *guide.Page) error {
	generic := pageOf(g.book, guide.Generic)
	if page.ID == generic.ID {
		g.forget()
		_, err := g.ask(g.voice().Text(words.GuideKeysEnd), para(g.voice().Text(words.GuideNoneLeft)))
		return err
	}
	answer, err := g.ask(g.voice().Text(words.GuideKeysNoneLeft), para(g.voice().Text(words.GuideNoneLeftHere, page.Name.In(g.voice().Lang))))
	if err = leftBy(answer, err); err != nil {
		return err
	}
	for _, id := range g.failed { // what failed here is not led to once more
		if path, ok := page.Path(id); ok {
			g.replies[path.If] = guide.No
		}
	}
	return g.lead(generic)
}

// leftBy is the error of an answer, or that the answer ends the guide.
func leftBy(answer string, err error) error {
	if err == nil && answer == "q" {
		return errLeft
	}
	return err
}

// tellFailed says what to know when a path failed.
func (g *guided) tellFailed(path *guide.Path) error {
	text := path.Failed.In(g.voice().Lang)
	if text == "" {
		return nil
	}
	answer, err := g.ask(g.voice().Text(words.GuideKeysFailed), para(g.voice().Text(words.GuideFailed, path.Title.In(g.voice().Lang))), para(text))
	return leftBy(answer, err)
}

// planned is where a walk is before its first step.
const planned = -1

// pathWalk is one path, a step at a time.
type pathWalk struct {
	*guided
	page          *guide.Page
	path          *guide.Path
	at            int // the step, planned before the first and len(path.Steps) behind the last
	done, skipped []string
}

// follow goes along the path until it ends one way or the other.
func (w *pathWalk) follow() (ending, error) {
	for {
		w.keep()
		answer, err := w.show()
		if err != nil {
			return 0, err
		}
		step := ""
		if w.at >= 0 && w.at < len(w.path.Steps) {
			step = w.path.Steps[w.at].ID
		}
		switch {
		case answer == "" && w.at == len(w.path.Steps):
			return worked, nil
		case answer == "":
			w.tick(step, &w.done, &w.skipped)
			w.at++
		case answer == "l" && step != "":
			w.tick(step, &w.skipped, &w.done)
			w.at++
		case answer == "c" && step != "" && w.path.Steps[w.at].Call:
			if err := w.call(); err != nil {
				return 0, err
			}
		case answer == "b" && w.at == planned:
			return wentBack, nil
		case answer == "b":
			w.at--
		case answer == "f" && !w.page.IsWork():
			return didNotWork, nil
		case answer == "r" && w.at == planned:
			if err := w.read(w.page); err != nil {
				return 0, err
			}
		case answer == "q":
			return 0, errLeft
		}
	}
}

// tick moves a step into one list and out of the other.
func (w *pathWalk) tick(step string, into, out *[]string) {
	if step == "" {
		return
	}
	if !slices.Contains(*into, step) {
		*into = append(*into, step)
	}
	*out = slices.DeleteFunc(*out, func(s string) bool { return s == step })
}

// show shows the present step, or what comes before or after them all.
func (w *pathWalk) show() (string, error) {
	switch {
	case w.at == planned:
		return w.ask(w.keys(words.GuideKeysPlan, words.GuideKeysPlanWork), w.plan(w.page, w.path)...)
	case w.at == len(w.path.Steps):
		blocks := []block{para(w.title()), {text: w.ticks(), close: true}}
		for _, s := range w.path.Steps {
			if slices.Contains(w.skipped, s.ID) {
				blocks = append(blocks, item(w.voice().Text(words.GuideLeftForLater, s.ID, s.Do.In(w.voice().Lang))))
			}
		}
		question := words.GuideDidItWork
		if w.page.IsWork() {
			question = words.GuideAllDone
		}
		return w.ask(w.keys(words.GuideKeysLast, words.GuideKeysLastWork), append(blocks, para(w.voice().Text(question)))...)
	}
	step := &w.path.Steps[w.at]
	keys := w.keys(words.GuideKeysStep, words.GuideKeysStepWork)
	if step.Call {
		keys = guide.KeyCall.In(w.voice().Lang) + keyGap + keys
	}
	return w.ask(keys, w.step(step)...)
}

// call leads the call from the step that needs it, and comes back to that.
func (w *pathWalk) call() error {
	script, err := guide.OpenCall()
	if err != nil {
		return err
	}
	t, err := w.talk(script, script.Begin(w.voice().Lang).With(w.facts), func(guide.Talk) bool { return true })
	w.facts = t.Facts()
	return err
}

// keys names the keys on a way in, or in work, which does not fail.
func (w *pathWalk) keys(way, work words.Message) string {
	if w.page.IsWork() {
		return w.voice().Text(work)
	}
	return w.voice().Text(way)
}

// step is what the screen shows of one step.
func (w *pathWalk) step(s *guide.Step) []block {
	text := written(w.shown().Step(w.page, w.path, s))
	text.close = true
	return []block{para(w.title()), {text: w.ticks(), close: true}, text}
}

// shown is how the guide looks on this screen.
func (g *guided) shown() guide.View {
	columns, _ := g.view.Size()
	return g.v.guideView(columns-1, g.service)
}

// plan is what the screen shows before a walk, along a path if one is chosen.
func (g *guided) plan(page *guide.Page, path *guide.Path) []block {
	blocks := []block{para(page.Name.In(g.voice().Lang))} // the rest was read before
	if len(g.failed) == 0 {
		blocks = []block{written(g.shown().Head(page))}
	}
	if path == nil {
		return blocks
	}
	way := []block{para(g.voice().Text(words.GuideWay, path.Title.In(g.voice().Lang), len(path.Steps)))}
	if who, ok := words.Actors.Lookup(path.Who); ok {
		way = append(way, block{text: g.voice().Text(who), close: true})
	}
	for _, s := range path.Stories {
		way = append(way, block{text: g.voice().Text(words.GuideStory, s), close: true})
	}
	return append(blocks, way...)
}

// title names the page and the path.
func (w *pathWalk) title() string {
	return w.voice().Text(words.GuideWalkTitle, w.page.Name.In(w.voice().Lang), w.path.Title.In(w.voice().Lang))
}

// ticks shows what is done, what was left for later and what is to come.
func (w *pathWalk) ticks() string {
	row := ""
	for _, s := range w.path.Steps {
		switch {
		case slices.Contains(w.done, s.ID):
			row += "[x]"
		case slices.Contains(w.skipped, s.ID):
			row += "[-]"
		default:
			row += "[ ]"
		}
	}
	return row
}
