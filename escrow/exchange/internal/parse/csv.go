package parse

import (
	"strings"

	"seedvault/escrow/exchange"
)

const maxFields = 256 // of one row

// CSVRow is a row of a table: where it begins, and its fields.
type CSVRow struct {
	Line   int
	Fields []string
}

// CSVReader reads rows as RFC 4180 has them, and as programs write them besides:
// with a quote inside a field that has none around it, and with any line end.
type CSVReader struct {
	text  string
	comma byte
	line  int
}

// NewCSV reads a table whose fields end in comma.
func NewCSV(text string, comma byte) *CSVReader { return &CSVReader{text, comma, 1} }

// Next returns the next row that is not empty. A row of more fields than any export
// has is an error.
func (c *CSVReader) Next() (row CSVRow, ok bool, err error) {
	for c.text != "" {
		row = CSVRow{Line: c.line}
		for end := false; !end; {
			var field string
			field, end = c.field()
			if len(row.Fields) >= maxFields {
				return row, false, exchange.Refuse(exchange.Damaged)
			}
			row.Fields = append(row.Fields, field)
		}
		if len(row.Fields) > 1 || strings.TrimSpace(row.Fields[0]) != "" {
			return row, true, nil
		}
	}
	return CSVRow{}, false, nil
}

// field reads one field and what ends it; end says that it was the row's last.
func (c *CSVReader) field() (field string, end bool) {
	var b strings.Builder
	quoted := strings.HasPrefix(c.text, `"`)
	if quoted {
		c.text = c.text[1:]
	}
	for quoted {
		i := strings.IndexByte(c.text, '"')
		if i < 0 { // never closed: all the rest
			b.WriteString(c.cut(len(c.text)))
			return b.String(), true
		}
		b.WriteString(c.cut(i))
		c.text = c.text[1:]
		if quoted = strings.HasPrefix(c.text, `"`); quoted {
			b.WriteByte('"')
			c.text = c.text[1:]
		}
	}
	i := strings.IndexAny(c.text, string([]byte{c.comma, '\r', '\n'}))
	if i < 0 {
		b.WriteString(c.cut(len(c.text)))
		return b.String(), true
	}
	b.WriteString(c.cut(i))
	switch {
	case c.text[0] == c.comma:
		c.text = c.text[1:]
		return b.String(), false
	case strings.HasPrefix(c.text, "\r\n"):
		c.text = c.text[2:]
	default:
		c.text = c.text[1:]
	}
	c.line++
	return b.String(), true
}

// cut cuts off n bytes and counts the lines in them.
func (c *CSVReader) cut(n int) string {
	s := c.text[:n]
	c.text = c.text[n:]
	c.line += strings.Count(s, "\n")
	return s
}

// CSVHeader finds the separator and the column of each name, which are folded: in
// lower case, without spaces. Spreadsheets write semicolons or tabs. There are no columns
// where none of these makes three fields or more of the first row.
func CSVHeader(text string) (columns map[string]int, comma byte) {
	for _, comma := range []byte{',', ';', '\t'} {
		row, ok, err := NewCSV(text[:min(len(text), 4096)], comma).Next()
		if !ok || err != nil || len(row.Fields) < 3 {
			continue
		}
		columns := map[string]int{}
		for i, name := range row.Fields {
			columns[FoldName(name)] = i
		}
		return columns, comma
	}
	return nil, 0
}

// Fits reports whether a row has as many fields as the header, empty ones behind them apart.
// In another one nobody knows which is which, and the account may be the password.
func (row CSVRow) Fits(width int) bool {
	for i := width; i < len(row.Fields); i++ {
		if row.Fields[i] != "" {
			return false
		}
	}
	return len(row.Fields) >= width
}
