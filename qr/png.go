package qr

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
)

// MinPixels and MaxPixels are the least and the most pixels that WritePNG gives a module's side.
// Below four, readers begin to fail; above the most there is only a larger file, and SVG.
const (
	MinPixels = 4
	MaxPixels = 16
)

// blackAndWhite makes the PNG one bit deep. It is opaque: on a dark page a transparent ground
// would take the contrast away.
var blackAndWhite = color.Palette{color.Gray{Y: 255}, color.Gray{Y: 0}}

// WritePNG draws the code as a PNG image in black and white, each module a square of so many
// pixels a side, from MinPixels to MaxPixels. On ErrNotReadable it has written nothing.
func (c *Code) WritePNG(w io.Writer, pixels int) error {
	if pixels < MinPixels || pixels > MaxPixels {
		return fmt.Errorf("invalid pixels for a module: %d, not %d to %d", pixels, MinPixels, MaxPixels)
	}
	var drawing bytes.Buffer
	if err := png.Encode(&drawing, picture(c.modules(), pixels)); err != nil {
		return fmt.Errorf("failed to encode png: %w", err)
	}
	return c.show(w, drawing.Bytes(), func(drawing []byte) (modules, bool) {
		return readPNG(drawing, pixels)
	})
}

func picture(m modules, pixels int) *image.Paletted {
	side := len(m) * pixels
	img := image.NewPaletted(image.Rect(0, 0, side, side), blackAndWhite)
	for y := range side {
		row := img.Pix[y*side:][:side]
		if y%pixels > 0 {
			copy(row, img.Pix[(y-1)*side:])
			continue
		}
		for x := range side {
			if m[y/pixels][x/pixels] {
				row[x] = 1
			}
		}
	}
	return img
}

// readPNG looks at every pixel: each must be black or white, and like its module's first.
func readPNG(drawing []byte, pixels int) (modules, bool) {
	decoded, err := png.Decode(bytes.NewReader(drawing))
	if err != nil {
		return nil, false
	}
	img, ok := decoded.(*image.Paletted)
	if !ok || img.Rect.Dx() != img.Rect.Dy() || img.Rect.Dx()%pixels != 0 {
		return nil, false
	}
	isDark, ok := darkIndexes(img.Palette)
	if !ok {
		return nil, false
	}

	var m modules
	for y := range img.Rect.Dy() {
		line := img.Pix[y*img.Stride:][:img.Rect.Dx()]
		if y%pixels == 0 {
			m = append(m, make([]bool, len(line)/pixels))
		} else if !bytes.Equal(line, img.Pix[(y-1)*img.Stride:][:len(line)]) {
			return nil, false
		}
		row := m[y/pixels]
		for x, index := range line {
			if x%pixels == 0 {
				row[x/pixels] = isDark[index]
			}
			if row[x/pixels] != isDark[index] {
				return nil, false
			}
		}
	}
	return m, true
}

// darkIndexes says which colours of a palette are black; all others must be white.
func darkIndexes(p color.Palette) (isDark [256]bool, ok bool) {
	for i, c := range p {
		switch color.NRGBA64Model.Convert(c) {
		case color.NRGBA64{A: 0xffff}:
			isDark[i] = true
		case color.NRGBA64{R: 0xffff, G: 0xffff, B: 0xffff, A: 0xffff}:
		default:
			return isDark, false
		}
	}
	return isDark, true
}
