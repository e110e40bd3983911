package format

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"strings"
	"time"
	"unicode/utf8"
)

// Record is the plaintext of a seed or of a roster record: a first line, then
// "key value" lines, an empty line, and newlines as padding.
type Record struct {
	Line   string
	Fields []Field
	Plain  []byte // as read; nil for a new or changed one
}

// Field is one "key value" line. A line of another form has no key and is kept
// as it is in Value.
type Field struct{ Key, Value string }

const (
	recordLimit = 60 << 10
	recordBlock = 1024 // sizes tell nothing finer than this
)

// ErrRecordSize is returned for a plaintext that is too long.
var ErrRecordSize = errors.New("invalid record: longer than 60 KiB")

var (
	errRecord      = errors.New("invalid record")
	errRecordLine  = errors.New("invalid record: a first line that is empty, has a line end or a NUL in it, or is not UTF-8")
	escapes        = strings.NewReplacer(`\`, `\\`, "\n", `\n`, "\r", `\r`)
	errRecordField = errors.New("invalid record: a key that is not of a-z, 0-9 and -, or a value that is not UTF-8")
)

// ParseRecord reads a plaintext. What is after the empty line must be padding,
// since an edit would lose it. The error is [ErrRecordSize] or tells of no more than an
// invalid record.
func ParseRecord(plain []byte) (*Record, error) {
	if len(plain) > recordLimit {
		return nil, ErrRecordSize
	}
	line, rest, _ := bytes.Cut(plain, []byte("\n"))
	if len(line) == 0 || bytes.ContainsAny(line, "\r\x00") || !utf8.Valid(line) {
		return nil, errRecord
	}
	r := &Record{Line: string(line), Plain: bytes.Clone(plain)}
	for len(rest) > 0 {
		if line, rest, _ = bytes.Cut(rest, []byte("\n")); len(line) == 0 {
			break
		}
		r.Fields = append(r.Fields, parseField(string(line)))
	}
	if len(bytes.Trim(rest, "\n")) > 0 {
		return nil, errRecord
	}
	return r, nil
}

func parseField(line string) Field {
	key, value, ok := strings.Cut(line, " ")
	if !ok || !isRecordKey(key) {
		return Field{Value: line}
	}
	return Field{key, unescapeValue(value)}
}

// Escape writes LF, CR and a backslash in a value as \n, \r and \\.
func Escape(value string) string { return escapes.Replace(value) }

// unescapeValue undoes \n, \r and \\; a backslash before anything else stays.
func unescapeValue(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) {
			if c, ok := map[byte]byte{'n': '\n', 'r': '\r', '\\': '\\'}[s[i+1]]; ok {
				b.WriteByte(c)
				i++
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// Marshal gives the padded plaintext. The error is [ErrRecordSize], or says of which part
// a record cannot have it.
func (r *Record) Marshal() ([]byte, error) {
	if r.Line == "" || strings.ContainsAny(r.Line, "\n\r\x00") || !utf8.ValidString(r.Line) {
		return nil, errRecordLine
	}
	var b bytes.Buffer
	b.WriteString(r.Line + "\n")
	for _, f := range r.Fields {
		switch {
		case f.Key == "":
			b.WriteString(f.Value + "\n")
		case !isRecordKey(f.Key) || !utf8.ValidString(f.Value):
			return nil, errRecordField
		default:
			b.WriteString(f.Key + " " + Escape(f.Value) + "\n")
		}
	}
	b.WriteByte('\n')
	b.Write(bytes.Repeat([]byte("\n"), (recordBlock-b.Len()%recordBlock)%recordBlock))
	if b.Len() > recordLimit {
		return nil, ErrRecordSize
	}
	return b.Bytes(), nil
}

// NewID gives the id of a new seed, holder or copy: 16 random bytes in hex.
func NewID() string {
	var b [16]byte
	rand.Read(b[:])
	return hex.EncodeToString(b[:])
}

// Time gives a time as records and seals have it: RFC 3339, in UTC, to the second.
func Time(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// Get returns the value at the key's first line, "" when there is none.
func (r *Record) Get(key string) string {
	for _, f := range r.Fields {
		if f.Key == key {
			return f.Value
		}
	}
	return ""
}

// All returns the values of every line with the key.
func (r *Record) All(key string) []string {
	var values []string
	for _, f := range r.Fields {
		if f.Key == key {
			values = append(values, f.Value)
		}
	}
	return values
}

// Add appends a line, unless the value is empty.
func (r *Record) Add(key, value string) {
	if value != "" {
		r.Fields = append(r.Fields, Field{key, value})
	}
}

// With returns a copy in which the key's lines are replaced by the values that are not
// empty, at the place of the first of them, or at the end where there was none. All
// other lines stay, known or not.
func (r *Record) With(key string, values []string) *Record {
	c := &Record{Line: r.Line}
	put := func() {
		for _, v := range values {
			c.Add(key, v)
		}
		values = nil
	}
	for _, f := range r.Fields {
		if f.Key == key {
			put()
			continue
		}
		c.Fields = append(c.Fields, f)
	}
	put()
	return c
}
