package scan_test

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"golang.org/x/image/draw"
	"golang.org/x/image/math/f64"

	"seedvault/qr/scan"
)

// someURI returns a made-up otpauth URI of the size that services give out.
func someURI(random *rand.Rand) string {
	secret := make([]byte, 16+random.IntN(3)*8)
	for i := range secret {
		secret[i] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[random.IntN(32)]
	}
	return fmt.Sprintf("otpauth://totp/Service%%20%d:user%d@example.com?secret=%s&issuer=Service%%20%d",
		random.IntN(100), random.IntN(1000), secret, random.IntN(100))
}

// turned returns img by an angle in degrees and by a factor, on a grey page.
func turned(img image.Image, degrees, factor float64) image.Image {
	size := float64(img.Bounds().Dx())
	side := int(size*factor*1.5) + 20
	page := image.NewGray(image.Rect(0, 0, side, side))
	draw.Draw(page, page.Rect, image.NewUniform(color.Gray{Y: 200}), image.Point{}, draw.Src)

	sin, cos := math.Sincos(degrees * math.Pi / 180)
	sin, cos = sin*factor, cos*factor
	middle := float64(side) / 2
	matrix := f64.Aff3{
		cos, -sin, middle - (cos-sin)*size/2,
		sin, cos, middle - (sin+cos)*size/2,
	}
	draw.CatmullRom.Transform(page, matrix, img, img.Bounds(), draw.Over, nil)
	return page
}

// sharp returns img, which has four pixels a module, with so many.
func sharp(img image.Image, pixels int) image.Image {
	side := img.Bounds().Dx() / 4 * pixels
	page := image.NewGray(image.Rect(0, 0, side, side))
	for y := range side {
		for x := range side {
			page.Set(x, y, img.At(x/pixels*4, y/pixels*4))
		}
	}
	return page
}

// recoloured returns img in two other colours.
func recoloured(img image.Image, dark, light color.Color) image.Image {
	page := image.NewRGBA(img.Bounds())
	for y := range page.Rect.Dy() {
		for x := range page.Rect.Dx() {
			if r, _, _, _ := img.At(x, y).RGBA(); r == 0 {
				page.Set(x, y, dark)
			} else {
				page.Set(x, y, light)
			}
		}
	}
	return page
}

func asJPEG(t *testing.T, img image.Image, quality int) image.Image {
	t.Helper()
	var file bytes.Buffer
	if err := jpeg.Encode(&file, img, &jpeg.Options{Quality: quality}); err != nil {
		t.Fatal(err)
	}
	decoded, err := jpeg.Decode(&file)
	if err != nil {
		t.Fatal(err)
	}
	return decoded
}

// TestReadWhatScreensShow reads codes of many sizes, turned, scaled, pale, coloured and
// compressed: at least 99 in 100, and never a text that is not there.
func TestReadWhatScreensShow(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(6238, 4226))
	read, all := 0, 0
	try := func(how string, change func(image.Image) image.Image) {
		uri := someURI(random)
		all++
		results, err := scan.ReadImage(context.Background(), change(drawn(t, uri, 4)))
		switch got := texts(results); {
		case slices.Equal(got, []string{uri}):
			read++
		case len(got) > 0:
			t.Errorf("%s: read what is not there", how)
		default:
			t.Logf("%s: %v", how, err)
		}
	}

	for degrees := 0.0; degrees < 360; degrees += 7.5 {
		try(fmt.Sprintf("turned by %v", degrees), func(img image.Image) image.Image { return turned(img, degrees, 1) })
	}
	for factor := 0.6; factor <= 3; factor += 0.05 { // 2.4 to twelve pixels a module; finer ones must be sharp
		try(fmt.Sprintf("scaled to %.2f", factor), func(img image.Image) image.Image { return turned(img, 0, factor) })
	}
	for _, difference := range []uint8{40, 60, 80, 120, 180} {
		for _, light := range []uint8{255, 220, 190} {
			dark, light := color.Gray{Y: light - difference}, color.Gray{Y: light}
			try(fmt.Sprintf("%v on %v", dark, light), func(img image.Image) image.Image { return recoloured(img, dark, light) })
			try(fmt.Sprintf("%v on %v", light, dark), func(img image.Image) image.Image { return recoloured(img, light, dark) })
		}
	}
	for _, pixels := range []int{1, 2, 3, 4, 5, 7, 11} {
		try(fmt.Sprintf("sharp, %d pixels a module", pixels), func(img image.Image) image.Image { return sharp(img, pixels) })
	}
	for quality := 10; quality <= 95; quality += 5 {
		try(fmt.Sprintf("JPEG of quality %d", quality), func(img image.Image) image.Image { return asJPEG(t, img, quality) })
	}

	t.Logf("read %d of %d", read, all)
	if read*100 < all*99 {
		t.Errorf("read %d of %d", read, all)
	}
}

// Depth and kind of a picture's colours make no difference.
func TestColourModels(t *testing.T) {
	code := drawn(t, acme, 4)
	size := code.Bounds()
	for name, page := range map[string]draw.Image{
		"Gray":    image.NewGray(size),
		"Gray16":  image.NewGray16(size),
		"NRGBA":   image.NewNRGBA(size),
		"NRGBA64": image.NewNRGBA64(size),
		"RGBA64":  image.NewRGBA64(size),
		"CMYK":    image.NewCMYK(size),
	} {
		draw.Draw(page, size, code, image.Point{}, draw.Src)
		if got := texts(readImage(t, page)); !slices.Equal(got, []string{acme}) {
			t.Errorf("%s: got %q", name, got)
		}
	}
}

// BenchmarkRead reads a screenshot of 1920 x 1080 pixels.
func BenchmarkRead(b *testing.B) {
	img, err := png.Decode(bytes.NewReader(readFile(b, "screenshot.png")))
	if err != nil {
		b.Fatal(err)
	}
	page := blank(1920, 1080)
	draw.CatmullRom.Scale(page, page.Rect, img, img.Bounds(), draw.Src, nil)
	var file bytes.Buffer
	if err := png.Encode(&file, page); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		results, err := scan.Read(context.Background(), bytes.NewReader(file.Bytes()))
		if err != nil || len(results) != 1 {
			b.Fatal(len(results), err)
		}
	}
}
