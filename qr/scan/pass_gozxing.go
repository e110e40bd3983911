package scan

import (
	"context"
	"errors"
	"image"
	"math"
	"strings"
	"unicode/utf8"

	"github.com/makiuchi-d/gozxing"
	multi "github.com/makiuchi-d/gozxing/multi/qrcode/detector"
	"github.com/makiuchi-d/gozxing/qrcode/decoder"
	"github.com/makiuchi-d/gozxing/qrcode/detector"
	"golang.org/x/text/encoding"
)

// errGaveUp says that gozxing panicked.
var errGaveUp = errors.New("failed to look through picture")

// maxCorners is how many finder patterns a pass takes. gozxing tries every three of them
// together, so their number decides the time; a sheet of thirty codes has 90.
const maxCorners = 300

// read reads the codes of a page, dark on light, with gozxing's detectors and decoder. It takes
// them step by step, as gozxing's own reader for several codes does, so as to stop in between.
// What looks like a code and is not read is unread. It gives what it has read even where it also
// returns an error.
func read(ctx context.Context, page *image.Gray, binarize binarizer) (found []Result, unread []UnreadError, err error) {
	bits, ok := binarize(page)
	if !ok {
		return nil, nil, nil
	}
	candidates, err := findCandidates(ctx, bits)
	if err != nil {
		return nil, nil, err
	}

	taken := map[corner]bool{}
	for _, c := range candidates {
		corners := cornersOf(c)
		if taken[corners[0]] || taken[corners[1]] || taken[corners[2]] {
			continue // a corner belongs to one code
		}
		if ctx.Err() != nil {
			return found, unread, stopped(ctx)
		}
		result, seen, readErr := readCandidate(bits, c)
		if errors.Is(readErr, ErrPart) {
			err = ErrPart
		}
		if readErr != nil {
			if seen != nil {
				unread = append(unread, *seen)
			}
			continue
		}
		found = append(found, result)
		for _, corner := range corners {
			taken[corner] = true
		}
	}
	return found, unread, err
}

// corner is where a finder pattern lies.
type corner struct{ x, y float64 }

func cornersOf(c *detector.FinderPatternInfo) [3]corner {
	of := func(p *detector.FinderPattern) corner { return corner{p.GetX(), p.GetY()} }
	return [3]corner{of(c.GetTopLeft()), of(c.GetTopRight()), of(c.GetBottomLeft())}
}

func inverted(page *image.Gray) *image.Gray {
	to := image.NewGray(page.Rect)
	for i, brightness := range page.Pix {
		to.Pix[i] = 255 - brightness
	}
	return to
}

// A binarizer decides which pixels of a page are dark. It is not ok where a small page is all of
// one shade.
type binarizer func(page *image.Gray) (bits *gozxing.BitMatrix, ok bool)

// binarizeLocally decides by the brightness around each pixel.
func binarizeLocally(page *image.Gray) (*gozxing.BitMatrix, bool) {
	return binarizeWith(page, gozxing.NewHybridBinarizer)
}

// binarizeGlobally decides by one threshold for the whole page.
func binarizeGlobally(page *image.Gray) (*gozxing.BitMatrix, bool) {
	return binarizeWith(page, gozxing.NewGlobalHistgramBinarizer)
}

func binarizeWith(page *image.Gray, binarizer func(gozxing.LuminanceSource) gozxing.Binarizer) (bits *gozxing.BitMatrix, ok bool) {
	defer func() {
		if recover() != nil {
			bits, ok = nil, false
		}
	}()

	width, height := page.Rect.Dx(), page.Rect.Dy()
	source, err := gozxing.NewPlanarYUVLuminanceSource(page.Pix, width, height, 0, 0, width, height, false)
	if err != nil {
		return nil, false
	}
	bits, err = binarizer(source).GetBlackMatrix()
	return bits, err == nil
}

