package exchange

import (
	"fmt"
	"io"
	"log/slog"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"filippo.io/age"
)

// Bounds of what is read, whatever a file says of itself.
const (
	MaxInput     = 16 << 20 // bytes of a file
	MaxUnpacked  = 64 << 20 // bytes of what is unpacked of one file
	MaxRecords   = 10000    // of one file
	MaxKDFMemory = 1 << 30  // bytes for trying one password

	maxVisited = 200000 // items of one file, with one-time codes or without
)

// File is one file to be read. Its content may be secret; printing it shows
// nothing.
type File struct {
	Name string // as the caller names it; the content decides what it is, the name only where the content cannot
	data func() []byte
}

// NewFile makes a file of its content, which stays the caller's.
func NewFile(name string, data []byte) File {
	return File{name, func() []byte { return data }}
}

// Options are what reading may need beside the file. All of them may be left out.
type Options struct {
	// From insists on a format, by name, instead of recognising one.
	From string
	// Password is asked for passwords until one is right; its error ends reading.
	Password func(Ask) (string, error)
	// Cost hears what trying a password takes, before it is spent; its error ends
	// reading.
	Cost func(Cost) error
	// Pictures returns the texts of the QR codes in a picture.
	Pictures func([]byte) ([]string, error)
	// Identities open files encrypted with age.
	Identities []age.Identity
	// Exports notes which parts of Google's exports have come, over several files.
	Exports *GoogleExports
}

// Ask says for what a password is wanted.
type Ask struct {
	Source string
	Format string
	Tries  int // how many were wrong
}

// Reading is what was found in a file.
type Reading struct {
	Format  string // the format's name
	Form    string // which form of it
	Items   []Item
	Notices []Notice // about the file as a whole
}

// Read takes a file apart. An error is about the whole file, and then nothing of
// it is taken: an *[Error] with the reason, or what Password or Cost returned.
// Each record that was found is an item, taken or refused.
func Read(file File, o Options) (Reading, error) {
	var data []byte
	if file.data != nil {
		data = file.data()
	}
	if len(data) > MaxInput {
		return Reading{}, refuse(TooLarge)
	}
	if o.Exports == nil {
		o.Exports = &GoogleExports{}
	}
	in := newInput(file.Name, data)
	f, err := in.format(o.From)
	if err != nil {
		return Reading{}, err
	}
	r := &reading{source: file.Name, format: f, options: o}
	if f.Refused != "" {
		return Reading{Format: f.Name}, refuse(f.Refused)
	}
	if err := f.read(r, in); err != nil {
		return Reading{Format: f.Name}, err
	}
	return Reading{f.Name, r.form, r.items, r.notices}, nil
}

// Recognise returns the format that a file is read as.
func Recognise(file File) (*Format, error) {
	var data []byte
	if file.data != nil {
		data = file.data()
	}
	if len(data) > MaxInput {
		return nil, refuse(TooLarge)
	}
	return newInput(file.Name, data).format("")
}

// input is a file as far as every format looks at it.
type input struct {
	name    string // in lower case
	data    []byte
	text    string // if it is a text, in UTF-8
	json    node
	top     map[string]node // the first members of an object, or of an array's first object
	root    string          // the first element's name, of XML and HTML
	columns map[string]int
	comma   byte
	zip     *archive
	zipErr  error
}

func newInput(name string, data []byte) *input {
	in := &input{name: strings.ToLower(name), data: data}
	if strings.HasPrefix(string(data[:min(4, len(data))]), "PK\x03\x04") {
		in.zip, in.zipErr = openZip(data)
		return in
	}
	in.setText(textOf(string(data)))
	return in
}

// setText looks at a text, of the file itself or of one inside it.
func (in *input) setText(text string) {
	in.text, in.json, in.top, in.root, in.columns = text, "", nil, "", nil
	trimmed := strings.TrimSpace(text)
	switch {
	case trimmed == "":
	case trimmed[0] == '{' || trimmed[0] == '[':
		if n, ok := parseJSON(text); ok {
			in.json, in.top = n, membersOf(n)
		}
	case trimmed[0] == '<':
		in.root = rootXML(trimmed)
	default:
		in.columns, in.comma = csvHeader(text)
	}
}

