// Package symbol reads the modules of a QR code: its version, its format, and the
// codewords with their errors corrected (ISO/IEC 18004:2015). What the data say is for
// others to read.
//
// Start with [NewMatrix] and [Read]. It shares no code with what draws symbols, so that
// each is a judge of the other.
package symbol

import (
	"errors"
	"math/bits"
	"slices"
)

var (
	// ErrForm means that a matrix has no size, version or format that a symbol has.
	ErrForm = errors.New("failed to read format or version of symbol")
	// ErrDamaged means that more is wrong than error correction may mend.
	ErrDamaged = errors.New("failed to correct errors of symbol")
)

// Matrix is the modules of a symbol without its quiet zone.
type Matrix struct {
	side int
	dark []bool // row by row
}

// NewMatrix makes a matrix of so many light modules a side.
func NewMatrix(side int) *Matrix { return &Matrix{side, make([]bool, side*side)} }

// Side returns how many modules a side has.
func (m *Matrix) Side() int { return m.side }

// Dark reports whether the module of a column and a row is dark.
func (m *Matrix) Dark(x, y int) bool { return m.dark[y*m.side+x] }

// Set makes a module dark or light.
func (m *Matrix) Set(x, y int, dark bool) { m.dark[y*m.side+x] = dark }

// transposed has rows for columns: what is seen from behind, as through glass.
func (m *Matrix) transposed() *Matrix {
	t := NewMatrix(m.side)
	for y := range m.side {
		for x := range m.side {
			t.Set(y, x, m.Dark(x, y))
		}
	}
	return t
}

// Message is what a symbol holds, its errors corrected.
type Message struct {
	Version  int
	Data     []byte
	Mirrored bool
	Mended   int // how many codewords were wrong
}

// Read reads the modules as they are, and mirrored. It changes nothing in them. The
// error is that of the modules as they are.
func Read(m *Matrix) (Message, error) {
	msg, err := read(m)
	if err == nil {
		return msg, nil
	}
	if msg, mirrored := read(m.transposed()); mirrored == nil {
		msg.Mirrored = true
		return msg, nil
	}
	return Message{}, err
}

func read(m *Matrix) (Message, error) {
	version, ok := m.version()
	if !ok {
		return Message{}, ErrForm
	}
	level, mask, ok := m.format()
	if !ok {
		return Message{}, ErrForm
	}
	msg := Message{Version: version}
	for _, b := range blocksOf(version, level, m.codewords(version, mask)) {
		mended, ok := correct(b.codewords, b.check)
		if !ok || mended > MostErrors(version, level, b.check) {
			return Message{}, ErrDamaged
		}
		msg.Data = append(msg.Data, b.codewords[:len(b.codewords)-b.check]...)
		msg.Mended += mended
	}
	return msg, nil
}

// mostWrong is how many bits of the format or the version may be wrong: their codes
// have a distance of 7 and 8.
const mostWrong = 3

// version returns the version that a matrix has by its size, and from 7 on by what one
// of two places in it says (7.10).
func (m *Matrix) version() (int, bool) {
	version := (m.side - 17) / 4
	if version < 1 || version > MostVersion || m.side != SideOf(version) {
		return 0, false
	}
	if version < 7 {
		return version, true
	}
	right, bottom := 0, 0
	for i := 5; i >= 0; i-- {
		for j := m.side - 9; j >= m.side-11; j-- {
			right, bottom = right<<1|m.bit(j, i), bottom<<1|m.bit(i, j)
		}
	}
	return version, nearestVersion(right) == version || nearestVersion(bottom) == version
}

// nearestVersion returns the version whose code is near to what was read, 0 for none.
func nearestVersion(read int) int {
	for version := 7; version <= MostVersion; version++ {
		if bits.OnesCount(uint(read^bch(version, 12, 0x1f25))) <= mostWrong {
			return version
		}
	}
	return 0
}

