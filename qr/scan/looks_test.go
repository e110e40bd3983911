package scan

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/png"
	"slices"
	"testing"

	"seedvault/testdata/bench/scan/pictures"
)

// looksAt returns the looks that were taken at a picture.
func looksAt(t *testing.T, sc Scanner, data []byte) (names []string, found []Result, err error) {
	t.Helper()
	sc.onLook = func(name string) { names = append(names, name) }
	found, err = sc.Read(context.Background(), bytes.NewReader(data))
	return names, found, err
}

// Where two scales show nothing like a finder pattern, that is all, but for small pictures; and
// what is plain to see is read at once.
func TestTheSearchEndsEarly(t *testing.T) {
	t.Parallel()
	for p := range pictures.Empty(1, 1) {
		names, found, err := looksAt(t, Scanner{}, p.Data)
		if len(found) > 0 || !errors.Is(err, ErrNoCode) {
			t.Errorf("%s: %d codes, %v", p.Name, len(found), err)
		}
		if !slices.Equal(names, []string{"first", "first"}) {
			t.Errorf("%s: %v", p.Name, names)
		}
		if p.Name == "nothing-dark-000.png" {
			break // what follows is large
		}
		if names, _, _ = looksAt(t, Scanner{Thorough: true}, p.Data); len(names) < 2+len(looks)-3 {
			t.Errorf("%s, thoroughly: %v", p.Name, names)
		}
	}
	for p := range pictures.Screens(1, 1) {
		names, found, err := looksAt(t, Scanner{}, p.Data)
		if len(found) != len(p.Want) || err != nil {
			t.Errorf("%s: %d codes of %d, %v", p.Name, len(found), len(p.Want), err)
		}
		if len(names) > 3 {
			t.Errorf("%s: %v", p.Name, names)
		}
	}
}

// Each further look reads what none before it does.
func TestEveryLookCounts(t *testing.T) {
	t.Parallel()
	photo := func(class string, seed uint64, hard float64) []byte { return pictures.Photo(class, seed, hard).Data }
	reads := map[string][]byte{
		"on black":             inkOn(t, color.NRGBA{255, 255, 255, 255}, color.NRGBA{}),
		"near":                 photo("pale", 6, 1.1),
		"shadows":              photo("shadow", 2, 1.1),
		"smoothed":             photo("noisy", 114, 1.3),
		"doubled":              photo("glare", 37, 1.1),
		"smoothed twice":       photo("bent", 39, 1.1),
		"doubled and smoothed": photo("glare", 8, 1.1),
		"colours":              inkOn(t, color.NRGBA{200, 0, 0, 255}, color.NRGBA{0, 102, 0, 255}),
	}
	for _, l := range looks {
		if reads[l.name] == nil {
			t.Errorf("%s reads nothing", l.name)
			continue
		}
		names, found, err := looksAt(t, Scanner{}, reads[l.name])
		if len(found) != 1 || names[len(names)-1] != l.name {
			t.Errorf("%s: %d codes after %v, %v", l.name, len(found), names, err)
		}
	}
}

// inkOn returns a PNG of a code in two colours.
func inkOn(t *testing.T, ink, paper color.NRGBA) []byte {
	t.Helper()
	code := pictures.NewCode("otpauth://totp/a?secret=JBSWY3DPEHPK3PXP", pictures.Medium)
	const pixels, margin = 5, 20
	side := code.Side()*pixels + 2*margin
	page := image.NewNRGBA(image.Rect(0, 0, side, side))
	for y := range side {
		for x := range side {
			c := paper
			if row, column := (y-margin)/pixels, (x-margin)/pixels; x >= margin && y >= margin && row < code.Side() && column < code.Side() && code.Dark[row][column] {
				c = ink
			}
			page.SetNRGBA(x, y, c)
		}
	}
	var file bytes.Buffer
	if err := png.Encode(&file, page); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}
