package scan_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"image/color/palette"
	"image/draw"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"slices"
	"testing"

	"golang.org/x/image/bmp"
	"golang.org/x/image/tiff"

	"seedvault/qr/scan"
)

// readFileOf encodes an image and reads the codes in the file.
func readFileOf(t *testing.T, img image.Image, encode func(io.Writer, image.Image) error) ([]scan.Result, error) {
	t.Helper()
	var file bytes.Buffer
	if err := encode(&file, img); err != nil {
		t.Fatal(err)
	}
	return scan.Read(context.Background(), &file)
}

// Depth and kind of a picture's colours make no difference, in any format that holds them.
func TestFilesOfEveryColourModel(t *testing.T) {
	t.Parallel()
	code := drawn(t, acme, 4)
	size := code.Bounds()
	models := map[string]draw.Image{
		"Gray": image.NewGray(size), "Gray16": image.NewGray16(size), "NRGBA": image.NewNRGBA(size),
		"RGBA": image.NewRGBA(size), "NRGBA64": image.NewNRGBA64(size), "RGBA64": image.NewRGBA64(size),
		"two colours": image.NewPaletted(size, color.Palette{color.Black, color.White}),
		"four":        image.NewPaletted(size, color.Palette{color.Black, color.White, color.Gray{Y: 90}, color.Gray{Y: 9}}),
		"sixteen":     image.NewPaletted(size, palette.Plan9[:15:15]),
		"256":         image.NewPaletted(size, palette.Plan9),
	}
	for name, page := range models {
		draw.Draw(page, size, code, image.Point{}, draw.Src)
		for format, encode := range map[string]func(io.Writer, image.Image) error{
			"PNG": png.Encode,
			"BMP": bmp.Encode,
			"TIFF": func(w io.Writer, img image.Image) error {
				return tiff.Encode(w, img, &tiff.Options{Compression: tiff.Deflate, Predictor: true})
			},
			"GIF":  func(w io.Writer, img image.Image) error { return gif.Encode(w, img, nil) },
			"JPEG": func(w io.Writer, img image.Image) error { return jpeg.Encode(w, img, nil) },
		} {
			results, err := readFileOf(t, page, encode)
			if err != nil || !slices.Equal(texts(results), []string{acme}) {
				t.Errorf("%s of %s: %d codes, %v", format, name, len(results), err)
			}
		}
	}
}

// What is transparent is read on white, and where that shows nothing, on black.
func TestTransparentPictures(t *testing.T) {
	code := drawn(t, acme, 4)
	for name, ink := range map[string]color.Gray{"black": {Y: 0}, "white": {Y: 255}} {
		page := image.NewNRGBA(code.Bounds())
		keyed := image.NewPaletted(code.Bounds(), color.Palette{color.NRGBA{}, ink})
		for y := range page.Rect.Dy() {
			for x := range page.Rect.Dx() {
				if r, _, _, _ := code.At(x, y).RGBA(); r == 0 {
					page.Set(x, y, ink)
					keyed.SetColorIndex(x, y, 1)
				}
			}
		}
		for kind, img := range map[string]image.Image{"alpha": page, "palette": keyed} {
			results, err := readFileOf(t, img, png.Encode)
			if err != nil || !slices.Equal(texts(results), []string{acme}) {
				t.Errorf("%s on nothing, %s: %d codes, %v", name, kind, len(results), err)
			}
		}
	}
}

// A code in a later frame is a code of the picture.
func TestAnimations(t *testing.T) {
	code := drawn(t, acme, 4)
	size := code.Bounds()
	blank := image.NewPaletted(size, color.Palette{color.White, color.Black})
	full := image.NewPaletted(size, blank.Palette)
	draw.Draw(full, size, code, image.Point{}, draw.Src)
	half := image.NewPaletted(image.Rect(0, 0, size.Dx(), size.Dy()/2), blank.Palette)
	draw.Draw(half, half.Rect, code, image.Point{}, draw.Src)
	rest := image.NewPaletted(image.Rect(0, size.Dy()/2, size.Dx(), size.Dy()), blank.Palette)
	draw.Draw(rest, rest.Rect, code, rest.Rect.Min, draw.Src)
	for name, frames := range map[string][]*image.Paletted{
		"first":       {full, blank},
		"last":        {blank, blank, full},
		"piece":       {blank, half, rest},
		"seventieth ": append(slices.Repeat([]*image.Paletted{blank}, 69), full),
	} {
		results, err := readFileOf(t, nil, func(w io.Writer, _ image.Image) error {
			return gif.EncodeAll(w, &gif.GIF{Image: frames, Delay: make([]int, len(frames))})
		})
		if err != nil || !slices.Equal(texts(results), []string{acme}) {
			t.Errorf("%s: %d codes, %v", name, len(results), err)
		}
	}
}

