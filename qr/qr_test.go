package qr_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"image/png"
	"io"
	"log/slog"
	"slices"
	"strings"
	"testing"

	"seedvault/qr"
)

const uri = "otpauth://totp/ACME:anna@example.com?secret=JBSWY3DPEHPK3PXP&issuer=ACME"

var forms = map[string]qr.Form{"half-blocks": qr.HalfBlocks, "blocks": qr.Blocks, "ink": qr.Ink, "chalk": qr.Chalk}

func mustNew(t testing.TB, text string) *qr.Code {
	t.Helper()
	code, err := qr.New(text)
	if err != nil {
		t.Fatal(err)
	}
	return code
}

// ofLength returns a made-up URI of n bytes, in lower case for the most part: the dearest mode.
func ofLength(n int) string {
	return uri + "&image=" + strings.Repeat("x", n-len(uri)-len("&image="))
}

func TestNewRefusesEmptyText(t *testing.T) {
	if _, err := qr.New(""); !errors.Is(err, qr.ErrEmpty) {
		t.Fatalf("got %v, want ErrEmpty", err)
	}
}

func TestNewRefusesWhatIsNotASCII(t *testing.T) {
	for _, label := range []string{"Zürich", "日本", "a\xff", "\x80"} {
		_, err := qr.New("otpauth://totp/" + label + "?secret=JBSWY3DPEHPK3PXP")
		if !errors.Is(err, qr.ErrNotASCII) {
			t.Errorf("%q: got %v, want ErrNotASCII", label, err)
		}
		if err != nil && strings.Contains(err.Error(), label) {
			t.Errorf("%q: the error quotes the text", label)
		}
	}
}

func TestNewAtTheLimit(t *testing.T) {
	for name, text := range map[string]string{
		"lower case": ofLength(qr.MaxLen),
		"digits":     strings.Repeat("7", qr.MaxLen),
		"mixed":      strings.Repeat("a1B2cccc333DDD", qr.MaxLen)[:qr.MaxLen],
		"control":    strings.Repeat("\x00\n", qr.MaxLen)[:qr.MaxLen],
	} {
		if err := mustNew(t, text).WritePNG(io.Discard, qr.MinPixels); err != nil {
			t.Errorf("%s: %v", name, err)
		}

		var tooLong *qr.TooLongError
		_, err := qr.New(text + text[:1])
		if !errors.As(err, &tooLong) || tooLong.Len != qr.MaxLen+1 || tooLong.Limit != qr.MaxLen {
			t.Errorf("%s, one more: got %v, want a TooLongError of %d and %d", name, err, qr.MaxLen+1, qr.MaxLen)
		}
	}
}

// A text that fits at M takes the larger symbol that M needs; 2,331 bytes are the last that do.
func TestErrorCorrectionFallsBackToL(t *testing.T) {
	for _, tt := range []struct{ length, columns int }{
		{2331, 177 + 8}, // version 40 at M
		{2332, 161 + 8}, // version 36 at L
		{qr.MaxLen, 177 + 8},
	} {
		if columns, _ := mustNew(t, ofLength(tt.length)).TextSize(qr.HalfBlocks); columns != tt.columns {
			t.Errorf("%d bytes: %d columns, want %d", tt.length, columns, tt.columns)
		}
	}
}

func TestTextSizeIsWhatIsWritten(t *testing.T) {
	code := mustNew(t, uri)
	for name, form := range forms {
		var drawing strings.Builder
		if err := code.WriteText(&drawing, form); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		cells := play(t, drawing.String(), darkTheme)
		columns, rows := code.TextSize(form)
		if len(cells) != rows {
			t.Errorf("%s: %d rows, want %d", name, len(cells), rows)
		}
		for _, row := range cells {
			if len(row) != columns {
				t.Fatalf("%s: %d columns, want %d", name, len(row), columns)
			}
		}
	}
}

func TestUnknownForm(t *testing.T) {
	code := mustNew(t, uri)
	var drawing bytes.Buffer
	if err := code.WriteText(&drawing, qr.Form(9)); err == nil || drawing.Len() > 0 {
		t.Errorf("wrote %d bytes with error %v, want none and an error", drawing.Len(), err)
	}
	if columns, rows := code.TextSize(qr.Form(9)); columns != 0 || rows != 0 {
		t.Errorf("size %d, %d, want 0, 0", columns, rows)
	}
}

