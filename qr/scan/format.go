package scan

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"io/fs"
	"strings"

	"golang.org/x/image/bmp"
	"golang.org/x/image/tiff"
	"golang.org/x/image/webp"
)

// A format is one kind of picture file. The table stands in for the registry of package image,
// to which any package of a program may add.
type format struct {
	name   string
	magic  string // ? stands for any byte
	config func(io.Reader) (image.Config, error)
	decode func(io.Reader) (image.Image, error)
}

var formats = []format{
	{"PNG", pngMagic, png.DecodeConfig, png.Decode},
	{"JPEG", "\xff\xd8\xff", jpeg.DecodeConfig, jpeg.Decode},
	{"GIF", "GIF8?a", gif.DecodeConfig, gif.Decode},
	{"WebP", "RIFF????WEBPVP8", webp.DecodeConfig, webp.Decode},
	{"BMP", "BM????\x00\x00\x00\x00", bmp.DecodeConfig, bmp.Decode},
	{"TIFF", "II*\x00", tiff.DecodeConfig, tiff.Decode},
	{"TIFF", "MM\x00*", tiff.DecodeConfig, tiff.Decode},
}

// others are kinds of files that people bring and that are not read.
var others = []struct{ name, magic string }{
	{"PDF", "%PDF-"}, {"HEIC", "????ftyphei"}, {"HEIC", "????ftyphev"}, {"HEIC", "????ftypmif1"}, {"HEIC", "????ftypmsf1"},
	{"AVIF", "????ftypavi"}, {"SVG", "<svg"},
}

// picture is what is searched.
type picture struct {
	page *plane
	img  image.Image // of which the page was made; nil where again is set, and where it has become the page

	// again makes another page of the picture; nil where img is all there is.
	again func(context.Context, mix) (*plane, error)

	transparent bool
	turn        orientation
	frames      func(yield func(*plane) bool) // those after the first
}

// file is a picture file in memory.
type file struct {
	format
	data []byte
}

// open takes in a file and says what it is.
func open(r io.Reader) (*file, error) {
	data, err := readAll(r)
	if err != nil {
		return nil, fmt.Errorf("failed to read picture: %w", err)
	}
	if len(data) > MaxBytes {
		return nil, &TooLargeError{Limit: MaxBytes}
	}
	for _, f := range formats {
		if hasMagic(data, f.magic) {
			return &file{f, data}, nil
		}
	}
	if name := otherKind(data); name != "" {
		return nil, &FormatError{Name: name}
	}
	return nil, ErrFormat
}

// otherKind returns the kind of a file that is known and not read, "" for none.
func otherKind(data []byte) string {
	for _, o := range others {
		if hasMagic(data, o.magic) {
			return o.name
		}
	}
	start := string(data[:min(len(data), 1024)])
	if strings.HasPrefix(strings.TrimLeft(start, "\ufeff \t\r\n"), "<") && strings.Contains(start, "<svg") {
		return "SVG"
	}
	return ""
}

// IsPicture reports whether a file's first bytes are those of a picture, of a kind that
// is read or of one that is known and not read.
func IsPicture(data []byte) bool {
	for _, f := range formats {
		if hasMagic(data, f.magic) {
			return true
		}
	}
	return otherKind(data) != ""
}

// readAll reads a file up to one byte more than is allowed. If the reader knows its length,
// the content is not copied on the way.
func readAll(r io.Reader) ([]byte, error) {
	size := int64(0)
	switch r := r.(type) {
	case interface{ Stat() (fs.FileInfo, error) }:
		if info, err := r.Stat(); err == nil {
			size = info.Size()
		}
	case interface{ Len() int }:
		size = int64(r.Len())
	}
	to := bytes.NewBuffer(make([]byte, 0, min(max(size, 0), MaxBytes)+bytes.MinRead))
	_, err := to.ReadFrom(io.LimitReader(r, MaxBytes+1))
	return to.Bytes(), err
}

func hasMagic(file []byte, magic string) bool {
	if len(file) < len(magic) {
		return false
	}
	for i := range len(magic) {
		if magic[i] != '?' && magic[i] != file[i] {
			return false
		}
	}
	return true
}

// memory is how many bytes a picture and the search in it may take together.
const memory = 240 << 20

