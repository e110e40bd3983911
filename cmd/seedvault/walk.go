package main

import (
	"bytes"
	"strings"

	"golang.org/x/text/unicode/norm"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/words"
	"seedvault/escrow"
	"seedvault/qr"
)

// leaf is what one screen of the walk shows: one code, and the seeds that the
// phone has once it has scanned it.
type leaf struct {
	title   string
	text    func() string // what the code holds: a secret, and behind a function kept from fmt
	batch   bool          // an export code, which an authenticator takes and other apps do not
	entries []escrow.Entry
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
	*program
	view    view
	leaves  []leaf
	all     []escrow.Entry // of the vault
	forms   []qr.Form
	form    int // the first of forms to try
	at      int // the leaf
	results map[*escrow.Entry]outcome
	wrong   int      // codes in a row that did not fit this leaf
	said    []string // about the last code
}

// view is where a walk draws and asks.
type view interface {
	Size() (columns, rows int)
	Draw(lines ...string)
	Ask(row, column int, prompt string) (string, error)
	Close()
}

// viewOn opens the alternate screen of a terminal that has one.
func (p *program) viewOn(t *console.Terminal) view {
	if console.Dumb(p.env) {
		return plainView{t}
	}
	return t.Screen()
}

// plainView is a terminal that cannot be cleared: what is drawn scrolls away.
type plainView struct{ *console.Terminal }

// Size is without bounds where everything scrolls.
func (v plainView) Size() (columns, rows int) {
	columns, _ = v.Terminal.Size()
	return columns, 1 << 16
}

func (v plainView) Draw(lines ...string) { v.Show(strings.Join(lines, "\n")) }

func (v plainView) Ask(_, _ int, prompt string) (string, error) { return v.Line(prompt) }

func (v plainView) Close() {}

// walkThrough shows every leaf and returns what became of the seeds.
func (p *program) walkThrough(leaves []leaf, all []escrow.Entry, forms []qr.Form) (*walk, error) {
	t, err := p.terminal()
	if err != nil {
		return nil, err
	}
	defer t.Close()
	w := &walk{program: p, view: p.viewOn(t), leaves: leaves, all: all, forms: forms, results: map[*escrow.Entry]outcome{}}
	defer w.view.Close()
	for w.at < len(w.leaves) {
		more, err := w.step()
		if err != nil || !more {
			return w, err
		}
	}
	return w, nil
}

// step shows one leaf and takes one answer.
func (w *walk) step() (more bool, err error) {
	l := &w.leaves[w.at]
	page := w.layOut(l)
	w.view.Draw(page.lines...)
	typed, err := w.view.Ask(page.row, page.column, w.Text(words.AskPhoneCode))
	if err != nil {
		return false, err
	}
	w.said = nil
	switch key := strings.ToLower(norm.NFKC.String(typed)); key {
	case "":
		if !w.comparable(l) {
			w.turn(1)
		}
	case "s":
		w.turn(1)
	case "b":
		w.turn(-1)
	case "q":
		return false, nil
	case "f":
		w.form = (w.form + 1) % len(w.forms)
	default:
		w.take(l, typed)
	}
	return true, nil
}

// turn goes to another leaf. What is left behind without a code is skipped.
func (w *walk) turn(by int) {
	for i := range w.leaves[w.at].entries {
		if e := &w.leaves[w.at].entries[i]; w.results[e] == notReached {
			w.results[e] = skipped
		}
	}
	w.at, w.wrong = max(w.at+by, 0), 0
}

// take holds a typed code against the leaf's seeds.
func (w *walk) take(l *leaf, typed string) {
	c := compare(typedCode(typed), l.entries, w.all, w.now())
	said := w.Text(c.said, c.about...)
	if c.entry >= 0 && len(l.entries) > 1 {
		said = w.Text(words.InFile, title(l.entries[c.entry]), said)
	}
	w.said = []string{said}
	if c.entry >= 0 {
		e := &l.entries[c.entry]
		if w.results[e] = different; c.match {
			w.results[e], w.wrong = proven, 0
			if w.done(l) {
				w.said = []string{w.Text(words.InFile, l.title, w.Text(c.said, c.about...))} // read on the next leaf
				w.turn(1)
			}
			return
		}
	}
	if w.wrong++; w.wrong >= 3 {
		w.said = append(w.said, w.Text(words.ThreeWrong))
	}
}

