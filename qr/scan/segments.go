package scan

import (
	"errors"
	"fmt"

	"seedvault/qr/internal/symbol"
)

// errSegments means that corrected data do not follow the standard. It never quotes them.
var errSegments = errors.New("failed to take apart the data of symbol")

// segment is a stretch of data in one mode: bytes, and what they are said to be.
type segment struct {
	bytes  []byte
	is     charset
	number int // of the ECI, where one was declared
}

// charset says how the bytes of a segment are to be read.
type charset int

const (
	undeclared charset = iota
	ascii              // what digits and capitals have become
	shiftJIS           // what kanji have become
	gb2312             // what hanzi have become
	declared           // by an ECI
)

// place is where in a text that is split over several symbols a part belongs.
type place struct{ number, of, parity int }

// content is what a symbol holds, taken apart.
type content struct {
	segments []segment
	place    place // of is 0 unless the text is split
}

// bitReader gives bits, the high ones first.
type bitReader struct {
	data []byte
	at   int
}

func (r *bitReader) left() int { return len(r.data)*8 - r.at }

func (r *bitReader) bits(n int) (v int, ok bool) {
	if r.left() < n {
		return 0, false
	}
	for range n {
		v = v<<1 | int(r.data[r.at/8]>>(7-r.at%8)&1)
		r.at++
	}
	return v, true
}

// The mode indicators (ISO/IEC 18004, table 2; hanzi is of GB/T 18284).
const (
	modeEnd        = 0
	modeDigits     = 1
	modeCapitals   = 2
	modeAppend     = 3
	modeBytes      = 4
	modeFirstFNC1  = 5
	modeECI        = 7
	modeKanji      = 8
	modeSecondFNC1 = 9
	modeHanzi      = 13
)

// lengthBits is how long the character count is, by mode, up to version 9, 26 and 40 (table 3).
var lengthBits = map[int][3]int{
	modeDigits: {10, 12, 14}, modeCapitals: {9, 11, 13}, modeBytes: {8, 16, 16},
	modeKanji: {8, 10, 12}, modeHanzi: {8, 10, 12},
}

func lengthOf(mode, version int) int {
	switch {
	case version <= 9:
		return lengthBits[mode][0]
	case version <= 26:
		return lengthBits[mode][1]
	}
	return lengthBits[mode][2]
}

// parse takes the data of a symbol apart (ISO/IEC 18004, 7.4).
func parse(msg symbol.Message) (content, error) {
	p := parser{bitReader: bitReader{data: msg.Data}, version: msg.Version}
	for p.left() >= 4 {
		mode, _ := p.bits(4)
		if mode == modeEnd {
			break
		}
		if !p.segment(mode) {
			return content{}, errSegments
		}
	}
	return p.content, nil
}

type parser struct {
	bitReader
	version int
	content
	fnc1       bool // a percent sign is a separator
	declaredAs int
	isDeclared bool
}

func (p *parser) segment(mode int) (ok bool) {
	switch mode {
	case modeFirstFNC1:
		p.fnc1 = true
		return true
	case modeSecondFNC1:
		p.fnc1 = true
		_, ok = p.bits(8) // the application's own number
		return ok
	case modeAppend:
		v, ok := p.bits(16)
		p.place = place{number: v >> 12, of: v>>8&15 + 1, parity: v & 255}
		return ok && p.place.number < p.place.of
	case modeECI:
		return p.eci()
	}
	subset := 1
	if mode == modeHanzi {
		if subset, ok = p.bits(4); !ok {
			return false
		}
	}
	length := lengthOf(mode, p.version)
	if length == 0 || subset != 1 {
		return false
	}
	n, ok := p.bits(length)
	if !ok {
		return false
	}
	switch mode {
	case modeDigits:
		return p.digits(n)
	case modeCapitals:
		return p.capitals(n)
	case modeKanji:
		return p.pairs(n, shiftJIS, kanji)
	case modeHanzi:
		return p.pairs(n, gb2312, hanzi)
	}
	return p.plainBytes(n)
}

