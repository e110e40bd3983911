package scan

import (
	"image"

	"golang.org/x/image/draw"
)

// scaled returns a view with so many pixels for one of v's.
func scaled(v view, factor float64, with draw.Scaler) view {
	size := v.page.Rect.Size()
	to := image.NewGray(image.Rect(0, 0, max(1, int(float64(size.X)*factor)), max(1, int(float64(size.Y)*factor))))
	with.Scale(to, to.Rect, v.page, v.page.Rect, draw.Src, nil)
	return view{page: to, scale: factor}.within(v)
}

// enlarged reads small and blurred modules: a detector wants some three pixels for each.
func enlarged(v view) view { return scaled(v, 2, draw.CatmullRom) }

// shrunk reads large blurred codes, and those with lines through their modules, as a camera sees
// on screens and terminals leave between rows.
func shrunk(factor float64) func(view) view {
	return func(v view) view { return scaled(v, factor, draw.BiLinear) }
}
