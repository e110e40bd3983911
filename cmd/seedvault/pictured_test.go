package main

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"os"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// pictured TERMINAL PNG makes a picture of the code that a terminal showed last in half
// blocks, as its screen would: whatever is drawn in black on white.
func pictured(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: pictured TERMINAL PNG")
	}
	const light, dark, plain = "\x1b[38;5;16;48;5;231m", "\x1b[48;5;16m", "\x1b[0m"
	var rows [][]bool // of the modules, true where it is dark
	for line := range strings.Lines(ts.ReadFile(args[0])) {
		_, line, drawn := strings.Cut(line, light)
		if !drawn {
			continue
		}
		line, _, _ = strings.Cut(line, plain)
		var upper, lower []bool
		for i, run := range strings.Split(light+line, "\x1b") {
			if i == 0 {
				continue
			}
			_, glyphs, _ := strings.Cut(run, "m")
			black := strings.HasPrefix("\x1b"+run, dark)
			for _, glyph := range glyphs {
				upper = append(upper, black || glyph == '▀')
				lower = append(lower, black || glyph == '▄')
			}
		}
		rows = append(rows, upper, lower)
	}
	if len(rows) == 0 {
		ts.Fatalf("no code was drawn")
	}
	const scale = 8
	img := image.NewGray(image.Rect(0, 0, len(rows[0])*scale, len(rows)*scale))
	for y := range img.Rect.Dy() {
		for x := range img.Rect.Dx() {
			if !rows[y/scale][x/scale] {
				img.Set(x, y, color.White)
			}
		}
	}
	var b bytes.Buffer
	ts.Check(png.Encode(&b, img))
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), b.Bytes(), 0o600))
}
