package world

import (
	"bufio"
	"io"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// LineLimit is how many bytes a line of standard input may have, its line end among them.
const LineLimit = 64 << 10

// Line is one line of standard input, without the space around it.
type Line struct {
	Number  int // from 1
	Text    string
	TooLong bool // it does not fit into LineLimit, and the text is empty
}

// Lines reads standard input. It skips empty lines, and marks one that is far too long without
// losing the others.
func (w *World) Lines() ([]Line, error) {
	var list []Line
	input := bufio.NewReaderSize(transform.NewReader(w.In, unicode.BOMOverride(transform.Nop)), LineLimit)
	for n := 1; ; n++ {
		text, more, err := input.ReadLine()
		if err == io.EOF {
			return list, nil
		}
		l := Line{Number: n, Text: Trimmed(string(text)), TooLong: more}
		for more && err == nil {
			l.Text = ""
			_, more, err = input.ReadLine()
		}
		if err != nil && err != io.EOF {
			return nil, err
		}
		if l.Text != "" || l.TooLong {
			list = append(list, l)
		}
	}
}
