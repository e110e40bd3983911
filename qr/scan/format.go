package scan

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/bmp"
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
	{"PNG", "\x89PNG\r\n\x1a\n", png.DecodeConfig, png.Decode},
	{"JPEG", "\xff\xd8\xff", jpeg.DecodeConfig, jpeg.Decode},
	{"GIF", "GIF8?a", gif.DecodeConfig, gif.Decode},
	{"WebP", "RIFF????WEBPVP8", webp.DecodeConfig, webp.Decode},
	{"BMP", "BM????\x00\x00\x00\x00", bmp.DecodeConfig, bmp.Decode},
}

// decode returns the picture in a file, once the file has said how large it is.
func decode(ctx context.Context, file []byte) (img image.Image, err error) {
	f, ok := formatOf(file)
	if !ok {
		return nil, ErrFormat
	}
	defer func() {
		if recover() != nil {
			img, err = nil, fmt.Errorf("%w: %s", ErrDamaged, f.name)
		}
	}()

	config, err := f.config(bytes.NewReader(file))
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %w", ErrDamaged, f.name, err)
	}
	if err := checkPixels(config.Width, config.Height); err != nil {
		return nil, err
	}
	img, err = f.decode(&untilDone{ctx, bytes.NewReader(file)})
	if ctx.Err() != nil {
		return nil, stopped(ctx)
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %w", ErrDamaged, f.name, err)
	}
	return img, nil
}

func formatOf(file []byte) (format, bool) {
	for _, f := range formats {
		if hasMagic(file, f.magic) {
			return f, true
		}
	}
	return format{}, false
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
