package scan

import (
	"context"
	"image"
	"image/color"
	"image/draw"
	"iter"
)

// coloured reads codes in two colours of one brightness, in each of red, green and blue, and
// white codes on a transparent ground, which are nothing on white: on black.
func coloured(ctx context.Context, img image.Image, page *image.Gray) iter.Seq[view] {
	return func(yield func(view) bool) {
		if page.Rect.Dx()*page.Rect.Dy() > handySide*handySide {
			return // a colour photograph of that size is no drawing, and its channels cost as much again
		}
		defer func() { recover() }() // a palette may be shorter than the pixels ask for; flatten has said so
		for channel := range 3 {
			to := image.NewGray(page.Rect)
			for i := range to.Pix {
				at := img.Bounds().Min.Add(image.Pt(i%to.Stride, i/to.Stride))
				to.Pix[i] = intensity(img.At(at.X, at.Y), channel)
			}
			stretch(to.Pix)
			if ctx.Err() != nil || !yield(whole(to)) {
				return
			}
		}
		to := image.NewGray(page.Rect)
		draw.Draw(to, to.Rect, image.Black, image.Point{}, draw.Src)
		draw.Draw(to, to.Rect, img, img.Bounds().Min, draw.Over)
		stretch(to.Pix)
		yield(whole(to))
	}
}

// intensity is one of a colour's channels, on white.
func intensity(c color.Color, channel int) uint8 {
	r, g, b, a := c.RGBA()
	return uint8(([]uint32{r, g, b}[channel] + 0xffff - a) >> 8)
}
