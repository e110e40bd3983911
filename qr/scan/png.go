package scan

import (
	"bytes"
	"compress/flate"
	"context"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
)

// A PNG is made grey row by row (PNG specification, third edition, clauses 5 to 10): in full colour
// a picture of 48 megapixels would take 192 MB. Interlaced ones, which are rare, go through package
// image/png.

const pngMagic = "\x89PNG\r\n\x1a\n"

var errPNG = errors.New("not as the specification has it")

// interlaced reports whether a PNG's rows do not follow each other.
func interlaced(data []byte) bool { return len(data) > 28 && data[28] != 0 }

// The colour types of a PNG.
const (
	pngGrey      = 0
	pngRGB       = 2
	pngPalette   = 3
	pngGreyAlpha = 4
	pngRGBAlpha  = 6
)

// pngFile is a PNG while it is read.
type pngFile struct {
	rest          []byte // chunks to come
	width, height int
	depth, kind   int
	palette       [256][4]uint8
	colours       int
	key           []byte // the colour that is transparent, of a picture without a palette
	alpha         bool   // something may be transparent
	chunk         []byte // of the image data, what has not been taken
}

// decodePNG makes a page of a PNG, and keeps the way to make another one.
func (f *file) decodePNG(ctx context.Context) (picture, error) {
	p, err := newPNG(f.data)
	if err != nil {
		return picture{}, f.damaged(err)
	}
	again := func(ctx context.Context, m mix) (*plane, error) {
		p, err := newPNG(f.data)
		if err != nil {
			return nil, err
		}
		return p.page(ctx, m)
	}
	page, err := p.page(ctx, onWhite)
	if ctx.Err() != nil {
		return picture{}, stopped(ctx)
	}
	if err != nil {
		return picture{}, f.damaged(err)
	}
	return picture{page: page, again: again, transparent: p.alpha}, nil
}

// newPNG reads what stands before the image data.
func newPNG(data []byte) (*pngFile, error) {
	p := &pngFile{rest: data[len(pngMagic):]}
	name, body, err := p.next()
	if err != nil || name != "IHDR" || len(body) != 13 {
		return nil, errPNG
	}
	p.width, p.height = int(binary.BigEndian.Uint32(body)), int(binary.BigEndian.Uint32(body[4:]))
	p.depth, p.kind = int(body[8]), int(body[9])
	p.alpha = p.kind == pngGreyAlpha || p.kind == pngRGBAlpha
	for {
		name, body, err := p.next()
		if err != nil {
			return nil, err
		}
		switch name {
		case "PLTE":
			if len(body)%3 != 0 || len(body) > 3*256 {
				return nil, errPNG
			}
			p.colours = len(body) / 3
			for i := range p.colours {
				p.palette[i] = [4]uint8{body[3*i], body[3*i+1], body[3*i+2], 255}
			}
		case "tRNS":
			p.alpha = true
			if p.kind != pngPalette {
				p.key = body
				continue
			}
			for i, a := range body[:min(len(body), p.colours)] {
				p.palette[i][3] = a
			}
		case "IDAT":
			p.chunk = body
			return p, nil
		case "IEND":
			return nil, io.ErrUnexpectedEOF
		}
	}
}

// next takes a chunk and checks it.
func (p *pngFile) next() (name string, body []byte, err error) {
	if len(p.rest) < 12 {
		return "", nil, io.ErrUnexpectedEOF
	}
	length := binary.BigEndian.Uint32(p.rest)
	if uint64(length)+12 > uint64(len(p.rest)) {
		return "", nil, io.ErrUnexpectedEOF
	}
	body = p.rest[8 : 8+length]
	if crc32.ChecksumIEEE(p.rest[4:8+length]) != binary.BigEndian.Uint32(p.rest[8+length:]) {
		return "", nil, errPNG
	}
	name = string(p.rest[4:8])
	p.rest = p.rest[12+length:]
	return name, body, nil
}

// Read gives the image data, from one chunk to the next.
func (p *pngFile) Read(to []byte) (int, error) {
	for len(p.chunk) == 0 {
		name, body, err := p.next()
		if err != nil {
			return 0, err
		}
		if name != "IDAT" {
			return 0, io.EOF
		}
		p.chunk = body
	}
	n := copy(to, p.chunk)
	p.chunk = p.chunk[n:]
	return n, nil
}

// page unpacks the rows and makes them grey.
func (p *pngFile) page(ctx context.Context, m mix) (*plane, error) {
	channels := map[int]int{pngGrey: 1, pngRGB: 3, pngPalette: 1, pngGreyAlpha: 2, pngRGBAlpha: 4}[p.kind]
	if channels == 0 || p.width <= 0 || p.height <= 0 {
		return nil, errPNG
	}
	var header [2]byte
	if _, err := io.ReadFull(p, header[:]); err != nil || header[0]&15 != 8 {
		return nil, errPNG
	}
	data := flate.NewReader(p) // each chunk has a checksum: the one over all of zlib's would say no more
	defer data.Close()
	apart := max(1, channels*p.depth/8) // from a byte to the one left of it that filters compare with
	length := (p.width*channels*p.depth + 7) / 8
	row, above := make([]uint8, 1+length), make([]uint8, 1+length)
	shades := p.shades(m)
	page := newPlane(p.width, p.height)
	for y := range p.height {
		if y%64 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if _, err := io.ReadFull(data, row); err != nil {
			if err == io.EOF {
				err = io.ErrUnexpectedEOF
			}
			return nil, err
		}
		if !unfilter(row[0], row[1:], above[1:], apart) {
			return nil, errPNG
		}
		switch {
		case y > 0 && bytes.Equal(row[1:], above[1:]):
			copy(page.row(y), page.row(y-1)) // much of a screen repeats
		case !p.grey(page.row(y), row[1:], shades, m):
			return nil, errPNG
		}
		row, above = above, row
	}
	return page, nil
}