// eci takes the number of a character set, of one to three bytes (table 4).
func (p *parser) eci() (ok bool) {
	v, ok := p.bits(8)
	if !ok {
		return false
	}
	more := 0
	switch {
	case v&0x80 == 0:
	case v&0xc0 == 0x80:
		v, more = v&0x3f, 8
	case v&0xe0 == 0xc0:
		v, more = v&0x1f, 16
	default:
		return false
	}
	low, ok := p.bits(more)
	p.declaredAs, p.isDeclared = v<<more|low, true
	return ok
}

// append adds bytes to the segments, joined with the one before where both are read alike.
func (p *parser) append(is charset, bytes []byte) {
	number := 0
	if is == declared {
		number = p.declaredAs
	}
	if n := len(p.segments); n > 0 && p.segments[n-1].is == is && p.segments[n-1].number == number {
		p.segments[n-1].bytes = append(p.segments[n-1].bytes, bytes...)
		return
	}
	p.segments = append(p.segments, segment{bytes, is, number})
}

func (p *parser) digits(n int) bool {
	var text []byte
	for n > 0 {
		size := min(n, 3)
		v, ok := p.bits(1 + 3*size)
		if !ok || v >= [4]int{1, 10, 100, 1000}[size] {
			return false
		}
		text = fmt.Appendf(text, "%0*d", size, v)
		n -= size
	}
	p.append(ascii, text)
	return true
}

const capitals = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"

func (p *parser) capitals(n int) bool {
	var text []byte
	for ; n > 1; n -= 2 {
		v, ok := p.bits(11)
		if !ok || v >= 45*45 {
			return false
		}
		text = append(text, capitals[v/45], capitals[v%45])
	}
	if n == 1 {
		v, ok := p.bits(6)
		if !ok || v >= 45 {
			return false
		}
		text = append(text, capitals[v])
	}
	if p.fnc1 {
		text = separators(text)
	}
	p.append(ascii, text)
	return true
}

// separators makes of a percent sign the group separator, and of two one (7.4.8.2).
func separators(text []byte) (out []byte) {
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] != '%':
			out = append(out, text[i])
		case i+1 < len(text) && text[i+1] == '%':
			out = append(out, '%')
			i++
		default:
			out = append(out, 0x1d)
		}
	}
	return out
}

func (p *parser) plainBytes(n int) bool {
	if p.left() < 8*n {
		return false
	}
	bytes := make([]byte, n)
	for i := range bytes {
		v, _ := p.bits(8)
		bytes[i] = byte(v)
	}
	is := undeclared
	if p.isDeclared {
		is = declared
	}
	p.append(is, bytes)
	return true
}

// pairs takes characters of 13 bits, each of which becomes two bytes.
func (p *parser) pairs(n int, is charset, of func(int) (int, bool)) bool {
	if p.left() < 13*n {
		return false
	}
	bytes := make([]byte, 0, 2*n)
	for range n {
		v, _ := p.bits(13)
		c, ok := of(v)
		if !ok {
			return false
		}
		bytes = append(bytes, byte(c>>8), byte(c))
	}
	p.append(is, bytes)
	return true
}

// kanji returns the Shift JIS code that 13 bits stand for (7.4.6).
func kanji(v int) (int, bool) {
	c := v/0xc0<<8 | v%0xc0
	if c+0x8140 <= 0x9ffc {
		return c + 0x8140, true
	}
	return c + 0xc140, c+0xc140 <= 0xebbf
}

// hanzi returns the GB 2312 code that 13 bits stand for (GB/T 18284, 6.4.6).
func hanzi(v int) (int, bool) {
	c := v/0x60<<8 | v%0x60
	if c+0xa1a1 <= 0xaafe {
		return c + 0xa1a1, true
	}
	return c + 0xa6a1, c+0xa6a1 <= 0xfafe
}
