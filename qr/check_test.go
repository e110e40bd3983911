package qr

import (
	"bytes"
	"errors"
	"io"
	"testing"
)

const madeUp = "otpauth://totp/ACME:anna@example.com?secret=JBSWY3DPEHPK3PXP&issuer=ACME"

// renderers are all the ways of drawing a code.
var renderers = map[string]func(*Code, io.Writer) error{
	"half-blocks": func(c *Code, w io.Writer) error { return c.WriteText(w, HalfBlocks) },
	"blocks":      func(c *Code, w io.Writer) error { return c.WriteText(w, Blocks) },
	"ink":         func(c *Code, w io.Writer) error { return c.WriteText(w, Ink) },
	"chalk":       func(c *Code, w io.Writer) error { return c.WriteText(w, Chalk) },
	"png":         func(c *Code, w io.Writer) error { return c.WritePNG(w, 4) },
	"svg":         func(c *Code, w io.Writer) error { return c.WriteSVG(w) },
}

func replaceOnce(old, new string) func([]byte) []byte {
	return func(drawing []byte) []byte { return bytes.Replace(drawing, []byte(old), []byte(new), 1) }
}

func truncate(drawing []byte) []byte { return drawing[:len(drawing)/2] }
func empty([]byte) []byte            { return nil }

// dropLine takes out the first line; what remains looks well formed.
func dropLine(drawing []byte) []byte { return drawing[bytes.IndexByte(drawing, '\n')+1:] }

// inverted returns the same picture with its colours exchanged, whole and well formed.
func inverted(drawing []byte) []byte {
	m, _ := readPNG(drawing, 4)
	for _, row := range m {
		for x := range row {
			row[x] = !row[x]
		}
	}
	out, _ := encodePNG(m, 4)
	return out
}

func TestNothingIsWrittenThatDoesNotReadBack(t *testing.T) {
	type damage struct {
		name string
		to   func([]byte) []byte
	}
	everywhere := []damage{{"nothing", empty}, {"half", truncate}}
	particular := map[string][]damage{
		"half-blocks": {
			{"a module", replaceOnce("▄", "█")},
			{"a letter", replaceOnce("▀", "X")},
			{"colours missing", replaceOnce(blackOnWhite, "")},
			{"colours exchanged", replaceOnce(blackOnWhite, "\x1b[38;5;231;48;5;16m")},
			{"no reset", replaceOnce(reset, "")},
			{"quiet zone", dropLine},
			{"quiet zone dark", replaceOnce(" ", "▀")},
		},
		"blocks": {
			{"a module", replaceOnce(blackGround, whiteGround)},
			{"no ground", replaceOnce(whiteGround, "")},
			{"no reset", replaceOnce(reset, "")},
			{"quiet zone", dropLine},
		},
		"ink":   {{"a module", replaceOnce("##", "  ")}, {"half a module", replaceOnce("##", "# ")}, {"quiet zone", dropLine}},
		"chalk": {{"a module", replaceOnce("##", "  ")}, {"quiet zone", dropLine}},
		"png": {
			{"the header", replaceOnce("IHDR", "IHDX")},
			{"a bit", func(d []byte) []byte { d = bytes.Clone(d); d[len(d)/2] ^= 4; return d }},
			{"black for white", inverted},
			{"a byte more", func(d []byte) []byte { return append(bytes.Clone(d), 0) }},
		},
		"svg": {
			{"a module", replaceOnce("M4 4h7v1h-7z", "")},
			{"a bar outside", replaceOnce("M4 4h7", "M99 4h7")},
			{"a bar too long", replaceOnce("M4 4h7v1h-7z", "M4 4h99v1h-99z")},
			{"another shape", replaceOnce("M4 4h7v1h-7z", "M4 4h7v1h-6z")},
			{"the view", replaceOnce("0 0 45 45", "0 0 44 44")},
			{"the ground", replaceOnce("#fff", "#000")},
			{"the ink", replaceOnce("#000", "#eee")},
			{"a quote", replaceOnce(`"/>`, `/>`)},
		},
	}

	code, err := New(madeUp)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { testOnlyDamage = nil }()
	for name, render := range renderers {
		for _, d := range append(everywhere, particular[name]...) {
			changed := false
			testOnlyDamage = func(drawing []byte) []byte {
				damaged := d.to(drawing)
				changed = !bytes.Equal(damaged, drawing)
				return damaged
			}
			var written bytes.Buffer
			err := render(code, &written)
			if !changed {
				t.Errorf("%s, %s: the test damages nothing", name, d.name)
			}
			if !errors.Is(err, ErrNotReadable) || written.Len() > 0 {
				t.Errorf("%s, %s: wrote %d bytes with error %v", name, d.name, written.Len(), err)
			}
		}

		testOnlyDamage = nil
		var written bytes.Buffer
		if err := render(code, &written); err != nil || written.Len() == 0 {
			t.Errorf("%s, undamaged: wrote %d bytes with error %v", name, written.Len(), err)
		}
	}
}

// A drawing of a symbol that says something else is as well formed as the right one.
func TestAnotherCodeDoesNotReadBack(t *testing.T) {
	code, err := New(madeUp)
	if err != nil {
		t.Fatal(err)
	}
	other, err := New("otpauth://totp/ACME:anna@example.com?secret=GEZDGNBVGY3TQOJQ&issuer=ACME")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { testOnlyDamage = nil }()
	for name, render := range renderers {
		testOnlyDamage = nil
		var wrong, written bytes.Buffer
		if err := render(other, &wrong); err != nil {
			t.Fatal(err)
		}
		testOnlyDamage = func([]byte) []byte { return wrong.Bytes() }
		if err := render(code, &written); !errors.Is(err, ErrNotReadable) || written.Len() > 0 {
			t.Errorf("%s: wrote %d bytes with error %v", name, written.Len(), err)
		}
	}
}

// A symbol is decoded when it is made: one of another text decodes to that.
func TestSymbolsAreDecoded(t *testing.T) {
	other, err := New("otpauth://totp/ACME:anna@example.com?secret=GEZDGNBVGY3TQOJQ&issuer=ACME")
	if err != nil {
		t.Fatal(err)
	}
	if text, ok := decode(other.modules(), quietZone); !ok || text == madeUp || text != other.content().text {
		t.Error("a symbol does not decode to its own text")
	}
}

// Modules without sense, of any size, are refused and do not panic.
func TestDecodeRefusesNonsense(t *testing.T) {
	square := func(side int) modules {
		m := make(modules, side)
		for y := range m {
			m[y] = make([]bool, side)
		}
		return m
	}
	ragged := square(45)
	ragged[9] = ragged[9][:44]
	for _, m := range []modules{nil, square(1), square(7), square(8), square(9), square(29), square(45), square(400), ragged} {
		if _, ok := decode(m, quietZone); ok {
			t.Errorf("%d rows of nothing decode", len(m))
		}
	}
}
