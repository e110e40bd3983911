package scan

import "math"

// A suspect becomes a finder by its outlines. Rays from its middle cross the edge of the square,
// the inner and the outer edge of the ring, at 1.5, 2.5 and 3.5 modules from the middle wherever the ray
// goes straight to a side. Seen from aside a square is close to a parallelogram, whose outline the
// points give by least squares: two vectors, a module to the right and a module down, in pixels. A
// ring with gaps, or one that has run into its surroundings, loses some rays and no more.

type point struct{ x, y float64 }

func (p point) plus(q point) point               { return point{p.x + q.x, p.y + q.y} }
func (p point) minus(q point) point              { return point{p.x - q.x, p.y - q.y} }
func (p point) times(f float64) point            { return point{p.x * f, p.y * f} }
func (p point) cross(q point) float64            { return p.x*q.y - p.y*q.x }
func (p point) dot(q point) float64              { return p.x*q.x + p.y*q.y }
func (p point) length() float64                  { return math.Hypot(p.x, p.y) }
func (p point) between(q point, f float64) point { return p.plus(q.minus(p).times(f)) }

// finder is a finder pattern: its middle, and what a module is there. Which of its four sides is the
// upper one it does not say.
type finder struct {
	at          point
	right, down point
	inverted    bool
	quality     int // how many modules of 49 are as they should
}

// size returns the side of a module in pixels.
func (f *finder) size() float64 { return math.Sqrt(math.Abs(f.right.cross(f.down))) }

const rays = 32

var directions = func() (d [rays]point) {
	for i := range d {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / rays)
		d[i] = point{cos, sin}
	}
	return d
}()

// finderAt returns the finder pattern at a suspect, if it is one.
func (b *bitmap) finderAt(s suspect) (finder, bool) {
	middle := point{float64(s.x) + 0.5, float64(s.y) + 0.5}
	dark := uint8(1)
	if s.inverted {
		dark = 0
	}
	limit := 12*s.module + 12
	var edges [3][rays]float64
	for range 3 {
		if b.shoot(middle, dark, limit, &edges) < rays*5/8 {
			return finder{}, false
		}
		shift := offCentre(&edges)
		middle = middle.plus(shift)
		if shift.length() < 0.2 {
			break
		}
	}
	f, ok := outline(middle, &edges)
	if !ok {
		return finder{}, false
	}
	f.inverted = s.inverted
	f.quality = b.likeness(&f, dark)
	return f, f.quality >= 38
}

// shoot follows the rays from a middle over three edges, and returns how many found them about where
// they should be. A distance of 0 is none.
func (b *bitmap) shoot(middle point, dark uint8, limit int, edges *[3][rays]float64) (good int) {
	for i, d := range directions {
		at, shade, edge := middle, dark, 0
		var found [3]float64
		for n := 0; n < 2*limit && edge < 3; n++ {
			x, y := int(at.x), int(at.y)
			if at.x < 0 || at.y < 0 || x >= b.width || y >= b.height {
				if edge == 2 { // the ring ends where the picture does
					found[2], edge = float64(n)/2, 3
				}
				break
			}
			if b.dark[y*b.width+x] != shade {
				found[edge] = float64(n)/2 - 0.25
				edge++
				shade ^= 1
			}
			at.x += d.x / 2
			at.y += d.y / 2
		}
		if edge < 3 || !inProportion(&found) {
			found = [3]float64{}
		} else {
			good++
		}
		for k := range found {
			edges[k][i] = found[k]
		}
	}
	return good
}

// inProportion reports whether three edges are about 1.5, 2.5 and 3.5 of something away.
func inProportion(r *[3]float64) bool {
	return r[0] > 0.22*r[2] && r[0] < 0.64*r[2] && r[1] > 0.53*r[2] && r[1] < 0.9*r[2]
}

// offCentre returns how far the middle of the outlines is from where the rays began.
func offCentre(edges *[3][rays]float64) (shift point) {
	n := 0
	for k := range edges {
		for i := range rays / 2 {
			a, b := edges[k][i], edges[k][i+rays/2]
			if a > 0 && b > 0 {
				shift = shift.plus(directions[i].times((a - b) / 2))
				n++
			}
		}
	}
	if n == 0 {
		return point{}
	}
	return shift.times(2 / float64(n)) // a shift along a ray is seen by half of them, on the mean
}

