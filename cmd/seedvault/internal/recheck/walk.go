// Package recheck compares what a phone shows with the seeds that it should have: on the walk
// through the QR codes with a new phone, and when a seed was just saved. The walk through the
// pages of the guide is in package guide/walk.
//
// Start with [Walk] and [CompareSaved].
package recheck

import (
	"bytes"
	"runtime"
	"slices"
	"strings"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/explain"
	"seedvault/cmd/seedvault/internal/say"
	"seedvault/cmd/seedvault/internal/seedlist"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/cmd/seedvault/internal/world"
	"seedvault/escrow"
	"seedvault/escrow/otpauth"
	"seedvault/qr"
)

// Step is one screen of the walk: one QR code, and the seeds that the phone has once it has
// scanned that.
type Step struct {
	Title string
	Text  func() string // what the code holds: a secret, and behind a function kept from fmt
	Batch bool          // a code of a Google Authenticator export
	Seeds []escrow.Entry
}

// outcome is what became of one seed on the walk.
type outcome int

const (
	notReached outcome = iota
	skipped
	different
	proven
)

// walk leads a person through the codes, one at a time, and has each compared
// with what the new phone shows.
type walk struct {
	world   *world.World
	view    console.View
	steps   []Step
	all     []escrow.Entry // of the vault
	forms   []qr.Form
	form    int  // the first of forms to try
	at      int  // the step
	short   bool // a shorter spelling of the key is drawn
	whole   bool // the whole line is wanted, whether it fits or not
	results map[*escrow.Entry]outcome
	wrong   int      // codes in a row that did not fit this step
	said    []string // about the last code
}

// Walk shows every step and compares what the phone shows, and prints at the end how many
// seeds are proven. forms are the ways of drawing that the terminal can show, the best first;
// all are the seeds of the vault, since the phone may show the code of another one.
func Walk(w *world.World, steps []Step, all []escrow.Entry, forms []qr.Form) error {
	t, err := w.Terminal()
	if err != nil {
		return err
	}
	defer t.Close()
	k := &walk{world: w, view: t.View(w.Getenv), steps: steps, all: all, forms: forms, results: map[*escrow.Entry]outcome{}}
	err = k.through()
	k.view.Close()
	k.report()
	return err
}

// through shows one step after the other.
func (w *walk) through() error {
	for w.at < len(w.steps) {
		more, err := w.step()
		if err != nil || !more {
			return err
		}
	}
	return nil
}

// step shows one step and takes one answer.
func (w *walk) step() (more bool, err error) {
	s := &w.steps[w.at]
	page := w.layOut(s)
	w.view.Draw(page.lines...)
	typed, err := w.view.Ask(page.row, page.column, w.world.Voice.Text(words.AskPhoneCode))
	if err != nil {
		return false, err
	}
	w.said = nil
	switch key := world.Folded(typed); key {
	case "":
		if !w.comparable(s) {
			w.turn(1)
		}
	case "s":
		w.turn(1)
	case "b":
		w.turn(-1)
	case "q":
		return false, nil
	case "f":
		w.another(s)
	default:
		w.enter(s, typed)
	}
	return true, nil
}

// turn goes forward or back by a number of steps. A step that is left without a compared code
// counts as skipped.
func (w *walk) turn(by int) {
	for i := range w.steps[w.at].Seeds {
		if e := &w.steps[w.at].Seeds[i]; w.results[e] == notReached {
			w.results[e] = skipped
		}
	}
	w.at, w.wrong, w.whole = max(w.at+by, 0), 0, false
}

// enter compares a typed code with the step's seeds.
func (w *walk) enter(s *Step, typed string) {
	if missing := tooFew(typed, s.Seeds[0]); missing > 0 && len(s.Seeds) == 1 {
		w.said = []string{w.world.Voice.Text(words.CodeTooShort, missing)}
		return
	}
	c := Compare(NormalizeCode(typed), s.Seeds, w.all, w.world.Now())
	said := w.world.Voice.Text(c.Said, c.About...)
	if c.Entry >= 0 && len(s.Seeds) > 1 {
		said = w.world.Voice.Text(words.InFile, seedlist.Title(s.Seeds[c.Entry]), said)
	}
	w.said = []string{said}
	if c.Entry >= 0 {
		e := &s.Seeds[c.Entry]
		if w.results[e] = different; c.Match {
			w.results[e], w.wrong = proven, 0
			if w.done(s) {
				w.said = []string{w.world.Voice.Text(words.InFile, s.Title, w.world.Voice.Text(c.Said, c.About...))} // read on the next step
				w.turn(1)
			}
			return
		}
	}
	if w.wrong++; w.wrong >= 3 {
		w.said = append(w.said, w.world.Voice.Text(words.ThreeWrong))
	}
}

