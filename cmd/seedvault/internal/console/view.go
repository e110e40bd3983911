package console

import "strings"

// View is where something is drawn as a whole, and asked about.
type View interface {
	Size() (columns, rows int)
	Draw(lines ...string)
	Ask(row, column int, prompt string) (string, error)
	Close()
}

// View opens the alternate screen of a terminal that has one.
func (t *Terminal) View(env func(string) string) View {
	if Dumb(env) {
		return scrolling{t}
	}
	return t.Screen()
}

// scrolling is a terminal that cannot be cleared: what is drawn scrolls away.
type scrolling struct{ terminal *Terminal }

// Size is without bounds where everything scrolls.
func (v scrolling) Size() (columns, rows int) {
	columns, _ = v.terminal.Size()
	return columns, 1 << 16
}

func (v scrolling) Draw(lines ...string) { v.terminal.Show(strings.Join(lines, "\n")) }

func (v scrolling) Ask(_, _ int, prompt string) (string, error) { return v.terminal.Line(prompt) }

func (v scrolling) Close() {}
