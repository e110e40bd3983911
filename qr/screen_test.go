package qr_test

import (
	"image"
	"image/color"
	"strings"
	"testing"
	"unicode/utf8"

	"seedvault/qr"
)

// A theme is the colours of a terminal that nobody has set.
type theme struct {
	text, ground uint8
}

var (
	darkTheme  = theme{text: 0xcc, ground: 0x1e}
	lightTheme = theme{text: 0x33, ground: 0xfd}
)

// A cell is one character of the screen with the colours it has.
type cell struct {
	char         rune
	text, ground uint8
}

// play does what a terminal does with the bytes written to it, and knows no more than the codes
// below. It shares nothing with the package's own reading back.
func play(t *testing.T, written string, of theme) [][]cell {
	t.Helper()
	screen := [][]cell{nil}
	text, ground := of.text, of.ground
	for written != "" {
		if sequence, ok := strings.CutPrefix(written, "\x1b["); ok {
			codes, rest, ok := strings.Cut(sequence, "m")
			if !ok {
				t.Fatal("unfinished escape sequence")
			}
			switch codes {
			case "0":
				text, ground = of.text, of.ground
			case "38;5;16;48;5;231":
				text, ground = 0, 255
			case "48;5;16":
				ground = 0
			case "48;5;231":
				ground = 255
			default:
				t.Fatalf("unknown escape sequence %q", codes)
			}
			written = rest
			continue
		}
		char, size := utf8.DecodeRuneInString(written)
		written = written[size:]
		if char == '\n' {
			if text != of.text || ground != of.ground {
				t.Fatal("colours not reset before the end of a line: they would fill it")
			}
			screen = append(screen, nil)
			continue
		}
		last := len(screen) - 1
		screen[last] = append(screen[last], cell{char, text, ground})
	}
	last := len(screen) - 1
	if screen[last] != nil {
		t.Fatal("no newline at the end")
	}
	return screen[:last]
}

// Cells are twice as high as wide.
const cellWidth, cellHeight = 4, 8

// photograph shows the screen with some of the theme around it. A # is shown as a solid cell.
func photograph(t *testing.T, screen [][]cell, of theme) *image.Gray {
	t.Helper()
	const around = 4
	columns := len(screen[0]) + 2*around
	rows := len(screen) + 2*around
	img := image.NewGray(image.Rect(0, 0, columns*cellWidth, rows*cellHeight))
	for i := range img.Pix {
		img.Pix[i] = of.ground
	}
	for row, cells := range screen {
		for column, c := range cells {
			upper, lower := c.ground, c.ground
			switch c.char {
			case '█', '#':
				upper, lower = c.text, c.text
			case '▀':
				upper = c.text
			case '▄':
				lower = c.text
			case ' ':
			default:
				t.Fatalf("unknown character %q", c.char)
			}
			for y := range cellHeight {
				shade := upper
				if y >= cellHeight/2 {
					shade = lower
				}
				for x := range cellWidth {
					img.SetGray((column+around)*cellWidth+x, (row+around)*cellHeight+y, color.Gray{Y: shade})
				}
			}
		}
	}
	return img
}

// What has colours looks the same on every theme.
func TestColoursAreIndependentOfTheTheme(t *testing.T) {
	for _, form := range []qr.Form{qr.HalfBlocks, qr.Blocks} {
		var drawing strings.Builder
		if err := mustNew(t, uri).WriteText(&drawing, form); err != nil {
			t.Fatal(err)
		}
		onDark := play(t, drawing.String(), darkTheme)
		onLight := play(t, drawing.String(), lightTheme)
		for row := range onDark {
			for column, c := range onDark[row] {
				l := onLight[row][column]
				textShows := c.char != ' '
				if c.ground != l.ground || textShows && c.text != l.text {
					t.Fatalf("form %d, row %d, column %d: %v on dark, %v on light", form, row, column, c, l)
				}
			}
		}
	}
}

// What has no colours says so by having no escape at all, and only ASCII.
func TestInkAndChalkAreBareASCII(t *testing.T) {
	for _, form := range []qr.Form{qr.Ink, qr.Chalk} {
		var drawing strings.Builder
		if err := mustNew(t, uri).WriteText(&drawing, form); err != nil {
			t.Fatal(err)
		}
		other := func(r rune) bool { return !strings.ContainsRune("# \n", r) }
		if strings.ContainsFunc(drawing.String(), other) {
			t.Errorf("form %d holds other characters", form)
		}
	}
}
