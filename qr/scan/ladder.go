package scan

import (
	"context"
	"image"
	"iter"
)

// A rung is one way of making a picture easier to read. It gives views of it, one after another,
// until one is read.
type rung struct {
	name       string
	cheap      bool                         // worth it for a code that was seen beside others that were read
	fits       func(width, height int) bool // whether a page of that size gains by it; nil for any
	binarizers []binarizer
	views      func(ctx context.Context, img image.Image, page *image.Gray) iter.Seq[view]
}

var (
	locally = []binarizer{binarizeLocally}
	both    = []binarizer{binarizeLocally, binarizeGlobally}
)

// ladder is climbed in this order: what reads most for its time comes first. Each rung reads
// codes that none before it does; TestEveryRungCounts has one for each.
var ladder = []rung{
	{name: "one threshold", cheap: true, binarizers: []binarizer{binarizeGlobally}, views: alone(wholeView)},
	{name: "twice the size", cheap: true, fits: small, binarizers: both, views: alone(enlarged)},
	{name: "half the size", cheap: true, fits: over(500), binarizers: both, views: alone(shrunk(0.5))},
	{name: "two thirds of the size", cheap: true, fits: over(200), binarizers: both, views: alone(shrunk(0.7))},
	{name: "less noise", binarizers: both, views: smoothed},
	{name: "uneven light", binarizers: locally, views: levelled},
	{name: "colours", binarizers: both, views: coloured},
	{name: "parts", cheap: true, fits: over(700), binarizers: both, views: tiled},
}

func small(width, height int) bool { return min(width, height) < 900 }

func over(side int) func(width, height int) bool {
	return func(width, height int) bool { return max(width, height) > side }
}

// alone is for a rung of one view.
func alone(make func(view) view) func(context.Context, image.Image, *image.Gray) iter.Seq[view] {
	return func(_ context.Context, _ image.Image, page *image.Gray) iter.Seq[view] {
		return func(yield func(view) bool) { yield(make(handy(page))) }
	}
}

// A view is what a rung makes of a page, and how its places lie on it.
type view struct {
	page  *image.Gray
	scale float64     // pixels of the view for one of the page
	at    image.Point // where the page's own 0, 0 lies in the view
}

// back returns where a rectangle of the view lies on the page.
func (v view) back(r image.Rectangle) image.Rectangle {
	r = r.Sub(v.at)
	of := func(x int) int { return int(float64(x) / v.scale) }
	return image.Rect(of(r.Min.X), of(r.Min.Y), of(r.Max.X), of(r.Max.Y))
}

// within returns the view of a view.
func (v view) within(outer view) view {
	return view{v.page, v.scale * outer.scale, v.at.Add(image.Pt(int(float64(outer.at.X)*v.scale), int(float64(outer.at.Y)*v.scale)))}
}

func whole(page *image.Gray) view { return view{page: page, scale: 1} }

func wholeView(v view) view { return v }

// handySide is how large a page the rungs work on: a photograph of twelve megapixels has a code's
// modules many times over, and the first look has seen it whole.
const handySide = 2000

// handy makes a large page smaller.
func handy(page *image.Gray) view {
	if side := max(page.Rect.Dx(), page.Rect.Dy()); side > handySide+400 {
		return shrunk(float64(handySide) / float64(side))(whole(page))
	}
	return whole(page)
}