// unfilter adds to each byte what the filter of its row took away (clause 9).
func unfilter(filter uint8, row, above []uint8, apart int) bool {
	above = above[:len(row)]
	switch filter {
	case 0:
	case 1:
		for i := apart; i < len(row); i++ {
			row[i] += row[i-apart]
		}
	case 2:
		addBytes(row, above)
	case 3:
		for i := range row {
			left := 0
			if i >= apart {
				left = int(row[i-apart])
			}
			row[i] += uint8((left + int(above[i])) / 2)
		}
	case 4:
		for channel := range min(apart, len(row)) {
			left, corner := 0, 0
			for i := channel; i < len(row); i += apart {
				up := int(above[i])
				switch { // the neighbour that is nearest to left + up - corner
				case up == corner: // it is left
				case left == corner:
					left = up
				default:
					left = paeth(left, up, corner)
				}
				left = (left + int(row[i])) & 255
				row[i], corner = uint8(left), up
			}
		}
	default:
		return false
	}
	return true
}

// paeth returns the neighbour that is nearest to left + up - corner.
func paeth(left, up, corner int) int {
	toLeft, toUp := up-corner, left-corner
	toCorner := abs(toLeft + toUp)
	toLeft, toUp = abs(toLeft), abs(toUp)
	switch {
	case toLeft <= toUp && toLeft <= toCorner:
		return left
	case toUp <= toCorner:
		return up
	}
	return corner
}

// addBytes adds to each byte that of another slice, eight at a time: the upper bits apart, so that none
// is carried over into the next byte.
func addBytes(to, from []uint8) {
	i := 0
	for ; i+8 <= len(to) && i+8 <= len(from); i += 8 {
		const upper = 0x8080808080808080
		a, b := binary.LittleEndian.Uint64(to[i:]), binary.LittleEndian.Uint64(from[i:])
		binary.LittleEndian.PutUint64(to[i:], (a&^upper+b&^upper)^(a^b)&upper)
	}
	for ; i < len(to); i++ {
		to[i] += from[i]
	}
}

// shades returns the greys of the values that a sample of up to eight bits has, where a pixel is one.
func (p *pngFile) shades(m mix) (shades [256]uint8) {
	most := 1<<min(p.depth, 8) - 1
	for i := range shades {
		if p.kind == pngPalette {
			c := p.palette[i]
			shades[i] = m.of(c[0], c[1], c[2], c[3])
			continue
		}
		v, a := uint8(min(i, most)*255/most), uint8(255)
		if len(p.key) == 2 && int(binary.BigEndian.Uint16(p.key)) == i {
			a = 0
		}
		shades[i] = m.of(v, v, v, a)
	}
	return shades
}

// grey makes one row grey.
func (p *pngFile) grey(to, row []uint8, shades [256]uint8, m mix) bool {
	sample := p.depth / 8 // in bytes
	switch {
	case p.depth < 8 && (p.kind == pngGrey || p.kind == pngPalette):
		mask := uint8(1<<p.depth - 1)
		for x := range to {
			bit := x * p.depth
			v := row[bit/8] >> (8 - p.depth - bit%8) & mask
			if p.kind == pngPalette && int(v) >= p.colours {
				return false
			}
			to[x] = shades[v]
		}
	case p.kind == pngPalette && p.depth == 8:
		for x, v := range row[:len(to)] {
			if int(v) >= p.colours {
				return false
			}
			to[x] = shades[v]
		}
	case p.kind == pngGrey && p.depth == 8:
		for x, v := range row[:len(to)] {
			to[x] = shades[v]
		}
	case p.depth != 8 && p.depth != 16:
		return false
	case p.kind == pngRGBAlpha && p.depth == 8:
		m.greyNRGBA(to, row)
	case p.kind == pngRGB && p.depth == 8 && p.key == nil:
		m.greyRGB(to, row)
	case p.kind == pngGrey || p.kind == pngGreyAlpha:
		size := sample
		if p.kind == pngGreyAlpha {
			size *= 2
		}
		for x := range to {
			pixel := row[x*size : (x+1)*size]
			a := uint8(255)
			if p.kind == pngGreyAlpha {
				a = pixel[sample]
			} else if string(pixel) == string(p.key) {
				a = 0
			}
			to[x] = m.of(pixel[0], pixel[0], pixel[0], a)
		}
	default:
		size := 3 * sample
		if p.kind == pngRGBAlpha {
			size = 4 * sample
		}
		for x := range to {
			pixel := row[x*size : (x+1)*size]
			a := uint8(255)
			if p.kind == pngRGBAlpha {
				a = pixel[3*sample]
			} else if p.isKey(pixel, sample) {
				a = 0
			}
			to[x] = m.of(pixel[0], pixel[sample], pixel[2*sample], a)
		}
	}
	return true
}

// isKey reports whether a pixel has the colour that is transparent.
func (p *pngFile) isKey(pixel []uint8, sample int) bool {
	if len(p.key) != 6 {
		return false
	}
	for i := range 3 {
		v := int(pixel[i*sample])
		if sample == 2 {
			v = v<<8 | int(pixel[i*sample+1])
		}
		if v != int(binary.BigEndian.Uint16(p.key[2*i:])) {
			return false
		}
	}
	return true
}
