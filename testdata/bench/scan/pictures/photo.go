package pictures

import (
	"image"
	"math"
	"math/rand/v2"
)

// photo is what a photograph is made of.
type photo struct {
	width, height  int
	sheets         []sheet
	ground         float64                    // how bright what lies around the sheets is
	grain          float64                    // and how much that varies
	light          func(x, y float64) float64 // how much of the light falls on a point of the picture, each from 0 to 1; nil for all
	glare          func(x, y float64) float64 // what is added by a lamp's reflection; nil for none
	screen         bool                       // the sheets are a screen's: rows and columns of it show
	blur           float64                    // the lens's, in pixels
	smear, towards float64                    // the hand's, in pixels, and its angle
	noise          float64                    // a sensor's, of 1
	quality        int                        // a JPEG's
	cast           [3]float32                 // the light's colour
}

// sheet is a piece of paper, or a part of a screen, with a code on it.
type sheet struct {
	code       Code
	quiet      float64  // the margin around the code, in modules
	corners    [4]point // of the code in the picture: its top left, top right, bottom right, bottom left
	bend       float64  // by how many modules the sheet bulges in its middle, as on a bottle
	ink, paper float64  // how bright they are
	spots      []spot   // of dirt, in modules
}

type point struct{ x, y float64 }

// spot hides a disc of the code.
type spot struct {
	at     point
	radius float64
	shade  float64
}

// homography maps the plane of the sheet to that of the picture, or back.
type homography [9]float64

func (h homography) of(p point) point {
	w := h[6]*p.x + h[7]*p.y + h[8]
	return point{(h[0]*p.x + h[1]*p.y + h[2]) / w, (h[3]*p.x + h[4]*p.y + h[5]) / w}
}

// fromSquare maps a square of that side to four corners (Heckbert, Fundamentals of Texture Mapping
// and Image Warping, 1989, section 2.2.3).
func fromSquare(side float64, c [4]point) homography {
	dx1, dx2, dx3 := c[1].x-c[2].x, c[3].x-c[2].x, c[0].x-c[1].x+c[2].x-c[3].x
	dy1, dy2, dy3 := c[1].y-c[2].y, c[3].y-c[2].y, c[0].y-c[1].y+c[2].y-c[3].y
	d := dx1*dy2 - dx2*dy1
	g, h := (dx3*dy2-dx2*dy3)/d, (dx1*dy3-dx3*dy1)/d
	return homography{
		(c[1].x - c[0].x + g*c[1].x) / side, (c[3].x - c[0].x + h*c[3].x) / side, c[0].x,
		(c[1].y - c[0].y + g*c[1].y) / side, (c[3].y - c[0].y + h*c[3].y) / side, c[0].y,
		g / side, h / side, 1,
	}
}

func (h homography) inverse() homography {
	return homography{
		h[4]*h[8] - h[5]*h[7], h[2]*h[7] - h[1]*h[8], h[1]*h[5] - h[2]*h[4],
		h[5]*h[6] - h[3]*h[8], h[0]*h[8] - h[2]*h[6], h[2]*h[3] - h[0]*h[5],
		h[3]*h[7] - h[4]*h[6], h[1]*h[6] - h[0]*h[7], h[0]*h[4] - h[1]*h[3],
	}
}

// shade returns how bright a sheet is at a point of its own; on says whether it reaches there.
func (s *sheet) shade(p point) (shade float64, on bool) {
	side := float64(s.code.Side())
	if s.bend != 0 {
		p.y -= s.bend * math.Sin(math.Pi*p.x/side)
	}
	if p.x < -s.quiet || p.y < -s.quiet || p.x >= side+s.quiet || p.y >= side+s.quiet {
		return 0, false
	}
	for _, spot := range s.spots {
		if math.Hypot(p.x-spot.at.x, p.y-spot.at.y) < spot.radius {
			return spot.shade, true
		}
	}
	if p.x >= 0 && p.y >= 0 && p.x < side && p.y < side && s.code.Dark[int(p.y)][int(p.x)] {
		return s.ink, true
	}
	return s.paper, true
}

// draw takes the photograph: nine rays a pixel, then light, lens, hand and sensor.
func (p *photo) draw(r *rand.Rand) *plane {
	to := newPlane(p.width, p.height)
	around := texture(r)
	maps := make([]homography, len(p.sheets))
	for i, s := range p.sheets {
		maps[i] = fromSquare(float64(s.code.Side()), s.corners).inverse()
	}
	for y := range p.height {
		for x := range p.width {
			back := p.ground + p.grain*around(float64(x), float64(y))
			sum := 0.0
			for ray := range 9 {
				at := point{float64(x) + (float64(ray%3)+0.5)/3, float64(y) + (float64(ray/3)+0.5)/3}
				shade := back
				for i := range p.sheets {
					if s, on := p.sheets[i].shade(maps[i].of(at)); on {
						shade = s
					}
				}
				sum += shade
			}
			to.at[y*p.width+x] = float32(sum / 9)
		}
	}
	p.expose(to)
	to.blur(p.blur)
	to.smear(p.smear, p.towards)
	to.noise(r, p.noise)
	return to
}

func (p *photo) expose(to *plane) {
	for y := range to.height {
		for x := range to.width {
			v := &to.at[y*to.width+x]
			u, w := float64(x)/float64(to.width), float64(y)/float64(to.height)
			if p.light != nil {
				*v *= float32(p.light(u, w))
			}
			if p.glare != nil {
				*v += float32(p.glare(u, w))
			}
			if p.screen { // two grids that beat with each other
				*v *= float32(0.9 + 0.1*math.Sin(float64(x)*2.4)*math.Sin(float64(y)*2.2))
			}
			*v = min(*v, 1)
		}
	}
}

// Picture is one picture of a set.
type Picture struct {
	Class string
	Name  string   // of its file
	Want  []string // the texts of its codes
	Data  []byte   // of its file
}

// wantOf returns the texts on all sheets.
func (p *photo) wantOf() (texts []string) {
	for _, s := range p.sheets {
		texts = append(texts, s.code.Text)
	}
	return texts
}

// box returns the upright rectangle around four corners.
func box(c [4]point) image.Rectangle {
	b := image.Rect(int(c[0].x), int(c[0].y), int(c[0].x)+1, int(c[0].y)+1)
	for _, p := range c[1:] {
		b = b.Union(image.Rect(int(p.x), int(p.y), int(p.x)+1, int(p.y)+1))
	}
	return b
}
