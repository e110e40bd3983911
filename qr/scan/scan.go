// Package scan reads the QR codes in a picture, such as the screenshot of a sign-up page.
//
// Start with [Read] for the bytes of a file, or [ReadImage] for an image already decoded. Both
// find any number of codes, dark on light and light on dark, and give them in reading order.
//
// A picture is untrusted: its size is limited before it is decoded, no input makes these
// functions panic, and a context stops them. The text of a code is taken for a secret: no
// error, no fmt verb, no log line and no JSON holds it; only [Result.Text] yields it.
//
// What a picture does not give as it is may be found once it is enlarged, made smaller, smoothed
// or cut into parts: stages that are tried in turn, the dearest last, until something is read. That
// can take seconds, so give the context a deadline.
//
// Package scan does not judge what a text means, and does not straighten pictures: it reads what a
// screen shows and many photographs of it, but none that is taken from far aside.
package scan

import (
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"log/slog"
)

// MaxBytes and MaxPixels are the most that a picture may have. A few hundred kilobytes can claim
// billions of pixels, so both are looked at before anything is decoded.
const (
	MaxBytes  = 10 << 20
	MaxPixels = 20_000_000
)

var (
	// ErrNoCode says that no code was found; where one was seen, the error is an [UnreadError].
	ErrNoCode = errors.New("failed to find a qr code")

	// ErrFormat says that the file is none of PNG, JPEG, GIF, WebP and BMP.
	ErrFormat = errors.New("unknown picture format")

	// ErrDamaged says that the file begins like a picture but does not go on like one: it is
	// cut short or altered.
	ErrDamaged = errors.New("failed to decode picture")

	// ErrPart says that a code holds only a part of a text that is split over several codes
	// (structured append). Such parts are not given out: taken for the whole, a part of a
	// secret would be a wrong secret.
	ErrPart = errors.New("a qr code holds only a part of a text")

	// ErrTooBusy says that more places look like the corner of a code than can be tried.
	// Cropped to the code, the picture may be readable.
	ErrTooBusy = errors.New("too many patterns that look like a qr code")
)

// TooLargeError says that a file has more bytes than Limit.
type TooLargeError struct {
	Limit int
}

func (e *TooLargeError) Error() string {
	return fmt.Sprintf("picture has more than %d bytes", e.Limit)
}

// TooManyPixelsError says that a picture has more pixels than Limit.
type TooManyPixelsError struct {
	Width, Height, Limit int
}

func (e *TooManyPixelsError) Error() string {
	return fmt.Sprintf("picture has %d x %d pixels, more than %d", e.Width, e.Height, e.Limit)
}

// Read finds and reads the codes in the picture that r holds: PNG, JPEG, GIF (its first frame),
// WebP or BMP. Without an error there is at least one result. An error does not take back what
// was found: with ErrPart, with ErrTooBusy, with an [UnreadError] and where ctx ended before the
// last look, there may be results beside it, and more codes in the picture than these. A picture
// without a code keeps Read busy for seconds, so give ctx a deadline.
func Read(ctx context.Context, r io.Reader) ([]Result, error) {
	file, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("failed to read picture: %w", err)
	}
	if len(file) > MaxBytes {
		return nil, &TooLargeError{Limit: MaxBytes}
	}
	img, err := decode(ctx, file)
	if err != nil {
		return nil, err
	}
	return ReadImage(ctx, img)
}

// ReadImage finds and reads the codes in img, as Read does.
func ReadImage(ctx context.Context, img image.Image) ([]Result, error) {
	if err := checkPixels(img.Bounds().Dx(), img.Bounds().Dy()); err != nil {
		return nil, err
	}
	page, err := flatten(ctx, img)
	if err != nil {
		return nil, err
	}
	found, err := look(ctx, img, page)
	for i := range found {
		found[i].Bounds = found[i].Bounds.Add(img.Bounds().Min)
	}
	if unread, ok := err.(*UnreadError); ok {
		unread.Bounds = unread.Bounds.Add(img.Bounds().Min)
	}
	return found, err
}

func checkPixels(width, height int) error {
	if int64(width)*int64(height) > MaxPixels {
		return &TooManyPixelsError{Width: width, Height: height, Limit: MaxPixels}
	}
	return nil
}

// stopped is the error where ctx has ended.
func stopped(ctx context.Context) error {
	return fmt.Errorf("stopped reading picture: %w", ctx.Err())
}

// Result is one code of a picture.
type Result struct {
	// Bounds is the upright rectangle around the symbol, without its quiet zone, in the
	// picture's own coordinates.
	Bounds image.Rectangle

	// text is behind a function, the one thing that fmt cannot look into: it ignores the
	// methods of what lies in another struct's unexported field, and under %s it follows pointers.
	text func() string
}

// Text returns what the code holds, which may be a secret, in UTF-8. An ASCII or UTF-8 text comes
// back byte for byte as it was stored; what a code declares to be of another character set, or
// holds as kanji, is converted, and bytes that are not UTF-8 and declare nothing are ISO 8859-1,
// the default of ISO/IEC 18004.
func (r Result) Text() string {
	if r.text == nil {
		return ""
	}
	return r.text()
}

const elided = "scan.Result(elided)"

// Format writes a fixed word in place of the text, whatever the verb.
func (r Result) Format(f fmt.State, verb rune) { io.WriteString(f, elided) }

// LogValue gives slog a fixed word in place of the text.
func (r Result) LogValue() slog.Value { return slog.StringValue(elided) }