// format returns what two places in a matrix say of its error correction and its mask
// (7.9). Some writers leave out the pattern that is laid over it.
func (m *Matrix) format() (level Level, mask int, ok bool) {
	const overlay = 0x5412
	first, second := 0, 0
	for _, i := range []int{0, 1, 2, 3, 4, 5, 7, 8} {
		first = first<<1 | m.bit(i, 8)
	}
	for _, i := range []int{7, 5, 4, 3, 2, 1, 0} {
		first = first<<1 | m.bit(8, i)
	}
	for i := m.side - 1; i >= m.side-7; i-- {
		second = second<<1 | m.bit(8, i)
	}
	for i := m.side - 8; i < m.side; i++ {
		second = second<<1 | m.bit(i, 8)
	}
	for _, over := range []int{overlay, 0} {
		if data, ok := nearestFormat(first^over, second^over); ok {
			return []Level{Medium, Low, High, Quarter}[data>>3], data & 7, true
		}
	}
	return 0, 0, false
}

// nearestFormat returns the five bits whose code is nearest to one of two readings.
func nearestFormat(first, second int) (data int, ok bool) {
	best := mostWrong + 1
	for d := range 32 {
		code := bch(d, 10, 0x537)
		if wrong := min(bits.OnesCount(uint(first^code)), bits.OnesCount(uint(second^code))); wrong < best {
			best, data = wrong, d
		}
	}
	return data, best <= mostWrong
}

// bch appends so many check bits to data: the rest of a division by the generator
// (annexes C and D).
func bch(data, check, generator int) int {
	rest := data << check
	for bits.Len(uint(rest)) > check {
		rest ^= generator << (bits.Len(uint(rest)) - check - 1)
	}
	return data<<check | rest
}

func (m *Matrix) bit(x, y int) int {
	if m.Dark(x, y) {
		return 1
	}
	return 0
}

// codewords returns all codewords in the order in which they stand, the mask taken off.
func (m *Matrix) codewords(version, mask int) []byte {
	places := placesOf(version)
	codewords := make([]byte, len(places)/8)
	for i, p := range places[:len(codewords)*8] {
		if m.Dark(int(p.x), int(p.y)) != masks[mask](int(p.x), int(p.y)) {
			codewords[i/8] |= 0x80 >> (i % 8)
		}
	}
	return codewords
}

// masks report whether a module was inverted (table 10).
var masks = [8]func(x, y int) bool{
	func(x, y int) bool { return (x+y)%2 == 0 },
	func(_, y int) bool { return y%2 == 0 },
	func(x, _ int) bool { return x%3 == 0 },
	func(x, y int) bool { return (x+y)%3 == 0 },
	func(x, y int) bool { return (y/2+x/3)%2 == 0 },
	func(x, y int) bool { return x*y%2+x*y%3 == 0 },
	func(x, y int) bool { return (x*y%2+x*y%3)%2 == 0 },
	func(x, y int) bool { return ((x+y)%2+x*y%3)%2 == 0 },
}

// block is some of a symbol's codewords, the last ones of which check all of them.
type block struct {
	codewords []byte
	check     int
}

// blocksOf deals the codewords to the blocks, which they are interleaved from: the data
// of all blocks, of which the last ones may have one more, then the checks (7.6).
func blocksOf(version int, level Level, codewords []byte) []block {
	check, n := CheckedBy(version, level)
	blocks := make([]block, n)
	data := len(codewords) - n*check
	for i := range blocks {
		size := data / n
		if i >= n-data%n {
			size++
		}
		blocks[i] = block{make([]byte, 0, size+check), check}
	}
	for len(blocks) > 0 && data > 0 {
		for i := range blocks {
			if b := &blocks[i]; len(b.codewords) < cap(b.codewords)-check {
				b.codewords, codewords, data = append(b.codewords, codewords[0]), codewords[1:], data-1
			}
		}
	}
	for i, c := range codewords {
		b := &blocks[i%n]
		b.codewords = append(b.codewords, c)
	}
	return slices.Clip(blocks)
}
