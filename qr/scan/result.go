package scan

import (
	"cmp"
	"fmt"
	"image"
	"io"
	"log/slog"
	"slices"
)

// Result is one code of a picture.
type Result struct {
	// Bounds is the upright rectangle around the symbol, without its quiet zone, in the
	// picture's own coordinates.
	Bounds image.Rectangle

	// text is behind a function, the one thing that fmt cannot look into: it ignores the
	// methods of what lies in another struct's unexported field, and under %s it follows pointers.
	text func() string
}

// Text returns what the code holds, which may be a secret, in UTF-8. Text in ASCII or UTF-8
// comes back byte for byte as it was stored. Text of another declared character set, and
// kanji, is converted. Bytes without a declared character set are read as UTF-8 if valid,
// else as Shift JIS if they look like Japanese in it, else as ISO 8859-1, the default of
// ISO/IEC 18004.
func (r Result) Text() string {
	if r.text == nil {
		return ""
	}
	return r.text()
}

func newResult(bounds image.Rectangle, text string) Result {
	return Result{Bounds: bounds, text: func() string { return text }}
}

const elided = "scan.Result(elided)"

// Format writes a fixed word in place of the text, whatever the verb.
func (r Result) Format(f fmt.State, verb rune) { io.WriteString(f, elided) }

// LogValue gives slog a fixed word in place of the text.
func (r Result) LogValue() slog.Value { return slog.StringValue(elided) }

// inReadingOrder sorts by rows, and within a row from left to right. A code belongs to a row if
// its middle lies within the height of the row's topmost code.
func inReadingOrder(found []Result) []Result {
	slices.SortStableFunc(found, func(a, b Result) int { return cmp.Compare(a.Bounds.Min.Y, b.Bounds.Min.Y) })
	for rest := found; len(rest) > 0; {
		row := 1
		for row < len(rest) && middle(rest[row]) < rest[0].Bounds.Max.Y {
			row++
		}
		slices.SortStableFunc(rest[:row], func(a, b Result) int { return cmp.Compare(a.Bounds.Min.X, b.Bounds.Min.X) })
		rest = rest[row:]
	}
	return found
}

func middle(r Result) int { return (r.Bounds.Min.Y + r.Bounds.Max.Y) / 2 }

// eachOnce keeps the first of each text.
func eachOnce(found []Result) (once []Result) {
	for _, r := range found {
		if !slices.ContainsFunc(once, func(o Result) bool { return o.Text() == r.Text() }) {
			once = append(once, r)
		}
	}
	return once
}
