package scan

import (
	"slices"
	"testing"

	"github.com/makiuchi-d/gozxing/qrcode/decoder"
	"github.com/skip2/go-qrcode"

	"seedvault/qr/internal/symbol"
)

// What is known of each version is what two others have: the decoder's table, and the symbols of an
// encoder.
func TestLayouts(t *testing.T) {
	t.Parallel()
	for version := 1; version <= mostVersion; version++ {
		l := layoutOf(version)
		v, err := decoder.Version_GetVersionForNumber(version)
		if err != nil {
			t.Fatal(err)
		}
		if lines := symbol.AlignmentLines(version); !slices.Equal(lines, v.GetAlignmentPatternCenters()) {
			t.Errorf("version %d: alignment patterns in %v, want %v", version, lines, v.GetAlignmentPatternCenters())
		}
		code, err := qrcode.NewWithForcedVersion("a", version, qrcode.Low)
		if err != nil {
			t.Fatal(err)
		}
		code.DisableBorder = true
		modules := code.Bitmap()
		if len(modules) != l.side {
			t.Fatalf("version %d: %d modules, want %d", version, l.side, len(modules))
		}
		for _, f := range l.fixtures {
			if modules[f.y][f.x] != f.dark {
				t.Fatalf("version %d: the module in row %d, column %d", version, f.y, f.x)
			}
		}
	}
}