// maxTop is how many members are looked at to recognise a format.
const maxTop = 200

func membersOf(n node) map[string]node {
	if n.isArray() {
		n = n.first()
	}
	top := map[string]node{}
	count := 0
	for name, v := range n.members() {
		if count++; count > maxTop {
			break
		}
		if len(name) <= 64 {
			top[name] = v
		}
	}
	return top
}

// has reports whether the file is a JSON object with all these members.
func (in *input) has(names ...string) bool { return in.json.isObject() && in.topHas(names...) }

// listHas reports whether the file is a JSON array whose first object has them.
func (in *input) listHas(names ...string) bool { return in.json.isArray() && in.topHas(names...) }

func (in *input) topHas(names ...string) bool {
	for _, n := range names {
		if _, ok := in.top[n]; !ok {
			return false
		}
	}
	return true
}

// textOf returns a text in UTF-8, "" for what is none. Windows programs write
// UTF-16, and a mark before either.
func textOf(s string) string {
	switch {
	case strings.HasPrefix(s, "\xef\xbb\xbf"):
		s = s[3:]
	case strings.HasPrefix(s, "\xff\xfe") || strings.HasPrefix(s, "\xfe\xff"):
		s = fromUTF16(s)
	}
	if strings.IndexByte(s, 0) >= 0 || !utf8.ValidString(s) && !mostlyText(s) {
		return ""
	}
	if strings.IndexByte(s, '\n') < 0 && strings.IndexByte(s, '\r') >= 0 {
		s = strings.ReplaceAll(s, "\r", "\n") // the line end of old Macs
	}
	return s
}

func fromUTF16(s string) string {
	high, low := 0, 1
	if s[0] == 0xff {
		high, low = 1, 0
	}
	units := make([]uint16, 0, len(s)/2)
	for s = s[2:]; len(s) >= 2; s = s[2:] {
		units = append(units, uint16(s[high])<<8|uint16(s[low]))
	}
	return string(utf16.Decode(units))
}

// mostlyText reports whether a file is a text with letters of an older encoding in it:
// of its first 4 KiB almost nothing is a control character.
func mostlyText(s string) bool {
	s = s[:min(len(s), 4096)]
	odd := 0
	for i := range len(s) {
		if c := s[i]; c < ' ' && c != '\n' && c != '\r' && c != '\t' || c >= 0x80 {
			odd++
		}
	}
	return odd*8 < len(s)
}

// format finds the format: the one that is named, or the first that recognises
// the content.
func (in *input) format(name string) (*Format, error) {
	if in.zipErr != nil {
		return nil, in.zipErr
	}
	if name != "" {
		return FormatNamed(name)
	}
	for _, f := range Formats() {
		if f.recognise(in) {
			return f, nil
		}
	}
	return nil, refuse(NotRecognised)
}

// timeOf reads a time: seconds or milliseconds since 1970, or RFC 3339.
func timeOf(s string) time.Time {
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t.UTC()
	}
	var n int64
	if _, err := fmt.Sscanf(whole(s), "%d", &n); err != nil || n <= 0 {
		return time.Time{}
	}
	if n > 100_000_000_000 {
		n /= 1000
	}
	if n > 253402300799 {
		return time.Time{}
	}
	return time.Unix(n, 0).UTC()
}

// Format keeps identities out of every verb.
func (o Options) Format(s fmt.State, _ rune) { io.WriteString(s, "exchange.Options"+elided) }

// LogValue keeps identities out of structured logs.
func (o Options) LogValue() slog.Value { return slog.StringValue("exchange.Options" + elided) }

// Format keeps the content out of every verb.
func (f File) Format(s fmt.State, _ rune) { io.WriteString(s, "exchange.File"+elided) }

// LogValue keeps the content out of structured logs.
func (f File) LogValue() slog.Value { return slog.StringValue("exchange.File" + elided) }
