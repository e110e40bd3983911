package walk

import (
	"slices"

	"seedvault/cmd/seedvault/guide"
	"seedvault/cmd/seedvault/internal/local"
	"seedvault/cmd/seedvault/internal/words"
)

// planned is where a walk is before its first step.
const planned = -1

// ending is how a path ended.
type ending int

const (
	worked ending = iota
	didNotWork
	wentBack
)

// pathWalk is one path, a step at a time.
type pathWalk struct {
	walk          *Walk
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
		case answer == "b" && w.at == planned && !w.page.IsWork():
			return wentBack, nil
		case answer == "b" && w.at != planned:
			w.at--
		case answer == "f" && !w.page.IsWork():
			return didNotWork, nil
		case answer == "r" && w.at == planned:
			if err := w.walk.read(w.page); err != nil {
				return 0, err
			}
		case answer == "q":
			return 0, ErrLeft
		default:
			w.walk.noKey(answer)
		}
	}
}

// keep remembers where the walk is. A home that takes nothing costs no more than
// going on there later.
func (w *pathWalk) keep() {
	if w.walk.Keep == nil {
		return
	}
	step := ""
	if w.at != planned && len(w.path.Steps) > 0 {
		step = w.path.Steps[min(w.at, len(w.path.Steps)-1)].ID
	}
	w.walk.unkept = w.walk.Keep.KeepGuide(local.GuideProgress{
		Page: w.page.ID, Path: w.path.ID, Step: step,
		Done: w.done, Skipped: w.skipped, Failed: w.walk.failed,
	})
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
		return w.walk.ask(w.keys(words.GuideKeysPlan, words.GuideKeysPlanWork), w.walk.plan(w.page, w.path)...)
	case w.at == len(w.path.Steps):
		blocks := []block{para(w.title()), {text: w.ticks(), close: true}}
		for _, s := range w.path.Steps {
			if slices.Contains(w.skipped, s.ID) {
				blocks = append(blocks, item(w.walk.Voice.Text(words.GuideLeftForLater, s.ID, s.Do.In(w.walk.Voice.Lang))))
			}
		}
		question := words.GuideDidItWork
		if w.page.IsWork() {
			question = words.GuideAllDone
		}
		return w.walk.ask(w.keys(words.GuideKeysLast, words.GuideKeysLastWork), append(blocks, para(w.walk.Voice.Text(question)))...)
	}
	step := &w.path.Steps[w.at]
	keys := w.keys(words.GuideKeysStep, words.GuideKeysStepWork)
	if step.Call {
		keys = guide.KeyCall.In(w.walk.Voice.Lang) + keyGap + keys
	}
	return w.walk.ask(keys, w.step(step)...)
}

// call leads the call from the step that needs it, and comes back to that.
func (w *pathWalk) call() error {
	script := guide.OpenCall()
	t, err := w.walk.talk(script, script.Begin(w.walk.Voice.Lang).With(w.walk.facts), func(guide.Talk) bool { return true })
	w.walk.facts = t.Facts()
	return err
}

// keys names the keys on a way in, or in work, which does not fail.
func (w *pathWalk) keys(way, work words.Message) string {
	if w.page.IsWork() {
		return w.walk.Voice.Text(work)
	}
	return w.walk.Voice.Text(way)
}

// step returns what the screen shows of one step.
func (w *pathWalk) step(s *guide.Step) []block {
	text := written(w.walk.shown().Step(w.page, w.path, s))
	text.close = true
	return []block{para(w.title()), {text: w.ticks(), close: true}, text}
}

// title names the page and the path.
func (w *pathWalk) title() string {
	return w.walk.Voice.Text(words.GuideWalkTitle, w.page.Name.In(w.walk.Voice.Lang), w.path.Title.In(w.walk.Voice.Lang))
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
