package scan

import (
	"math"
	"slices"
)

// Paper bends and lenses bulge, and no plane fits what they show. So the symbol is laid on a net
// whose knots may be a little off where the warp has them. The finders hold it in three corners; from
// there the knots on the two timing patterns are placed one after another, each beginning where those
// before it lead, and then all others, each beginning where the row and the column that it is in
// lead. A knot is moved to where the modules around it look most like modules: each of one shade, and
// what is fixed of its own. (To grow from what is certain is how Geiger and others find
// chessboards, Automatic camera and range sensor calibration, 2012.)

// mesh holds by how much places of the symbol are off, in modules.
type mesh struct {
	lines []float64 // where rows of knots are, and columns too; the second is on the timing pattern
	off   []point   // in rows
}

const knotSpacing = 5

func newMesh(side float64) mesh {
	from, until := 6.5, side-6.5
	cells := max(1, int((until-from)/knotSpacing+0.5))
	m := mesh{lines: []float64{0}}
	for i := range cells + 1 {
		m.lines = append(m.lines, from+(until-from)*float64(i)/float64(cells))
	}
	m.lines = append(m.lines, side)
	m.off = make([]point, len(m.lines)*len(m.lines))
	return m
}

func (m *mesh) at(x, y int) *point { return &m.off[y*len(m.lines)+x] }

// slopes are by how much the places around a knot are off more than itself, for each module to the
// right and each module down.
type slopes struct{ right, down point }

// meshOf places a mesh for a symbol.
func (b *bitmap) meshOf(g *guess, dark uint8) mesh {
	m := newMesh(g.side())
	look := placing{b, g, g.shades(), dark}
	n := len(m.lines)
	// The timing patterns, from both ends to the middle. Where the sheet is bent the rows lean along
	// one of them, and the columns along the other.
	row, column := make([]slopes, n), make([]slopes, n)
	m.along(func(i int) *point { return m.at(i, 1) }, func(i, behind int, start point) {
		lean := row[behind].right.y
		best := -1
		for _, more := range []float64{0, -0.1, 0.1, -0.2, 0.2} {
			slope := slopes{right: point{0, lean + more}}
			off, score := look.place(point{m.lines[i], m.lines[1]}, start, slope, 0.5)
			if score > best {
				best, *m.at(i, 1), row[i] = score, off, slope
			}
		}
	})
	m.along(func(i int) *point { return m.at(1, i) }, func(i, behind int, start point) {
		lean := column[behind].down.x
		best := -1
		for _, more := range []float64{0, -0.1, 0.1, -0.2, 0.2} {
			slope := slopes{right: row[1].right, down: point{lean + more, 0}}
			off, score := look.place(point{m.lines[1], m.lines[i]}, start, slope, 0.5)
			if score > best {
				best, *m.at(1, i), column[i] = score, off, slope
			}
		}
	})
	for y := 2; y < n-1; y++ {
		for x := 2; x < n-1; x++ {
			far := m.at(x, 1).plus(*m.at(1, y)).minus(*m.at(1, 1))
			near := m.at(x-1, y).plus(*m.at(x, y-1)).minus(*m.at(x-1, y-1))
			slope := slopes{row[x].right, column[y].down}
			*m.at(x, y), _ = look.place(point{m.lines[x], m.lines[y]}, far.between(near, 0.7), slope, 0.4)
		}
	}
	m.stretch()
	m.calm(0.35)
	placed := slices.Clone(m.off)
	for y := 1; y < n-1; y++ {
		for x := 1; x < n-1; x++ {
			placed[y*n+x], _ = look.place(point{m.lines[x], m.lines[y]}, *m.at(x, y), m.slopes(x, y), 0.3)
		}
	}
	m.off = placed
	m.calm(0.2)
	m.stretch()
	return m
}

// along walks the knots of a timing pattern from both ends to the middle. Each begins where going
// on as before leads; behind is the knot before it.
func (m *mesh) along(at func(i int) *point, place func(i, behind int, start point)) {
	last := len(m.lines) - 1
	for k := 1; k <= last/2; k++ {
		for _, end := range [2]struct{ i, way int }{{k, 1}, {last - k, -1}} {
			i, start := end.i, point{}
			switch {
			case k == 2:
				start = *at(i - end.way)
			case k > 2:
				start = at(i - end.way).times(1.8).minus(at(i - 2*end.way).times(0.8))
			}
			place(i, i-end.way, start)
			if k == last-k {
				break
			}
		}
	}
}

// slopes returns how a placed mesh leans at a knot.
func (m *mesh) slopes(x, y int) slopes {
	last := len(m.lines) - 1
	left, right, up, down := max(x-1, 0), min(x+1, last), max(y-1, 0), min(y+1, last)
	return slopes{
		m.at(right, y).minus(*m.at(left, y)).times(1 / (m.lines[right] - m.lines[left])),
		m.at(x, down).minus(*m.at(x, up)).times(1 / (m.lines[down] - m.lines[up])),
	}
}

// stretch gives the outermost knots what those within lead to.
func (m *mesh) stretch() {
	last := len(m.lines) - 1
	lead := func(outer, near, far *point) {
		*outer = near.plus(near.minus(*far)) // the outermost are a little farther away, and bends flatten out
	}
	inner := max(2, last-2)
	for i := 1; i < last; i++ {
		lead(m.at(0, i), m.at(1, i), m.at(2, i))
		lead(m.at(last, i), m.at(last-1, i), m.at(inner, i))
	}
	for i := range last + 1 {
		lead(m.at(i, 0), m.at(i, 1), m.at(i, 2))
		lead(m.at(i, last), m.at(i, last-1), m.at(i, inner))
	}
}

