package scan

import (
	"context"
	"image"
	"image/draw"
	"iter"
)

// tiled reads a small code in a large picture, where the rest confuses the detector or the page
// cannot be enlarged whole: overlapping parts of it, as they are and enlarged.
func tiled(ctx context.Context, _ image.Image, page *image.Gray) iter.Seq[view] {
	return func(yield func(view) bool) {
		v := handy(page)
		for _, n := range []int{2, 3} {
			for _, part := range parts(v.page.Rect, n) {
				if ctx.Err() != nil {
					return
				}
				tile := cut(v, part)
				if !yield(tile) || !yield(enlarged(tile)) {
					return
				}
			}
		}
	}
}

// parts are n by n rectangles that cover another, each overlapping the next by half.
func parts(of image.Rectangle, n int) []image.Rectangle {
	width, height := of.Dx()*2/(n+1), of.Dy()*2/(n+1)
	var list []image.Rectangle
	for row := range n {
		for column := range n {
			x, y := column*(of.Dx()-width)/(n-1), row*(of.Dy()-height)/(n-1)
			list = append(list, image.Rect(x, y, x+width, y+height))
		}
	}
	return list
}

// cut returns a part of a view, with its brightness spread anew.
func cut(v view, part image.Rectangle) view {
	to := image.NewGray(image.Rectangle{Max: part.Size()})
	draw.Draw(to, to.Rect, v.page, part.Min, draw.Src)
	stretch(to.Pix)
	return view{page: to, scale: 1, at: image.Point{}.Sub(part.Min)}.within(v)
}
