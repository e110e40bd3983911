package escrow

import (
	"bytes"
	"errors"
	"regexp"
	"strings"
	"unicode/utf8"
)

// record is the plaintext of a seed or of a roster record: a first line, then
// "key value" lines, an empty line, and newlines as padding.
type record struct {
	line   string
	fields []field
	plain  []byte // as read; nil for a new one
}

// field is one "key value" line. A line of another form has no key and is kept
// as it is in value.
type field struct{ key, value string }

const (
	recordLimit = 60 << 10
	recordBlock = 1024 // sizes tell nothing finer than this
)

var (
	errRecord      = errors.New("invalid record")
	errRecordSize  = errors.New("invalid record: longer than 60 KiB")
	errRecordLine  = errors.New("invalid record: a line end or a NUL in its first line")
	recordKey      = regexp.MustCompile(`^[a-z0-9-]+$`)
	escapeValue    = strings.NewReplacer(`\`, `\\`, "\n", `\n`, "\r", `\r`)
	errRecordField = errors.New("invalid record: a key that is not of a-z, 0-9 and -, or a value that is not UTF-8")
)

// parseRecord reads a plaintext. What is after the empty line must be padding,
// since an edit would lose it.
func parseRecord(plain []byte) (*record, error) {
	if len(plain) > recordLimit {
		return nil, errRecordSize
	}
	line, rest, _ := bytes.Cut(plain, []byte("\n"))
	if len(line) == 0 || bytes.ContainsAny(line, "\r\x00") || !utf8.Valid(line) {
		return nil, errRecord
	}
	r := &record{line: string(line), plain: bytes.Clone(plain)}
	for len(rest) > 0 {
		if line, rest, _ = bytes.Cut(rest, []byte("\n")); len(line) == 0 {
			break
		}
		r.fields = append(r.fields, parseField(string(line)))
	}
	if len(bytes.Trim(rest, "\n")) > 0 {
		return nil, errRecord
	}
	return r, nil
}

func parseField(line string) field {
	key, value, ok := strings.Cut(line, " ")
	if !ok || !recordKey.MatchString(key) {
		return field{value: line}
	}
	return field{key, unescapeValue(value)}
}

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

// marshal gives the padded plaintext.
func (r *record) marshal() ([]byte, error) {
	if r.line == "" || strings.ContainsAny(r.line, "\n\r\x00") || !utf8.ValidString(r.line) {
		return nil, errRecordLine
	}
	var b bytes.Buffer
	b.WriteString(r.line + "\n")
	for _, f := range r.fields {
		switch {
		case f.key == "":
			b.WriteString(f.value + "\n")
		case !recordKey.MatchString(f.key) || !utf8.ValidString(f.value):
			return nil, errRecordField
		default:
			b.WriteString(f.key + " " + escapeValue.Replace(f.value) + "\n")
		}
	}
	b.WriteByte('\n')
	b.Write(bytes.Repeat([]byte("\n"), (recordBlock-b.Len()%recordBlock)%recordBlock))
	if b.Len() > recordLimit {
		return nil, errRecordSize
	}
	return b.Bytes(), nil
}

// get returns the value at the key's first line, "" when there is none.
func (r *record) get(key string) string {
	for _, f := range r.fields {
		if f.key == key {
			return f.value
		}
	}
	return ""
}

// all returns the values of every line with the key.
func (r *record) all(key string) []string {
	var values []string
	for _, f := range r.fields {
		if f.key == key {
			values = append(values, f.value)
		}
	}
	return values
}

// add appends a line, unless the value is empty.
func (r *record) add(key, value string) {
	if value != "" {
		r.fields = append(r.fields, field{key, value})
	}
}

// with returns a copy in which the key's lines are replaced by the values, at
// the place of the first of them. All other lines stay, known or not.
func (r *record) with(key string, values []string) *record {
	c := &record{line: r.line}
	put := func() {
		for _, v := range values {
			c.add(key, v)
		}
		values = nil
	}
	for _, f := range r.fields {
		if f.key == key {
			put()
			continue
		}
		c.fields = append(c.fields, f)
	}
	put()
	return c
}
