package qr

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
)

// WriteSVG draws the code as an SVG image: a white ground, quiet zone included, and one black
// path on it. One unit is one module, and no size is given, so that it takes the size of the
// place where it is put. On ErrNotReadable it has written nothing.
func (c *Code) WriteSVG(w io.Writer) error {
	return c.show(w, svg(c.modules()), readSVG)
}

// svg writes each run of dark modules as one bar. stroke is said to be none, as it is by default,
// because ImageMagick's own renderer has another default, and thick lines fill the light modules.
func svg(m modules) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" `, len(m), len(m))
	b.WriteString(`stroke="none" shape-rendering="crispEdges">` + "\n")
	fmt.Fprintf(&b, `<rect width="%d" height="%d" fill="#fff"/>`+"\n", len(m), len(m))
	b.WriteString(`<path fill="#000" d="`)
	for y, row := range m {
		for x := 0; x < len(row); x++ {
			start := x
			for x < len(row) && row[x] {
				x++
			}
			if x > start {
				fmt.Fprintf(&b, "M%d %dh%dv1h-%dz", start, y, x-start, x-start)
			}
		}
	}
	b.WriteString(`"/>` + "\n</svg>\n")
	return b.Bytes()
}

// readSVG takes what svg writes: a white rectangle over the whole view, and bars in black.
func readSVG(drawing []byte) (modules, bool) {
	var image struct {
		XMLName xml.Name `xml:"http://www.w3.org/2000/svg svg"`
		ViewBox string   `xml:"viewBox,attr"`
		Ground  struct {
			Width  int    `xml:"width,attr"`
			Height int    `xml:"height,attr"`
			Fill   string `xml:"fill,attr"`
		} `xml:"rect"`
		Path struct {
			Fill string `xml:"fill,attr"`
			D    string `xml:"d,attr"`
		} `xml:"path"`
	}
	if err := xml.Unmarshal(drawing, &image); err != nil {
		return nil, false
	}
	side := image.Ground.Width
	if image.ViewBox != fmt.Sprintf("0 0 %d %d", side, side) || image.Ground.Height != side ||
		image.Ground.Fill != "#fff" || image.Path.Fill != "#000" {
		return nil, false
	}
	return readPath(image.Path.D, side)
}

// readPath marks the modules under each bar of a path.
func readPath(path string, side int) (modules, bool) {
	if side < 0 || side > len(path) {
		return nil, false
	}
	m := make(modules, side)
	for y := range m {
		m[y] = make([]bool, side)
	}
	for bar := range strings.SplitAfterSeq(path, "z") {
		if bar == "" {
			break // after the last z
		}
		var x, y, width, back int
		_, err := fmt.Sscanf(bar, "M%d %dh%dv1h-%dz", &x, &y, &width, &back)
		if err != nil || width != back || width < 1 || x < 0 || y < 0 || x+width > side || y >= side {
			return nil, false
		}
		for i := range width {
			m[y][x+i] = true
		}
	}
	return m, true
}
