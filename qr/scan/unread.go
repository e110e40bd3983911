package scan

import (
	"fmt"
	"image"
	"math"
)

// Advice is what may make a code readable that was seen and not read.
type Advice string

// What to try, in words of its own for the program's messages.
const (
	Closer  Advice = "closer"  // its modules have too few pixels
	Flatter Advice = "flatter" // it is seen from aside, or its sheet is bent
	Light   Advice = "light"   // a lamp's reflection hides a part of it, or there is too little light
	Clearer Advice = "clearer" // it is blurred, or something covers it
)

// UnreadError means that a code was seen and could not be read.
type UnreadError struct {
	Bounds image.Rectangle // about where, in the picture's own coordinates
	Pixels float64         // about how many pixels a module has a side; below three is too few for a blurred code
	Try    []Advice        // the likeliest first; never empty
}

// Error says what is wrong, and nothing secret.
func (e *UnreadError) Error() string {
	return fmt.Sprintf("failed to read a qr code that was seen: its modules have %.1f pixels; try %v", e.Pixels, e.Try)
}

// fewPixels is how many a module needs a side in a photograph, about.
const fewPixels = 3

// advice says what is likeliest wrong with a code.
func (s *sighting) advice() (try []Advice) {
	if s.module < fewPixels {
		try = append(try, Closer)
	}
	if s.bent || s.slant() > 1.3 {
		try = append(try, Flatter)
	}
	if s.washed > 0.08 || s.contrast < 40 {
		try = append(try, Light)
	}
	if len(try) == 0 {
		try = append(try, Clearer)
	}
	return try
}

// slant returns how many times as long the longer of two opposite sides is as the other.
func (s *sighting) slant() float64 {
	side := func(i int) float64 { return s.corners[(i+1)%4].minus(s.corners[i]).length() }
	most := 1.0
	for i := range 2 {
		a, b := side(i), side(i+2)
		most = max(most, a/max(b, 1), b/max(a, 1))
	}
	return most
}

// bounds returns the upright rectangle around a sighting.
func (s *sighting) bounds() image.Rectangle {
	minX, minY, maxX, maxY := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, c := range s.corners {
		minX, maxX = min(minX, c.x), max(maxX, c.x)
		minY, maxY = min(minY, c.y), max(maxY, c.y)
	}
	return image.Rect(int(math.Round(minX)), int(math.Round(minY)), int(math.Round(maxX)), int(math.Round(maxY)))
}

// light measures a sighting's light on the page: the share of places in it that are as bright as
// can be, more than a code in good light has, and how far dark and light are apart.
func (s *sighting) light(p *plane) {
	const n = 24
	var shades []int
	white := 0
	w := newWarp(n, s.corners)
	for y := range n {
		for x := range n {
			at := w.of(float64(x)+0.5, float64(y)+0.5)
			if at.x < 0 || at.y < 0 || int(at.x) >= p.width || int(at.y) >= p.height {
				continue
			}
			v := int(p.pix[int(at.y)*p.width+int(at.x)])
			shades = append(shades, v)
			if v >= 250 {
				white++
			}
		}
	}
	if len(shades) == 0 {
		return
	}
	sum, spread := 0, 0
	for _, v := range shades {
		sum += v
	}
	mean := sum / len(shades)
	for _, v := range shades {
		spread += abs(v - mean)
	}
	s.contrast = 2 * spread / len(shades)
	// Half of a code in good light may be white, and no more.
	s.washed = max(0, float64(white)/float64(len(shades))-0.58)
}
