package speech

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// Progress shows on one line how far work has come that takes longer than a
// second. It draws nothing where Err is no screen, and leaves nothing behind.
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

// Progress begins to watch work that is counted. The message has two blanks: how
// many are done, and of how many. The clock tells when to draw.
func (v Voice) Progress(m Message, now func() time.Time) *Progress {
	p := &Progress{text: func(done, total int) string { return v.Text(m, done, total) }, now: now}
	if v.Live {
		p.screen = v.Err
		p.next = now().Add(patience)
	}
	return p
}

// Working shows what is being done until the function that it returns is called:
// for work that cannot be counted and is known to take a second or more.
func (v Voice) Working(m Message) (done func()) {
	p := &Progress{}
	if v.Live {
		p.screen = v.Err
		p.draw(v.Text(m))
	}
	return p.Done
}

// At shows that some of the whole is done, unless that was shown a moment ago.
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

// draw writes over what stands on the line. It needs no more of a terminal than
// to go back to the line's start.
func (p *Progress) draw(text string) {
	if text != "" {
		text = "seedvault: " + text
	}
	width := Width(text)
	fmt.Fprint(p.screen, "\r"+text+strings.Repeat(" ", max(p.width-width, 0)))
	p.width = width
}
