package pictures

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"iter"
	"math/rand/v2"

	scaling "golang.org/x/image/draw"
	"golang.org/x/image/font"
	"golang.org/x/image/font/basicfont"
	"golang.org/x/image/math/fixed"
)

var (
	white = color.RGBA{255, 255, 255, 255}
	night = color.RGBA{13, 17, 23, 255}
	chalk = color.RGBA{201, 209, 217, 255}
	text  = color.RGBA{40, 44, 52, 255}
)

// screen is a screenshot while it is made.
type screen struct {
	*image.RGBA
	r    *rand.Rand
	want []string
}

func newScreen(r *rand.Rand, width, height int, ground, ink color.RGBA) *screen {
	s := &screen{image.NewRGBA(image.Rect(0, 0, width, height)), r, nil}
	draw.Draw(s, s.Rect, image.NewUniform(ground), image.Point{}, draw.Src)
	s.fill(image.Rect(0, 0, width, 36), color.RGBA{46, 74, 98, 255})
	s.write(16, 23, white, "Files   Edit   View   Help")
	for y := 60; y < height-20; y += 18 {
		if r.IntN(6) > 0 {
			s.write(24+r.IntN(3)*28, y, ink, sentence(r, width/9))
		}
	}
	return s
}

func (s *screen) fill(at image.Rectangle, with color.RGBA) {
	draw.Draw(s, at, image.NewUniform(with), image.Point{}, draw.Src)
}

func (s *screen) write(x, y int, ink color.RGBA, words string) {
	d := font.Drawer{Dst: s, Src: image.NewUniform(ink), Face: basicfont.Face7x13, Dot: fixed.P(x, y)}
	d.DrawString(words)
}

// sentence is made-up text of up to so many letters, code or prose.
func sentence(r *rand.Rand, most int) string {
	words := []string{"Set", "up", "two-factor", "sign-in", "scan", "this", "code", "with", "your", "app",
		"if", "(x", "==", "0)", "{", "return", "nil,", "err", "}", "//", "the", "key", "||", "[[1]]", "0x1f", "HELLO", "mmmmm", "llIIl"}
	line := ""
	for length := r.IntN(most + 1); len(line) < length; {
		line += words[r.IntN(len(words))] + " "
	}
	return line
}

// put draws a code with whole pixels for its modules, or smoothly scaled to a width, as browsers do.
func (s *screen) put(c Code, x, y, width, quiet int, ink, paper color.RGBA, smooth bool) {
	modules := c.Side() + 2*quiet
	sharp := image.NewRGBA(image.Rect(0, 0, modules*4, modules*4))
	draw.Draw(sharp, sharp.Rect, image.NewUniform(paper), image.Point{}, draw.Src)
	for row, line := range c.Dark {
		for column, dark := range line {
			if dark {
				at := image.Rect(0, 0, 4, 4).Add(image.Pt((column+quiet)*4, (row+quiet)*4))
				draw.Draw(sharp, at, image.NewUniform(ink), image.Point{}, draw.Src)
			}
		}
	}
	if !smooth {
		width = max(1, width/modules) * modules
		scaling.NearestNeighbor.Scale(s, image.Rect(x, y, x+width, y+width), sharp, sharp.Rect, draw.Src, nil)
	} else {
		scaling.BiLinear.Scale(s, image.Rect(x, y, x+width, y+width), sharp, sharp.Rect, draw.Src, nil)
	}
	s.want = append(s.want, c.Text)
}

func (s *screen) png() []byte {
	var file bytes.Buffer
	if err := png.Encode(&file, s); err != nil {
		panic(err) // memory takes all that is written
	}
	return file.Bytes()
}

// kinds of screenshots, 1920 by 1080 but for the last.
var kinds = []struct {
	name string
	make func(r *rand.Rand) *screen
}{
	{"light", func(r *rand.Rand) *screen {
		s := newScreen(r, 1920, 1080, white, text)
		s.put(NewCode(URI(r), Medium), 300+r.IntN(900), 200+r.IntN(500), 150+r.IntN(150), 4, color.RGBA{A: 255}, white, r.IntN(2) == 0)
		return s
	}},
	{"dark", func(r *rand.Rand) *screen {
		s := newScreen(r, 1920, 1080, night, chalk)
		s.put(NewCode(URI(r), Low), 300+r.IntN(900), 200+r.IntN(500), 150+r.IntN(150), 2, color.RGBA{A: 255}, white, r.IntN(2) == 0)
		return s
	}},
	{"dark-inverted", func(r *rand.Rand) *screen {
		s := newScreen(r, 1920, 1080, night, chalk)
		s.put(NewCode(URI(r), Low), 300+r.IntN(900), 200+r.IntN(500), 150+r.IntN(150), 3, chalk, night, r.IntN(2) == 0)
		return s
	}},
	{"two-polarities", twoPolarities},
	{"five", func(r *rand.Rand) *screen {
		s := newScreen(r, 1920, 1080, white, text)
		for i := range 5 {
			s.put(NewCode(URI(r), Medium), 200+300*i+r.IntN(60), 200+r.IntN(500), 140+r.IntN(80), 4, color.RGBA{A: 255}, white, r.IntN(2) == 0)
		}
		return s
	}},
	{"export", func(r *rand.Rand) *screen {
		s := newScreen(r, 1920, 1080, white, text)
		s.put(NewCode(Export(r, 10), Low), 300+r.IntN(600), 100+r.IntN(300), 300+r.IntN(300), 4, color.RGBA{A: 255}, white, r.IntN(2) == 0)
		return s
	}},
	{"small", func(r *rand.Rand) *screen {
		s := newScreen(r, 1920, 1080, white, text)
		c := NewCode(URI(r), Low)
		s.put(c, 300+r.IntN(900), 200+r.IntN(500), (c.Side()+8)*(1+r.IntN(2)), 4, color.RGBA{A: 255}, white, false)
		return s
	}},
	{"4k", func(r *rand.Rand) *screen {
		s := newScreen(r, 3840, 2160, white, text)
		s.put(NewCode(URI(r), Medium), 300+r.IntN(2400), 200+r.IntN(1300), 150+r.IntN(450), 4, color.RGBA{A: 255}, white, true)
		return s
	}},
}

