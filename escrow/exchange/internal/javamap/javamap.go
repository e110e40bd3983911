// Package javamap reads a map of strings as Java's own serialization writes it, and
// nothing else of what a stream of Java's may hold.
package javamap

import (
	"bytes"
	"encoding/binary"
	"strings"

	"seedvault/escrow/exchange"
)

// Magic is what a stream begins with.
const Magic = "\xac\xed\x00\x05"

// Type codes of Java's serialization stream protocol
// (https://docs.oracle.com/javase/8/docs/platform/serialization/spec/protocol.html).
const (
	codeNull       = 0x70
	codeReference  = 0x71
	codeClassDesc  = 0x72
	codeObject     = 0x73
	codeString     = 0x74
	codeBlockData  = 0x77
	codeEndBlock   = 0x78
	codeLongString = 0x7c

	baseHandle = 0x7e0000
)

// Map is a map of strings, in the order of the file.
type Map struct {
	Names  []string
	Values map[string]string
}

// reader reads a HashMap of strings and nothing else, as long as it has not failed.
type reader struct {
	data    []byte
	handles []string // by number; "" for what is no string
	failed  bool
}

// Read reads a HashMap<String, String>. Strings that stand twice are
// references to the first one. The error is an [*exchange.Error].
func Read(data []byte) (Map, error) {
	content, ok := bytes.CutPrefix(data, []byte(Magic))
	r := &reader{data: content, failed: !ok}
	r.header()
	m := Map{Values: map[string]string{}}
	for !r.failed {
		if r.peek() == codeEndBlock || len(r.data) == 0 && len(m.Names) > 0 {
			return m, nil
		}
		name := r.string()
		value := r.string()
		if r.failed {
			break
		}
		if _, again := m.Values[name]; !again {
			m.Names = append(m.Names, name)
		}
		m.Values[name] = value
		if len(m.Names) > 2*exchange.MaxRecords+10 {
			return Map{}, exchange.Refuse(exchange.TooMany)
		}
	}
	return Map{}, exchange.Refuse(exchange.Damaged)
}

// header reads up to the first entry: the object, its class with two fields, their
// values, and block data with capacity and size.
func (r *reader) header() {
	r.want(codeObject)
	r.want(codeClassDesc)
	class := string(r.next(int(r.uint16())))
	r.next(8) // serialVersionUID
	r.handles = append(r.handles, "")
	r.next(1) // flags
	fields := int(r.uint16())
	if class != "java.util.HashMap" || fields > 10 {
		r.failed = true
		return
	}
	size := 0
	for range fields {
		switch r.byte() {
		case 'I', 'F':
			size += 4
		case 'Z', 'B':
			size++
		default:
			r.failed = true
		}
		r.next(int(r.uint16()))
	}
	r.want(codeEndBlock)
	r.want(codeNull)                  // no superclass
	r.handles = append(r.handles, "") // the object
	r.next(size)                      // loadFactor and threshold
	r.want(codeBlockData)
	r.next(int(r.byte()))
}

func (r *reader) peek() byte {
	if len(r.data) == 0 {
		return 0
	}
	return r.data[0]
}

func (r *reader) next(n int) []byte {
	if r.failed || n < 0 || n > len(r.data) {
		r.failed = true
		return nil
	}
	b := r.data[:n]
	r.data = r.data[n:]
	return b
}

func (r *reader) byte() byte {
	if b := r.next(1); b != nil {
		return b[0]
	}
	return 0
}

func (r *reader) uint16() uint16 {
	if b := r.next(2); b != nil {
		return binary.BigEndian.Uint16(b)
	}
	return 0
}

func (r *reader) want(c byte) {
	if r.byte() != c {
		r.failed = true
	}
}

func (r *reader) string() string {
	switch r.byte() {
	case codeString:
		return r.newString(uint64(r.uint16()))
	case codeLongString:
		if b := r.next(8); b != nil {
			return r.newString(binary.BigEndian.Uint64(b))
		}
	case codeReference:
		if b := r.next(4); b != nil {
			if at := int64(binary.BigEndian.Uint32(b)) - baseHandle; at >= 0 && at < int64(len(r.handles)) {
				return r.handles[at]
			}
		}
	}
	r.failed = true
	return ""
}

func (r *reader) newString(n uint64) string {
	if n > exchange.MaxInput {
		r.failed = true
		return ""
	}
	s := modifiedUTF8(r.next(int(n)))
	r.handles = append(r.handles, s)
	return s
}

// modifiedUTF8 decodes Java's own spelling: a NUL in two bytes, and what lies
// beyond U+FFFF as two surrogates of three bytes each.
func modifiedUTF8(b []byte) string {
	s := string(b)
	if strings.IndexByte(s, 0xed) < 0 && !strings.Contains(s, "\xc0\x80") {
		return strings.ToValidUTF8(s, "\uFFFD")
	}
	var out strings.Builder
	for i := 0; i < len(s); i++ {
		if i+5 < len(s) && s[i] == 0xed && s[i+1]&0xf0 == 0xa0 && s[i+3] == 0xed && s[i+4]&0xf0 == 0xb0 {
			high := rune(s[i+1]&0x0f)<<6 | rune(s[i+2]&0x3f)
			low := rune(s[i+4]&0x0f)<<6 | rune(s[i+5]&0x3f)
			out.WriteRune(0x10000 + high<<10 + low)
			i += 5
			continue
		}
		if i+1 < len(s) && s[i] == 0xc0 && s[i+1] == 0x80 {
			out.WriteByte(0)
			i++
			continue
		}
		out.WriteByte(s[i])
	}
	return strings.ToValidUTF8(out.String(), "\uFFFD")
}