// done says that every seed of the leaf is proven.
func (w *walk) done(l *leaf) bool {
	for i := range l.entries {
		if w.results[&l.entries[i]] != proven {
			return false
		}
	}
	return true
}

// comparable says that some seed of the leaf gives codes.
func (w *walk) comparable(l *leaf) bool {
	for _, e := range l.entries {
		if _, err := e.Seed.Key(); err == nil {
			return true
		}
	}
	return false
}

// tally counts the seeds that are proven, and names the others.
func (w *walk) tally() {
	n, all := 0, 0
	for i := range w.leaves {
		for j := range w.leaves[i].entries {
			e := &w.leaves[i].entries[j]
			all++
			switch w.results[e] {
			case proven:
				n++
			case different:
				w.Remark(words.NotProvenDiffers, title(*e))
			default:
				w.Remark(words.NotProvenSkipped, title(*e))
			}
		}
	}
	w.Remark(words.Proven, n, all)
}

// page is a drawn screen, and where the prompt goes.
type page struct {
	lines       []string
	row, column int // from 1
}

// layOut finds the largest drawing of the leaf's code that fits beside or above
// its words, from the form that was chosen on.
func (w *walk) layOut(l *leaf) page {
	columns, rows := w.view.Size()
	text := w.words(l)
	whole, err := qr.New(l.text())
	if err != nil {
		trouble := explain(err)
		return withoutCode(append(text, w.Text(trouble.Message, trouble.Args...), w.Text(trouble.Hint, trouble.HintArgs...)), columns)
	}
	for i := range w.forms {
		form := w.forms[(w.form+i)%len(w.forms)]
		for code, ok := whole, true; ok; code, ok = code.Smaller() {
			drawing, err := drawn(code, form)
			if err != nil {
				break
			}
			if p, fits := compose(drawing, code, form, text, columns, rows); fits {
				w.form = (w.form + i) % len(w.forms)
				return p
			}
		}
	}
	wide, high := smallest(whole, w.forms[0])
	return withoutCode(append(text, w.Text(words.TerminalTooSmall, columns, rows, wide, high), w.Text(words.HintTerminalTooSmall)), columns)
}

// withoutCode is the page of a code that cannot be drawn.
func withoutCode(text []string, columns int) page {
	lines := wrapAll(text, columns)
	return page{lines, len(lines), 1}
}

// words are what stands beside a code.
func (w *walk) words(l *leaf) []string {
	text := []string{w.Text(words.WalkTitle, w.at+1, len(w.leaves), l.title)}
	if w.clockWrong() {
		text = append(text, w.Text(words.ClockWrong, when(w.now().UTC())))
	}
	if w.said == nil {
		text = append(text, w.Text(words.ScanAndType))
	}
	return append(append(text, w.said...), w.Text(words.WalkKeys))
}

func drawn(code *qr.Code, form qr.Form) ([]string, error) {
	var b bytes.Buffer
	if err := code.WriteText(&b, form); err != nil {
		return nil, err
	}
	return strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n"), nil
}

// smallest is the room that a code needs at least, in columns and rows.
func smallest(code *qr.Code, form qr.Form) (columns, rows int) {
	for ok := true; ok; code, ok = code.Smaller() {
		columns, rows = code.TextSize(form)
	}
	return columns + beside, rows
}

// beside is the least width of the words that stand beside a code.
const beside = 30

// compose puts the words under a drawing, or where there is no room to its right.
func compose(drawing []string, code *qr.Code, form qr.Form, text []string, columns, rows int) (page, bool) {
	under := wrapAll(text, columns)
	width, _ := code.TextSize(form)
	if width <= columns && len(drawing)+len(under) <= rows {
		lines := append(drawing, under...)
		return page{lines, len(lines), 1}, true
	}
	right := wrapAll(text, columns-width-2)
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

// wrapAll breaks texts into lines, an empty one after each.
func wrapAll(text []string, width int) []string {
	var lines []string
	for _, t := range text {
		lines = append(append(lines, console.Wrap(t, width)...), "")
	}
	return lines
}