// twoPolarities returns a dark page with a code in black on a white card and one in white on the page.
func twoPolarities(r *rand.Rand) *screen {
	s := newScreen(r, 1920, 1080, night, chalk)
	s.put(NewCode(URI(r), Medium), 200+r.IntN(400), 200+r.IntN(400), 180+r.IntN(100), 4, color.RGBA{A: 255}, white, r.IntN(2) == 0)
	s.put(NewCode(URI(r), Medium), 1000+r.IntN(400), 200+r.IntN(400), 180+r.IntN(100), 3, chalk, night, r.IntN(2) == 0)
	return s
}

// Screens draws so many screenshots of each kind, as PNG.
func Screens(seed uint64, each int) iter.Seq[Picture] {
	return func(yield func(Picture) bool) {
		for i, k := range kinds {
			for n := range each {
				s := k.make(rand.New(rand.NewPCG(seed, uint64(i+100)<<32|uint64(n))))
				if !yield(Picture{"screenshot", fmt.Sprintf("screen-%s-%03d.png", k.name, n), s.want, s.png()}) {
					return
				}
			}
		}
	}
}

// Screenshot draws the first screenshot of one kind.
func Screenshot(kind string, seed uint64) Picture {
	for i, k := range kinds {
		if k.name == kind {
			s := k.make(rand.New(rand.NewPCG(seed, uint64(i+100)<<32)))
			return Picture{"screenshot", "screen-" + kind + ".png", s.want, s.png()}
		}
	}
	panic("no kind " + kind)
}

// Empty draws so many of each kind of picture that holds no code: pages of text, light and dark,
// and photographs of cloth, boxes and windows, of two and of twelve megapixels.
func Empty(seed uint64, each int) iter.Seq[Picture] {
	return func(yield func(Picture) bool) {
		for n := range each {
			r := rand.New(rand.NewPCG(seed, 200<<32|uint64(n)))
			for _, p := range []struct {
				class, name string
				draw        func() []byte
			}{
				{"nothing-1080p", "light-%03d.png", func() []byte { return newScreen(r, 1920, 1080, white, text).png() }},
				{"nothing-1080p", "dark-%03d.png", func() []byte { return newScreen(r, 1920, 1080, night, chalk).png() }},
				{"nothing-1080p", "photo-%03d.jpg", func() []byte { return view(r, 1920, 1080) }},
				{"nothing-12mp", "large-%03d.jpg", func() []byte { return view(r, 4000, 3000) }},
			} {
				if !yield(Picture{p.class, "nothing-" + fmt.Sprintf(p.name, n), nil, p.draw()}) {
					return
				}
			}
		}
	}
}

// view returns a photograph of things that are no code: cloth, boxes, windows.
func view(r *rand.Rand, width, height int) []byte {
	coarse, fine := texture(r), texture(r)
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	type block struct {
		at    image.Rectangle
		shade float64
	}
	var blocks []block
	for range 40 {
		x, y := r.IntN(width), r.IntN(height)
		blocks = append(blocks, block{image.Rect(x, y, x+20+r.IntN(width/8), y+20+r.IntN(height/8)), r.Float64()*1.2 - 0.6})
	}
	for y := range height {
		for x := range width {
			v := 0.5 + 0.3*coarse(float64(x)/3, float64(y)/3) + 0.15*fine(float64(x)*2, float64(y)*2) + 0.02*r.NormFloat64()
			for _, b := range blocks {
				if image.Pt(x, y).In(b.at) {
					v += b.shade
				}
			}
			g := level(float32(v))
			img.SetRGBA(x, y, color.RGBA{g, g - g/16, g - g/9, 255})
		}
	}
	var file bytes.Buffer
	if err := jpeg.Encode(&file, img, &jpeg.Options{Quality: 85}); err != nil {
		panic(err)
	}
	return file.Bytes()
}
