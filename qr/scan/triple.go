package scan

import (
	"cmp"
	"math"
	"slices"
)

// Three finders make a code where they lie as ISO/IEC 18004, 6.3.3 has them: one in the corner, and
// the other two each in the direction of one of its sides. A straight line stays straight however the
// code is seen, so that the side of each points at the other. And along a line the geometric mean of
// the sizes at both ends, times the modules between, is the distance, so that the number of modules
// follows; both arms have the same.

// triple is three finders that may be of one code.
type triple struct {
	corner, right, below int     // indices of the upper left, upper right and lower left one
	modules              float64 // from middle to middle
	misfit               float64
}

// arm is a way from one finder to another.
type arm struct {
	to      int
	side    int     // of the first finder's: 0 along right, 1 along down
	modules float64 // to the other's middle
	misfit  float64
}

const (
	leastModules = 14 * 0.75  // between the middles of two finders of version 1, and a quarter may be lost in measuring
	mostModules  = 170 * 1.25 // of version 40, or gained
	mostMisfit   = 1.4
)

// triples returns what may be codes, the likeliest first.
func triples(finders []finder, most int) (list []triple) {
	arms := make([][]arm, len(finders))
	for i := range finders {
		for j := range finders {
			if i != j && finders[i].inverted == finders[j].inverted {
				if a, ok := armBetween(&finders[i], &finders[j]); ok {
					a.to = j
					arms[i] = append(arms[i], a)
				}
			}
		}
		slices.SortFunc(arms[i], func(a, b arm) int { return cmp.Compare(a.misfit, b.misfit) })
		arms[i] = arms[i][:min(len(arms[i]), 40)]
	}
	for i, from := range arms {
		for k, a := range from {
			for _, b := range from[k+1:] {
				if t, ok := pairUp(finders, i, a, b); ok {
					list = append(list, t)
				}
			}
		}
	}
	slices.SortStableFunc(list, func(a, b triple) int { return cmp.Compare(a.misfit, b.misfit) })
	return list[:min(len(list), most)]
}

// armBetween reports whether the second finder lies in the direction of one of the first's sides.
func armBetween(f, g *finder) (arm, bool) {
	way := g.at.minus(f.at)
	side, lean := sideTowards(f, way)
	back, leanBack := sideTowards(g, way)
	if lean > 0.35 || leanBack > 0.35 {
		return arm{}, false
	}
	along := []point{f.right, f.down}[side].length() * []point{g.right, g.down}[back].length()
	modules := way.length() / math.Sqrt(along)
	size := math.Log(f.size() / g.size())
	if modules < leastModules || modules > mostModules || math.Abs(size) > 1.1 {
		return arm{}, false
	}
	return arm{side: side, modules: modules, misfit: 2*(lean+leanBack) + math.Abs(size)/2}, true
}

// sideTowards returns which side of a finder a way is closest to, and the sine of the angle between.
func sideTowards(f *finder, way point) (side int, lean float64) {
	length := way.length()
	right := math.Abs(f.right.cross(way)) / (f.right.length() * length)
	down := math.Abs(f.down.cross(way)) / (f.down.length() * length)
	if right <= down {
		return 0, right
	}
	return 1, down
}

// pairUp makes a triple of two arms, if they go to two sides and are equally long.
func pairUp(finders []finder, corner int, a, b arm) (triple, bool) {
	ratio := math.Abs(math.Log(a.modules / b.modules))
	misfit := a.misfit + b.misfit + 3*ratio
	if a.side == b.side || ratio > 0.4 || misfit > mostMisfit {
		return triple{}, false
	}
	modules := (a.modules + b.modules) / 2
	t := triple{corner: corner, right: a.to, below: b.to, modules: modules, misfit: misfit + modules/300}
	f := &finders[corner]
	wayA, wayB := finders[a.to].at.minus(f.at), finders[b.to].at.minus(f.at)
	if wayA.cross(wayB) < 0 {
		t.right, t.below = t.below, t.right
	}
	return t, true
}

// frame returns the finder's module vectors turned so that right points along a way and down
// along another.
func (f *finder) frame(right, down point) (r, d point) {
	r, d = f.right, f.down
	if side, _ := sideTowards(f, right); side == 1 {
		r, d = d, r
	}
	if r.dot(right) < 0 {
		r = r.times(-1)
	}
	if d.dot(down) < 0 {
		d = d.times(-1)
	}
	return r, d
}
