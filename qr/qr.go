// Package qr draws QR codes that can be read: as text in a terminal, as PNG and as SVG. It
// reads none (package scan does), does not look at the terminal, and splits no text over
// several codes.
//
// Start with [New], then one of [Code.WriteText], [Code.WritePNG] and [Code.WriteSVG].
// Every symbol is decoded when it is made, and compared with the text. Every drawing of it has
// its quiet zone, says its colours where it can, and is read back before it is shown: it is
// built in memory, turned into modules again, compared with the symbol's, and only then goes to
// the writer. What cannot be read back is never written.
//
// The text is taken for a secret. No error, no fmt verb, no log line and no JSON holds it.
//
// Whether a terminal takes UTF-8 or colours, and whether a drawing fits (see [Code.TextSize]),
// is for the caller to find out. A text longer than [MaxLen] is refused.
package qr

import (
	"errors"
	"fmt"
	"io"
	"log/slog"

	qrcode "github.com/skip2/go-qrcode"
)

// MaxLen is the longest text that New takes, in bytes: what the largest symbol holds at the
// lowest error-correction level. A code that long has 177 modules a side, and few phones read
// it from a screen; up to some 300 bytes are comfortable.
const MaxLen = 2953

// quietZone is the light margin of a drawing, in modules: what ISO/IEC 18004 asks for.
const quietZone = 4

var (
	// ErrEmpty means that there is no text to draw.
	ErrEmpty = errors.New("invalid text: empty")

	// ErrNotASCII means that the text has a byte outside ASCII. A code can hold such bytes but
	// not, in the form drawn here, which characters they stand for; readers guess, and some
	// guess wrongly. In a URI, percent-encode them: it means the same to whoever parses it.
	ErrNotASCII = errors.New("invalid text: a byte outside ASCII")

	// ErrNotReadable means that a symbol or a drawing did not read back as its text, so that
	// nothing was written. It is always a fault of this package.
	ErrNotReadable = errors.New("failed to read back the drawing")

	errNotDrawn = errors.New("failed to draw the symbol")
)

// TooLongError means that a text has Len bytes where a code takes Limit.
type TooLongError struct {
	Len, Limit int
}

// Error says what is wrong, and nothing secret.
func (e *TooLongError) Error() string {
	return fmt.Sprintf("invalid text: %d bytes, and one code takes %d", e.Len, e.Limit)
}

// Code is one text as a QR symbol, made by New.
type Code struct {
	// content is behind a function, the one thing that fmt cannot look into: it ignores the
	// methods of what lies in another struct's unexported field, and under %s it follows pointers.
	content func() content
}

type content struct {
	text    string
	level   qrcode.RecoveryLevel
	quiet   int // the light margin, in modules
	modules modules
}

// New makes the symbol of text, which must be ASCII and at most [MaxLen] bytes long. It takes
// error-correction level M (15 % of the symbol may be damaged), or L (7 %) where the text is too
// long for M. A good text meets no error but by a fault of this package or its library:
// ErrNotReadable, or that the symbol could not be drawn.
func New(text string) (*Code, error) {
	if text == "" {
		return nil, ErrEmpty
	}
	if len(text) > MaxLen {
		return nil, &TooLongError{Len: len(text), Limit: MaxLen}
	}
	for i := range len(text) {
		if text[i] >= 0x80 {
			return nil, ErrNotASCII
		}
	}

	if c, err := newCode(text, qrcode.Medium, quietZone); err == nil || errors.Is(err, ErrNotReadable) {
		return c, err
	}
	return newCode(text, qrcode.Low, quietZone)
}

func newCode(text string, level qrcode.RecoveryLevel, quiet int) (*Code, error) {
	drawn, err := draw(text, level)
	if err != nil {
		return nil, err
	}
	c := content{text: text, level: level, quiet: quiet, modules: withQuietZone(drawn, quiet)}
	if read, ok := decode(c.modules, quiet); !ok || read != text {
		return nil, ErrNotReadable
	}
	return hold(c), nil
}

// Smaller returns the code in fewer modules, for a terminal that is too small for c: first with
// less error correction, which a screen hardly needs, then with less of the quiet zone that the
// standard asks for, which costs some readers a second look. It returns false when there is none.
func (c *Code) Smaller() (*Code, bool) {
	was := c.content()
	level, quiet := was.level, was.quiet
	for {
		switch {
		case level != qrcode.Low:
			level = qrcode.Low
		case quiet > 1:
			quiet /= 2
		default:
			return nil, false
		}
		smaller, err := newCode(was.text, level, quiet)
		if err != nil {
			return nil, false
		}
		if len(smaller.modules()) < len(was.modules) {
			return smaller, true
		}
	}
}

func hold(c content) *Code {
	return &Code{content: func() content { return c }}
}

func (c *Code) modules() modules { return c.content().modules }

// draw returns the symbol of text alone. The library reports its own bugs with
// log.Panic; here they are errors.
func draw(text string, level qrcode.RecoveryLevel) (drawn modules, err error) {
	defer func() {
		if recover() != nil {
			drawn, err = nil, errNotDrawn
		}
	}()

	symbol, err := qrcode.New(text, level)
	if err != nil {
		return nil, errNotDrawn
	}
	symbol.DisableBorder = true
	return symbol.Bitmap(), nil
}

func withQuietZone(symbol modules, quiet int) modules {
	m := make(modules, len(symbol)+2*quiet)
	for y := range m {
		m[y] = make([]bool, len(m))
	}
	for y, row := range symbol {
		copy(m[y+quiet][quiet:], row)
	}
	return m
}

const elided = "qr.Code(elided)"

// Format writes a fixed word in place of the text, whatever the verb.
func (c Code) Format(f fmt.State, verb rune) { io.WriteString(f, elided) }

// LogValue gives slog a fixed word in place of the text.
func (c Code) LogValue() slog.Value { return slog.StringValue(elided) }