// searchWeight is how many bytes the search takes for each pixel of a page: which are dark, and
// the page once more at half the size.
const searchWeight = 1.6

// decode makes a page of the file, once it has said how large it is.
func (f *file) decode(ctx context.Context) (pic picture, err error) {
	defer func() {
		if recover() != nil {
			pic, err = picture{}, f.damaged(nil)
		}
	}()
	config, err := f.config(bytes.NewReader(f.data))
	if unsupported(err) {
		return picture{}, &FormatError{Name: f.name + " of this kind"}
	}
	if err != nil {
		return picture{}, f.damaged(err)
	}
	weight, err := f.weight(config.ColorModel)
	if err != nil {
		return picture{}, err
	}
	limit := min(MaxPixels, int(memory/(weight+searchWeight)))
	if err := checkPixels(config.Width, config.Height, limit); err != nil {
		return picture{}, err
	}
	if f.name == "PNG" && !interlaced(f.data) {
		return f.decodePNG(ctx)
	}
	img, err := f.format.decode(&untilDone{ctx, bytes.NewReader(f.data)})
	if ctx.Err() != nil {
		return picture{}, stopped(ctx)
	}
	if unsupported(err) {
		return picture{}, &FormatError{Name: f.name + " of this kind"}
	}
	if err != nil {
		return picture{}, f.damaged(err)
	}
	if pic, err = pictureOf(ctx, img); err != nil {
		return picture{}, err
	}
	switch f.name {
	case "JPEG", "TIFF", "WebP":
		pic.turn = orientationOf(f)
	case "GIF":
		pic.frames = f.frames(ctx)
	}
	return pic, nil
}

// unsupported reports whether a decoder knows what it sees and does not decode it.
func unsupported(err error) bool {
	var j jpeg.UnsupportedError
	var p png.UnsupportedError
	var t tiff.UnsupportedError
	return errors.As(err, &j) || errors.As(err, &p) || errors.As(err, &t) || errors.Is(err, bmp.ErrUnsupported)
}

// pictureOf makes a page of an image that nobody else has. The grey of a JPEG is a plane of its
// own, and a large one's is not copied.
func pictureOf(ctx context.Context, img image.Image) (pic picture, err error) {
	if of, ok := img.(*image.YCbCr); ok && of.Rect.Min == (image.Point{}) && len(of.Y) > handyPixels {
		width, height := of.Rect.Dx(), of.Rect.Dy()
		for y := range height {
			copy(of.Y[y*width:(y+1)*width], of.Y[y*of.YStride:])
		}
		return picture{page: &plane{width, height, of.Y[:width*height]}}, nil
	}
	page, err := greyOf(ctx, img)
	return picture{page: page, img: img, transparent: transparent(img)}, err
}

// damaged returns the error for a file that does not go on as it begins. The decoders' own words say
// where, and quote nothing.
func (f *file) damaged(err error) error {
	if err == nil {
		return fmt.Errorf("%w: %s", ErrDamaged, f.name)
	}
	return fmt.Errorf("%w: %s: %w", ErrDamaged, f.name, err)
}

// weight returns how many bytes a pixel takes while the file is decoded, with the page that is made.
func (f *file) weight(model color.Model) (float64, error) {
	each := 4.0
	switch model {
	case color.GrayModel:
		each = 1
	case color.Gray16Model:
		each = 2
	case color.RGBA64Model, color.NRGBA64Model:
		each = 8
	}
	if _, ok := model.(color.Palette); ok {
		each = 1
	}
	switch f.name {
	case "PNG":
		if !interlaced(f.data) {
			return 1, nil // row by row
		}
	case "JPEG":
		return f.weightJPEG()
	case "WebP":
		if model == color.YCbCrModel {
			return 2, nil
		}
		return 9, nil // twice in full colour, and the page
	case "TIFF":
		each *= 2 // it may be one strip, unpacked as a whole
	}
	return each + 1, nil
}

// transparent reports whether what lies behind an image may show through.
func transparent(img image.Image) bool {
	o, ok := img.(interface{ Opaque() bool })
	return ok && !o.Opaque()
}

// untilDone ends with ctx. The decoders know no context, and a small progressive JPEG can keep
// one busy for minutes.
type untilDone struct {
	ctx context.Context
	r   io.Reader
}

func (u *untilDone) Read(p []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, err
	}
	return u.r.Read(p)
}
