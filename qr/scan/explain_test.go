package scan_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"testing"

	"seedvault/qr/scan"
	"seedvault/testdata/bench/scan/pictures"
)

// explained returns what a scanner draws of a picture.
func explained(t *testing.T, img image.Image) (*image.RGBA, error) {
	t.Helper()
	var file bytes.Buffer
	_, readErr := scan.Scanner{Explain: &file}.ReadImage(context.Background(), img)
	drawing, err := png.Decode(&file)
	if err != nil {
		t.Fatal(err)
	}
	page := image.NewRGBA(drawing.Bounds())
	draw.Draw(page, page.Rect, drawing, drawing.Bounds().Min, draw.Src)
	return page, readErr
}

func count(img *image.RGBA, c color.RGBA) (n int) {
	for y := range img.Rect.Dy() {
		for x := range img.Rect.Dx() {
			if img.RGBAAt(x, y) == c {
				n++
			}
		}
	}
	return n
}

// ruined covers the middle of a code, so that its finder and timing patterns are all there is.
func ruined(img image.Image) *image.RGBA {
	page := image.NewRGBA(img.Bounds())
	draw.Draw(page, page.Rect, img, img.Bounds().Min, draw.Src)
	middle := page.Rect.Inset(page.Rect.Dx() / 3)
	middle.Max = page.Rect.Max.Sub(image.Pt(page.Rect.Dx()/8, page.Rect.Dy()/8))
	draw.Draw(page, middle, image.White, image.Point{}, draw.Src)
	return page
}

var (
	green = color.RGBA{0, 160, 60, 255}
	red   = color.RGBA{220, 40, 30, 255}
	blue  = color.RGBA{30, 90, 220, 255}
)

func TestExplanationShowsWhatWasSeen(t *testing.T) {
	t.Parallel()
	page := blank(700, 400)
	place(page, drawn(t, acme, 4), 20, 40)
	place(page, ruined(drawn(t, acme, 5)), 350, 60)
	drawing, err := explained(t, page)
	var unread *scan.UnreadError
	if !errors.As(err, &unread) {
		t.Fatalf("got %v, want an UnreadError", err)
	}
	side := 37 * 4
	if n := count(drawing, green); n < 4*side || n > 20*side {
		t.Errorf("%d green pixels around the code that was read", n)
	}
	if n := count(drawing, red); n < 4*side || n > 20*side {
		t.Errorf("%d red pixels around the code that was not", n)
	}
	if n := count(drawing, blue); n < 6*4*28 {
		t.Errorf("%d blue pixels around finder patterns", n)
	}
	nothing, err := explained(t, blank(300, 200))
	if !errors.Is(err, scan.ErrNoCode) || count(nothing, green)+count(nothing, red)+count(nothing, blue) > 0 {
		t.Errorf("a blank page: %v", err)
	}
}

// Whatever picture is explained, the drawing tells nothing of a secret: no code can be read in it,
// and two codes that differ in their secret alone, and are as dark, are drawn alike.
func TestExplanationHoldsNoSecret(t *testing.T) {
	t.Parallel()
	for _, class := range []string{"steep", "inverted", "dense", "bent"} {
		p := pictures.Photo(class, 3, 0.8)
		img, _, err := image.Decode(bytes.NewReader(p.Data))
		if err != nil {
			t.Fatal(err)
		}
		drawing, _ := explained(t, img)
		if found, _ := (scan.Scanner{Thorough: true}).ReadImage(context.Background(), drawing); len(found) > 0 {
			t.Errorf("%s: a code can be read in its explanation", p.Name)
		}
	}
	for _, margin := range []bool{true, false} { // a code may be all that there is
		for _, pixels := range []int{4, 9, 16} {
			drawing, err := explained(t, cropped(drawn(t, "otpauth://totp/a?secret=JBSWY3DP", pixels), margin, pixels))
			if err != nil {
				t.Errorf("%d pixels a module: %v", pixels, err)
			}
			if found, _ := (scan.Scanner{Thorough: true}).ReadImage(context.Background(), drawing); len(found) > 0 {
				t.Errorf("%d pixels a module: a code can be read in its explanation", pixels)
			}
			if shades := greys(drawing); shades > 16*16 {
				t.Errorf("%d pixels a module: %d squares", pixels, shades)
			}
		}
	}
}

// cropped returns a code without its margin, or with it.
func cropped(img image.Image, margin bool, pixels int) image.Image {
	if margin {
		return img
	}
	inner := img.Bounds().Inset(4 * pixels)
	page := image.NewRGBA(image.Rect(0, 0, inner.Dx(), inner.Dy()))
	draw.Draw(page, page.Rect, img, inner.Min, draw.Src)
	return page
}

// greys counts the areas of one grey that begin in the picture, as seen along its rows and columns.
func greys(img *image.RGBA) int {
	corners := map[string]bool{}
	for y := range img.Rect.Dy() {
		for x := range img.Rect.Dx() {
			c := img.RGBAAt(x, y)
			if c.R == c.G && c.G == c.B && x > 0 && y > 0 {
				left, up := img.RGBAAt(x-1, y), img.RGBAAt(x, y-1)
				if left != c && up != c && left.R == left.G && left.G == left.B && up.R == up.G && up.G == up.B {
					corners[fmt.Sprint(x, y)] = true
				}
			}
		}
	}
	return len(corners)
}
