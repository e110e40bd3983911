package scan

import (
	"cmp"
	"math"
	"slices"
)

// guess is a version that three finders may be of, with the warp that follows from it.
type guess struct {
	*layout
	warp
	share int // of the fixtures that agree, in thousandths
}

const (
	leastTiming = 620 // thousandths of the timing patterns that agree before the corners are moved
	leastShare  = 640 // and of all fixtures; half agree by chance
)

// versions returns the versions that the distance between the finders allows.
func (t *triple) versions() (from, until int) {
	likely := (t.modules + 7 - 17) / 4
	slack := 1.2 + likely/25
	return max(1, int(math.Floor(likely-slack))), min(mostVersion, int(math.Ceil(likely+slack)))
}

// guesses returns the versions that are possible, the best first. The timing patterns (ISO/IEC
// 18004, 6.3.5), whose modules alternate from one finder to the next, tell which it is: with one version
// more or less they fall out of step.
func (b *bitmap) guesses(finders []finder, t triple, dark uint8) (list []guess) {
	from, until := t.versions()
	for version := from; version <= until; version++ {
		l := layoutOf(version)
		w, ok := warpOf(finders, t, float64(l.side))
		if !ok || b.share(&w, l.fixtures[:l.timing], dark) < leastTiming {
			continue
		}
		if share := b.share(&w, l.fixtures, dark); share >= leastShare {
			list = append(list, guess{l, w, share})
		}
	}
	slices.SortFunc(list, func(a, b guess) int { return cmp.Compare(b.share, a.share) })
	return list[:min(len(list), 2)]
}

// warpOf returns the warp that fits the outlines of three finders.
func warpOf(finders []finder, t triple, side float64) (warp, bool) {
	return fitWarp(side, pairsOf(finders, t, side))
}

// pairsOf returns the corners and the middles of three finders.
func pairsOf(finders []finder, t triple, side float64) []pair {
	f := [3]*finder{&finders[t.corner], &finders[t.right], &finders[t.below]}
	wayRight, wayDown := f[1].at.minus(f[0].at), f[2].at.minus(f[0].at)
	var pairs []pair
	for i, at := range [3]point{{3.5, 3.5}, {side - 3.5, 3.5}, {3.5, side - 3.5}} {
		right, down := f[i].frame(wayRight, wayDown)
		for _, c := range [4]point{{-3.5, -3.5}, {3.5, -3.5}, {3.5, 3.5}, {-3.5, 3.5}} {
			pairs = append(pairs, pair{at.plus(c), f[i].at.plus(right.times(c.x)).plus(down.times(c.y))})
		}
		for range 3 { // the middles are known best
			pairs = append(pairs, pair{at, f[i].at})
		}
	}
	return pairs
}

// fitted returns a guess with the best warp that can be found for it.
func (b *bitmap) fitted(g guess, finders []finder, t triple, dark uint8) guess {
	if n := len(g.alignments); n > 0 {
		last := g.alignments[n-1]
		if at, ok := b.alignment(&g.warp, last, 2+g.side()/14, dark); ok {
			pairs := pairsOf(finders, t, g.side())
			for range 8 {
				pairs = append(pairs, pair{last, at})
			}
			if w, ok := fitWarp(g.side(), pairs); ok {
				if share := b.share(&w, g.fixtures, dark); share > g.share {
					g.warp, g.share = w, share
				}
			}
		}
	}
	g.warp = b.climb(g.warp, g.layout, dark)
	g.share = b.share(&g.warp, g.fixtures, dark)
	return g
}

func (g *guess) side() float64 { return float64(g.layout.side) }
