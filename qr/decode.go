package qr

import "seedvault/qr/internal/symbol"

// decode reads a symbol in its quiet zone with a decoder that shares no code with the encoder.
func decode(seen modules, quiet int) (text string, ok bool) {
	drawn, ok := withoutQuietZone(seen, quiet)
	if !ok {
		return "", false
	}
	m := symbol.NewMatrix(len(drawn))
	for y, row := range drawn {
		for x, dark := range row {
			m.Set(x, y, dark)
		}
	}
	msg, err := symbol.Read(m)
	if err != nil || msg.Mirrored || msg.Mended > 0 {
		return "", false
	}
	return read(msg.Data, msg.Version)
}

// mode is one of those that ASCII is written in (ISO/IEC 18004, tables 2 and 3).
type mode struct {
	length  [3]int // bits of the number of characters, up to version 9, 26 and 40
	each    int    // characters that are written as one number
	base    int    // the number of characters there are
	bits    [4]int // of a number of 1, 2 or 3 characters
	letters string // "" for bytes
}

const capitals = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"

var modes = [16]*mode{
	1: {length: [3]int{10, 12, 14}, each: 3, base: 10, bits: [4]int{0, 4, 7, 10}, letters: capitals},
	2: {length: [3]int{9, 11, 13}, each: 2, base: 45, bits: [4]int{0, 6, 11}, letters: capitals},
	4: {length: [3]int{8, 16, 16}, each: 1, base: 256, bits: [4]int{0, 8}},
}

// read takes the text out of a symbol's data (ISO/IEC 18004, 7.4).
func read(data []byte, version int) (text string, ok bool) {
	size := 0
	switch {
	case version > 26:
		size = 2
	case version > 9:
		size = 1
	}
	bits := &bitReader{data: data}
	var out []byte
	for len(data)*8-bits.at >= 4 {
		indicator := bits.take(4)
		if indicator == 0 {
			break
		}
		m := modes[indicator]
		if m == nil {
			return "", false
		}
		for left := bits.take(m.length[size]); left > 0 && !bits.short; {
			n := min(left, m.each)
			out = m.append(out, bits.take(m.bits[n]), n)
			left -= n
		}
	}
	return string(out), !bits.short
}

// append appends the n characters that a number stands for.
func (m *mode) append(out []byte, number, n int) []byte {
	at := len(out)
	out = append(out, make([]byte, n)...)
	for i := n - 1; i >= 0; i-- {
		c := number % m.base
		if number /= m.base; m.letters != "" {
			c = int(m.letters[c])
		}
		out[at+i] = byte(c)
	}
	return out
}

// bitReader gives bits, the high ones first; short says that there were too few.
type bitReader struct {
	data  []byte
	at    int
	short bool
}

func (r *bitReader) take(n int) (v int) {
	if r.at+n > len(r.data)*8 {
		r.short = true
		return 0
	}
	for range n {
		v = v<<1 | int(r.data[r.at/8]>>(7-r.at%8)&1)
		r.at++
	}
	return v
}
