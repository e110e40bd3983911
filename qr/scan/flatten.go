package scan

import (
	"context"
	"fmt"
	"image"
	"image/draw"
	"slices"
)

// stripRows is how much of a picture is held in full colour at a time.
const stripRows = 64

// flatten lays a picture on white, as a page would show it, takes its colours away, and makes its
// darkest pixel black and its lightest white. What it returns begins at 0, 0 and has no gaps
// between its rows.
func flatten(ctx context.Context, img image.Image) (page *image.Gray, err error) {
	defer func() {
		if recover() != nil { // a palette may be shorter than the pixels ask for
			page, err = nil, fmt.Errorf("%w: a pixel without a colour", ErrDamaged)
		}
	}()

	from := img.Bounds()
	page = image.NewGray(image.Rect(0, 0, from.Dx(), from.Dy()))
	strip := image.NewRGBA(image.Rect(0, 0, from.Dx(), stripRows))
	for top := 0; top < from.Dy(); top += stripRows {
		if ctx.Err() != nil {
			return nil, stopped(ctx)
		}
		draw.Draw(strip, strip.Rect, image.White, image.Point{}, draw.Src)
		draw.Draw(strip, strip.Rect, img, from.Min.Add(image.Pt(0, top)), draw.Over)
		grey(page.Pix[top*page.Stride:], strip.Pix)
	}
	stretch(page.Pix)
	return page, nil
}

// grey fills to with the brightness of the RGBA pixels in from, as far as both reach.
func grey(to, from []byte) {
	for i := range min(len(to), len(from)/4) {
		r, g, b := int(from[4*i]), int(from[4*i+1]), int(from[4*i+2])
		to[i] = byte((299*r + 587*g + 114*b + 500) / 1000)
	}
}

// stretch spreads brightness over the whole range, so that a pale code on a pale page is read.
func stretch(pix []byte) {
	if len(pix) == 0 {
		return
	}
	darkest, lightest := slices.Min(pix), slices.Max(pix)
	if darkest == lightest {
		return
	}
	var to [256]byte
	for i := darkest; i < lightest; i++ {
		to[i] = byte(255 * int(i-darkest) / int(lightest-darkest))
	}
	to[lightest] = 255
	for i, brightness := range pix {
		pix[i] = to[brightness]
	}
}
