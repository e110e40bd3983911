package scan

import (
	"sync"

	"seedvault/qr/internal/symbol"
)

// What every symbol of a version has in the same places (ISO/IEC 18004, 6.3): finder patterns with
// their separators, timing patterns, alignment patterns.

const mostVersion = symbol.MostVersion

func sideOf(version int) int { return symbol.SideOf(version) }

// fixture is a module of which it is known whether it is dark.
type fixture struct {
	x, y int16
	dark bool
}

// layout is all that is known of a version.
type layout struct {
	version, side int
	fixtures      []fixture
	timing        int     // the first so many fixtures are those of the timing patterns
	alignments    []point // the middles of the alignment patterns
}

var layouts [mostVersion + 1]struct {
	once sync.Once
	layout
}

// layoutOf returns what is known of a version, from 1 to 40.
func layoutOf(version int) *layout {
	l := &layouts[version]
	l.once.Do(func() { l.layout = newLayout(version) })
	return &l.layout
}

func newLayout(version int) layout {
	side := sideOf(version)
	l := layout{version: version, side: side}
	add := func(x, y int, dark bool) {
		if x >= 0 && y >= 0 && x < side && y < side {
			l.fixtures = append(l.fixtures, fixture{int16(x), int16(y), dark})
		}
	}
	for i := 8; i < side-8; i++ {
		add(i, 6, i%2 == 0)
		add(6, i, i%2 == 0)
	}
	l.timing = len(l.fixtures)
	for _, at := range [][2]int{{3, 3}, {side - 4, 3}, {3, side - 4}} {
		for y := -4; y <= 4; y++ {
			for x := -4; x <= 4; x++ {
				ring := max(abs(x), abs(y))
				add(at[0]+x, at[1]+y, ring != 2 && ring != 4)
			}
		}
	}
	lines := symbol.AlignmentLines(version)
	last := len(lines) - 1
	for i, y := range lines {
		for j, x := range lines {
			if i == 0 && (j == 0 || j == last) || i == last && j == 0 {
				continue // a finder pattern is there
			}
			l.alignments = append(l.alignments, point{float64(x) + 0.5, float64(y) + 0.5})
			for dy := -2; dy <= 2; dy++ {
				for dx := -2; dx <= 2; dx++ {
					add(x+dx, y+dy, max(abs(dx), abs(dy)) != 1)
				}
			}
		}
	}
	return l
}
