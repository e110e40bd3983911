package scan

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/common/reedsolomon"
	"github.com/makiuchi-d/gozxing/qrcode/decoder"
	"github.com/skip2/go-qrcode"
)

// go test ./qr/scan -run TestDamagedMatrices -matrices 60000 takes a minute at most.
var matrices = flag.Int("matrices", 4000, "decode so many damaged symbols")

func matrixOf(t *testing.T, text string, level qrcode.RecoveryLevel) *gozxing.BitMatrix {
	t.Helper()
	code, err := qrcode.New(text, level)
	if err != nil {
		t.Fatal(err)
	}
	code.DisableBorder = true
	rows := code.Bitmap()
	m, err := gozxing.NewSquareBitMatrix(len(rows))
	if err != nil {
		t.Fatal(err)
	}
	for y, row := range rows {
		for x, dark := range row {
			if dark {
				m.Set(x, y)
			}
		}
	}
	return m
}

// Whatever is wrong with a symbol, its text comes out right or not at all.
func TestDamagedMatrices(t *testing.T) {
	r := rand.New(rand.NewPCG(18004, 2015))
	right, none := 0, 0
	for range *matrices {
		text := fmt.Sprintf("otpauth://totp/a%d?secret=JBSWY3DPEHPK3PXP", r.IntN(1e6))
		if r.IntN(2) == 0 { // the smallest versions have least to tell right from wrong
			text = fmt.Sprint(r.IntN(1e9))
		}
		m := matrixOf(t, text, qrcode.RecoveryLevel(r.IntN(4)))
		side := m.GetWidth()
		damage(r, m)
		msg, err := decodeMatrix(m)
		if m.GetWidth() != side {
			t.Fatal("the matrix has changed its size")
		}
		if err != nil {
			none++
			continue
		}
		c, err := parse(msg)
		if err != nil {
			none++
			continue
		}
		if got := textOf(c.segments); got != text {
			t.Fatalf("got %q, want %q", got, text)
		}
		right++
	}
	if right < *matrices/10 || none < *matrices/10 {
		t.Errorf("%d right and %d unread: the damage is no test", right, none)
	}
}

// damage turns single modules, or a block of them, or shifts a row.
func damage(r *rand.Rand, m *gozxing.BitMatrix) {
	side := m.GetWidth()
	switch r.IntN(4) {
	case 0:
		for range r.IntN(side * side / 4) {
			m.Flip(r.IntN(side), r.IntN(side))
		}
	case 1:
		x0, y0, size := r.IntN(side), r.IntN(side), 1+r.IntN(side/2)
		for y := y0; y < min(y0+size, side); y++ {
			for x := x0; x < min(x0+size, side); x++ {
				if r.IntN(2) == 0 {
					m.Flip(x, y)
				}
			}
		}
	case 2:
		y := r.IntN(side)
		for x := side - 1; x > 0; x-- {
			if m.Get(x, y) != m.Get(x-1, y) {
				m.Flip(x, y)
			}
		}
	case 3: // anything at all
		for y := range side {
			for x := range side {
				if r.IntN(2) == 0 && r.IntN(4) == 0 {
					m.Flip(x, y)
				}
			}
		}
	}
}

// What the smallest symbols set aside against misreading is not used to mend: the numbers are those
// of ISO/IEC 18004, table 9.
func TestNoMoreIsMendedThanTheStandardAllows(t *testing.T) {
	for _, tt := range []struct {
		version     int
		level       decoder.ErrorCorrectionLevel
		data, check int
		most        int
	}{
		{1, decoder.ErrorCorrectionLevel_L, 19, 7, 2}, {1, decoder.ErrorCorrectionLevel_M, 16, 10, 4},
		{1, decoder.ErrorCorrectionLevel_Q, 13, 13, 6}, {1, decoder.ErrorCorrectionLevel_H, 9, 17, 8},
		{2, decoder.ErrorCorrectionLevel_L, 34, 10, 4}, {2, decoder.ErrorCorrectionLevel_M, 28, 16, 8},
		{3, decoder.ErrorCorrectionLevel_L, 55, 15, 7}, {3, decoder.ErrorCorrectionLevel_M, 44, 26, 13},
		{5, decoder.ErrorCorrectionLevel_L, 108, 26, 13},
	} {
		if got := mostErrors(tt.version, tt.level, tt.check); got != tt.most {
			t.Errorf("version %d, level %v: %d errors may be mended, want %d", tt.version, tt.level, got, tt.most)
		}
		codewords := make([]int, tt.data+tt.check)
		for i := range tt.data {
			codewords[i] = (i*37 + 5) & 255
		}
		if err := reedsolomon.NewReedSolomonEncoder(reedsolomon.GenericGF_QR_CODE_FIELD_256).Encode(codewords, tt.check); err != nil {
			t.Fatal(err)
		}
		for wrong := range tt.most + 2 {
			bytes := make([]byte, len(codewords))
			for i, c := range codewords {
				bytes[i] = byte(c)
				if i < wrong {
					bytes[i] ^= 0x5a
				}
			}
			data, mended, err := correct(decoder.NewDataBlock(tt.data, bytes), tt.most)
			switch {
			case wrong > tt.most && err == nil:
				t.Errorf("version %d, level %v: %d errors were mended", tt.version, tt.level, wrong)
			case wrong <= tt.most && (err != nil || mended != wrong || data[0] != 5):
				t.Errorf("version %d, level %v: %d errors: %d mended, %v", tt.version, tt.level, wrong, mended, err)
			}
		}
	}
}
