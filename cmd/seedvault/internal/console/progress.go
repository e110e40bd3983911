package console

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// Progress shows on one line how far work has come that takes longer than a second. The line
// is cleared at the end.
type Progress struct {
	screen io.Writer // nil where nothing is drawn
	text   func(done, total int) string
	now    func() time.Time
	next   time.Time // nothing is drawn before
	width  int       // of what stands on the line
}

const (
	patience = time.Second            // work that is done by then shows nothing
	redraw   = 200 * time.Millisecond // numbers that change faster cannot be read
)

// NewProgress starts to show counted work on a screen; on a nil screen it draws nothing. The
// clock decides when to draw.
func NewProgress(screen io.Writer, text func(done, total int) string, now func() time.Time) *Progress {
	return &Progress{screen: screen, text: text, now: now, next: now().Add(patience)}
}

// Working shows a text on a screen until done is called.
func Working(screen io.Writer, text string) (done func()) {
	p := &Progress{screen: screen}
	p.draw(text)
	return p.Done
}

// At shows how much of the whole is done, unless the line was drawn a moment ago.
func (p *Progress) At(done, total int) {
	if p.screen == nil {
		return
	}
	if now := p.now(); !now.Before(p.next) {
		p.next = now.Add(redraw)
		p.draw(p.text(done, total))
	}
}

// Done clears the line.
func (p *Progress) Done() {
	if p.width > 0 {
		p.draw("")
		fmt.Fprint(p.screen, "\r")
	}
}

// draw writes over the present line. The terminal only has to be able to return to the line's
// start.
func (p *Progress) draw(text string) {
	width := Width(text)
	fmt.Fprint(p.screen, "\r"+text+strings.Repeat(" ", max(p.width-width, 0)))
	p.width = width
}
