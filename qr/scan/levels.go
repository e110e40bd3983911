package scan

// How dark is dark? A threshold for the whole picture fails in a shadow, and the mean of what lies
// around a pixel leans to whatever there is more of. Here it is the middle between the darkest and
// the lightest of the surroundings: the idea of Bernsen (Dynamic thresholding of grey-level images,
// 1986), with surroundings that widen until they hold both. It treats dark and light alike, so that one
// pass finds codes of both polarities.

// blockBits is the power of two that blocks have a side.
const blockBits = 2

const blockSide = 1 << blockBits

// levels are the thresholds of a picture, one for each block of pixels.
type levels struct {
	columns, rows int
	at            []uint8
}

// of returns the threshold at a pixel: what is below is dark.
func (l *levels) of(x, y int) uint8 { return l.at[(y>>blockBits)*l.columns+x>>blockBits] }

// extremes are the darkest and the lightest pixel of each block.
type extremes struct {
	columns, rows int
	low, high     []uint8
}

func extremesOf(p *plane) extremes {
	e := extremes{columns: (p.width + blockSide - 1) >> blockBits, rows: (p.height + blockSide - 1) >> blockBits}
	e.low, e.high = make([]uint8, e.columns*e.rows), make([]uint8, e.columns*e.rows)
	inBands(e.rows, func(from, until int) {
		for row := from; row < until; row++ {
			low, high := e.low[row*e.columns:(row+1)*e.columns], e.high[row*e.columns:(row+1)*e.columns]
			for i := range low {
				low[i] = 255
			}
			for y := row << blockBits; y < min((row+1)<<blockBits, p.height); y++ {
				line := p.row(y)
				whole := p.width >> blockBits
				for i := range whole {
					four := line[i<<blockBits : i<<blockBits+4 : i<<blockBits+4]
					a, b := min(four[0], four[1]), max(four[0], four[1])
					c, d := min(four[2], four[3]), max(four[2], four[3])
					low[i], high[i] = min(low[i], a, c), max(high[i], b, d)
				}
				for _, v := range line[whole<<blockBits:] {
					low[whole], high[whole] = min(low[whole], v), max(high[whole], v)
				}
			}
		}
	})
	return e
}

// coarser joins two by two blocks.
func (e extremes) coarser() extremes {
	to := extremes{columns: (e.columns + 1) / 2, rows: (e.rows + 1) / 2}
	to.low, to.high = make([]uint8, to.columns*to.rows), make([]uint8, to.columns*to.rows)
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
	across := extremes{e.columns, e.rows, make([]uint8, len(e.low)), make([]uint8, len(e.low))}
	for y := range e.rows {
		low, high := e.low[y*e.columns:(y+1)*e.columns], e.high[y*e.columns:(y+1)*e.columns]
		for x := range low {
			l, h := uint8(255), uint8(0)
			for i := max(0, x-reach); i <= min(e.columns-1, x+reach); i++ {
				l, h = min(l, low[i]), max(h, high[i])
			}
			across.low[y*e.columns+x], across.high[y*e.columns+x] = l, h
		}
	}
	to := extremes{e.columns, e.rows, make([]uint8, len(e.low)), make([]uint8, len(e.low))}
	for y := range e.rows {
		low, high := to.low[y*e.columns:(y+1)*e.columns], to.high[y*e.columns:(y+1)*e.columns]
		for x := range low {
			low[x] = 255
		}
		for i := max(0, y-reach); i <= min(e.rows-1, y+reach); i++ {
			from, until := i*e.columns, (i+1)*e.columns
			for x, l := range across.low[from:until] {
				low[x] = min(low[x], l)
			}
			for x, h := range across.high[from:until] {
				high[x] = max(high[x], h)
			}
		}
	}
	return to
}

// leastContrast is how far the darkest and the lightest of the surroundings are apart at least;
// what varies less is noise on one shade.
const leastContrast = 24

// levelsOf returns the thresholds of a picture. Reach says how many blocks around a pixel the
// first look takes in.
func levelsOf(p *plane, reach int) *levels {
	fine := extremesOf(p)
	at := levelsIn(fine, reach, leastContrast)
	return &levels{fine.columns, fine.rows, at}
}

// levelsIn takes the middle of the surroundings of each block, and where they are all of one
// shade, that of surroundings twice as wide.
func levelsIn(e extremes, reach int, contrast uint8) []uint8 {
	around := e.widened(reach)
	at := around.low // which is not needed once it has been read
	var wider []uint8
	half := (e.columns + 1) / 2
	for i := range at {
		l, h := around.low[i], around.high[i]
		if h-l >= contrast || e.columns <= 1 && e.rows <= 1 {
			at[i] = uint8((int(l) + int(h) + 1) / 2)
			continue
		}
		if wider == nil {
			wider = levelsIn(e.coarser(), reach, contrast)
		}
		at[i] = wider[i/e.columns/2*half+i%e.columns/2]
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
			level := l.at[(y>>blockBits)*l.columns:]
			for x, v := range line {
				out[x] = uint8((int(v) - int(level[x>>blockBits])) >> 8 & 1)
			}
		}
	})
	return b
}
