package scan

import "math"

// plane is a grey picture: 0 is black, 255 is white. Its rows follow each other without gaps.
type plane struct {
	width, height int
	pix           []uint8
}

func newPlane(width, height int) *plane {
	return &plane{width, height, make([]uint8, width*height)}
}

// row returns the pixels of one row.
func (p *plane) row(y int) []uint8 { return p.pix[y*p.width : (y+1)*p.width] }

// halved returns a picture of half the size, each pixel the mean of four. Noise is halved with it,
// and blurred modules come together.
func (p *plane) halved() *plane {
	to := newPlane(max(1, p.width/2), max(1, p.height/2))
	if p.width < 2 || p.height < 2 {
		copy(to.pix, p.pix)
		return to
	}
	inBands(to.height, func(from, until int) {
		for y := from; y < until; y++ {
			upper, lower, out := p.row(2*y), p.row(2*y+1), to.row(y)
			upper, lower = upper[:2*len(out)], lower[:2*len(out)]
			for x := range out {
				out[x] = uint8((int(upper[2*x]) + int(upper[2*x+1]) + int(lower[2*x]) + int(lower[2*x+1]) + 2) >> 2)
			}
		}
	})
	return to
}

// doubled returns a picture of twice the size, each pixel between its neighbours: modules of two
// pixels become such as the search can follow.
func (p *plane) doubled() *plane {
	to := newPlane(2*p.width, 2*p.height)
	inBands(p.height, func(from, until int) {
		for y := from; y < until; y++ {
			here := p.row(y)
			for half, other := range [2]int{max(y-1, 0), min(y+1, p.height-1)} {
				near, out := p.row(other), to.row(2*y+half)
				for x := range here {
					column := 3*int(here[x]) + int(near[x])
					left, right := max(x-1, 0), min(x+1, p.width-1)
					out[2*x] = uint8((3*column + 3*int(here[left]) + int(near[left]) + 8) >> 4)
					out[2*x+1] = uint8((3*column + 3*int(here[right]) + int(near[right]) + 8) >> 4)
				}
			}
		}
	})
	return to
}

// smoothed returns the means of three by three pixels, weighted 1 2 1: speckles go, and modules
// are larger than they.
func (p *plane) smoothed() *plane {
	to := newPlane(p.width, p.height)
	inBands(p.height, func(from, until int) {
		sums := make([]int, p.width+2)
		for y := from; y < until; y++ {
			above, here, below := p.row(max(y-1, 0)), p.row(y), p.row(min(y+1, p.height-1))
			for x := range here {
				sums[x+1] = int(above[x]) + 2*int(here[x]) + int(below[x])
			}
			sums[0], sums[p.width+1] = sums[1], sums[p.width]
			out := to.row(y)
			for x := range out {
				out[x] = uint8((sums[x] + 2*sums[x+1] + sums[x+2] + 8) >> 4)
			}
		}
	})
	return to
}

// lifted returns the logarithm of a picture. What a shadow takes away is a part of the light, the
// same of ink and of paper, so that in logarithms both keep their distance.
func (p *plane) lifted() *plane {
	var to [256]uint8
	for i := range to {
		to[i] = uint8(255 * math.Log1p(float64(i)/6) / math.Log1p(255.0/6))
	}
	out := newPlane(p.width, p.height)
	for i, v := range p.pix {
		out.pix[i] = to[v]
	}
	return out
}

// workers is how many share the work on a picture.
const workers = 2

// inBands shares rows among the workers and waits for them.
func inBands(rows int, work func(from, until int)) {
	if rows < 64 {
		work(0, rows)
		return
	}
	done := make(chan any, workers)
	for i := range workers {
		go func() {
			defer func() { done <- recover() }()
			work(rows*i/workers, rows*(i+1)/workers)
		}()
	}
	for range workers {
		if trouble := <-done; trouble != nil {
			defer panic(trouble) // where the caller can recover from it
		}
	}
}
