package pictures

import (
	"bytes"
	"image"
	"image/jpeg"
	"math"
	"math/rand/v2"
)

// plane is a grey picture while it is made: 0 is black, 1 is white.
type plane struct {
	width, height int
	at            []float32
}

func newPlane(width, height int) *plane {
	return &plane{width, height, make([]float32, width*height)}
}

// blur smooths with a Gaussian of that many pixels, as a lens out of focus does.
func (p *plane) blur(sigma float64) {
	if sigma <= 0 {
		return
	}
	var kernel []float32
	radius := int(math.Ceil(3 * sigma))
	var sum float32
	for i := -radius; i <= radius; i++ {
		weight := float32(math.Exp(-float64(i*i) / (2 * sigma * sigma)))
		kernel, sum = append(kernel, weight), sum+weight
	}
	for i := range kernel {
		kernel[i] /= sum
	}
	p.along(1, 0, kernel)
	p.along(0, 1, kernel)
}

// smear averages along a line of that many pixels, as a moving hand does.
func (p *plane) smear(length, angle float64) {
	if length < 1 {
		return
	}
	n := int(length) | 1
	kernel := make([]float32, n)
	for i := range kernel {
		kernel[i] = 1 / float32(n)
	}
	p.along(math.Cos(angle), math.Sin(angle), kernel)
}

func (p *plane) along(dx, dy float64, kernel []float32) {
	from := p.at
	p.at = make([]float32, len(from))
	radius := len(kernel) / 2
	for i, weight := range kernel {
		offX, offY := int(math.Round(dx*float64(i-radius))), int(math.Round(dy*float64(i-radius)))
		for y := range p.height {
			row := from[min(max(y+offY, 0), p.height-1)*p.width:]
			for x := range p.width {
				p.at[y*p.width+x] += weight * row[min(max(x+offX, 0), p.width-1)]
			}
		}
	}
}

// noise adds what a sensor adds in poor light.
func (p *plane) noise(r *rand.Rand, sigma float64) {
	for i := range p.at {
		p.at[i] += float32(r.NormFloat64() * sigma)
	}
}

// jpeg returns the file, in a colour cast.
func (p *plane) jpeg(quality int, cast [3]float32) []byte {
	img := image.NewRGBA(image.Rect(0, 0, p.width, p.height))
	for i, v := range p.at {
		for c := range 3 {
			img.Pix[4*i+c] = level(v * cast[c])
		}
		img.Pix[4*i+3] = 255
	}
	var file bytes.Buffer
	if err := jpeg.Encode(&file, img, &jpeg.Options{Quality: quality}); err != nil {
		panic(err) // memory takes all that is written
	}
	return file.Bytes()
}

func level(v float32) uint8 { return uint8(min(max(v*255+0.5, 0), 255)) }

// texture returns smooth random values from -1 to 1, coarse to fine, as of wood, cloth or clouds.
func texture(r *rand.Rand) func(x, y float64) float64 {
	const cells = 64
	var grid [cells][cells]float64
	for i := range grid {
		for j := range grid[i] {
			grid[i][j] = r.Float64()*2 - 1
		}
	}
	stretchX, stretchY := 0.3+r.Float64()*2, 0.3+r.Float64()*2
	smooth := func(x, y float64) float64 {
		x0, y0 := math.Floor(x), math.Floor(y)
		fx, fy := x-x0, y-y0
		fx, fy = fx*fx*(3-2*fx), fy*fy*(3-2*fy)
		i, j := int(y0)&(cells-1), int(x0)&(cells-1)
		k, l := (i+1)&(cells-1), (j+1)&(cells-1)
		return (grid[i][j]*(1-fx)+grid[i][l]*fx)*(1-fy) + (grid[k][j]*(1-fx)+grid[k][l]*fx)*fy
	}
	return func(x, y float64) float64 {
		x, y = x*stretchX, y*stretchY
		return 0.5*smooth(x/90, y/90) + 0.3*smooth(x/31, y/31) + 0.2*smooth(x/7, y/7)
	}
}
