package scan_test

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"slices"
	"testing"
	"time"

	"seedvault/qr/scan"
)

// go test ./qr/scan -run TestBusyPictures -large has a million patterns in 64 megapixels in place of
// ninety thousand in six.
var large = flag.Bool("large", false, "read the largest pictures of what is hard to search")

// tiled returns a grey picture of a small tile again and again.
func tiled(width, height int, tile []string) *image.Gray {
	page := image.NewGray(image.Rect(0, 0, width, height))
	for y := range height {
		row := tile[y%len(tile)]
		for x := range width {
			if row[x%len(row)] != '#' {
				page.Pix[y*page.Stride+x] = 255
			}
		}
	}
	return page
}

// What is hard to search is given up in time: each ends with an error of one line, soon after the
// context does at the latest.
func TestBusyPictures(t *testing.T) {
	side := 2400
	if *large {
		side = 8000
	}
	finder := []string{"#######.", "#.....#.", "#.###.#.", "#.###.#.", "#.###.#.", "#.....#.", "#######.", "........"}
	for name, page := range map[string]*image.Gray{
		"finder patterns":     tiled(side, side, finder),
		"checkerboard":        tiled(side, side, []string{"#.", ".#"}),
		"coarse checkerboard": tiled(side, side, []string{"####....", "####....", "####....", "####....", "....####", "....####", "....####", "....####"}),
		"stripes":             tiled(side, side, []string{"#.###.#."}),
		"one colour":          tiled(side, side, []string{"."}),
	} {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		start, before := time.Now(), spent()
		found, err := scan.ReadImage(ctx, page)
		cancel()
		if len(found) > 0 || !errors.Is(err, scan.ErrNoCode) && !errors.Is(err, scan.ErrTooBusy) && !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%s: %d codes, %v", name, len(found), err)
		}
		took := min(time.Since(start), spent()-before) // however busy this machine is
		t.Logf("%s: %v, %v", name, took, err)
		if took > 15*time.Second {
			t.Errorf("%s took %v", name, took)
		}
	}
}

// Ten thousand frames are not looked at one by one.
func TestAnimationOfManyFrames(t *testing.T) {
	frame := image.NewPaletted(image.Rect(0, 0, 40, 40), color.Palette{color.White, color.Black})
	all := gif.GIF{}
	for range 10_000 {
		all.Image, all.Delay = append(all.Image, frame), append(all.Delay, 0)
	}
	var file bytes.Buffer
	if err := gif.EncodeAll(&file, &all); err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	if _, err := scan.Read(context.Background(), &file); !errors.Is(err, scan.ErrNoCode) || time.Since(start) > 10*time.Second {
		t.Errorf("%v after %v", err, time.Since(start))
	}
}

// A JPEG of many scans is refused: each would be decoded over the whole picture.
func TestJPEGOfManyScans(t *testing.T) {
	var file bytes.Buffer
	if err := jpeg.Encode(&file, tiled(64, 64, []string{"#."}), nil); err != nil {
		t.Fatal(err)
	}
	scanOf := []byte{0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 0x12}
	for _, n := range []int{200, 300, 200_000} {
		data := append(bytes.Clone(file.Bytes()[:file.Len()-2]), bytes.Repeat(scanOf, n)...)
		start := time.Now()
		_, err := scan.Read(context.Background(), bytes.NewReader(data))
		if n > 256 && !errors.Is(err, scan.ErrDamaged) || errors.Is(err, scan.ErrFormat) || time.Since(start) > 5*time.Second {
			t.Errorf("%d scans: %v after %v", n, err, time.Since(start))
		}
	}
}

// What is left of a file that was cut short is damaged, or too short to be known. Where all rows
// are there and only the end is not, the code is read.
func TestTruncatedFiles(t *testing.T) {
	for _, name := range []string{"code.jpg", "code.gif", "code.webp", "code.bmp", "code.tiff", "inverted.png", "interlaced.png", "cmyk.jpg", "progressive.jpg"} {
		data := readFile(t, name)
		for percent := range 100 {
			results, err := scan.Read(context.Background(), bytes.NewReader(data[:len(data)*percent/100]))
			switch {
			case err == nil && percent > 85 && slices.Equal(texts(results), []string{example}):
			case len(results) > 0 || !errors.Is(err, scan.ErrDamaged) && !errors.Is(err, scan.ErrFormat):
				t.Errorf("%s, %d %%: %d codes, %v", name, percent, len(results), err)
			}
		}
	}
}

// A picture may have as many pixels as its kind takes memory for.
func TestPixelLimitsByFormat(t *testing.T) {
	var tooMany *scan.TooManyPixelsError
	if _, err := scan.Read(context.Background(), bytes.NewReader([]byte(hugePNG(20000, 20000)))); !errors.As(err, &tooMany) || tooMany.Limit != scan.MaxPixels {
		t.Errorf("20,000 x 20,000: %v", err)
	}
	if _, err := scan.Read(context.Background(), bytes.NewReader([]byte(hugePNG(9248, 6936)))); !errors.Is(err, scan.ErrDamaged) {
		t.Errorf("64 megapixels, cut short: %v", err)
	}
}
