// Package scan reads the QR codes in a picture: a screenshot of a sign-up page, a photograph of a
// screen or of a printed sheet, taken from aside, in poor light, of one code or of several. It does
// not judge what a text means, draws nothing, and reads no other kinds of codes: no Micro QR, rMQR or
// bar codes.
//
// Start with [Read] for the bytes of a file, or [ReadImage] for an image already decoded. Both
// find any number of codes, dark on light and light on dark, and give them in reading order.
//
// A picture is untrusted: its size is limited before it is decoded, no input makes these
// functions panic, and a context stops them. The text of a code is taken for a secret: no
// error, no fmt verb, no log line and no JSON holds it; only [Result.Text] yields it. No text is
// invented: what the error correction of a code does not vouch for is an [UnreadError].
//
// A picture in which nothing looks like a code is soon done with. Where something does and is not
// read, the search goes on with the picture enlarged, smoothed and in each of its colours; that can
// take seconds, so give the context a deadline.
//
// How it works: grey.go takes a picture's colours away, levels.go says what is dark, rings.go and
// finder.go find finder patterns, triple.go which three are of one code, version.go how many modules it
// has, warp.go, refine.go and mesh.go where each of them lies, sample.go how dark it is, package
// symbol what that says, and segments.go and charset.go make a text of it. search.go puts these together,
// and look.go decides what is worth a further look.
package scan

import (
	"context"
	"errors"
	"fmt"
	"image"
	"io"
)

// MaxBytes and MaxPixels are the most that a picture may have. A few hundred kilobytes can claim
// billions of pixels, so both are looked at before anything is decoded. Formats that take more memory
// for a pixel may have fewer, as a [TooManyPixelsError] says.
const (
	MaxBytes  = 48 << 20
	MaxPixels = 1 << 26
)

var (
	// ErrNoCode means that no code was found; where one was seen, the error is an [UnreadError].
	ErrNoCode = errors.New("failed to find a qr code")

	// ErrFormat means that the file is no picture of a kind that can be read; where its kind is
	// known, the error is a [FormatError].
	ErrFormat = errors.New("unknown picture format")

	// ErrDamaged means that the file begins like a picture but does not go on like one: it is
	// cut short or altered.
	ErrDamaged = errors.New("failed to decode picture")

	// ErrPart means that codes hold only a part of a text that is split over several
	// (structured append). The error is a [PartsError], from which [JoinParts] makes the whole.
	ErrPart = errors.New("a qr code holds only a part of a text")

	// ErrTooBusy means that more places look like the corner of a code than can be tried.
	// Cropped to the code, the picture may be readable.
	ErrTooBusy = errors.New("too many patterns that look like a qr code")
)

// FormatError means that a file is of a kind that is known and not read.
type FormatError struct {
	Name string // PDF, HEIC, AVIF or SVG, or such as "JPEG of this kind" where only some are not read
}

// Error says what is wrong, and nothing secret.
func (e *FormatError) Error() string {
	return "failed to read " + e.Name + ": not a picture of pixels, or packed as a film is"
}

// Is reports that the error is an [ErrFormat].
func (e *FormatError) Is(target error) bool { return target == ErrFormat }

// TooLargeError means that a file has more bytes than Limit.
type TooLargeError struct {
	Limit int
}

// Error says what is wrong, and nothing secret.
func (e *TooLargeError) Error() string {
	return fmt.Sprintf("picture has more than %d bytes", e.Limit)
}

// TooManyPixelsError means that a picture has more pixels than Limit.
type TooManyPixelsError struct {
	Width, Height, Limit int
}

// Error says what is wrong, and nothing secret.
func (e *TooManyPixelsError) Error() string {
	return fmt.Sprintf("picture has %d x %d pixels, more than %d", e.Width, e.Height, e.Limit)
}

// Scanner reads pictures. The zero value is ready.
type Scanner struct {
	// Thorough has the search go on where nothing looks like a code, until nothing is left to try
	// or the context ends.
	Thorough bool

	// Explain is where a PNG of what was seen is written: where finder patterns are, and codes
	// that were read and that were not. It shows no more of the picture than sixteen squares a
	// side, in which no code can be read. nil writes none.
	Explain io.Writer

	onLook func(name string) // is told of each look that is taken: for tests
}

// Read finds and reads the codes in the picture that r holds: PNG, JPEG, GIF, WebP, BMP or TIFF.
// Without an error there is at least one result. An error does not take back what was found: with
// ErrPart, with an [UnreadError] and where ctx ended before the last look, there may be results
// beside it, and more codes in the picture than these.
func Read(ctx context.Context, r io.Reader) ([]Result, error) { return Scanner{}.Read(ctx, r) }

// ReadImage finds and reads the codes in img, as Read does.
func ReadImage(ctx context.Context, img image.Image) ([]Result, error) {
	return Scanner{}.ReadImage(ctx, img)
}

// Read is as the function Read.
func (s Scanner) Read(ctx context.Context, r io.Reader) ([]Result, error) {
	file, err := open(r)
	if err != nil {
		return nil, err
	}
	pic, err := file.decode(ctx)
	if err != nil {
		return nil, err
	}
	return s.look(ctx, pic)
}

// ReadImage is as the function ReadImage.
func (s Scanner) ReadImage(ctx context.Context, img image.Image) ([]Result, error) {
	if err := checkPixels(img.Bounds().Dx(), img.Bounds().Dy(), MaxPixels); err != nil {
		return nil, err
	}
	page, err := greyOf(ctx, img)
	if err != nil {
		return nil, err
	}
	found, err := s.look(ctx, picture{page: page, img: img})
	for i := range found {
		found[i].Bounds = found[i].Bounds.Add(img.Bounds().Min)
	}
	if unread, ok := err.(*UnreadError); ok {
		unread.Bounds = unread.Bounds.Add(img.Bounds().Min)
	}
	return found, err
}

func checkPixels(width, height, limit int) error {
	if int64(width)*int64(height) > int64(limit) {
		return &TooManyPixelsError{Width: width, Height: height, Limit: limit}
	}
	return nil
}

// stopped returns the error where ctx has ended.
func stopped(ctx context.Context) error {
	return fmt.Errorf("stopped reading picture: %w", ctx.Err())
}
