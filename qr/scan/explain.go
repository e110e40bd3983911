package scan

import (
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io"
	"math"
)

// mosaic is how many squares of the picture an explanation shows on its longer side. A code has 21
// modules at least, so none can be read in it, though it be as large as the picture.
const mosaic = 16

// explanationSide is how large an explanation is, at most.
const explanationSide = 1200

// The colours of an explanation.
var (
	colourRead   = color.RGBA{0, 160, 60, 255}
	colourUnread = color.RGBA{220, 40, 30, 255}
	colourFinder = color.RGBA{30, 90, 220, 255}
)

// explain draws what the search saw: finder patterns in blue, codes that were read in green and
// those that were not in red, with a stroke from the upper left corner to the middle, over squares of
// the picture's own shades, sixteen on its longer side. Nothing of a code's modules is on it.
func (s *search) explain(to io.Writer, page *plane) error {
	scale := min(1, explanationSide/float64(max(page.width, page.height, 1)))
	width, height := max(1, int(float64(page.width)*scale)), max(1, int(float64(page.height)*scale))
	d := drawing{image.NewRGBA(image.Rect(0, 0, width, height)), scale}
	d.ground(page)
	for _, f := range s.all {
		r, down := f.right.times(3.5), f.down.times(3.5)
		d.outline([4]point{f.at.minus(r).minus(down), f.at.plus(r).minus(down), f.at.plus(r).plus(down), f.at.minus(r).plus(down)}, colourFinder)
	}
	for _, u := range s.unread {
		if !s.isRead(u) {
			d.code(&u, colourUnread)
		}
	}
	for i := range s.read {
		d.code(&s.read[i], colourRead)
	}
	return png.Encode(to, d.RGBA)
}

// drawing is an explanation while it is drawn.
type drawing struct {
	*image.RGBA
	scale float64 // of the page
}

// ground fills the drawing with the mean shades of large squares of the page.
func (d *drawing) ground(page *plane) {
	side := (max(page.width, page.height) + mosaic - 1) / mosaic
	for top := 0; top < page.height; top += side {
		for left := 0; left < page.width; left += side {
			sum, n := 0, 0
			for y := top; y < min(top+side, page.height); y++ {
				for _, v := range page.row(y)[left:min(left+side, page.width)] {
					sum += int(v)
					n++
				}
			}
			shade := color.Gray{Y: uint8(128 + sum/max(n, 1)/2)} // pale, for what is drawn on it
			to := func(v int) int { return int(math.Round(float64(v) * d.scale)) }
			draw.Draw(d, image.Rect(to(left), to(top), to(left+side), to(top+side)), image.NewUniform(shade), image.Point{}, draw.Src)
		}
	}
}

func (d *drawing) code(s *sighting, c color.RGBA) {
	d.outline(s.corners, c)
	d.line(s.corners[0], s.corners[0].between(s.corners[2], 0.5), c)
}

func (d *drawing) outline(corners [4]point, c color.RGBA) {
	for i := range corners {
		d.line(corners[i], corners[(i+1)%4], c)
	}
}

// line draws a line of two pixels between places of the page.
func (d *drawing) line(from, to point, c color.RGBA) {
	from, to = from.times(d.scale), to.times(d.scale)
	steps := min(2*int(to.minus(from).length())+1, 8*explanationSide)
	for i := range steps + 1 {
		p := from.between(to, float64(i)/float64(steps))
		for _, by := range [4]point{{0, 0}, {1, 0}, {0, 1}, {1, 1}} {
			d.SetRGBA(int(p.x+by.x), int(p.y+by.y), c)
		}
	}
}
