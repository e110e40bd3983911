package scan

import "math"

// The warp that three finders give is good near them and poor in the fourth corner. It is made
// better on what is known of the symbol: first the alignment pattern nearest to that corner is looked
// for, then the corners are moved where that brings more of the fixtures onto their shades (hill
// climbing: a step is tried in each direction, in several rounds of ever smaller ones).

// spots are where in a module it is looked at, in modules from its middle.
var spots = [5]point{{0, 0}, {-0.27, -0.27}, {0.27, -0.27}, {-0.27, 0.27}, {0.27, 0.27}}

// agreement counts how many looks at some fixtures see the shade that is expected.
func (b *bitmap) agreement(w *warp, fixtures []fixture, dark uint8) (good int) {
	h := &w.h
	width, height := float64(b.width), float64(b.height)
	for _, f := range fixtures {
		want := dark
		if !f.dark {
			want ^= 1
		}
		for _, s := range spots {
			x, y := float64(f.x)+0.5+s.x, float64(f.y)+0.5+s.y
			d := 1 / (h[6]*x + h[7]*y + 1)
			px, py := (h[0]*x+h[1]*y+h[2])*d, (h[3]*x+h[4]*y+h[5])*d
			if px >= 0 && py >= 0 && px < width && py < height && b.dark[int(py)*b.width+int(px)] == want {
				good++
			}
		}
	}
	return good
}

// share returns an agreement in thousandths.
func (b *bitmap) share(w *warp, fixtures []fixture, dark uint8) int {
	return b.agreement(w, fixtures, dark) * 1000 / (len(fixtures) * len(spots))
}

// climb moves the corners of a warp to where more of the fixtures agree, in seven rounds.
func (b *bitmap) climb(w warp, l *layout, dark uint8) warp {
	module := w.corners[1].minus(w.corners[0]).length() / w.side
	best := b.agreement(&w, l.fixtures, dark)
	steps := [4]float64{0.5, 0.5, 0.5, 0.5} // modules
	steps[2] = 1 + w.side/60
	for range 7 {
		for i := range w.corners {
			for _, way := range [4]point{{1, 0}, {-1, 0}, {0, 1}, {0, -1}} {
				c := w.corners
				c[i] = c[i].plus(way.times(steps[i] * module))
				moved := newWarp(w.side, c)
				if !moved.ok {
					continue
				}
				if n := b.agreement(&moved, l.fixtures, dark); n > best {
					best, w = n, moved
				}
			}
			steps[i] *= 0.55
		}
	}
	return w
}

// alignment looks for the pattern that should be at a place of the symbol, up to reach modules
// away from where the warp has it, and returns where it is seen.
func (b *bitmap) alignment(w *warp, at point, reach float64, dark uint8) (point, bool) {
	// Within the few modules that matter the warp is as good as its slope.
	middle := w.of(at.x, at.y)
	right := w.of(at.x+1, at.y).minus(middle)
	down := w.of(at.x, at.y+1).minus(middle)
	best, where := 0, point{}
	const step = 0.34
	for dy := -reach; dy <= reach; dy += step {
		for dx := -reach; dx <= reach; dx += step {
			p := middle.plus(right.times(dx)).plus(down.times(dy))
			n := b.alignmentLikeness(p, right, down, dark)*10 - int(math.Hypot(dx, dy))
			if n > best {
				best, where = n, p
			}
		}
	}
	return where, best >= 215
}

// alignmentLikeness counts the modules of 25 that are as in an alignment pattern.
func (b *bitmap) alignmentLikeness(at, right, down point, dark uint8) (good int) {
	for y := -2; y <= 2; y++ {
		for x := -2; x <= 2; x++ {
			want := dark
			if max(abs(x), abs(y)) == 1 {
				want ^= 1
			}
			p := point{at.x + float64(x)*right.x + float64(y)*down.x, at.y + float64(x)*right.y + float64(y)*down.y}
			if shade, ok := b.at(p); ok && shade == want {
				good++
			}
		}
	}
	return good
}
