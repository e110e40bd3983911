package pictures

import (
	"math"
	"math/rand/v2"

	"github.com/skip2/go-qrcode"
)

// common returns an ordinary photograph of one code, whose corners lie off a square by up to so much of
// its side.
func common(r *rand.Rand, slant float64) *photo {
	return one(r, slant, r.NormFloat64()*0.15, 1, URI(r), someLevel(r))
}

// one returns a photograph of one code: turned by an angle, as many times as wide as it is high.
func one(r *rand.Rand, slant, angle, wide float64, text string, level qrcode.RecoveryLevel) *photo {
	code := NewCode(text, level)
	pixels := 2.4 + 3.6*r.Float64()
	side := pixels * float64(code.Side())
	p := &photo{
		ground: 0.25 + 0.5*r.Float64(), grain: 0.05 + 0.25*r.Float64(),
		blur: 0.3 + 0.12*pixels*r.Float64(), noise: 0.01 + 0.02*r.Float64(), quality: 45 + r.IntN(45),
		cast: [3]float32{1, 0.94 + 0.06*r.Float32(), 0.85 + 0.15*r.Float32()},
	}
	s := sheet{code: code, quiet: 2 + 3*r.Float64(), ink: 0.03 + 0.15*r.Float64(), paper: 0.75 + 0.2*r.Float64()}
	s.corners = corners(r, side*math.Sqrt(wide), side/math.Sqrt(wide), slant*side, angle)
	p.sheets = []sheet{s}
	p.frame((8 + 30*r.Float64()) * pixels)
	return p
}

// corners returns those of a rectangle around the origin, each off its place by up to slant in both
// directions, then turned.
func corners(r *rand.Rand, width, height, slant, angle float64) (c [4]point) {
	sin, cos := math.Sincos(angle)
	for i, at := range [4]point{{-1, -1}, {1, -1}, {1, 1}, {-1, 1}} {
		x := at.x*width/2 + slant*(2*r.Float64()-1)
		y := at.y*height/2 + slant*(2*r.Float64()-1)
		c[i] = point{x*cos - y*sin, x*sin + y*cos}
	}
	return c
}

// frame makes the picture as large as its first sheet and a margin.
func (p *photo) frame(margin float64) {
	s := &p.sheets[0]
	b := box(s.corners)
	dx, dy := margin-float64(b.Min.X), margin-float64(b.Min.Y)
	for i := range s.corners {
		s.corners[i].x += dx
		s.corners[i].y += dy
	}
	p.width, p.height = b.Dx()+int(2*margin), b.Dy()+int(2*margin)
}

// pixels returns how many pixels a module of the first sheet has a side, about.
func (p *photo) pixels() float64 {
	c := p.sheets[0].corners
	area := math.Abs((c[2].x-c[0].x)*(c[3].y-c[1].y)-(c[3].x-c[1].x)*(c[2].y-c[0].y)) / 2
	return math.Sqrt(area) / float64(p.sheets[0].code.Side())
}

// scale takes the photograph from farther away, or nearer.
func (p *photo) scale(by float64) {
	for i := range p.sheets {
		for j := range p.sheets[i].corners {
			p.sheets[i].corners[j].x *= by
			p.sheets[i].corners[j].y *= by
		}
	}
	p.width, p.height = int(float64(p.width)*by), int(float64(p.height)*by)
}

// shadow returns a photograph with a shadow on a part of the sheet, whose edge is as sharp as that
// of a hand's, and with light from a side.
func shadow(r *rand.Rand, hard float64) *photo {
	p := one(r, 0.06*hard, r.Float64()*2*math.Pi, 1, URI(r), someLevel(r))
	sin, cos := math.Sincos(r.Float64() * 2 * math.Pi)
	edge, dark, soft := 0.3*(r.Float64()-0.5), 0.25+0.3*r.Float64(), 0.01+0.05*r.Float64()
	slope := 0.5 * r.Float64()
	p.light = func(x, y float64) float64 {
		along := (x-0.5)*cos + (y-0.5)*sin - edge
		lit := min(max(along/soft+0.5, 0), 1)
		return (dark/hard + (1-dark/hard)*lit) * (1 - slope*(1-x))
	}
	return p
}

// glare returns a photograph with a lamp's reflection, which outshines the code.
func glare(r *rand.Rand, hard float64) *photo {
	p := one(r, 0.06*hard, r.NormFloat64()*0.2, 1, URI(r), Quartile)
	x0, y0, size := 0.3+0.4*r.Float64(), 0.3+0.4*r.Float64(), (0.06+0.08*r.Float64())*hard
	slope := 0.6 * r.Float64()
	p.glare = func(x, y float64) float64 { return 1.4 * math.Exp(-((x-x0)*(x-x0)+(y-y0)*(y-y0))/(2*size*size)) }
	p.light = func(x, y float64) float64 { return 1 - slope*y }
	return p
}

// damaged returns a sheet with spots, in places where error correction can mend them.
func damaged(r *rand.Rand, hard float64) *photo {
	p := one(r, 0.05*hard, r.NormFloat64()*0.2, 1, URI(r), Quartile+qrcode.RecoveryLevel(r.IntN(2)))
	s := &p.sheets[0]
	side := float64(s.code.Side())
	for range 2 + r.IntN(4) {
		s.spots = append(s.spots, spot{
			at:     point{side * (0.3 + 0.65*r.Float64()), side * (0.3 + 0.65*r.Float64())},
			radius: side * (0.02 + 0.05*r.Float64()) * hard, shade: r.Float64(),
		})
	}
	for range 3 { // small ones anywhere
		s.spots = append(s.spots, spot{point{side * r.Float64(), side * r.Float64()}, 0.8 * hard, r.Float64()})
	}
	return p
}

// several returns a photograph of several codes, as they lie on a table, each its own way.
func several(r *rand.Rand, hard float64) *photo {
	p := &photo{
		ground: 0.3 + 0.4*r.Float64(), grain: 0.2, blur: 0.5 + 0.5*r.Float64(),
		noise: 0.015, quality: 60 + r.IntN(30), cast: [3]float32{1, 0.97, 0.92},
	}
	n := 2 + r.IntN(4)
	const cell = 340
	p.width, p.height = 3*cell, 2*cell
	for i := range n {
		code := NewCode(URI(r), someLevel(r))
		side := (2.6 + 1.4*r.Float64()) * float64(code.Side())
		side = min(side, 0.68*cell)
		s := sheet{code: code, quiet: 3, ink: 0.1, paper: 0.85}
		if r.IntN(4) == 0 {
			s.ink, s.paper = 0.85, 0.1
		}
		s.corners = corners(r, side, side, 0.06*hard*side, r.NormFloat64()*0.2)
		for j := range s.corners {
			s.corners[j].x += cell * (float64(i%3) + 0.5)
			s.corners[j].y += cell * (float64(i/3) + 0.5)
		}
		p.sheets = append(p.sheets, s)
	}
	return p
}