func TestPNGIsOneBitAndOpaque(t *testing.T) {
	var drawing bytes.Buffer
	if err := mustNew(t, uri).WritePNG(&drawing, 5); err != nil {
		t.Fatal(err)
	}
	const bitDepth, colourType = 24, 25 // offsets in a PNG file
	if b := drawing.Bytes(); b[bitDepth] != 1 || b[colourType] != 0 {
		t.Errorf("bit depth %d, colour type %d, want 1 and 0 (grey)", b[bitDepth], b[colourType])
	}
	img, err := png.Decode(&drawing)
	if err != nil {
		t.Fatal(err)
	}
	if side := img.Bounds().Dx(); side != 45*5 || img.Bounds().Dy() != side {
		t.Errorf("%v, want 225 a side", img.Bounds())
	}
	if r, _, _, a := img.At(0, 0).RGBA(); r != 0xffff || a != 0xffff {
		t.Errorf("corner %v, want opaque white", img.At(0, 0))
	}
}

func TestPNGRefusesOtherSizes(t *testing.T) {
	for _, pixels := range []int{-8, 0, 1, qr.MinPixels - 1, qr.MaxPixels + 1, 1 << 30} {
		var drawing bytes.Buffer
		if err := mustNew(t, uri).WritePNG(&drawing, pixels); err == nil || drawing.Len() > 0 {
			t.Errorf("%d pixels: wrote %d bytes with error %v", pixels, drawing.Len(), err)
		}
	}
}

type brokenWriter struct{}

var errBroken = errors.New("broken")

func (brokenWriter) Write([]byte) (int, error) { return 0, errBroken }

func TestWriteErrorsReachTheCaller(t *testing.T) {
	code := mustNew(t, uri)
	for name, err := range map[string]error{
		"text": code.WriteText(brokenWriter{}, qr.HalfBlocks),
		"png":  code.WritePNG(brokenWriter{}, 4),
		"svg":  code.WriteSVG(brokenWriter{}),
	} {
		if !errors.Is(err, errBroken) {
			t.Errorf("%s: got %v, want the writer's error", name, err)
		}
	}
}

// The text must not show in anything that prints values, and neither must the modules: whoever
// has them has the text.
func TestCodeNeverPrintsItsText(t *testing.T) {
	code := mustNew(t, uri)
	inside := struct{ code qr.Code }{*code}

	var printed []string
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%t", "%c", "%p", "%T"} {
		printed = append(printed, fmt.Sprintf(verb, code), fmt.Sprintf(verb, *code),
			fmt.Sprintf(verb, inside), fmt.Sprintf(verb, &inside), fmt.Sprintf(verb, []any{code, *code}))
	}
	asJSON, err := json.Marshal([]any{code, *code, inside})
	if err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	slog.New(slog.NewTextHandler(&log, nil)).Info("drawn", "code", code, "value", *code, "inside", inside)
	slog.New(slog.NewJSONHandler(&log, nil)).Info("drawn", "code", code, "value", *code, "inside", inside)
	printed = append(printed, string(asJSON), log.String())

	for _, s := range printed {
		for _, secret := range []string{"JBSWY3DP", "otpauth", fmt.Sprintf("%x", "JBSWY3DP"), "true true", "true,true"} {
			if strings.Contains(strings.ToLower(s), strings.ToLower(secret)) {
				t.Errorf("%q in %.80q", secret, s)
			}
		}
	}
	if got := fmt.Sprint(code); got != "qr.Code(elided)" {
		t.Errorf("printed as %q", got)
	}
}

// TestSmaller: each is smaller than the one before, reads back in every form, and
// the last has a margin of one module.
func TestSmaller(t *testing.T) {
	text := "otpauth://totp/ACME:anna@example.com?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=ACME"
	code, err := qr.New(text)
	if err != nil {
		t.Fatal(err)
	}
	sides := []int{}
	for ok := true; ok; code, ok = code.Smaller() {
		side, _ := code.TextSize(qr.HalfBlocks)
		sides = append(sides, side)
		for _, form := range []qr.Form{qr.HalfBlocks, qr.Blocks, qr.Ink, qr.Chalk} {
			if err := code.WriteText(io.Discard, form); err != nil {
				t.Errorf("side %d, form %d: %v", side, form, err)
			}
		}
	}
	if want := []int{45, 41, 39}; !slices.Equal(sides, want) {
		t.Errorf("sides %v, want %v", sides, want)
	}
}
