package scan

import (
	"fmt"
	"image"

	"github.com/makiuchi-d/gozxing"
)

// UnreadError says that a code was seen and could not be read.
type UnreadError struct {
	Bounds image.Rectangle // about where, in the picture's own coordinates
	Pixels float64         // about how many pixels a module has a side; below three is too few for a blurred code
}

func (e *UnreadError) Error() string {
	return fmt.Sprintf("failed to read a qr code that was seen: its modules have %.1f pixels", e.Pixels)
}

// looksLikeCode says that a sampled symbol has what every code has and other pictures do not:
// three finder patterns, and two timing patterns between them. A tenth may be wrong.
func looksLikeCode(symbol *gozxing.BitMatrix) bool {
	side := symbol.GetWidth()
	if side < 21 || side != symbol.GetHeight() {
		return false
	}
	wrong, all := 0, 0
	expect := func(x, y int, dark bool) {
		all++
		if symbol.Get(x, y) != dark {
			wrong++
		}
	}
	for y := range 7 {
		for x := range 7 {
			ring := max(abs(x-3), abs(y-3))
			for _, at := range []image.Point{{0, 0}, {side - 7, 0}, {0, side - 7}} {
				expect(at.X+x, at.Y+y, ring != 2)
			}
		}
	}
	for i := 8; i < side-8; i++ {
		expect(i, 6, i%2 == 0)
		expect(6, i, i%2 == 0)
	}
	return wrong*10 <= all
}

func abs(n int) int { return max(n, -n) }
