package scan

import (
	"encoding/binary"
	"fmt"
)

// jpegHeader is what the markers of a JPEG say (ITU-T T.81, annex B).
type jpegHeader struct {
	progressive bool
	samples     float64 // for each pixel, of all components
	scans       int
	exif        []byte // what follows the word Exif
}

// mostScans is how many scans a JPEG may have. Encoders write about ten; each goes over the whole
// picture, so that a small file of many keeps a decoder busy for hours.
const mostScans = 256

// headerOf walks over the markers. What is between scans is passed over: there a byte of 255 is
// followed by 0 or the number of a restart.
func headerOf(data []byte) (h jpegHeader) {
	for i := 2; i+4 <= len(data); {
		if data[i] != 0xff || data[i+1] == 0 || data[i+1] == 0xff || data[i+1] >= 0xd0 && data[i+1] <= 0xd8 {
			i++
			continue
		}
		marker, length := data[i+1], int(binary.BigEndian.Uint16(data[i+2:]))
		if marker == 0xd9 {
			return h
		}
		body := data[min(i+4, len(data)):min(i+2+max(length, 2), len(data))]
		switch {
		case marker >= 0xc0 && marker <= 0xc2:
			h.progressive = marker == 0xc2
			h.samples = samplesOf(body)
		case marker == 0xda:
			h.scans++
		case marker == 0xe1 && len(body) > 6 && string(body[:6]) == "Exif\x00\x00" && h.exif == nil:
			h.exif = body[6:]
		}
		i += 2 + max(length, 2)
	}
	return h
}

// samplesOf returns how many samples a frame has for each pixel: chroma is often stored for every
// fourth.
func samplesOf(frame []byte) float64 {
	if len(frame) < 6 {
		return 3
	}
	most, sum := 1, 0
	for i := range int(frame[5]) {
		if at := 6 + 3*i + 1; at < len(frame) {
			area := int(frame[at]>>4) * int(frame[at]&15)
			most, sum = max(most, area), sum+area
		}
	}
	return float64(sum) / float64(most)
}

func (f *file) weightJPEG() (float64, error) {
	h := headerOf(f.data)
	if h.scans > mostScans {
		return 0, f.damaged(fmt.Errorf("more than %d scans", mostScans))
	}
	weight := h.samples
	if h.progressive {
		weight += 4 * h.samples // the coefficients wait for the last scan
	}
	if h.samples > 3 {
		weight += 5 // CMYK, and the page
	}
	return weight, nil
}
