package scan

import "encoding/binary"

// orientation is how a camera was held (Exif 2.32, tag 274; TIFF 6.0, section 8): 1 is upright, as
// is 0; 2, 4, 5 and 7 are mirrored. A code is read whichever way up it is, so only places are turned.
type orientation int

// orientationOf returns what a JPEG, TIFF or WebP says, 1 where it says nothing.
func orientationOf(f *file) orientation {
	switch f.name {
	case "JPEG":
		return orientationIn(headerOf(f.data).exif)
	case "TIFF":
		return orientationIn(f.data)
	}
	return orientationIn(chunkOf(f.data, "EXIF"))
}

// chunkOf returns a chunk of a WebP, nil if there is none.
func chunkOf(data []byte, name string) []byte {
	for i := 12; i+8 <= len(data); {
		size := int(binary.LittleEndian.Uint32(data[i+4:]))
		if size < 0 || size > len(data)-i-8 {
			return nil
		}
		if string(data[i:i+4]) == name {
			return data[i+8 : i+8+size]
		}
		i += 8 + size + size%2
	}
	return nil
}

const orientationTag = 274

// orientationIn looks through the first directory of a TIFF, which Exif data are too. It is 1
// where that says nothing, or nothing that can be.
func orientationIn(data []byte) orientation {
	if len(data) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.LittleEndian
	if data[0] == 'M' {
		order = binary.BigEndian
	}
	at := int64(order.Uint32(data[4:]))
	if at+2 > int64(len(data)) {
		return 1
	}
	for range order.Uint16(data[at:]) {
		if at+14 > int64(len(data)) {
			return 1
		}
		if entry := data[at+2:]; order.Uint16(entry) == orientationTag {
			if o := orientation(order.Uint16(entry[8:])); o >= 1 && o <= 8 {
				return o
			}
			return 1
		}
		at += 12
	}
	return 1
}

// turned returns where a place of a picture of that size is once it is upright.
func (o orientation) turned(p point, width, height float64) point {
	switch o {
	case 2:
		return point{width - p.x, p.y}
	case 3:
		return point{width - p.x, height - p.y}
	case 4:
		return point{p.x, height - p.y}
	case 5:
		return point{p.y, p.x}
	case 6:
		return point{height - p.y, p.x}
	case 7:
		return point{height - p.y, width - p.x}
	case 8:
		return point{p.y, width - p.x}
	}
	return p
}
