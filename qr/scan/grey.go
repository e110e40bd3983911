package scan

import (
	"context"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"slices"
)

// mix is how much of red, green and blue, of 65536 together, a page takes, and what it lays the
// picture on.
type mix struct {
	red, green, blue uint32
	ground           uint32
}

var (
	onWhite = mix{19595, 38470, 7471, 255} // brightness, as ITU-R BT.601 has it
	onBlack = mix{19595, 38470, 7471, 0}
)

// of returns the grey of a colour that is not multiplied by its opacity.
func (m *mix) of(r, g, b, a uint8) uint8 {
	shade := (m.red*uint32(r) + m.green*uint32(g) + m.blue*uint32(b) + 1<<15) >> 16
	if a != 255 {
		shade = (shade*uint32(a) + m.ground*(255-uint32(a)) + 127) / 255
	}
	return uint8(shade)
}

// greyOf lays a picture on white, as a page would show it, and takes its colours away.
func greyOf(ctx context.Context, img image.Image) (*plane, error) { return mixed(ctx, img, onWhite) }

// mixed makes a page of an image. The kinds of images that decoders give are read without going
// through their interface.
func mixed(ctx context.Context, img image.Image, m mix) (page *plane, err error) {
	defer func() {
		if recover() != nil { // a palette may be shorter than the pixels ask for
			page, err = nil, fmt.Errorf("%w: a pixel without a colour", ErrDamaged)
		}
	}()
	size := img.Bounds().Size()
	page = newPlane(size.X, size.Y)
	row := m.rows(img)
	for y := range size.Y {
		if y%64 == 0 && ctx.Err() != nil {
			return nil, stopped(ctx)
		}
		row(y, page.row(y))
	}
	return page, nil
}

// rows returns what makes a row of an image grey.
func (m mix) rows(img image.Image) func(y int, to []uint8) {
	at := img.Bounds().Min
	switch img := img.(type) {
	case *image.Gray:
		return func(y int, to []uint8) { copy(to, img.Pix[img.PixOffset(at.X, at.Y+y):]) }
	case *image.YCbCr:
		if m == onWhite {
			return func(y int, to []uint8) { copy(to, img.Y[img.YOffset(at.X, at.Y+y):]) }
		}
	case *image.RGBA:
		return func(y int, to []uint8) { m.greyRGBA(to, img.Pix[img.PixOffset(at.X, at.Y+y):]) }
	case *image.NRGBA:
		return func(y int, to []uint8) { m.greyNRGBA(to, img.Pix[img.PixOffset(at.X, at.Y+y):]) }
	case *image.Paletted:
		shades := make([]uint8, len(img.Palette)) // a pixel beyond it panics
		for i, c := range img.Palette {
			c := color.NRGBAModel.Convert(c).(color.NRGBA)
			shades[i] = m.of(c.R, c.G, c.B, c.A)
		}
		return func(y int, to []uint8) {
			for x, v := range img.Pix[img.PixOffset(at.X, at.Y+y):][:len(to)] {
				to[x] = shades[v]
			}
		}
	}
	ground := image.NewUniform(color.Gray{Y: uint8(m.ground)})
	strip := image.NewRGBA(image.Rect(0, 0, img.Bounds().Dx(), 1))
	return func(y int, to []uint8) {
		draw.Draw(strip, strip.Rect, ground, image.Point{}, draw.Src)
		draw.Draw(strip, strip.Rect, img, at.Add(image.Pt(0, y)), draw.Over)
		m.greyRGBA(to, strip.Pix)
	}
}

// greyRGBA takes pixels whose colours are multiplied by their opacity.
func (m *mix) greyRGBA(to, from []uint8) {
	for i := range to {
		p := from[4*i : 4*i+4 : 4*i+4]
		shade := (m.red*uint32(p[0]) + m.green*uint32(p[1]) + m.blue*uint32(p[2]) + 1<<15) >> 16
		to[i] = uint8(shade + m.ground*(255-uint32(p[3]))/255)
	}
}

func (m *mix) greyNRGBA(to, from []uint8) {
	for i := range to {
		p := from[4*i : 4*i+4 : 4*i+4]
		to[i] = m.of(p[0], p[1], p[2], p[3])
	}
}

func (m *mix) greyRGB(to, from []uint8) {
	for i := range to {
		p := from[3*i : 3*i+3 : 3*i+3]
		to[i] = uint8((m.red*uint32(p[0]) + m.green*uint32(p[1]) + m.blue*uint32(p[2]) + 1<<15) >> 16)
	}
}

// stretched spreads brightness over the whole range.
func (p *plane) stretched() *plane {
	darkest, lightest := slices.Min(p.pix), slices.Max(p.pix)
	if darkest == lightest {
		return p
	}
	var to [256]uint8
	for i := int(darkest); i <= int(lightest); i++ {
		to[i] = uint8(255 * (i - int(darkest)) / int(lightest-darkest))
	}
	out := newPlane(p.width, p.height)
	for i, v := range p.pix {
		out.pix[i] = to[v]
	}
	return out
}
