package console

import (
	"fmt"
	"strings"
)

// Escape sequences of the terminals since the VT100 and xterm.
const (
	enterAlternate = "\x1b[?1049h"
	leaveAlternate = "\x1b[?1049l"
	clearAll       = "\x1b[H\x1b[2J\x1b[3J" // what is on the screen and what has scrolled off it
)

// Screen is the terminal's alternate screen: what is drawn there is gone when it
// is closed, and the person's own screen is back.
type Screen struct {
	terminal *Terminal
	stop     func()
}

// Screen opens the alternate screen. Until it is closed, signals are handled at the prompts
// alone and the program cannot be suspended: either would leave a secret in sight.
func (t *Terminal) Screen() *Screen {
	stop, release := t.listen(), t.hold()
	fmt.Fprint(t.out, enterAlternate+clearAll)
	return &Screen{t, func() { release(); stop() }}
}

// Draw puts lines on the empty screen, from the top, and leaves the cursor behind
// the last one's end.
func (s *Screen) Draw(lines ...string) {
	fmt.Fprint(s.terminal.out, clearAll+strings.Join(lines, "\n"))
}

// Ask puts the cursor at a row and a column, both from 1, and asks for a line.
func (s *Screen) Ask(row, column int, prompt string) (string, error) {
	fmt.Fprintf(s.terminal.out, "\x1b[%d;%dH", row, column)
	return s.terminal.Line(prompt)
}

// Secret draws lines on the empty screen, and asks below them without echo.
func (s *Screen) Secret(prompt string, lines ...string) (string, error) {
	s.Draw(append(lines, "")...)
	return s.terminal.Secret(prompt)
}

// Close clears the screen and brings the person's own back.
func (s *Screen) Close() {
	fmt.Fprint(s.terminal.out, clearAll+leaveAlternate)
	s.stop()
}

// Size returns the screen's columns and rows.
func (s *Screen) Size() (columns, rows int) { return s.terminal.Size() }
