// Package pictures draws QR codes as people bring them: photographs with all that goes wrong in
// them, screenshots, and pictures without a code. The same seed draws the same pictures.
//
// Start with [Photos], [Screens] and [Empty]. All texts are made up.
package pictures

import (
	"fmt"
	"iter"
	"math"
	"math/rand/v2"

	"github.com/skip2/go-qrcode"
)

// class is one thing that goes wrong in photographs.
type class struct {
	name string
	make func(r *rand.Rand, hard float64) *photo
}

// classes are drawn one after another. Each takes an ordinary photograph and makes one thing
// worse, hard times as much as is common.
var classes = []class{
	{"slanted", func(r *rand.Rand, hard float64) *photo { return common(r, 0.10*hard) }},
	{"steep", func(r *rand.Rand, hard float64) *photo { return common(r, 0.18*hard) }},
	{"steeper", func(r *rand.Rand, hard float64) *photo { return common(r, 0.25*hard) }},
	{"turned", func(r *rand.Rand, hard float64) *photo {
		return one(r, 0.04*hard, r.Float64()*2*math.Pi, 1, URI(r), someLevel(r))
	}},
	{"shadow", shadow},
	{"glare", glare},
	{"squeezed", func(r *rand.Rand, hard float64) *photo {
		return one(r, 0.04*hard, r.NormFloat64()*0.3, math.Pow(1+0.7*hard, r.Float64()*2-1), URI(r), someLevel(r))
	}},
	{"pale", func(r *rand.Rand, hard float64) *photo {
		p := common(r, 0.05)
		s := &p.sheets[0]
		s.paper = 0.35 + 0.5*r.Float64()
		s.ink = s.paper - (0.12+0.15*r.Float64())/hard
		p.noise = 0.008
		return p
	}},
	{"inverted", func(r *rand.Rand, hard float64) *photo {
		p := common(r, 0.08*hard)
		p.sheets[0].ink, p.sheets[0].paper = 0.7+0.25*r.Float64(), 0.05+0.15*r.Float64()
		return p
	}},
	{"blurred", func(r *rand.Rand, hard float64) *photo {
		p := common(r, 0.04)
		pixels := p.pixels()
		if p.blur = (0.35 + 0.25*r.Float64()) * hard * pixels; r.IntN(3) == 0 {
			p.smear, p.towards, p.blur = (0.7+0.6*r.Float64())*hard*pixels, r.Float64()*math.Pi, 0.25*pixels
		}
		return p
	}},
	{"noisy", func(r *rand.Rand, hard float64) *photo {
		p := common(r, 0.05)
		p.noise, p.quality = (0.06+0.14*r.Float64())*hard, 30+r.IntN(40)
		return p
	}},
	{"small", func(r *rand.Rand, hard float64) *photo {
		p := common(r, 0.05)
		p.scale((1.6 + 0.8*r.Float64()) / hard / p.pixels())
		p.blur = 0.3 + 0.3*r.Float64()
		return p
	}},
	{"damaged", damaged},
	{"bent", func(r *rand.Rand, hard float64) *photo {
		p := common(r, 0.05)
		p.sheets[0].bend = (0.8 + 1.6*r.Float64()) * hard * float64(1-2*r.IntN(2))
		return p
	}},
	{"dense", func(r *rand.Rand, hard float64) *photo {
		p := one(r, 0.06*hard, r.NormFloat64()*0.2, 1, Export(r, 5+r.IntN(8)), Low)
		p.noise, p.quality = 0.012, 75
		return p
	}},
	{"several", several},
	{"screen", func(r *rand.Rand, hard float64) *photo {
		p := common(r, 0.08*hard)
		p.screen, p.blur = true, 0.7+0.5*r.Float64()
		return p
	}},
	{"mirrored", func(r *rand.Rand, hard float64) *photo {
		p := common(r, 0.06*hard)
		p.sheets[0].code = p.sheets[0].code.mirrored()
		return p
	}},
}

// Photos draws so many photographs of each class. hard is 1 for what is common; less is easier.
func Photos(seed uint64, each int, hard float64) iter.Seq[Picture] {
	return func(yield func(Picture) bool) {
		for i, c := range classes {
			for n := range each {
				r := rand.New(rand.NewPCG(seed, uint64(i)<<32|uint64(n)))
				if !yield(c.photograph(r, fmt.Sprintf("%s-%03d.jpg", c.name, n), hard)) {
					return
				}
			}
		}
	}
}

// Photo draws the first photograph of one class.
func Photo(class string, seed uint64, hard float64) Picture {
	for i, c := range classes {
		if c.name == class {
			return c.photograph(rand.New(rand.NewPCG(seed, uint64(i)<<32)), class+".jpg", hard)
		}
	}
	panic("no class " + class)
}

func (c class) photograph(r *rand.Rand, name string, hard float64) Picture {
	p := c.make(r, hard)
	return Picture{c.name, name, p.wantOf(), p.draw(r).jpeg(p.quality, p.cast)}
}

func someLevel(r *rand.Rand) qrcode.RecoveryLevel { return qrcode.RecoveryLevel(r.IntN(4)) }
