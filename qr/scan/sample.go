package scan

import "seedvault/qr/internal/symbol"

// grid is how dark the modules of a symbol are, in rows; more is darker, and 0 lies between dark and
// light.
type grid struct {
	side int
	at   []int32
}

// sampled looks nine times at each module. How dark a look is counts by how far it is from the
// threshold there.
func sampled(p *plane, l *levels, w *warp, shift func(x, y float64) (float64, float64), inverted bool) grid {
	side := int(w.side)
	g := grid{side, make([]int32, side*side)}
	sign := int32(1)
	if inverted {
		sign = -1
	}
	for y := range side {
		for x := range side {
			mx, my := float64(x)+0.5, float64(y)+0.5
			if shift != nil {
				dx, dy := shift(mx, my)
				mx, my = mx+dx, my+dy
			}
			middle := w.of(mx, my)
			right := w.of(mx+0.25, my).minus(middle)
			down := w.of(mx, my+0.25).minus(middle)
			sum := int32(0)
			for i := -1; i <= 1; i++ {
				for j := -1; j <= 1; j++ {
					at := point{middle.x + float64(j)*right.x + float64(i)*down.x, middle.y + float64(j)*right.y + float64(i)*down.y}
					px, py := min(max(int(at.x), 0), p.width-1), min(max(int(at.y), 0), p.height-1)
					sum += int32(l.of(px, py)) - int32(p.pix[py*p.width+px])
				}
			}
			g.at[y*side+x] = sign * sum
		}
	}
	return g
}

// matrix takes the modules that are darker than the middle.
func (g *grid) matrix() *symbol.Matrix {
	m := symbol.NewMatrix(g.side)
	for i, v := range g.at {
		m.Set(i%g.side, i/g.side, v > 0)
	}
	return m
}

// levelled has each module compared with those around it instead of with a threshold for the
// pixels: the middle of the means of the darker and of the lighter ones among them. Half the
// modules of a symbol are dark, about, and any few of them hold both.
func (g *grid) levelled(reach int) grid {
	to := grid{g.side, make([]int32, len(g.at))}
	for y := range g.side {
		for x := range g.side {
			top, bottom := max(0, y-reach), min(g.side-1, y+reach)
			left, right := max(0, x-reach), min(g.side-1, x+reach)
			sum, n := int32(0), int32(0)
			for i := top; i <= bottom; i++ {
				for _, v := range g.at[i*g.side+left : i*g.side+right+1] {
					sum += v
					n++
				}
			}
			mean := sum / n
			var upper, lower, above, below int32
			for i := top; i <= bottom; i++ {
				for _, v := range g.at[i*g.side+left : i*g.side+right+1] {
					if v > mean {
						upper += v
						above++
					} else {
						lower += v
						below++
					}
				}
			}
			level := mean
			if above > 0 && below > 0 {
				level = (upper/above + lower/below) / 2
			}
			to.at[y*g.side+x] = g.at[y*g.side+x] - level
		}
	}
	return to
}

// sharpened takes from each module what its neighbours have lent it in a blurred picture.
func (g *grid) sharpened(percent int32) grid {
	to := grid{g.side, make([]int32, len(g.at))}
	for y := range g.side {
		for x := range g.side {
			i := y*g.side + x
			up, down, left, right := i, i, i, i
			if y > 0 {
				up = i - g.side
			}
			if y < g.side-1 {
				down = i + g.side
			}
			if x > 0 {
				left = i - 1
			}
			if x < g.side-1 {
				right = i + 1
			}
			around := (g.at[up] + g.at[down] + g.at[left] + g.at[right]) / 4
			to.at[i] = g.at[i] + (g.at[i]-around)*percent/100
		}
	}
	return to
}