// calm takes each knot a part of the way to the line between its neighbours.
func (m *mesh) calm(part float64) {
	n := len(m.lines)
	calm := make([]point, len(m.off))
	for i := range m.off {
		x, y := i%n, i/n
		here, to, ways := m.off[i], point{}, 0.0
		if x > 0 && x < n-1 {
			to, ways = to.plus(m.at(x-1, y).between(*m.at(x+1, y), 0.5)), ways+1
		}
		if y > 0 && y < n-1 {
			to, ways = to.plus(m.at(x, y-1).between(*m.at(x, y+1), 0.5)), ways+1
		}
		if calm[i] = here; ways > 0 {
			calm[i] = here.between(to.times(1/ways), part)
		}
	}
	m.off = calm
}

// placing is what moves the knots of one symbol.
type placing struct {
	*bitmap
	*guess
	known []int8
	dark  uint8
}

// place moves a knot within a radius to where the modules around it look most like modules, and
// says how much they do.
func (s *placing) place(at, start point, slope slopes, radius float64) (where point, best int) {
	const reach = 3
	side := s.layout.side
	x0, y0 := max(0, int(at.x)-reach), max(0, int(at.y)-reach)
	x1, y1 := min(side-1, int(at.x)+reach), min(side-1, int(at.y)+reach)
	// One map for all modules of the neighbourhood, which is as straight as it is small.
	middle := s.of(at.x, at.y)
	right, down := s.of(at.x+1, at.y).minus(middle), s.of(at.x, at.y+1).minus(middle)
	stepRight := right.times(1 + slope.right.x).plus(down.times(slope.right.y))
	stepDown := down.times(1 + slope.down.y).plus(right.times(slope.down.x))
	best = -1
	step := radius / 4
	for i := -4; i <= 4; i++ {
		for j := -4; j <= 4; j++ {
			off := point{start.x + float64(j)*step, start.y + float64(i)*step}
			knot := middle.plus(right.times(off.x)).plus(down.times(off.y))
			score := 0
			for y := y0; y <= y1; y++ {
				for x := x0; x <= x1; x++ {
					p := knot.plus(stepRight.times(float64(x) + 0.5 - at.x)).plus(stepDown.times(float64(y) + 0.5 - at.y))
					score += s.moduleness(p, stepRight, stepDown, s.known[y*side+x], s.dark)
				}
			}
			score = score*100 - score*(abs(i)+abs(j))/2
			if score > best {
				best, where = score, off
			}
		}
	}
	return where, best
}

// moduleness says how much a place looks like a module: by how many of its looks are of one
// shade, and of the right one where that is known.
func (b *bitmap) moduleness(p, right, down point, known int8, dark uint8) int {
	n := 0
	for _, s := range spots {
		shade, ok := b.at(point{p.x + s.x*1.4*right.x + s.y*1.4*down.x, p.y + s.x*1.4*right.y + s.y*1.4*down.y})
		if ok && shade == dark {
			n++
		}
	}
	switch known {
	case 1:
		return 3 * n
	case -1:
		return 3 * (len(spots) - n)
	}
	return max(n, len(spots)-n)
}

// shades returns what is known of the modules, in rows: 1 dark, -1 light, 0 not known.
func (l *layout) shades() []int8 {
	known := make([]int8, l.side*l.side)
	for _, f := range l.fixtures {
		known[int(f.y)*l.side+int(f.x)] = -1
		if f.dark {
			known[int(f.y)*l.side+int(f.x)] = 1
		}
	}
	return known
}

// shift returns by how much a place of the symbol is off.
func (m *mesh) shift(x, y float64) (float64, float64) {
	cell := func(v float64) (int, float64) {
		k := 0
		for k < len(m.lines)-2 && v >= m.lines[k+1] {
			k++
		}
		return k, (v - m.lines[k]) / (m.lines[k+1] - m.lines[k])
	}
	j, fx := cell(x)
	i, fy := cell(y)
	upper := m.at(j, i).between(*m.at(j+1, i), fx)
	lower := m.at(j, i+1).between(*m.at(j+1, i+1), fx)
	p := upper.between(lower, fy)
	return p.x, p.y
}

// bentGuesses returns the versions that a bent symbol may be of, each with the plane through the
// middles of its finders: their outlines lean as the sheet does where they are.
func bentGuesses(finders []finder, t triple) (list []guess) {
	from, until := t.versions()
	a, r, d := finders[t.corner].at, finders[t.right].at, finders[t.below].at
	for version := from; version <= until; version++ {
		l := layoutOf(version)
		side := float64(l.side)
		right, down := r.minus(a).times(1/(side-7)), d.minus(a).times(1/(side-7))
		c := a.minus(right.times(3.5)).minus(down.times(3.5))
		w := newWarp(side, [4]point{c, c.plus(right.times(side)), c.plus(right.times(side)).plus(down.times(side)), c.plus(down.times(side))})
		if w.ok {
			list = append(list, guess{layout: l, warp: w})
		}
	}
	likely := (t.modules + 7 - 17) / 4
	sortBy(list, func(g guess) float64 { return math.Abs(float64(g.version) - likely) })
	return list[:min(len(list), 3)]
}

// meshShare returns how many of some fixtures agree on a mesh, in thousandths.
func (b *bitmap) meshShare(g *guess, m *mesh, fixtures []fixture, dark uint8) int {
	good := 0
	for _, f := range fixtures {
		want := dark
		if !f.dark {
			want ^= 1
		}
		x, y := float64(f.x)+0.5, float64(f.y)+0.5
		dx, dy := m.shift(x, y)
		if shade, ok := b.at(g.of(x+dx, y+dy)); ok && shade == want {
			good++
		}
	}
	return good * 1000 / len(fixtures)
}