// outline fits a parallelogram to the edges, all brought to the outermost.
func outline(middle point, edges *[3][rays]float64) (finder, bool) {
	var points [3 * rays]point
	n := 0
	var xx, xy, yy float64
	for k := range edges {
		scale := 3.5 / (1.5 + float64(k))
		for i, r := range edges[k] {
			if r > 0 {
				p := directions[i].times(r * scale)
				xx, xy, yy = xx+p.x*p.x, xy+p.x*p.y, yy+p.y*p.y
				points[n] = p
				n++
			}
		}
	}
	a, b := axesOf(points[:n], xx/float64(n), xy/float64(n), yy/float64(n))
	var offA, offB float64
	for range 4 {
		var okA, okB bool
		a, offA, okA = fitSides(points[:n], a, b, offA, offB)
		b, offB, okB = fitSides(points[:n], b, a, offB, offA)
		if !okA || !okB {
			return finder{}, false
		}
	}
	d := a.cross(b)
	if math.Abs(d) < 1e-9 {
		return finder{}, false
	}
	f := finder{
		at:    middle.plus(point{offB*a.y - offA*b.y, offA*b.x - offB*a.x}.times(1 / d)),
		right: point{b.y / d, -b.x / d}, down: point{-a.y / d, a.x / d},
	}
	long, short := max(f.right.length(), f.down.length()), min(f.right.length(), f.down.length())
	return f, short > 0.4 && long < 5*short && math.Abs(f.right.cross(f.down)) > 0.2*long*short
}

// axesOf returns first axes of a parallelogram from its moments: what makes the points as wide as
// high in every direction makes it a square, and a square shows its corners by where it is widest.
// An axis is the row of a matrix that takes pixels to modules.
func axesOf(points []point, xx, xy, yy float64) (a, b point) {
	// The inverse of the Cholesky factor of the moments.
	l11 := math.Sqrt(xx)
	l21 := xy / l11
	l22 := math.Sqrt(max(yy-l21*l21, 1e-9))
	var re, im float64
	for _, p := range points {
		x := p.x / l11
		y := (p.y - l21*x) / l22
		c := complex(x, y)
		c *= c
		c *= c
		re, im = re+real(c), im+imag(c)
	}
	sin, cos := math.Sincos(math.Atan2(im, re)/4 - math.Pi/4)
	row := func(x, y float64) point { // of the rotation times the inverse factor
		return point{(x - y*l21/l22) / l11, y / l22}
	}
	const side = 3.5 / 1.253 // the points of a square with moments of 1, at even angles, give it a half side of 1.253
	return row(cos, sin).times(side), row(-sin, cos).times(side)
}

// fitSides fits an axis to the points on its two sides, which are 3.5 modules either way.
func fitSides(points []point, a, b point, offA, offB float64) (point, float64, bool) {
	var m [3][4]float64
	for _, p := range points {
		s, t := a.dot(p)+offA, b.dot(p)+offB
		if math.Abs(s) < math.Abs(t)+0.35 || math.Abs(s) > 4.6 {
			continue
		}
		want := math.Copysign(3.5, s)
		row := [4]float64{p.x, p.y, 1, want}
		for i := range m {
			for j := range row {
				m[i][j] += row[i] * row[j]
			}
		}
	}
	if m[2][2] < rays/2 {
		return a, offA, false
	}
	x, ok := solve3(&m)
	return point{x[0], x[1]}, x[2], ok
}

// solve3 solves three equations by Gauss and Jordan.
func solve3(m *[3][4]float64) (x [3]float64, ok bool) {
	for i := range m {
		pivot := i
		for j := i + 1; j < 3; j++ {
			if math.Abs(m[j][i]) > math.Abs(m[pivot][i]) {
				pivot = j
			}
		}
		m[i], m[pivot] = m[pivot], m[i]
		if math.Abs(m[i][i]) < 1e-9 {
			return x, false
		}
		for j := range m {
			if j != i {
				f := m[j][i] / m[i][i]
				for k := i; k < 4; k++ {
					m[j][k] -= f * m[i][k]
				}
			}
		}
	}
	for i := range x {
		x[i] = m[i][3] / m[i][i]
	}
	return x, true
}

// likeness counts the modules that are as in a finder pattern.
func (b *bitmap) likeness(f *finder, dark uint8) (good int) {
	for y := -3; y <= 3; y++ {
		for x := -3; x <= 3; x++ {
			p := f.at.plus(f.right.times(float64(x))).plus(f.down.times(float64(y)))
			want := dark
			if max(abs(x), abs(y)) == 2 {
				want ^= 1
			}
			if shade, ok := b.at(p); ok && shade == want {
				good++
			}
		}
	}
	return good
}

// at returns whether a place is dark; ok says that it lies in the picture.
func (b *bitmap) at(p point) (shade uint8, ok bool) {
	if !(p.x >= 0 && p.y >= 0 && p.x < float64(b.width) && p.y < float64(b.height)) {
		return 0, false
	}
	return b.dark[int(p.y)*b.width+int(p.x)], true
}
