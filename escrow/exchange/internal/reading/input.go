package reading

import (
	"fmt"
	"io"
	"log/slog"
	"strings"

	"seedvault/escrow/exchange"
	"seedvault/escrow/exchange/internal/parse"
	"seedvault/escrow/exchange/internal/zipfile"
)

// Input is a file as far as every format looks at it.
type Input struct {
	Name string                // in lower case
	Data []byte                // the whole content
	Text string                // the same in UTF-8, if it is a text
	JSON parse.Node            // the same, if it is JSON
	Top  map[string]parse.Node // the first members of an object, or of an array's first object
	Root string                // the first element's name, of XML and HTML
	Zip  *zipfile.Archive      // nil for what is no zip

	columns map[string]int // of a table, by name
	comma   byte           // what stands between its fields
}

// NewInput looks at a file. The error is an [*exchange.Error]: for a file that is too large,
// or a zip that is damaged or lists too much.
func NewInput(name string, data []byte) (*Input, error) {
	if len(data) > exchange.MaxInput {
		return nil, exchange.Refuse(exchange.TooLarge)
	}
	in := &Input{Name: strings.ToLower(name), Data: data}
	if strings.HasPrefix(string(data[:min(4, len(data))]), "PK\x03\x04") {
		var err error
		in.Zip, err = zipfile.Open(data)
		return in, err
	}
	in.SetText(parse.Text(string(data)))
	return in, nil
}

// SetText looks at a text, of the file itself or of one inside it.
func (in *Input) SetText(text string) {
	in.Text, in.JSON, in.Top, in.Root, in.columns = text, "", nil, "", nil
	trimmed := strings.TrimSpace(text)
	switch {
	case trimmed == "":
	case trimmed[0] == '{' || trimmed[0] == '[':
		if n, ok := parse.JSON(text); ok {
			in.JSON, in.Top = n, membersOf(n)
		}
	case trimmed[0] == '<':
		in.Root = parse.XMLRoot(trimmed)
	default:
		in.columns, in.comma = parse.CSVHeader(text)
	}
}

// maxTop is how many members are looked at to recognise a format.
const maxTop = 200

func membersOf(n parse.Node) map[string]parse.Node {
	if n.IsArray() {
		n = n.First()
	}
	top := map[string]parse.Node{}
	count := 0
	for name, v := range n.Members() {
		if count++; count > maxTop {
			break
		}
		if len(name) <= 64 {
			top[name] = v
		}
	}
	return top
}

// Has reports whether the file is a JSON object with all these members.
func (in *Input) Has(names ...string) bool { return in.JSON.IsObject() && in.TopHas(names...) }

// ListHas reports whether the file is a JSON array whose first object has them.
func (in *Input) ListHas(names ...string) bool { return in.JSON.IsArray() && in.TopHas(names...) }

// TopHas reports whether the object, or an array's first one, has all these members.
func (in *Input) TopHas(names ...string) bool {
	for _, n := range names {
		if _, ok := in.Top[n]; !ok {
			return false
		}
	}
	return true
}

// Column returns the first of several names that the table has, except for one.
func (in *Input) Column(names []string, but string) string {
	for _, n := range names {
		if _, ok := in.columns[n]; ok && n != but {
			return n
		}
	}
	return ""
}

// Table reads the rows of a table, the header first.
func (in *Input) Table() *parse.CSVReader { return parse.NewCSV(in.Text, in.comma) }

// Rows calls f for each row below the header, with the fields by column name.
func (in *Input) Rows(r *Reader, f func(at exchange.Position, get func(column string) string) error) error {
	c := in.Table()
	width := 0
	for {
		row, ok, err := c.Next()
		if err != nil || !ok {
			return err
		}
		if width == 0 {
			width = len(row.Fields)
			continue
		}
		if err := r.Visit(); err != nil {
			return err
		}
		if !row.Fits(width) {
			if err := r.RefuseAt(exchange.Position{Kind: exchange.AtLine, N: row.Line}, "", exchange.Refuse(exchange.Damaged)); err != nil {
				return err
			}
			continue
		}
		get := func(column string) string {
			if i, ok := in.columns[column]; ok && i < len(row.Fields) {
				return row.Fields[i]
			}
			return ""
		}
		if err := f(exchange.Position{Kind: exchange.AtLine, N: row.Line}, get); err != nil {
			return err
		}
	}
}

// HasColumns reports whether the file is a table with all these columns.
func (in *Input) HasColumns(names ...string) bool {
	for _, n := range names {
		if _, ok := in.columns[n]; !ok {
			return false
		}
	}
	return in.columns != nil
}

// JSONInZip reads a file of a zip as JSON. The error is an [*exchange.Error].
func (in *Input) JSONInZip(name string) (parse.Node, error) {
	f := in.Zip.Find(name)
	switch {
	case f == nil:
		return "", exchange.Refuse(exchange.NotThatFormat)
	case zipfile.UsesZipCrypto(f):
		return "", exchange.Refuse(exchange.ZipCrypto)
	}
	data, err := in.Zip.Read(f)
	if err != nil {
		return "", err
	}
	n, ok := parse.JSON(parse.Text(data))
	if !ok {
		return "", exchange.Refuse(exchange.Damaged)
	}
	return n, nil
}

// Format keeps the content out of every verb.
func (in Input) Format(f fmt.State, _ rune) { io.WriteString(f, in.String()) }

// String keeps the content out of text.
func (in Input) String() string { return "reading.Input(elided)" }

// LogValue keeps the content out of structured logs.
func (in Input) LogValue() slog.Value { return slog.StringValue(in.String()) }

// MarshalText keeps the content out of JSON and other encodings.
func (in Input) MarshalText() ([]byte, error) { return []byte(in.String()), nil }
