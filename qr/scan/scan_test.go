package scan_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"seedvault/qr"
	"seedvault/qr/scan"
)

// drawn returns a picture of a code with so many pixels a module.
func drawn(t testing.TB, text string, pixels int) image.Image {
	t.Helper()
	code, err := qr.New(text)
	if err != nil {
		t.Fatal(err)
	}
	var file bytes.Buffer
	if err := code.WritePNG(&file, pixels); err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(&file)
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// blank returns a white picture.
func blank(width, height int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	draw.Draw(img, img.Rect, image.White, image.Point{}, draw.Src)
	return img
}

func place(on draw.Image, img image.Image, x, y int) {
	draw.Draw(on, img.Bounds().Add(image.Pt(x, y)), img, image.Point{}, draw.Src)
}

func readImage(t testing.TB, img image.Image) []scan.Result {
	t.Helper()
	results, err := scan.ReadImage(context.Background(), img)
	if err != nil {
		t.Fatal(err)
	}
	return results
}

func TestResultsAreInReadingOrder(t *testing.T) {
	uri := func(n int) string { return fmt.Sprintf("otpauth://totp/n%d?secret=JBSWY3DPEHPK3PXP", n) }
	page := blank(900, 700)
	for _, at := range []struct{ n, x, y int }{ // rows are never quite straight
		{3, 600, 30}, {1, 20, 40}, {2, 300, 5},
		{4, 100, 260},
		{6, 620, 440}, {5, 200, 470},
	} {
		place(page, drawn(t, uri(at.n), 4), at.x, at.y)
	}
	if got, want := texts(readImage(t, page)), []string{uri(1), uri(2), uri(3), uri(4), uri(5), uri(6)}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestEachTextComesOnce(t *testing.T) {
	page := blank(500, 600)
	place(page, drawn(t, acme, 4), 20, 20)
	place(page, drawn(t, acme, 5), 100, 300)
	results := readImage(t, page)
	if got := texts(results); !slices.Equal(got, []string{acme}) {
		t.Fatalf("got %q, want one", got)
	}
	if y := results[0].Bounds.Min.Y; y > 100 {
		t.Errorf("at y %d: the second was kept", y)
	}
}

func TestBoundsAreThoseOfTheSymbol(t *testing.T) {
	page := blank(400, 400)
	place(page, drawn(t, acme, 4), 70, 110)
	// A part of a picture keeps the coordinates of the whole.
	part := page.SubImage(image.Rect(50, 60, 350, 390))

	const side, margin = 37 * 4, 4 * 4
	want := image.Rect(70+margin, 110+margin, 70+margin+side, 110+margin+side)
	got := readImage(t, part)[0].Bounds
	for _, off := range []int{got.Min.X - want.Min.X, got.Min.Y - want.Min.Y, got.Max.X - want.Max.X, got.Max.Y - want.Max.Y} {
		if off < -2 || off > 2 {
			t.Fatalf("bounds %v, want %v", got, want)
		}
	}
}

// A code may declare its character set, and may hold kanji: both come out as UTF-8.
func TestDeclaredCharacterSets(t *testing.T) {
	for set, text := range map[string]string{
		"UTF-8":      "otpauth://totp/Zürich例?secret=JBSWY3DPEHPK3PXP",
		"ISO-8859-1": "otpauth://totp/Zürich?secret=JBSWY3DPEHPK3PXP",
		"Shift_JIS":  "日本語",
	} {
		hints := map[gozxing.EncodeHintType]any{gozxing.EncodeHintType_CHARACTER_SET: set}
		symbol, err := qrcode.NewQRCodeWriter().Encode(text, gozxing.BarcodeFormat_QR_CODE, 300, 300, hints)
		if err != nil {
			t.Fatalf("%s: %v", set, err)
		}
		if got := texts(readImage(t, symbol)); !slices.Equal(got, []string{text}) {
			t.Errorf("%s: got %q, want %q", set, got, text)
		}
	}
}

func TestReadRefusesTooManyBytes(t *testing.T) {
	file := append(readFile(t, "clean.png"), make([]byte, scan.MaxBytes)...)
	var tooLarge *scan.TooLargeError
	if _, err := scan.Read(context.Background(), bytes.NewReader(file[:scan.MaxBytes+1])); !errors.As(err, &tooLarge) || tooLarge.Limit != scan.MaxBytes {
		t.Errorf("one byte too many: got %v, want TooLargeError", err)
	}
	results, err := scan.Read(context.Background(), bytes.NewReader(file[:scan.MaxBytes]))
	if err != nil || len(results) != 1 {
		t.Errorf("at the limit: %d results, error %v", len(results), err)
	}
}

func TestReadTakesNoMoreThanTheLimit(t *testing.T) {
	endless := &counter{}
	if _, err := scan.Read(context.Background(), endless); err == nil {
		t.Fatal("read an endless file")
	}
	if endless.n > 2*scan.MaxBytes {
		t.Errorf("took %d bytes", endless.n)
	}
}

type counter struct{ n int }

func (c *counter) Read(p []byte) (int, error) {
	c.n += len(p)
	return len(p), nil
}

// nothing is an image of any size that takes no memory, as a decoded bomb would not.
type nothing struct{ width, height int }

func (nothing) ColorModel() color.Model   { return color.GrayModel }
func (n nothing) Bounds() image.Rectangle { return image.Rect(0, 0, n.width, n.height) }
func (nothing) At(x, y int) color.Color   { return color.White }

func TestReadImageRefusesTooManyPixels(t *testing.T) {
	var tooMany *scan.TooManyPixelsError
	_, err := scan.ReadImage(context.Background(), nothing{8192, 8193})
	if !errors.As(err, &tooMany) || *tooMany != (scan.TooManyPixelsError{Width: 8192, Height: 8193, Limit: scan.MaxPixels}) {
		t.Errorf("got %v, want TooManyPixelsError", err)
	}
}

func TestTinyPicturesHoldNoCode(t *testing.T) {
	for _, size := range [][2]int{{0, 0}, {1, 1}, {2, 3}, {1, 500}, {500, 1}, {39, 39}, {40, 40}, {41, 7}} {
		if _, err := scan.ReadImage(context.Background(), nothing{size[0], size[1]}); !errors.Is(err, scan.ErrNoCode) {
			t.Errorf("%d x %d: got %v, want ErrNoCode", size[0], size[1], err)
		}
	}
}

func TestReadErrorsReachTheCaller(t *testing.T) {
	broken := errors.New("broken")
	if _, err := scan.Read(context.Background(), iotest.ErrReader(broken)); !errors.Is(err, broken) {
		t.Errorf("got %v, want the reader's error", err)
	}
}

func TestUnknownFormats(t *testing.T) {
	for _, file := range []string{"", "B", "BM", "GIF", "\x89PNG", "%PDF-1.7", "<svg/>", "II", "RIFF", acme} {
		if _, err := scan.Read(context.Background(), strings.NewReader(file)); !errors.Is(err, scan.ErrFormat) {
			t.Errorf("%q: got %v, want ErrFormat", file, err)
		}
	}
}

// Whatever is cut off a file, what remains is damaged; a code that is read all the same is the right one.
func TestDamagedFiles(t *testing.T) {
	for _, name := range []string{"clean.png", "code.jpg", "code.gif", "code.webp", "code.bmp"} {
		file := readFile(t, name)
		for _, length := range []int{30, len(file) / 4, len(file) / 2, len(file) * 3 / 4} {
			results, err := scan.Read(context.Background(), bytes.NewReader(file[:length]))
			if !errors.Is(err, scan.ErrDamaged) || len(results) > 0 {
				t.Errorf("%s, %d of %d bytes: %d results, error %v", name, length, len(file), len(results), err)
			}
		}
	}
}

// panicking stands for a decoder's image with an inconsistency in it.
type panicking struct{ nothing }

func (panicking) At(x, y int) color.Color { panic("no such colour") }

func TestPanicsBecomeErrors(t *testing.T) {
	_, err := scan.ReadImage(context.Background(), panicking{nothing{100, 100}})
	if !errors.Is(err, scan.ErrDamaged) {
		t.Errorf("got %v, want ErrDamaged", err)
	}
}

// corners returns a picture with n by n finder patterns and no code.
func corners(n int) image.Image {
	const pixels, apart = 3, 14
	finder := image.NewGray(image.Rect(0, 0, 7*pixels, 7*pixels))
	for y := range 7 * pixels {
		for x := range 7 * pixels {
			fromMiddle := max(x/pixels-3, 3-x/pixels, y/pixels-3, 3-y/pixels)
			if fromMiddle == 2 {
				finder.SetGray(x, y, color.Gray{Y: 255})
			}
		}
	}
	page := blank((n+1)*apart*pixels, (n+1)*apart*pixels)
	for row := range n {
		for column := range n {
			place(page, finder, (column*apart+5)*pixels, (row*apart+5)*pixels)
		}
	}
	return page
}

func TestTooManyCorners(t *testing.T) {
	t.Parallel()
	if _, err := scan.ReadImage(context.Background(), corners(20)); !errors.Is(err, scan.ErrTooBusy) {
		t.Errorf("got %v, want ErrTooBusy", err)
	}
}

func TestDeadlineStopsTheLook(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
	defer cancel()
	if _, err := scan.ReadImage(ctx, corners(15)); !errors.Is(err, context.DeadlineExceeded) { // seconds of work
		t.Errorf("got %v, want DeadlineExceeded", err)
	}
}

// endsAfter is a context that ends when it has been asked a number of times.
type endsAfter struct {
	context.Context
	left int
}

func (e *endsAfter) Err() error {
	if e.left == 0 {
		return context.Canceled
	}
	e.left--
	return nil
}

// Wherever the context ends, the error says so, and what was found before stays.
func TestContextIsAskedAtEveryStep(t *testing.T) {
	file := readFile(t, "two.png")
	partly := 0
	for asked := range 1000 {
		results, err := scan.Read(&endsAfter{context.Background(), asked}, bytes.NewReader(file))
		if err == nil {
			if len(results) != 2 || asked < 10 || partly == 0 {
				t.Errorf("asked %d times: %d results; with one result %d times", asked, len(results), partly)
			}
			return
		}
		if !errors.Is(err, context.Canceled) {
			t.Fatalf("asked %d times: got %v, want Canceled", asked, err)
		}
		if len(results) > 0 {
			partly++
		}
	}
	t.Fatal("never came to an end")
}

func TestResultNeverPrintsItsText(t *testing.T) {
	result := readImage(t, drawn(t, acme, 4))[0]
	inside := struct{ result scan.Result }{result}

	var printed []string
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%t", "%c", "%p", "%T"} {
		printed = append(printed, fmt.Sprintf(verb, result), fmt.Sprintf(verb, &result),
			fmt.Sprintf(verb, inside), fmt.Sprintf(verb, &inside), fmt.Sprintf(verb, []any{result}))
	}
	asJSON, err := json.Marshal([]any{result, &result, inside})
	if err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	slog.New(slog.NewTextHandler(&log, nil)).Info("read", "result", result, "inside", inside, "all", []scan.Result{result})
	slog.New(slog.NewJSONHandler(&log, nil)).Info("read", "result", result, "inside", inside, "all", []scan.Result{result})
	printed = append(printed, string(asJSON), log.String())

	for _, s := range printed {
		for _, secret := range []string{"JBSWY3DP", "otpauth", fmt.Sprintf("%x", "JBSWY3DP")} {
			if strings.Contains(strings.ToLower(s), strings.ToLower(secret)) {
				t.Errorf("%q in %.80q", secret, s)
			}
		}
	}
	if got := fmt.Sprint(result); got != "scan.Result(elided)" {
		t.Errorf("printed as %q", got)
	}
	if text := (scan.Result{}).Text(); text != "" {
		t.Errorf("zero Result holds %q", text)
	}
}
