package qr

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"sync"
)

// MinPixels and MaxPixels are the least and the most pixels that WritePNG gives a module's side.
// Below four, readers begin to fail; above the most there is only a larger file, and SVG.
const (
	MinPixels = 4
	MaxPixels = 16
)

// WritePNG draws the code as a PNG image in black and white, each module a square of so many
// pixels a side, from MinPixels to MaxPixels. On ErrNotReadable it has written nothing.
func (c *Code) WritePNG(w io.Writer, pixels int) error {
	if pixels < MinPixels || pixels > MaxPixels {
		return fmt.Errorf("invalid pixels for a module: %d, not %d to %d", pixels, MinPixels, MaxPixels)
	}
	drawing, err := encodePNG(c.modules(), pixels)
	if err != nil {
		return fmt.Errorf("failed to encode png: %w", err)
	}
	return c.show(w, drawing, func(drawing []byte) (modules, bool) { return readPNG(drawing, pixels) })
}

// The image is grey, one bit deep and opaque: on a dark page a transparent ground would take the
// contrast away. A picture of squares needs no more of PNG (https://www.w3.org/TR/png-3/) than
// this, and image/png takes most of its time for what a byte a pixel costs.
const (
	pngSignature = "\x89PNG\r\n\x1a\n"
	pngGrey      = "\x01\x00\x00\x00\x00" // bit depth, colour type, compression, filter, interlace

	filterNone = 0
	filterUp   = 2 // each byte is the difference to the one above
)

// compressors are used again: each takes more than a megabyte, a thousand times what it
// writes.
var compressors = sync.Pool{New: func() any {
	z, err := zlib.NewWriterLevel(nil, zlib.BestSpeed)
	if err != nil {
		panic(err) // there is such a level
	}
	return z
}}

// encodePNG writes the first line of pixels of every row of modules, and says of the others
// that they are like the one above.
func encodePNG(m modules, pixels int) ([]byte, error) {
	side := len(m) * pixels
	line := make([]byte, 1+(side+7)/8)
	same := make([]byte, len(line))
	same[0] = filterUp

	var rows bytes.Buffer
	z := compressors.Get().(*zlib.Writer)
	defer compressors.Put(z)
	z.Reset(&rows)
	for _, row := range m {
		packLine(line, row, pixels)
		z.Write(line)
		for range pixels - 1 {
			z.Write(same)
		}
	}
	if err := z.Close(); err != nil {
		return nil, err
	}

	header := binary.BigEndian.AppendUint32(nil, uint32(side))
	header = binary.BigEndian.AppendUint32(header, uint32(side))
	drawing := []byte(pngSignature)
	drawing = appendChunk(drawing, "IHDR", append(header, pngGrey...))
	drawing = appendChunk(drawing, "IDAT", rows.Bytes())
	return appendChunk(drawing, "IEND", nil), nil
}

// packLine writes a line of pixels, eight to a byte; 1 is white.
func packLine(line []byte, row []bool, pixels int) {
	clear(line)
	line[0] = filterNone
	for x, dark := range row {
		for i := x * pixels; !dark && i < (x+1)*pixels; i++ {
			line[1+i/8] |= 0x80 >> (i % 8)
		}
	}
}

func appendChunk(b []byte, kind string, data []byte) []byte {
	b = binary.BigEndian.AppendUint32(b, uint32(len(data)))
	start := len(b)
	b = append(append(b, kind...), data...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[start:]))
}

// readPNG takes what encodePNG writes, and looks at every pixel: each must be like its module's
// first.
func readPNG(drawing []byte, pixels int) (modules, bool) {
	rest, ok := bytes.CutPrefix(drawing, []byte(pngSignature))
	header, rest, ok1 := cutChunk(rest, "IHDR")
	rows, rest, ok2 := cutChunk(rest, "IDAT")
	_, rest, ok3 := cutChunk(rest, "IEND")
	if !ok || !ok1 || !ok2 || !ok3 || len(rest) > 0 || len(header) != 13 || string(header[8:]) != pngGrey {
		return nil, false
	}
	side := int(binary.BigEndian.Uint32(header))
	if side != int(binary.BigEndian.Uint32(header[4:])) || side%pixels != 0 || side > MaxPixels*200 {
		return nil, false
	}
	z, err := zlib.NewReader(bytes.NewReader(rows))
	if err != nil {
		return nil, false
	}
	length := 1 + (side+7)/8
	lines := make([]byte, side*length+1)
	if n, err := io.ReadFull(z, lines); n != side*length || err != io.ErrUnexpectedEOF {
		return nil, false
	}
	m := make(modules, side/pixels)
	for y := range m {
		if m[y], ok = unpackLines(lines[y*pixels*length:][:pixels*length], length, pixels, side); !ok {
			return nil, false
		}
	}
	return m, true
}

// cutChunk takes the chunk of a kind off the front, if its sum is right.
func cutChunk(b []byte, kind string) (data, rest []byte, ok bool) {
	const around = 4 + 4 + 4 // its length, kind and sum
	if len(b) < around {
		return nil, nil, false
	}
	n := int(binary.BigEndian.Uint32(b))
	if n < 0 || n > len(b)-around || string(b[4:8]) != kind ||
		crc32.ChecksumIEEE(b[4:8+n]) != binary.BigEndian.Uint32(b[8+n:]) {
		return nil, nil, false
	}
	return b[8 : 8+n], b[around+n:], true
}

// unpackLines reads one row of modules: a line, and others that are like it.
func unpackLines(lines []byte, length, pixels, side int) (row []bool, ok bool) {
	first := lines[:length]
	same := make([]byte, length)
	same[0] = filterUp
	for i := 1; i < pixels; i++ {
		if !bytes.Equal(lines[i*length:][:length], same) {
			return nil, false
		}
	}
	row = make([]bool, side/pixels)
	for x := range row {
		row[x] = first[1+x*pixels/8]&(0x80>>(x*pixels%8)) == 0
	}
	again := make([]byte, length)
	packLine(again, row, pixels)
	return row, bytes.Equal(first, again)
}
