package console

import "strings"

// View is where whole screens are drawn and questions are asked below them.
type View interface {
	Size() (columns, rows int)
	Draw(lines ...string)
	Ask(row, column int, prompt string) (string, error)
	Close()
}

// View opens the terminal's alternate screen, or returns a view that scrolls where the
// terminal has none.
func (t *Terminal) View(env func(string) string) View {
	if Dumb(env) {
		return scrolling{t}
	}
	return t.Screen()
}

// scrolling is a view on a terminal that cannot be cleared: what is drawn scrolls away.
type scrolling struct{ terminal *Terminal }

// Size returns the terminal's columns and, since everything scrolls, more rows than any text
// needs.
func (v scrolling) Size() (columns, rows int) {
	columns, _ = v.terminal.Size()
	return columns, 1 << 16
}

func (v scrolling) Draw(lines ...string) { v.terminal.Show(strings.Join(lines, "\n")) }

func (v scrolling) Ask(_, _ int, prompt string) (string, error) { return v.terminal.Line(prompt) }

func (v scrolling) Close() {}
