package scan

import (
	"encoding/binary"
	"math/bits"
)

// A finder pattern (ISO/IEC 18004, 6.3.3) is a square of three modules in a ring of one, with a
// ring of light between. Any line through its middle crosses runs of 1, 1, 3, 1 and 1 modules,
// whatever the angle: that is what the rows are searched for, dark on light and light on dark at
// once. What a row gives is looked at along the column too; what remains is for finder.go.

// suspect is where a finder pattern may lie.
type suspect struct {
	x, y, module int
	inverted     bool // it is light on dark
}

// suspects returns what rows and columns look like finder patterns, each place once. Step is how
// many rows the search goes on at a time.
func (b *bitmap) suspects(step, most int) (found []suspect, busy bool) {
	bands := make([][]suspect, workers)
	inBands(b.height, func(from, until int) {
		band := 0
		if from > 0 {
			band = 1
		}
		var s []suspect
		for y := from - from%step; y < until; y += step {
			if y >= from {
				s = b.suspectsIn(y, s)
			}
			if len(s) > most*4 {
				break
			}
		}
		bands[band] = s
	})
	const cell = 4 // a place is a square of so many pixels
	seen := map[[3]int]int{}
	for _, s := range append(bands[0], bands[1]...) {
		key := [3]int{s.x / cell, s.y / cell, 0}
		if s.inverted {
			key[2] = 1
		}
		if i, ok := seen[key]; ok && abs(found[i].module-s.module)*2 <= s.module {
			continue
		}
		seen[key] = len(found)
		found = append(found, s)
		if len(found) > most {
			return found, true
		}
	}
	return found, false
}

// suspectsIn appends what one row holds.
func (b *bitmap) suspectsIn(y int, found []suspect) []suspect {
	line := b.dark[y*b.width : (y+1)*b.width]
	var run [5]int // the last five, of which the fifth has just ended
	n := 0
	for x := 0; x < len(line); {
		end := endOfRun(line, x)
		run[0], run[1], run[2], run[3], run[4] = run[1], run[2], run[3], run[4], end-x
		n++
		if n >= 5 && likeFinder(&run) {
			middle := end - run[4] - run[3] - (run[2]+1)/2
			inverted := line[middle] == 0
			if cy, ok := b.middleOfColumn(middle, y, run[0]+run[1]+run[2]+run[3]+run[4]); ok {
				found = append(found, suspect{middle, cy, (run[0] + run[1] + run[2] + run[3] + run[4] + 3) / 7, inverted})
			}
		}
		x = end
	}
	return found
}

// endOfRun returns where the run that begins at x ends. It goes by eight pixels while it can.
func endOfRun(line []uint8, x int) int {
	shade := line[x]
	all := uint64(shade) * 0x0101010101010101
	for x++; x+8 <= len(line); x += 8 {
		if differ := binary.LittleEndian.Uint64(line[x:]) ^ all; differ != 0 {
			return x + bits.TrailingZeros64(differ)/8
		}
	}
	for x < len(line) && line[x] == shade {
		x++
	}
	return x
}

// likeFinder reports whether five runs are about 1, 1, 3, 1 and 1 of something. Blur and a threshold a
// little off make all dark ones longer and all light ones shorter, or the reverse.
func likeFinder(run *[5]int) bool {
	total := run[0] + run[1] + run[2] + run[3] + run[4]
	if total < 7 {
		return false
	}
	// In sevenths of a pixel: the module is total, and each outer run may be from 0.4 to 1.9 of it.
	least, most := total*2/5-4, total*19/10+4
	for _, i := range [4]int{0, 1, 3, 4} {
		if r := run[i] * 7; r < least || r > most {
			return false
		}
	}
	middle := run[2] * 7
	if middle < total*19/10-4 || middle > total*42/10+4 {
		return false
	}
	// The two halves are alike.
	return abs(run[0]+run[1]-run[3]-run[4])*7 <= total*13/10+7
}

// middleOfColumn reports whether the column through a suspect's middle looks like a finder pattern
// too, about as large as its row, and returns the middle of it.
func (b *bitmap) middleOfColumn(x, y, across int) (int, bool) {
	shade := b.dark[y*b.width+x]
	limit := 2*across + 4
	var up, down [3]int
	if !b.runsFrom(x, y, -1, shade, limit, &up) || !b.runsFrom(x, y, 1, shade, limit, &down) {
		return 0, false
	}
	run := [5]int{up[2], up[1], up[0] + down[0] - 1, down[1], down[2]}
	total := run[0] + run[1] + run[2] + run[3] + run[4]
	if !likeFinder(&run) || total > 3*across+3 || across > 3*total+3 {
		return 0, false
	}
	return y + (down[0]-up[0])/2, true
}

// runsFrom counts three runs upwards or downwards from a pixel.
func (b *bitmap) runsFrom(x, y, step int, shade uint8, limit int, run *[3]int) bool {
	at, stride := y*b.width+x, step*b.width
	for i := range run {
		for at >= 0 && at < len(b.dark) && b.dark[at] == shade {
			if run[i]++; run[i] > limit {
				return false
			}
			at += stride
		}
		if run[i] == 0 {
			return false
		}
		shade ^= 1
	}
	return true
}

func abs(n int) int { return max(n, -n) }