// done reports whether every seed of the step is proven.
func (w *walk) done(s *Step) bool {
	for i := range s.Seeds {
		if w.results[&s.Seeds[i]] != proven {
			return false
		}
	}
	return true
}

// comparable reports whether any seed of the step has codes that can be compared.
func (w *walk) comparable(s *Step) bool {
	for _, e := range s.Seeds {
		if _, err := e.Seed.Key(); err == nil {
			return true
		}
	}
	return false
}

// report prints how many seeds are proven, and the names of the others.
func (w *walk) report() {
	n, all := 0, 0
	for i := range w.steps {
		for j := range w.steps[i].Seeds {
			e := &w.steps[i].Seeds[j]
			all++
			switch w.results[e] {
			case proven:
				n++
			case different:
				w.world.Voice.Remark(words.NotProvenDiffers, seedlist.Title(*e))
			default:
				w.world.Voice.Remark(words.NotProvenSkipped, seedlist.Title(*e))
			}
		}
	}
	w.world.Voice.Remark(words.Proven, n, all)
}

// page is a drawn screen, and where the prompt goes.
type page struct {
	lines       []string
	row, column int // from 1
}

// layOut returns the largest drawing of the step's code that fits beside or above its text,
// beginning with the chosen form. If the whole line does not fit, it draws a shorter spelling
// of the same key, unless the person has asked for the whole line.
func (w *walk) layOut(s *Step) page {
	spellings := []string{s.Text()}
	if !w.whole {
		spellings = append(spellings, s.shorter()...)
	}
	w.short = false
	for i, text := range spellings {
		code, err := qr.New(text)
		switch {
		case err != nil && i+1 < len(spellings): // too long for any code; another may not be
			w.short = true
			continue
		case err != nil:
			return w.undrawable(s, explain.Error(err))
		}
		if p, ok := w.fit(s, code); ok {
			return p
		}
		w.short = true
	}
	w.short = false
	return w.tooSmall(s, spellings[len(spellings)-1])
}

// fit looks for a drawing of a code that fits the screen.
func (w *walk) fit(s *Step, whole *qr.Code) (page, bool) {
	columns, rows := w.view.Size()
	text := w.words(s)
	for i := range w.forms {
		form := w.forms[(w.form+i)%len(w.forms)]
		for code, ok := whole, true; ok; code, ok = code.Smaller() {
			drawing, err := drawn(code, form)
			if err != nil {
				break
			}
			if p, fits := compose(drawing, code, form, text, columns, rows); fits {
				w.form = (w.form + i) % len(w.forms)
				return p, true
			}
		}
	}
	return page{}, false
}

// tooSmall returns the page of a code that does not fit in any way, with the picture that
// does in its place.
func (w *walk) tooSmall(s *Step, text string) page {
	columns, rows := w.view.Size()
	code, err := qr.New(text)
	if err != nil {
		return w.undrawable(s, explain.Error(err))
	}
	wide, high := LeastSize(code, w.forms[0])
	said := append(w.words(s), w.world.Voice.Text(words.TerminalTooSmall, columns, rows, wide, high), w.world.Voice.Text(words.HintTerminalTooSmall))
	if !s.Batch {
		said = append(said, w.world.Voice.Text(words.PictureInstead, s.Seeds[0].Receipts[0], opener()))
	}
	return withoutCode(said, columns)
}

// opener returns the command that shows a picture on this system.
func opener() string {
	switch runtime.GOOS {
	case "darwin":
		return "open"
	case "windows":
		return "start"
	}
	return "xdg-open"
}