// A place is that of the picture as it is shown: turned as the camera says it was held.
func TestOrientation(t *testing.T) {
	page := image.NewGray(image.Rect(0, 0, 600, 400))
	draw.Draw(page, page.Rect, image.White, image.Point{}, draw.Src)
	place(page, drawn(t, acme, 4), 40, 20) // the symbol is at 56, 36 and 148 wide
	var file bytes.Buffer
	if err := jpeg.Encode(&file, page, nil); err != nil {
		t.Fatal(err)
	}
	const near, far, up, down = 56, 600 - 56 - 148, 36, 400 - 36 - 148
	for orientation, want := range map[int]image.Point{
		0: {near, up}, 1: {near, up}, 2: {far, up}, 3: {far, down}, 4: {near, down},
		5: {up, near}, 6: {down, near}, 7: {down, far}, 8: {up, far}, 9: {near, up},
	} {
		for _, order := range []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian} {
			turned := bytes.Join([][]byte{file.Bytes()[:2], exif(order, orientation), file.Bytes()[2:]}, nil)
			results, err := scan.Read(context.Background(), bytes.NewReader(turned))
			if err != nil || len(results) != 1 {
				t.Fatalf("orientation %d: %d codes, %v", orientation, len(results), err)
			}
			got := results[0].Bounds.Min
			if off := got.Sub(want); off.X < -2 || off.X > 2 || off.Y < -2 || off.Y > 2 {
				t.Errorf("orientation %d: at %v, want %v", orientation, got, want)
			}
		}
	}
}

// exif returns the segment of a JPEG that says how the camera was held.
func exif(order binary.AppendByteOrder, orientation int) []byte {
	body := []byte("Exif\x00\x00II*\x00")
	if order == binary.AppendByteOrder(binary.BigEndian) {
		body = []byte("Exif\x00\x00MM\x00*")
	}
	body = order.AppendUint32(body, 8)
	body = order.AppendUint16(body, 2)
	for _, entry := range [2][2]int{{256, 600}, {274, orientation}} {
		body = order.AppendUint16(body, uint16(entry[0]))
		body = order.AppendUint16(body, 3)
		body = order.AppendUint32(body, 1)
		body = order.AppendUint16(body, uint16(entry[1]))
		body = order.AppendUint16(body, 0)
	}
	body = order.AppendUint32(body, 0)
	return append(binary.BigEndian.AppendUint16([]byte{0xff, 0xe1}, uint16(len(body)+2)), body...)
}

// What is not read is named, so that the person can be told the way.
func TestNamedFormats(t *testing.T) {
	for file, want := range map[string]string{
		"%PDF-1.7\n":                        "PDF",
		"\x00\x00\x00\x18ftypheic\x00\x00":  "HEIC",
		"\x00\x00\x00\x18ftypheix\x00\x00":  "HEIC",
		"\x00\x00\x00\x18ftypmif1\x00\x00":  "HEIC",
		"\x00\x00\x00\x1cftypavif\x00\x00":  "AVIF",
		"<svg xmlns='x'/>":                  "SVG",
		"\ufeff<?xml version='1.0'?>\n<svg": "SVG",
		"\n<!-- drawn -->\n<svg/>":          "SVG",
	} {
		_, err := scan.Read(context.Background(), bytes.NewReader([]byte(file)))
		var named *scan.FormatError
		if !errors.As(err, &named) || named.Name != want || !errors.Is(err, scan.ErrFormat) {
			t.Errorf("%q: got %v, want %s", file, err, want)
		}
	}
	for _, file := range []string{"<html><p>svg", "ftypheic", "%PD"} {
		var named *scan.FormatError
		if _, err := scan.Read(context.Background(), bytes.NewReader([]byte(file))); errors.As(err, &named) {
			t.Errorf("%q is taken for %s", file, named.Name)
		}
	}
}

// A reader of any kind will do.
func TestReaders(t *testing.T) {
	file := readFile(t, "clean.png")
	for name, r := range map[string]io.Reader{
		"with a length": bytes.NewReader(file), "without": io.MultiReader(bytes.NewReader(file)),
		"in parts": io.MultiReader(bytes.NewReader(file[:100]), bytes.NewReader(file[100:])),
	} {
		if results, err := scan.Read(context.Background(), r); err != nil || len(results) != 1 {
			t.Errorf("%s: %d codes, %v", name, len(results), err)
		}
	}
}
