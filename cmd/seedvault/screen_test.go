//go:build !windows

package main

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"seedvault/cmd/seedvault/internal/console"
)

// screen is as much of a terminal as seedvault uses: lines that wrap and scroll, the
// alternate screen, clearing, moving the cursor, and black ground, on which a space is a
// dark module of a code.
type screen struct {
	columns, rows int
	cells         [][]string // what stands in each column; the second one of a wide character is ""
	x, y          int
	wrapNext      bool // the last column is taken: what follows begins a line
	black         bool
	scrolled      []string // lines that have left the top
	own           *screen  // what is under the alternate screen
	broken        []string // words that the end of a line has cut in two
}

func newScreen(columns, rows int) *screen {
	s := &screen{columns: columns, rows: rows}
	s.clear()
	return s
}

func (s *screen) clear() {
	s.cells = nil
	for range s.rows {
		s.cells = append(s.cells, blank(s.columns))
	}
	s.x, s.y, s.wrapNext = 0, 0, false
}

func blank(columns int) (row []string) {
	for range columns {
		row = append(row, " ")
	}
	return row
}

var escape = pattern(`^\x1b\[([?0-9;]*)([A-Za-z])`)

// write shows what a program has written.
func (s *screen) write(text string) {
	for text != "" {
		if m := escape().FindStringSubmatch(text); m != nil {
			s.control(m[1], m[2])
			text = text[len(m[0]):]
			continue
		}
		r, size := utf8.DecodeRuneInString(text)
		text = text[size:]
		switch {
		case r == '\r':
			s.x, s.wrapNext = 0, false
		case r == '\n':
			s.newLine()
		case r >= ' ':
			s.put(r)
		}
	}
}

// control obeys an escape sequence.
func (s *screen) control(args, verb string) {
	switch args + verb {
	case "?1049h":
		s.own = &screen{cells: s.cells, x: s.x, y: s.y, scrolled: s.scrolled}
		s.clear()
	case "?1049l":
		s.cells, s.x, s.y, s.scrolled, s.own = s.own.cells, s.own.x, s.own.y, s.own.scrolled, nil
	case "H":
		s.x, s.y = 0, 0
	case "2J":
		x, y := s.x, s.y
		s.clear()
		s.x, s.y = x, y
	case "3J":
	default:
		switch verb {
		case "H":
			row, column, _ := strings.Cut(args, ";")
			s.y, _ = strconv.Atoi(row)
			s.x, _ = strconv.Atoi(column)
			s.x, s.y = min(s.x, s.columns)-1, min(s.y, s.rows)-1
		case "m":
			s.black = strings.Contains(args, "48;5;16") || s.black && !strings.Contains(args, "48") && args != "0" && args != ""
		}
	}
	s.wrapNext = false
}

// newLine goes down, and lets a line out at the top where that was the last one.
func (s *screen) newLine() {
	s.wrapNext = false
	if s.y++; s.y < s.rows {
		return
	}
	s.scrolled = append(s.scrolled, s.line(0))
	s.cells = append(s.cells[1:], blank(s.columns))
	s.y = s.rows - 1
}

// put shows one character.
func (s *screen) put(r rune) {
	text := string(r)
	width := console.Width(text)
	if s.wrapNext || s.x+width > s.columns {
		s.noteBroken(r)
		s.newLine()
		s.x = 0
	}
	if s.black && r == ' ' {
		text = "█"
	}
	s.cells[s.y][s.x] = text
	if width == 2 {
		s.cells[s.y][s.x+1] = ""
	}
	s.x += width
	if s.wrapNext = s.x >= s.columns; s.wrapNext {
		s.x = s.columns - 1
	}
}

// noteBroken notes a word that goes on in the next line: the path of a file has to.
func (s *screen) noteBroken(next rune) {
	line := s.line(s.y)
	words := strings.Fields(line)
	if next == ' ' || len(words) == 0 || strings.HasSuffix(strings.Join(s.cells[s.y], ""), " ") {
		return
	}
	if last := words[len(words)-1]; !strings.Contains(last, "/") {
		s.broken = append(s.broken, line+string(next))
	}
}

func (s *screen) line(y int) string {
	return strings.TrimRight(strings.Join(s.cells[y], ""), " ")
}

// text returns all that a person could have read since the screen was new: what has scrolled
// away, a ruler, and what is there.
func (s *screen) text() string {
	var shown []string
	for y := range s.rows {
		shown = append(shown, s.line(y))
	}
	for len(shown) > 0 && shown[len(shown)-1] == "" {
		shown = shown[:len(shown)-1]
	}
	if len(s.scrolled) > 0 {
		shown = append(append(s.scrolled, strings.Repeat("^", s.columns)), shown...)
	}
	return strings.Join(shown, "\n") + "\n"
}
