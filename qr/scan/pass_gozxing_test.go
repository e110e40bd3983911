package scan

import (
	"context"
	"errors"
	"testing"

	"github.com/makiuchi-d/gozxing/qrcode/detector"
)

// gozxing is not known to panic on any picture; without one, a nil matrix makes it.
func TestPanicsOfGozxingAreErrors(t *testing.T) {
	if _, err := findCandidates(context.Background(), nil); !errors.Is(err, errGaveUp) {
		t.Errorf("finder: got %v, want errGaveUp", err)
	}
	at := func(x, y float64) *detector.FinderPattern { return detector.NewFinderPattern1(x, y, 3) }
	candidate := detector.NewFinderPatternInfo(at(20, 90), at(20, 20), at(90, 20))
	if _, _, err := readCandidate(nil, candidate); !errors.Is(err, errGaveUp) {
		t.Errorf("candidate: got %v, want errGaveUp", err)
	}
}
