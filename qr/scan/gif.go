package scan

import (
	"bytes"
	"context"
	"encoding/binary"
	"image"
	"image/draw"
	"image/gif"
)

// mostFrames is how many frames of an animation are looked at.
const mostFrames = 100

// frames gives the pictures that an animation shows after its first, up to the hundredth, for as long
// as they are whole; each frame is laid over those before. Package image/gif decodes one frame or all,
// of which there may be any number; so each is handed to it as a file of its own, cut out between the
// blocks (GIF89a, sections 18 to 27).
func (f *file) frames(ctx context.Context) func(yield func(*plane) bool) {
	return func(yield func(*plane) bool) {
		defer func() { recover() }() // what was shown before stays
		header, at := colourTable(f.data, 10, 13)
		if header == nil {
			return
		}
		screen := image.Rect(0, 0, int(binary.LittleEndian.Uint16(f.data[6:])), int(binary.LittleEndian.Uint16(f.data[8:])))
		canvas := image.NewRGBA(screen)
		draw.Draw(canvas, screen, image.White, image.Point{}, draw.Src)
		var extension []byte
		for n := 0; n < mostFrames && ctx.Err() == nil; {
			block := nextBlock(f.data, at)
			if block == nil {
				return
			}
			at += len(block)
			if block[0] == '!' {
				if block[1] == 0xf9 { // how the next frame is shown
					extension = block
				}
				continue
			}
			one := bytes.Join([][]byte{header, extension, block, {';'}}, nil)
			frame, err := gif.Decode(bytes.NewReader(one))
			if err != nil {
				return
			}
			draw.Draw(canvas, frame.Bounds(), frame, frame.Bounds().Min, draw.Over)
			if n++; n == 1 {
				continue
			}
			page, err := greyOf(ctx, canvas)
			if err != nil || !yield(page) {
				return
			}
		}
	}
}

// colourTable returns the data up to and with the colour table that the flags at an offset announce,
// which begins at start; and where it ends: nil and 0 where the data end before.
func colourTable(data []byte, flags, start int) ([]byte, int) {
	if start > len(data) {
		return nil, 0
	}
	end := start
	if data[flags]&0x80 != 0 {
		end += 3 << (data[flags]&7 + 1)
	}
	if end > len(data) {
		return nil, 0
	}
	return data[:end], end
}

// nextBlock returns the extension or the frame at an offset; nil is the end.
func nextBlock(data []byte, at int) []byte {
	end := at
	switch {
	case at+2 <= len(data) && data[at] == '!':
		end += 2
	case at+10 <= len(data) && data[at] == ',':
		_, after := colourTable(data, at+9, at+10)
		if after == 0 {
			return nil
		}
		end = after + 1 // the size of a code
	default:
		return nil
	}
	for end < len(data) && data[end] != 0 {
		end += 1 + int(data[end])
	}
	if end >= len(data) {
		return nil
	}
	return data[at : end+1]
}
