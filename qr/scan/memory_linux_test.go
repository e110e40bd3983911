//go:build !race

package scan_test

// The race detector's shadow memory is several times what is measured here.

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/image/draw"

	"seedvault/qr/scan"
)

// The most that a process may take that reads a picture.
const mostMemory = 256 << 10 // kB

// TestMain reads one picture and prints what memory that took, where a test asks for it.
func TestMain(m *testing.M) {
	if path := os.Getenv("SCAN_TEST_PICTURE"); path != "" {
		f, err := os.Open(path)
		if err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		found, err := scan.Read(context.Background(), f)
		status, _ := os.ReadFile("/proc/self/status")
		_, peak, _ := strings.Cut(string(status), "VmHWM:")
		var kB int
		fmt.Sscan(peak, &kB)
		fmt.Println(kB, len(found), err)
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// Photographs of 48 megapixels, and of 64, are read within 256 MiB. What takes most is always
// tried; with -large the others are too.
func TestMemoryOfLargePictures(t *testing.T) {
	code := drawn(t, acme, 4)
	for name, tt := range map[string]struct {
		width, height int
		codes         int
		encode        func(w io.Writer, width, height int) error
	}{
		"48 MP.jpg": {8000, 6000, 1, func(w io.Writer, width, height int) error {
			page := image.NewYCbCr(image.Rect(0, 0, width, height), image.YCbCrSubsampleRatio420)
			fill(page.Y, page.YStride, code)
			return jpeg.Encode(w, page, nil)
		}},
		"64 MP without a code.jpg": {9248, 6936, 0, func(w io.Writer, width, height int) error {
			page := image.NewYCbCr(image.Rect(0, 0, width, height), image.YCbCrSubsampleRatio420)
			return jpeg.Encode(w, page, nil)
		}},
		"48 MP without a code.png": {8000, 6000, 0, func(w io.Writer, width, height int) error {
			page := image.NewPaletted(image.Rect(0, 0, width, height), color.Palette{color.RGBA{0, 0, 0, 255}, color.RGBA{250, 250, 240, 255}})
			return (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(w, page)
		}},
	} {
		if tt.width != 9248 && !*large {
			continue
		}
		var file bytes.Buffer
		if err := tt.encode(&file, tt.width, tt.height); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, file.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), "SCAN_TEST_PICTURE="+path)
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		var kB, codes int
		if _, err := fmt.Sscan(string(out), &kB, &codes); err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %d kB", name, kB)
		if kB > mostMemory || codes != tt.codes {
			t.Errorf("%s: %d kB, %s", name, kB, out)
		}
	}
}

// fill makes a grey page nearly white, and draws a code on it at four times its size.
func fill(pix []uint8, stride int, code image.Image) {
	for i := range pix {
		pix[i] = 240
	}
	size := code.Bounds().Dx() * 4
	big := image.NewGray(image.Rect(0, 0, size, size))
	draw.NearestNeighbor.Scale(big, big.Rect, code, code.Bounds(), draw.Src, nil)
	for y := range size {
		copy(pix[(2000+y)*stride+3000:], big.Pix[y*big.Stride:(y+1)*big.Stride])
	}
}

// What takes more memory for a pixel may have fewer.
func TestProgressivePicturesMayHaveFewerPixels(t *testing.T) {
	header := []byte(hugeJPEG(7000, 6000))
	at := bytes.Index(header, []byte{0xff, 0xc0})
	for marker, want := range map[byte]bool{0xc0: false, 0xc2: true} {
		header[at+1] = marker
		var tooMany *scan.TooManyPixelsError
		_, err := scan.Read(context.Background(), bytes.NewReader(header))
		if errors.As(err, &tooMany) != want {
			t.Errorf("marker %x: %v", marker, err)
		}
	}
}
