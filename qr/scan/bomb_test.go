package scan_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/skip2/go-qrcode"
	"golang.org/x/image/bmp"
	"golang.org/x/image/tiff"
	"golang.org/x/image/webp"

	"seedvault/qr/scan"
)

// The files below are a few dozen bytes that claim to be pictures of billions of pixels.

func little16(n int) string { return string(binary.LittleEndian.AppendUint16(nil, uint16(n))) }
func little32(n int) string { return string(binary.LittleEndian.AppendUint32(nil, uint32(n))) }
func big16(n int) string    { return string(binary.BigEndian.AppendUint16(nil, uint16(n))) }
func big32(n int) string    { return string(binary.BigEndian.AppendUint32(nil, uint32(n))) }

func hugePNG(width, height int) string {
	header := "IHDR" + big32(width) + big32(height) + "\x08\x00\x00\x00\x00"
	return "\x89PNG\r\n\x1a\n" + big32(13) + header + big32(int(crc32.ChecksumIEEE([]byte(header))))
}

func hugeGIF(screenWidth, screenHeight, frameWidth, frameHeight int) string {
	return "GIF89a" + little16(screenWidth) + little16(screenHeight) + "\x80\x00\x00" + "\x00\x00\x00\xff\xff\xff" +
		"\x2c\x00\x00\x00\x00" + little16(frameWidth) + little16(frameHeight) + "\x00\x02\x02\x44\x01\x00\x3b"
}

func hugeJPEG(width, height int) string {
	return "\xff\xd8" + "\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00" +
		"\xff\xc0\x00\x0b\x08" + big16(height) + big16(width) + "\x01\x01\x11\x00"
}

func hugeBMP(width, height int) string {
	return "BM" + little32(54) + little32(0) + little32(54) + little32(40) + little32(width) + little32(height) +
		little16(1) + little16(24) + strings.Repeat("\x00", 24)
}

func chunk(name, data string) string { return name + little32(len(data)) + data }

func riff(chunks string) string { return "RIFF" + little32(4+len(chunks)) + "WEBP" + chunks }

func canvas(width, height int) string { // three bytes each
	return chunk("VP8X", "\x00\x00\x00\x00"+little32(width - 1)[:3]+little32(height - 1)[:3])
}

func lossless(width, height int) string {
	size := uint32(width-1) | uint32(height-1)<<14
	return chunk("VP8L", "\x2f"+little32(int(size))+"\x00")
}

func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

func TestBombsAreRefusedBeforeTheyAreDecoded(t *testing.T) {
	for name, tt := range map[string]struct {
		file          string
		width, height int
	}{
		"PNG":                  {hugePNG(60000, 60000), 60000, 60000},
		"PNG, one pixel more":  {hugePNG(scan.MaxPixels+1, 1), scan.MaxPixels + 1, 1},
		"PNG, beyond 32 bits":  {hugePNG(1<<31-1, 2), 1<<31 - 1, 2},
		"GIF":                  {hugeGIF(65535, 65535, 65535, 65535), 65535, 65535},
		"GIF with small frame": {hugeGIF(65535, 65535, 1, 1), 65535, 65535},
		"JPEG":                 {hugeJPEG(65500, 65500), 65500, 65500},
		"BMP":                  {hugeBMP(60000, 60000), 60000, 60000},
		"WebP":                 {riff(lossless(16383, 16383)), 16383, 16383},
		"WebP, extended":       {riff(canvas(16384, 16384) + lossless(16384, 16384)), 16384, 16384},
	} {
		t.Run(name, func(t *testing.T) {
			var err error
			memory := allocated(func() {
				_, err = scan.Read(context.Background(), strings.NewReader(tt.file))
			})
			var tooMany *scan.TooManyPixelsError
			if !errors.As(err, &tooMany) || tooMany.Width != tt.width || tooMany.Height != tt.height {
				t.Errorf("got %v, want a TooManyPixelsError of %d x %d", err, tt.width, tt.height)
			}
			if memory > 1<<20 {
				t.Errorf("took %d bytes of memory", memory)
			}
		})
	}
}

// A header that understates what follows must not let it through.
func TestFramesLargerThanTheirHeader(t *testing.T) {
	for name, file := range map[string]string{
		"GIF":  hugeGIF(10, 10, 65535, 65535),
		"WebP": riff(canvas(10, 10) + lossless(16383, 16383)),
	} {
		var err error
		memory := allocated(func() {
			_, err = scan.Read(context.Background(), strings.NewReader(file))
		})
		if !errors.Is(err, scan.ErrDamaged) || memory > 1<<20 {
			t.Errorf("%s: error %v and %d bytes of memory, want ErrDamaged and few", name, err, memory)
		}
	}
}

// claims returns how many pixels a file says that it has.
func claims(file []byte) int {
	for _, config := range []func(io.Reader) (image.Config, error){
		png.DecodeConfig, jpeg.DecodeConfig, gif.DecodeConfig, bmp.DecodeConfig, tiff.DecodeConfig, webp.DecodeConfig,
	} {
		if c, err := config(bytes.NewReader(file)); err == nil {
			return c.Width * c.Height
		}
	}
	return 0
}

// FuzzRead feeds Read with files of all formats and what the fuzzer makes of them. What it reads may
// be anything, but it ends in time, without a panic, within the memory that a picture may take: over
// the time of a search up to twice what is held at once. What looks like a code is searched for
// a dozen steps alone, always the same, and pictures are small, so that the time goes into thousands of
// files a second and not into one; TestDamagedPictures plays whole searches.
//
//	go test ./qr/scan -run xxx -fuzz FuzzRead -fuzztime 3m -fuzzminimizetime 20x
func FuzzRead(f *testing.F) {
	f.Add(readFile(f, "code.webp")) // of which there is no encoder; all else is as small as a code can be
	code, err := qrcode.New("otpauth", qrcode.Low)
	if err != nil {
		f.Fatal(err)
	}
	img := code.Image(-1)
	for _, encode := range []func(io.Writer) error{
		func(w io.Writer) error { return png.Encode(w, img) },
		func(w io.Writer) error { return gif.Encode(w, img, nil) },
		func(w io.Writer) error { return jpeg.Encode(w, img, nil) },
		func(w io.Writer) error { return bmp.Encode(w, img) },
		func(w io.Writer) error { return tiff.Encode(w, img, nil) },
	} {
		var file bytes.Buffer
		if err := encode(&file); err != nil {
			f.Fatal(err)
		}
		f.Add(file.Bytes())
	}
	for _, file := range []string{
		hugePNG(60000, 60000), hugeGIF(65535, 65535, 9, 9), hugeJPEG(65500, 65500), hugeBMP(60000, 60000),
		hugePNG(30, 30), hugeGIF(30, 30, 30, 30), hugeJPEG(30, 30), hugeBMP(30, 30),
		riff(lossless(30, 30)), riff(canvas(30, 30) + lossless(30, 30)),
	} {
		f.Add([]byte(file))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		if claims(file) > 1<<12 {
			return // the tests of bombs are about these
		}
		memory := allocated(func() {
			results, err := scan.Read(&endsAfter{context.Background(), 12}, bytes.NewReader(file))
			if err == nil && len(results) == 0 {
				t.Error("neither a result nor an error")
			}
			for _, r := range results {
				if r.Text() == "" {
					t.Error("a result without a text")
				}
			}
		})
		if memory > 64<<20 {
			t.Errorf("took %d MB of memory for a file of %d bytes", memory>>20, len(file))
		}
	})
}