// undrawable returns the page for a step whose line fits into no code.
func (w *walk) undrawable(s *Step, why *say.Error) page {
	columns, _ := w.view.Size()
	return withoutCode(append(w.words(s), w.world.Voice.Text(why.Message, why.Args...), w.world.Voice.Text(why.Hint, why.HintArgs...)), columns)
}

// shorter returns shorter spellings of the step's line, the longest first.
func (s *Step) shorter() []string {
	if s.Batch || len(s.Seeds) != 1 {
		return nil
	}
	key, err := s.Seeds[0].Seed.Key()
	if err != nil {
		return nil
	}
	return key.Short()
}

// another draws the code in another way: the whole line if a shorter spelling was drawn, else
// the next form. If there is no other way, it says so.
func (w *walk) another(s *Step) {
	switch {
	case w.short:
		w.whole = true
		return
	case w.whole:
		w.whole = false
		return
	}
	before := w.form
	w.form = (w.form + 1) % len(w.forms)
	w.layOut(s)
	if w.form == before {
		w.said = []string{w.world.Voice.Text(words.OneWayOnly)}
	}
}

// withoutCode returns the page of a code that cannot be drawn.
func withoutCode(text []string, columns int) page {
	lines := wrapAll(text, columns)
	return page{lines, len(lines), 1}
}

// words returns the text that stands beside a code.
func (w *walk) words(s *Step) []string {
	text := []string{w.world.Voice.Text(words.WalkTitle, w.at+1, len(w.steps), s.Title)}
	if seedlist.ClockWrong(w.world.Now()) {
		text = append(text, w.world.Voice.Text(words.ClockWrong, seedlist.DayOrDash(w.world.Now().UTC())))
	}
	if key, err := s.Seeds[0].Seed.Key(); err == nil && key.Type() == otpauth.HOTP && len(s.Seeds) == 1 && w.said == nil {
		text = append(text, w.world.Voice.Text(words.PhoneBegins, key.Counter(), s.Seeds[0].Receipts[0]))
	}
	if w.said == nil {
		text = append(text, w.world.Voice.Text(words.ScanAndType))
	}
	if w.short {
		text = append(text, w.world.Voice.Text(words.DrawnShort))
	}
	return append(append(text, w.said...), w.world.Voice.Text(words.WalkKeys))
}

func drawn(code *qr.Code, form qr.Form) ([]string, error) {
	var b bytes.Buffer
	if err := code.WriteText(&b, form); err != nil {
		return nil, err
	}
	return strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n"), nil
}

// LeastSize returns the least number of columns and rows that a code needs on a terminal.
func LeastSize(code *qr.Code, form qr.Form) (columns, rows int) {
	for ok := true; ok; code, ok = code.Smaller() {
		columns, rows = code.TextSize(form)
	}
	return columns + beside, rows
}

// beside is the least width, in columns, for text beside a code.
const beside = 27

// compose puts text below a drawing, or to its right where there is no room below. It reports
// whether it fits.
func compose(drawing []string, code *qr.Code, form qr.Form, text []string, columns, rows int) (page, bool) {
	under := wrapAll(text, columns)
	width, _ := code.TextSize(form)
	if width <= columns && len(drawing)+len(under) <= rows {
		lines := append(drawing, under...)
		return page{lines, len(lines), 1}, true
	}
	right := wrapAll(text, columns-width-2)
	if len(right) > rows {
		right = slices.DeleteFunc(right[:len(right)-1], func(line string) bool { return line == "" })
		right = append(right, "")
	}
	if width+beside > columns || max(len(drawing), len(right)) > rows {
		return page{}, false
	}
	lines := make([]string, max(len(drawing), len(right)))
	for i := range lines {
		if i < len(drawing) {
			lines[i] = drawing[i]
		} else {
			lines[i] = strings.Repeat(" ", width)
		}
		if i < len(right) {
			lines[i] += "  " + right[i]
		}
	}
	return page{lines, len(right), width + 3}, true
}

// wrapAll wraps texts, with an empty line after each.
func wrapAll(text []string, width int) []string {
	var lines []string
	for _, t := range text {
		lines = append(append(lines, console.Wrap(t, width)...), "")
	}
	return lines
}
