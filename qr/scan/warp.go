package scan

import "math"

// warp maps places of a symbol, in modules from its upper left corner, to places of the picture:
// the homography of a plane seen in perspective (Hartley and Zisserman, Multiple View Geometry,
// 2004, section 2.3). It is given by where the four corners of the symbol come to lie, which are also
// what the refinement moves.
type warp struct {
	side    float64  // of the symbol, in modules
	corners [4]point // in the picture: upper left, upper right, lower right, lower left
	h       [8]float64
	ok      bool
}

// newWarp maps a square of that side to four corners (Heckbert, Fundamentals of Texture Mapping
// and Image Warping, 1989, section 2.2.3).
func newWarp(side float64, c [4]point) warp {
	w := warp{side: side, corners: c}
	d1, d2 := c[1].minus(c[2]), c[3].minus(c[2])
	d3 := c[0].minus(c[1]).plus(c[2]).minus(c[3])
	d := d1.cross(d2)
	if math.Abs(d) < 1e-6 {
		return w
	}
	g, h := d3.cross(d2)/d, d1.cross(d3)/d
	w.h = [8]float64{
		(c[1].x - c[0].x + g*c[1].x) / side, (c[3].x - c[0].x + h*c[3].x) / side, c[0].x,
		(c[1].y - c[0].y + g*c[1].y) / side, (c[3].y - c[0].y + h*c[3].y) / side, c[0].y,
		g / side, h / side,
	}
	w.ok = 1+g > 0.05 && 1+h > 0.05 && 1+g+h > 0.05 // nothing of the symbol lies behind the eye
	return w
}

// of returns where a place of the symbol lies in the picture.
func (w *warp) of(x, y float64) point {
	h := &w.h
	d := 1 / (h[6]*x + h[7]*y + 1)
	return point{(h[0]*x + h[1]*y + h[2]) * d, (h[3]*x + h[4]*y + h[5]) * d}
}

// pair is a place of the symbol and where it is seen.
type pair struct{ symbol, picture point }

// fitWarp returns the warp that maps the pairs best, by least squares.
func fitWarp(side float64, pairs []pair) (warp, bool) {
	var m [8][9]float64
	add := func(row [9]float64) {
		for i := range m {
			if row[i] == 0 {
				continue
			}
			for j := range row {
				m[i][j] += row[i] * row[j]
			}
		}
	}
	// Numbers about 1 keep the equations well conditioned.
	var middle point
	for _, p := range pairs {
		middle = middle.plus(p.picture.times(1 / float64(len(pairs))))
	}
	scale := 1e-9
	for _, p := range pairs {
		scale = max(scale, p.picture.minus(middle).length())
	}
	for _, p := range pairs {
		x, y := p.symbol.x/side, p.symbol.y/side
		q := p.picture.minus(middle).times(1 / scale)
		add([9]float64{x, y, 1, 0, 0, 0, -x * q.x, -y * q.x, q.x})
		add([9]float64{0, 0, 0, x, y, 1, -x * q.y, -y * q.y, q.y})
	}
	for c := range m {
		pivot := c
		for r := c + 1; r < 8; r++ {
			if math.Abs(m[r][c]) > math.Abs(m[pivot][c]) {
				pivot = r
			}
		}
		m[c], m[pivot] = m[pivot], m[c]
		if math.Abs(m[c][c]) < 1e-12 {
			return warp{}, false
		}
		for r := range m {
			if r != c {
				f := m[r][c] / m[c][c]
				for k := c; k < 9; k++ {
					m[r][k] -= f * m[c][k]
				}
			}
		}
	}
	var h [8]float64
	for i := range h {
		h[i] = m[i][8] / m[i][i]
	}
	var corners [4]point
	for i, at := range [4]point{{0, 0}, {1, 0}, {1, 1}, {0, 1}} {
		d := h[6]*at.x + h[7]*at.y + 1
		if d < 0.05 {
			return warp{}, false
		}
		q := point{(h[0]*at.x + h[1]*at.y + h[2]) / d, (h[3]*at.x + h[4]*at.y + h[5]) / d}
		corners[i] = q.times(scale).plus(middle)
	}
	w := newWarp(side, corners)
	return w, w.ok
}