// findCandidates returns every three finder patterns that lie to each other like those of a code.
func findCandidates(ctx context.Context, bits *gozxing.BitMatrix) (candidates []*detector.FinderPatternInfo, err error) {
	defer func() {
		if recover() != nil && err == nil {
			err = errGaveUp
		}
	}()

	corners := 0
	another := func(gozxing.ResultPoint) {
		corners++
		if corners > maxCorners {
			err = ErrTooBusy
		}
		if ctx.Err() != nil {
			err = stopped(ctx)
		}
		if err != nil {
			panic(err) // there is no other way out of the finder
		}
	}
	tryHarder := map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true}
	candidates, notFound := multi.NewMultiFinderPatternFinder(bits, another).FindMulti(tryHarder)
	if notFound != nil {
		candidates = nil
	}
	// The finder for one code is less strict about how the three lie to each other.
	if best, notFound := detector.NewFinderPatternFinder(bits, another).Find(tryHarder); notFound == nil {
		candidates = append(candidates, best)
	}
	return candidates, nil
}

// asStored has the decoder give out bytes unchanged. Left to itself it guesses a character set,
// and takes short UTF-8 for Latin-1 or Shift JIS.
var asStored = map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_CHARACTER_SET: encoding.Nop}

// readCandidate reads the code that lies between three finder patterns, if there is one. What
// makes gozxing panic costs this code and no other. Seen is set where there is one and it cannot
// be read.
func readCandidate(bits *gozxing.BitMatrix, c *detector.FinderPatternInfo) (r Result, seen *UnreadError, err error) {
	defer func() {
		if recover() != nil {
			r, err = Result{}, errGaveUp
		}
	}()

	sampled, err := detector.NewDetector(bits).ProcessFinderPatternInfo(c)
	if err != nil {
		return Result{}, nil, err
	}
	symbol := sampled.GetBits()
	page := image.Rect(0, 0, bits.GetWidth(), bits.GetHeight())
	place := bounds(c, symbol.GetWidth()).Intersect(page)
	if looksLikeCode(symbol) {
		seen = &UnreadError{Bounds: place, Pixels: float64(c.GetTopLeft().GetEstimatedModuleSize())}
	}
	decoded, err := decoder.NewDecoder().Decode(symbol, asStored)
	if err != nil {
		return Result{}, seen, err
	}
	if decoded.HasStructuredAppend() {
		return Result{}, nil, ErrPart
	}
	text := inUTF8(decoded.GetText())
	if text == "" {
		return Result{}, nil, ErrNoCode
	}
	return Result{Bounds: place, text: func() string { return text }}, nil, nil
}

// inUTF8 returns a text as it was stored if that is UTF-8, as it mostly is, and else reads it as
// the standard's default for bytes that declare nothing, ISO 8859-1.
func inUTF8(stored string) string {
	if utf8.ValidString(stored) {
		return stored
	}
	var text strings.Builder
	for i := range len(stored) {
		text.WriteRune(rune(stored[i]))
	}
	return text.String()
}

// bounds returns the rectangle around a symbol of so many modules a side. The centres of its
// finder patterns lie 3.5 modules within its edges, and so 7 modules less than a side apart.
func bounds(c *detector.FinderPatternInfo, modules int) image.Rectangle {
	x, y := c.GetTopLeft().GetX(), c.GetTopLeft().GetY()
	perModule := 1 / float64(modules-7)
	rightX, rightY := (c.GetTopRight().GetX()-x)*perModule, (c.GetTopRight().GetY()-y)*perModule
	downX, downY := (c.GetBottomLeft().GetX()-x)*perModule, (c.GetBottomLeft().GetY()-y)*perModule

	near, far := -3.5, float64(modules)-3.5
	minX, minY := math.Inf(1), math.Inf(1)
	maxX, maxY := math.Inf(-1), math.Inf(-1)
	for _, right := range []float64{near, far} {
		for _, down := range []float64{near, far} {
			cornerX, cornerY := x+right*rightX+down*downX, y+right*rightY+down*downY
			minX, maxX = min(minX, cornerX), max(maxX, cornerX)
			minY, maxY = min(minY, cornerY), max(maxY, cornerY)
		}
	}
	return image.Rect(int(math.Floor(minX)), int(math.Floor(minY)), int(math.Ceil(maxX)), int(math.Ceil(maxY)))
}
