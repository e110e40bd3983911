package scan

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/skip2/go-qrcode"

	"seedvault/qr/internal/symbol"
)

// go test ./qr/scan -run TestDamagedMatrices -matrices 60000 takes a minute at most.
var matrices = flag.Int("matrices", 2500, "decode so many damaged symbols")

func matrixOf(t *testing.T, text string, level qrcode.RecoveryLevel) *symbol.Matrix {
	t.Helper()
	code, err := qrcode.New(text, level)
	if err != nil {
		t.Fatal(err)
	}
	code.DisableBorder = true
	rows := code.Bitmap()
	m := symbol.NewMatrix(len(rows))
	for y, row := range rows {
		for x, dark := range row {
			m.Set(x, y, dark)
		}
	}
	return m
}

// Whatever is wrong with a symbol, its text comes out right or not at all.
func TestDamagedMatrices(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(18004, 2015))
	right, none := 0, 0
	for range *matrices {
		text := fmt.Sprintf("otpauth://totp/a%d?secret=JBSWY3DPEHPK3PXP", r.IntN(1e6))
		if r.IntN(2) == 0 { // the smallest versions have least to tell right from wrong
			text = fmt.Sprint(r.IntN(1e9))
		}
		m := matrixOf(t, text, qrcode.RecoveryLevel(r.IntN(4)))
		side := m.Side()
		damage(r, m)
		msg, err := symbol.Read(m)
		if m.Side() != side {
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
func damage(r *rand.Rand, m *symbol.Matrix) {
	side := m.Side()
	switch r.IntN(4) {
	case 0:
		for range r.IntN(side * side / 4) {
			x, y := r.IntN(side), r.IntN(side)
			flip(m, x, y)
		}
	case 1:
		x0, y0, size := r.IntN(side), r.IntN(side), 1+r.IntN(side/2)
		for y := y0; y < min(y0+size, side); y++ {
			for x := x0; x < min(x0+size, side); x++ {
				if r.IntN(2) == 0 {
					flip(m, x, y)
				}
			}
		}
	case 2:
		y := r.IntN(side)
		for x := side - 1; x > 0; x-- {
			if m.Dark(x, y) != m.Dark(x-1, y) {
				flip(m, x, y)
			}
		}
	case 3: // anything at all
		for y := range side {
			for x := range side {
				if r.IntN(2) == 0 && r.IntN(4) == 0 {
					flip(m, x, y)
				}
			}
		}
	}
}

func flip(m *symbol.Matrix, x, y int) { m.Set(x, y, !m.Dark(x, y)) }
