package scan

// How dark is dark? A threshold for the whole picture fails in a shadow, and the mean of what lies
// around a pixel leans to whatever there is more of. Here it is the middle between the darkest and
// the lightest of the surroundings: the idea of Bernsen (Dynamic thresholding of grey-level images,
// 1986), with surroundings that widen until they hold both. It treats dark and light alike, so that one
// pass finds codes of both polarities.

// surroundings say what a pixel is compared with: squares of pixels, whose side is a power of two,
// and how many of them in each direction the first look takes in.
type surroundings struct{ bits, reach int }

// levels are the thresholds of a picture, one for each block of pixels.
type levels struct {
	bits    int // the side of a block, as a power of two
	columns int
	at      []uint8
}

// of returns the threshold at a pixel: what is below is dark.
func (l *levels) of(x, y int) uint8 { return l.at[y>>l.bits*l.columns+x>>l.bits] }

// extremes are the darkest and the lightest pixel of each block.
type extremes struct {
	columns, rows int
	low, high     []uint8
}

func newExtremes(columns, rows int) extremes {
	return extremes{columns, rows, make([]uint8, columns*rows), make([]uint8, columns*rows)}
}

func extremesOf(p *plane, bits int) extremes {
	side := 1 << bits
	e := newExtremes((p.width+side-1)>>bits, (p.height+side-1)>>bits)
	inBands(e.rows, func(from, until int) {
		for row := from; row < until; row++ {
			low, high := e.low[row*e.columns:(row+1)*e.columns], e.high[row*e.columns:(row+1)*e.columns]
			for i := range low {
				low[i] = 255
			}
			for y := row << bits; y < min((row+1)<<bits, p.height); y++ {
				line := p.row(y)
				for i := range low {
					l, h := low[i], high[i]
					for _, v := range line[i<<bits : min((i+1)<<bits, len(line))] {
						l, h = min(l, v), max(h, v)
					}
					low[i], high[i] = l, h
				}
			}
		}
	})
	return e
}

// coarser joins two by two blocks.
func (e extremes) coarser() extremes {
	to := newExtremes((e.columns+1)/2, (e.rows+1)/2)
	for y := range to.rows {
		upper := 2 * y * e.columns
		lower := min(2*y+1, e.rows-1) * e.columns
		for x := range to.columns {
			left, right := 2*x, min(2*x+1, e.columns-1)
			to.low[y*to.columns+x] = min(e.low[upper+left], e.low[upper+right], e.low[lower+left], e.low[lower+right])
			to.high[y*to.columns+x] = max(e.high[upper+left], e.high[upper+right], e.high[lower+left], e.high[lower+right])
		}
	}
	return to
}

// widened gives each block the extremes of the blocks up to reach away, in rows and columns.
func (e extremes) widened(reach int) extremes {
	across := newExtremes(e.columns, e.rows)
	for y := range e.rows {
		low, high := e.low[y*e.columns:(y+1)*e.columns], e.high[y*e.columns:(y+1)*e.columns]
		for x := range low {
			from, until := max(0, x-reach), min(e.columns, x+reach+1)
			l, h := low[x], high[x]
			for i := from; i < until; i++ {
				l, h = min(l, low[i]), max(h, high[i])
			}
			across.low[y*e.columns+x], across.high[y*e.columns+x] = l, h
		}
	}
	to := newExtremes(e.columns, e.rows)
	for y := range e.rows {
		low, high := to.low[y*e.columns:(y+1)*e.columns], to.high[y*e.columns:(y+1)*e.columns]
		from, until := max(0, y-reach), min(e.rows, y+reach+1)
		copy(low, across.low[from*e.columns:])
		copy(high, across.high[from*e.columns:])
		for i := from + 1; i < until; i++ {
			for x, l := range across.low[i*e.columns : (i+1)*e.columns] {
				low[x] = min(low[x], l)
			}
			for x, h := range across.high[i*e.columns : (i+1)*e.columns] {
				high[x] = max(high[x], h)
			}
		}
	}
	return to
}

// levelsOf returns the thresholds of a picture.
func levelsOf(p *plane, s surroundings) *levels {
	fine := extremesOf(p, s.bits)
	return &levels{s.bits, fine.columns, levelsIn(fine, s.reach, fine.noise())}
}

// noise returns how far the darkest and the lightest of the surroundings are apart at least, where
// they are of two shades: what varies less is noise on one. Most pictures have a fifth of their blocks on
// one shade; the range in a block is two thirds of that in its surroundings, about.
func (e extremes) noise() uint8 {
	var ranges [256]int
	for i, low := range e.low {
		ranges[e.high[i]-low]++
	}
	left := len(e.low) / 5
	v := 0
	for ; v < 255 && left >= ranges[v]; v++ {
		left -= ranges[v]
	}
	return uint8(min(max(10, v*3/2), 40))
}

// levelsIn takes the middle of the surroundings of each block, and where they are all of one
// shade, that of surroundings twice as wide.
func levelsIn(e extremes, reach int, contrast uint8) []uint8 {
	around := e.widened(reach)
	at := around.low // which is not needed once it has been read
	var wider []uint8
	half := (e.columns + 1) / 2
	for y := range e.rows {
		for x := range e.columns {
			i := y*e.columns + x
			l, h := around.low[i], around.high[i]
			if h-l >= contrast || e.columns <= 1 && e.rows <= 1 {
				at[i] = uint8((int(l) + int(h) + 1) / 2)
				continue
			}
			if wider == nil {
				wider = levelsIn(e.coarser(), reach, contrast)
			}
			at[i] = wider[y/2*half+x/2]
		}
	}
	return at
}

// bitmap says of each pixel of a picture whether it is dark, which is 1.
type bitmap struct {
	width, height int
	dark          []uint8
}

// below returns which pixels lie below their thresholds.
func (p *plane) below(l *levels) *bitmap {
	b := &bitmap{p.width, p.height, make([]uint8, p.width*p.height)}
	inBands(p.height, func(from, until int) {
		for y := from; y < until; y++ {
			line, out := p.row(y), b.dark[y*p.width:(y+1)*p.width]
			for i, level := range l.at[y>>l.bits*l.columns : (y>>l.bits+1)*l.columns] {
				from, until := i<<l.bits, min((i+1)<<l.bits, len(line))
				some := out[from:until]
				for x, v := range line[from:until] {
					some[x] = uint8((int(v) - int(level)) >> 8 & 1)
				}
			}
		}
	})
	return b
}
