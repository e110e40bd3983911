package qr

import (
	"errors"
	"io"
	"strings"
	"unicode/utf8"
)

// A Form is one way of drawing a code in text.
type Form int

const (
	// HalfBlocks puts two modules into a cell, one above the other, with the half-block
	// characters of UTF-8, in explicit black on white: right on dark and on light themes, and
	// the smallest. It needs UTF-8 and the colours of a 256-colour terminal.
	HalfBlocks Form = iota

	// Blocks gives each module two spaces on an explicit black or white ground: right on every
	// theme, in plain ASCII, without the gaps between lines that some fonts have. It needs the
	// colours of a 256-colour terminal.
	Blocks

	// Ink writes ## for a dark module and two spaces for a light one, without colours. It is
	// right where text is dark on a light ground: on paper, in a file, on a light theme. Its
	// squares are not solid, and a camera reads them from afar or out of focus, if at all: it is
	// the last resort.
	Ink

	// Chalk writes ## for a light module, quiet zone included, and two spaces for a dark one,
	// without colours. It is Ink for light text on a dark ground, as most terminals have it.
	Chalk
)

// Colours 16 and 231 are the black and white of the 6x6x6 cube. The first sixteen belong to the
// theme, which may well show "white" as grey or as cream.
const (
	blackOnWhite = "\x1b[38;5;16;48;5;231m"
	blackGround  = "\x1b[48;5;16m"
	whiteGround  = "\x1b[48;5;231m"
	reset        = "\x1b[0m"
)

var errForm = errors.New("invalid form")

// TextSize says how many columns and rows the code takes in form f, quiet zone included. It is
// 0, 0 for an unknown form.
func (c *Code) TextSize(f Form) (columns, rows int) {
	side := len(c.modules())
	switch f {
	case HalfBlocks:
		return side, (side + 1) / 2
	case Blocks, Ink, Chalk:
		return 2 * side, side
	}
	return 0, 0
}

// WriteText draws the code as lines of text in form f, each ending in a newline and, where there
// are colours, with the colours reset before it. On ErrNotReadable it has written nothing; an
// unknown form is an error too.
func (c *Code) WriteText(w io.Writer, f Form) error {
	switch f {
	case HalfBlocks:
		return c.show(w, halfBlocks(c.modules()), readHalfBlocks)
	case Blocks:
		return c.show(w, cells(c.modules(), onGround), readBlocks)
	case Ink:
		return c.show(w, cells(c.modules(), inInk), readInk)
	case Chalk:
		return c.show(w, cells(c.modules(), inChalk), readChalk)
	}
	return errForm
}

// halfBlocks draws two rows of modules a line. The rows are odd in number, so the last line gets
// a light row more: left out, it would show the theme in the lower half of the quiet zone.
//
// Where both modules are dark the ground is, and there is no full block: the glyphs of many fonts
// do not fill their cell, and the gaps would run through every dark square.
func halfBlocks(m modules) []byte {
	var b strings.Builder
	for y := 0; y < len(m); y += 2 {
		ground := ""
		for x, upper := range m[y] {
			lower := y+1 < len(m) && m[y+1][x]
			glyph, on := halfBlock(upper, lower)
			if on != ground {
				b.WriteString(on)
				ground = on
			}
			b.WriteString(glyph)
		}
		b.WriteString(reset + "\n")
	}
	return []byte(b.String())
}

func halfBlock(upper, lower bool) (glyph, ground string) {
	switch {
	case upper && lower:
		return " ", blackGround
	case upper:
		return "▀", blackOnWhite
	case lower:
		return "▄", blackOnWhite
	}
	return " ", blackOnWhite
}

func readHalfBlocks(drawing []byte) (modules, bool) {
	var m modules
	for line := range strings.Lines(string(drawing)) {
		line, ok := strings.CutSuffix(line, reset+"\n")
		if !ok {
			return nil, false
		}
		upper, lower, ok := readHalfLine(line)
		if !ok {
			return nil, false
		}
		m = append(m, upper, lower)
	}
	return withoutPadding(m)
}

// readHalfLine takes what halfBlock writes, and each change of the ground.
func readHalfLine(line string) (upper, lower []bool, ok bool) {
	ground := ""
	for line != "" {
		for _, on := range []string{blackOnWhite, blackGround} {
			if rest, found := strings.CutPrefix(line, on); found {
				line, ground = rest, on
			}
		}
		glyph, size := utf8.DecodeRuneInString(line)
		line = line[size:]
		switch {
		case ground == blackGround && glyph == ' ':
			upper, lower = append(upper, true), append(lower, true)
		case ground == blackOnWhite && strings.ContainsRune(" ▀▄", glyph):
			upper, lower = append(upper, glyph == '▀'), append(lower, glyph == '▄')
		default:
			return nil, nil, false
		}
	}
	return upper, lower, true
}

// withoutPadding takes off the light row that halfBlocks has added.
func withoutPadding(m modules) (modules, bool) {
	last := len(m) - 1
	if last < 0 {
		return nil, false
	}
	for _, dark := range m[last] {
		if dark {
			return nil, false
		}
	}
	return m[:last], true
}

// A cell is how one module looks in two columns.
type cell struct {
	dark, light string
	end         string // of a line
}

var (
	onGround = cell{dark: blackGround + "  ", light: whiteGround + "  ", end: reset + "\n"}
	inInk    = cell{dark: "##", light: "  ", end: "\n"}
	inChalk  = cell{dark: "  ", light: "##", end: "\n"}
)

func cells(m modules, as cell) []byte {
	var b strings.Builder
	for _, row := range m {
		for _, dark := range row {
			if dark {
				b.WriteString(as.dark)
			} else {
				b.WriteString(as.light)
			}
		}
		b.WriteString(as.end)
	}
	return []byte(b.String())
}

func readBlocks(drawing []byte) (modules, bool) { return readCells(drawing, onGround) }
func readInk(drawing []byte) (modules, bool)    { return readCells(drawing, inInk) }
func readChalk(drawing []byte) (modules, bool)  { return readCells(drawing, inChalk) }

func readCells(drawing []byte, as cell) (modules, bool) {
	var m modules
	for line := range strings.Lines(string(drawing)) {
		line, ok := strings.CutSuffix(line, as.end)
		if !ok {
			return nil, false
		}
		var row []bool
		for line != "" {
			rest, dark := strings.CutPrefix(line, as.dark)
			if !dark {
				if rest, ok = strings.CutPrefix(line, as.light); !ok {
					return nil, false
				}
			}
			row = append(row, dark)
			line = rest
		}
		m = append(m, row)
	}
	return m, true
}
