package scan

import (
	"cmp"
	"context"
	"slices"

	"seedvault/qr/internal/symbol"
)

// sighting is a code that was seen, in the coordinates of the page.
type sighting struct {
	corners  [4]point
	module   float64 // its side in pixels
	version  int
	inverted bool
	bent     bool    // no plane fits it
	share    int     // of its fixtures that agree, in thousandths
	washed   float64 // the share of it that is brighter than a code should be
	contrast int     // how far dark and light are apart
	content  content
}

// search is one reading of one picture.
type search struct {
	ctx      context.Context
	thorough bool
	onLook   func(name string)

	read   []sighting
	unread []sighting
	loose  []finder // that belong to no code that was read, in the last view
	seen   bool     // something like a finder was, in any view
	busy   bool     // more suspects than are looked at
	bent   int      // how many triples have been tried as bent sheets
	all    []finder // for the explanation, where one is wanted: those of all views
	record bool
}

// view is a picture made of the page, so many of whose pixels are one of the page's.
type view struct {
	*plane
	scale  float64
	around surroundings
}

const (
	mostSuspects = 100_000
	mostFinders  = 240
	mostTriples  = 400
)

// at searches one view.
func (s *search) at(v view) {
	l := levelsOf(v.plane, v.around)
	if s.ctx.Err() != nil {
		return
	}
	b := v.plane.below(l)
	if s.ctx.Err() != nil {
		return
	}
	step := 1
	if v.width*v.height > 1<<20 {
		step = 2
	}
	suspects, busy := b.suspects(step, mostSuspects)
	finders, full := s.finders(b, suspects, v.scale)
	s.busy = s.busy || busy || full
	s.loose = nil
	if len(finders) > 0 {
		s.seen = true
	}
	used := make([]bool, len(finders))
	for _, t := range triples(finders, mostTriples) {
		if s.ctx.Err() != nil {
			return
		}
		if used[t.corner] || used[t.right] || used[t.below] {
			continue // a finder belongs to one code
		}
		if s.try(v, l, b, finders, t) {
			used[t.corner], used[t.right], used[t.below] = true, true, true
		}
	}
	for i, f := range finders {
		f.at, f.right, f.down = f.at.times(1/v.scale), f.right.times(1/v.scale), f.down.times(1/v.scale)
		if s.record {
			s.all = append(s.all, f)
		}
		if !used[i] && !s.covered(f.at) {
			s.loose = append(s.loose, f)
		}
	}
}

// finders looks at the suspects and returns what are finders, each once, the clearest of each
// place. What lies in a code that was read is none.
func (s *search) finders(b *bitmap, suspects []suspect, scale float64) (list []finder, full bool) {
	for i, suspect := range suspects {
		if i%256 == 0 && s.ctx.Err() != nil {
			return list, false
		}
		middle := point{float64(suspect.x), float64(suspect.y)}
		if s.covered(middle.times(1 / scale)) {
			continue
		}
		near := func(f finder) bool {
			return f.inverted == suspect.inverted && f.at.minus(middle).length() < 1.5*f.size()
		}
		if slices.ContainsFunc(list, near) {
			continue
		}
		if f, ok := b.finderAt(suspect); ok {
			if len(list) == mostFinders {
				return list, true
			}
			list = append(list, f)
		}
	}
	return list, false
}

// covered reports whether a place of the page lies in a code that was read.
func (s *search) covered(p point) bool {
	return slices.ContainsFunc(s.read, func(r sighting) bool { return inside(r.corners, p) })
}

func inside(corners [4]point, p point) bool {
	for i, c := range corners {
		if corners[(i+1)%4].minus(c).cross(p.minus(c)) < 0 {
			return false
		}
	}
	return true
}

// try reads the code that three finders may be of. It reports whether it did.
func (s *search) try(v view, l *levels, b *bitmap, finders []finder, t triple) bool {
	inverted := finders[t.corner].inverted
	dark := uint8(1)
	if inverted {
		dark = 0
	}
	here := sighting{module: finders[t.corner].size() / v.scale, inverted: inverted}
	for _, g := range b.guesses(finders, t, dark) {
		g = b.fitted(g, finders, t, dark)
		if g.share < leastFitted {
			continue
		}
		timing := b.share(&g.warp, g.fixtures[:g.timing], dark)
		plain := sampled(v.plane, l, &g.warp, nil, inverted)
		c, ok := decoded(&plain)
		if !ok {
			m := b.meshOf(&g, dark)
			bent := sampled(v.plane, l, &g.warp, m.shift, inverted)
			c, ok = decoded(&bent)
		}
		s.note(here, &g, c, timing, v.scale)
		if ok {
			return true
		}
	}
	here.bent = true
	if s.bent == mostBent || min(finders[t.corner].quality, finders[t.right].quality, finders[t.below].quality) < leastClear {
		return false
	}
	s.bent++
	for _, g := range bentGuesses(finders, t) {
		m := b.meshOf(&g, dark)
		if g.share = b.meshShare(&g, &m, g.fixtures, dark); g.share < leastBent {
			continue
		}
		bent := sampled(v.plane, l, &g.warp, m.shift, inverted)
		c, ok := decoded(&bent)
		s.note(here, &g, c, b.meshShare(&g, &m, g.fixtures[:g.timing], dark), v.scale)
		if ok {
			return true
		}
	}
	return false
}

// note keeps a sighting, with what was read of it. What was not read is a code only where timing
// patterns are seen too: three finder patterns may be anywhere.
func (s *search) note(here sighting, g *guess, c content, timing int, scale float64) {
	for i, c := range g.corners {
		here.corners[i] = c.times(1 / scale)
	}
	here.version, here.share = g.version, g.share
	if here.content = c; len(c.segments) > 0 {
		s.read = append(s.read, here)
		return
	}
	if timing < leastSeen {
		return
	}
	for i := range s.unread {
		if s.unread[i].isAt(&here) { // seen again: the better sight is kept
			if s.unread[i].share < here.share {
				s.unread[i] = here
			}
			return
		}
	}
	s.unread = append(s.unread, here)
}

// isAt reports whether two sightings are of one code.
func (s *sighting) isAt(other *sighting) bool {
	middle := func(c [4]point) point { return c[0].between(c[2], 0.5) }
	return inside(s.corners, middle(other.corners)) || inside(other.corners, middle(s.corners))
}

const (
	leastFitted = 760 // the least share of fixtures that a code shows once its warp has been refined
	leastBent   = 700 // and on a mesh
	leastSeen   = 800 // and of its timing patterns where it is said to be a code that was not read
	mostBent    = 16  // how many triples are tried as bent sheets, which takes longest
	leastClear  = 44  // what the finders of those must have of the modules of a finder pattern
)

// decoded tries to decode a symbol: by the thresholds of the pixels, by comparing its modules
// with each other, and with what blur has spread taken back.
func decoded(plain *grid) (content, bool) {
	for _, way := range []func() grid{
		func() grid { return *plain },
		func() grid { return plain.levelled(4) },
		func() grid { sharp := plain.sharpened(70); return sharp.levelled(4) },
		func() grid { sharp := plain.sharpened(180); return sharp.levelled(4) },
		func() grid { return plain.levelled(2) },
	} {
		g := way()
		msg, err := symbol.Read(g.matrix())
		if err != nil {
			continue
		}
		if c, err := parse(msg); err == nil && len(c.segments) > 0 {
			return c, true
		}
	}
	return content{}, false
}

func sortBy[T any](list []T, by func(T) float64) {
	slices.SortStableFunc(list, func(a, b T) int { return cmp.Compare(by(a), by(b)) })
}
