package symbol

import "sync"

// MostVersion is the largest version there is.
const MostVersion = 40

// SideOf returns how many modules a side of a version has.
func SideOf(version int) int { return 17 + 4*version }

// Level is how much of a symbol may be damaged.
type Level int

// The levels, for about 7, 15, 25 and 30 per cent.
const (
	Low Level = iota
	Medium
	Quarter
	High
)

// checks and counts are, for each level and version, how many codewords of a block check
// it, and how many blocks there are (ISO/IEC 18004, table 9).
var checks = [4][MostVersion + 1]byte{
	Low:     {0, 7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28, 28, 28, 30, 30, 26, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30},
	Medium:  {0, 10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28},
	Quarter: {0, 13, 22, 18, 26, 18, 24, 18, 22, 20, 24, 28, 26, 24, 20, 30, 24, 28, 28, 26, 30, 28, 30, 30, 30, 30, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30},
	High:    {0, 17, 28, 22, 16, 22, 28, 26, 26, 24, 28, 24, 28, 22, 24, 24, 30, 28, 28, 26, 28, 30, 24, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30},
}

var counts = [4][MostVersion + 1]byte{
	Low:     {0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8, 8, 9, 9, 10, 12, 12, 12, 13, 14, 15, 16, 17, 18, 19, 19, 20, 21, 22, 24, 25},
	Medium:  {0, 1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49},
	Quarter: {0, 1, 1, 2, 2, 4, 4, 6, 6, 8, 8, 8, 10, 12, 16, 12, 17, 16, 18, 21, 20, 23, 23, 25, 27, 29, 34, 34, 35, 38, 40, 43, 45, 48, 51, 53, 56, 59, 62, 65, 68},
	High:    {0, 1, 1, 2, 4, 4, 4, 5, 6, 8, 8, 11, 11, 16, 16, 18, 16, 19, 21, 25, 25, 25, 34, 30, 32, 35, 37, 40, 42, 45, 48, 51, 54, 57, 60, 63, 66, 70, 74, 77, 81},
}

// CheckedBy returns how many codewords of each block of a version and a level check it,
// and how many blocks there are.
func CheckedBy(version int, level Level) (check, blocks int) {
	return int(checks[level][version]), int(counts[level][version])
}

// MostErrors returns how many wrong codewords of a block may be corrected. It is fewer than the
// code could mend in the smallest symbols: there some codewords are set aside so that what is not
// this text is not taken for it (ISO/IEC 18004, table 9, the note on p).
func MostErrors(version int, level Level, check int) int {
	aside := 0
	switch {
	case version == 1 && level == Low:
		aside = 3
	case version == 1 && level == Medium, version == 2 && level == Low:
		aside = 2
	case version == 1, version == 3 && level == Low:
		aside = 1
	}
	return (check - aside) / 2
}

// place is where a module stands.
type place struct{ x, y uint8 }

var places [MostVersion + 1]struct {
	once sync.Once
	list []place
}

// placesOf returns where the bits of a version's codewords stand, in their order (7.7.3):
// up and down in strips of two modules, from the right, past the upright timing pattern.
func placesOf(version int) []place {
	p := &places[version]
	p.once.Do(func() {
		side, taken := SideOf(version), patternsOf(version)
		up := true
		for right := side - 1; right > 0; right -= 2 {
			if right == 6 {
				right--
			}
			for i := range side {
				y := i
				if up {
					y = side - 1 - i
				}
				for _, x := range []int{right, right - 1} {
					if !taken.Dark(x, y) {
						p.list = append(p.list, place{uint8(x), uint8(y)})
					}
				}
			}
			up = !up
		}
	})
	return p.list
}

// patternsOf marks the modules that hold no codeword: finder, timing and alignment
// patterns, format and version (6.3).
func patternsOf(version int) *Matrix {
	side := SideOf(version)
	m := NewMatrix(side)
	mark := func(x, y, width, height int) {
		for j := y; j < y+height; j++ {
			for i := x; i < x+width; i++ {
				m.Set(i, j, true)
			}
		}
	}
	mark(0, 0, 9, 9)
	mark(side-8, 0, 8, 9)
	mark(0, side-8, 9, 8)
	mark(6, 0, 1, side)
	mark(0, 6, side, 1)
	lines := AlignmentLines(version)
	last := len(lines) - 1
	for i, y := range lines {
		for j, x := range lines {
			if i == 0 && (j == 0 || j == last) || i == last && j == 0 {
				continue // a finder pattern is there
			}
			mark(x-2, y-2, 5, 5)
		}
	}
	if version >= 7 {
		mark(side-11, 0, 3, 6)
		mark(0, side-11, 6, 3)
	}
	return m
}

// AlignmentLines returns the rows, which are also the columns, of the middles of alignment patterns
// (ISO/IEC 18004, annex E): the first is 6, the others are spaced evenly, by an even number, up to
// the seventh from the end. Version 32 is the one that this does not give.
func AlignmentLines(version int) []int {
	if version == 1 {
		return nil
	}
	n := version/7 + 2
	last := SideOf(version) - 7
	step := 26
	if version != 32 {
		step = (last - 6 + n - 2) / (n - 1)
		step += step % 2
	}
	lines := make([]int, n)
	lines[0] = 6
	for i := n - 1; i > 0; i-- {
		lines[i] = last - (n-1-i)*step
	}
	return lines
}
