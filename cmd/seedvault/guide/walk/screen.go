package walk

import (
	"strings"

	"golang.org/x/text/unicode/norm"

	"seedvault/cmd/seedvault/internal/console"
	"seedvault/cmd/seedvault/internal/words"
)

// block is a piece of what a screen shows.
type block struct {
	text     string
	indent   int
	verbatim bool // stands as it is: an address or a command, to be copied whole
	close    bool // nothing empty before it
}

func para(text string) block { return block{text: text} }

// written returns a text that was laid out before.
func written(text string) block {
	return block{text: strings.TrimRight(text, "\n"), verbatim: true}
}

func item(text string) block { return block{text: text, indent: 2, close: true} }

// laidOut breaks blocks into lines of a width. Only what stands verbatim may be
// longer: the terminal breaks it, and it is copied in one piece.
func laidOut(blocks []block, width int) []string {
	var lines []string
	for i, b := range blocks {
		if b.text == "" {
			continue
		}
		if i > 0 && !b.close {
			lines = append(lines, "")
		}
		margin := strings.Repeat(" ", b.indent)
		for line := range strings.Lines(b.text) {
			pieces := []string{strings.TrimRight(line, "\n")}
			if !b.verbatim {
				pieces = console.Wrap(pieces[0], width-b.indent)
			}
			for _, piece := range pieces {
				lines = append(lines, strings.TrimRight(margin+piece, " "))
			}
		}
	}
	return lines
}

// ask shows blocks, the keys that may be typed below them, and takes an answer:
// lower case, and of any width. What does not fit is shown a screenful after the
// other; anything but Enter answers at once.
func (g *Walk) ask(keys string, blocks ...block) (string, error) {
	if g.said != "" {
		blocks, g.said = append(blocks[:len(blocks):len(blocks)], para(g.said)), ""
	}
	typed, err := g.askAsTyped(keys, blocks...)
	return keyOf(typed), err
}

// noKey has the next screen say that an answer does nothing there.
func (g *Walk) noKey(answer string) {
	g.said = g.Voice.Text(words.GuideNoKey, console.Safe(answer, 40))
}

// keyOf returns a key as it is compared: lower case, and of any width.
func keyOf(typed string) string { return strings.ToLower(norm.NFKC.String(typed)) }

func (g *Walk) askAsTyped(keys string, blocks ...block) (string, error) {
	columns, rows := g.View.Size()
	lines := laidOut(blocks, columns-1)
	below := keyLines(keys, columns-1)
	for {
		shown, rest := screenful(lines, columns, rows-len(below)-2)
		if len(rest) > 0 {
			more := keyLines(g.Voice.Text(words.GuideMore), columns-1)
			shown, rest = screenful(lines, columns, rows-len(more)-2)
			if len(rest) == 0 { // the keys at the end need more room: the last paragraph stays for them
				shown, rest = cut(lines, len(lines)-1)
			}
			typed, err := g.answer(append(append(shown, ""), more...))
			if err != nil || typed != "" {
				return typed, err
			}
			if lines = rest; lines[0] == "" {
				lines = lines[1:]
			}
			continue
		}
		return g.answer(append(append(shown, ""), below...))
	}
}

// keyGap stands between what the keys do.
const keyGap = "   "

// keyLines breaks what the keys do into lines, between the keys alone.
func keyLines(keys string, width int) []string {
	line, lines := "", []string(nil)
	for key := range strings.SplitSeq(keys, keyGap) {
		switch {
		case line == "":
			line = key
		case console.Width(line+keyGap+key) > width:
			lines, line = append(lines, line), key
		default:
			line += keyGap + key
		}
	}
	return append(lines, line)
}

// answer draws lines and asks below them.
func (g *Walk) answer(lines []string) (string, error) {
	columns, _ := g.View.Size()
	g.View.Draw(lines...)
	row := 1
	for _, line := range lines {
		row += rowsOf(line, columns)
	}
	return g.View.Ask(row, 1, "> ")
}

// screenful cuts off what fits into some rows, one line at least.
func screenful(lines []string, columns, rows int) (shown, rest []string) {
	used := 0
	for i, line := range lines {
		if used += rowsOf(line, columns); used > rows && i > 0 {
			return cut(lines, i)
		}
	}
	return lines[:len(lines):len(lines)], nil
}

// cut divides lines at a place, or at the end of the paragraph before it where
// that leaves half of them or more.
func cut(lines []string, at int) (before, after []string) {
	for i := at; i >= (at+1)/2 && i > 0; i-- {
		if lines[i] == "" {
			return lines[:i:i], lines[i:]
		}
	}
	return lines[:at:at], lines[at:]
}

// rowsOf returns how many rows of the terminal a line takes.
func rowsOf(line string, columns int) int {
	return max((console.Width(line)+columns-1)/max(columns, 1), 1)
}
