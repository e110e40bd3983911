package qr

import (
	"io"
	"slices"
)

// modules are the squares of a symbol and its quiet zone, row by row; true is dark.
type modules [][]bool

// testOnlyDamage, where a test has set it, changes a drawing between building and reading back.
var testOnlyDamage func(drawing []byte) []byte

// show writes a finished drawing if readBack finds the code in it, and nothing otherwise.
func (c *Code) show(w io.Writer, drawing []byte, readBack func([]byte) (modules, bool)) error {
	if testOnlyDamage != nil {
		drawing = testOnlyDamage(drawing)
	}
	seen, ok := readBack(drawing)
	if !ok || !c.shows(seen) {
		return ErrNotReadable
	}
	_, err := w.Write(drawing)
	return err
}

// shows reports whether what a drawing shows is the code, whole, within its quiet zone. That it
// decodes to the text would not be enough: error correction hides a few wrong modules, and a
// decoder forgives a mirrored symbol, where a phone would have the less to spare.
func (c *Code) shows(seen modules) bool {
	return slices.EqualFunc(seen, c.modules(), slices.Equal[[]bool])
}

// withoutQuietZone returns the symbol alone; ok says that it was square and its quiet zone light.
func withoutQuietZone(seen modules, quiet int) (symbol modules, ok bool) {
	end := len(seen) - quiet
	for y, row := range seen {
		if len(row) != len(seen) {
			return nil, false
		}
		for x, dark := range row {
			inside := x >= quiet && x < end && y >= quiet && y < end
			if dark && !inside {
				return nil, false
			}
		}
		if y >= quiet && y < end {
			symbol = append(symbol, row[quiet:end])
		}
	}
	return symbol, true
}
