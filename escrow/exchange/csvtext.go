package exchange

import "strings"

const maxFields = 256 // of one row

// csvRow is a row of a table: where it begins, and its fields.
type csvRow struct {
	line   int
	fields []string
}

// csvReader reads rows as RFC 4180 has them, and as programs write them besides:
// with a quote inside a field that has none around it, and with any line end.
type csvReader struct {
	text  string
	comma byte
	line  int
}

func newCSV(text string, comma byte) *csvReader { return &csvReader{text, comma, 1} }

// next returns the next row that is not empty. A row of more fields than any export
// has is an error.
func (c *csvReader) next() (row csvRow, ok bool, err error) {
	for c.text != "" {
		row = csvRow{line: c.line}
		for end := false; !end; {
			var field string
			field, end = c.field()
			if len(row.fields) >= maxFields {
				return row, false, refuse(Damaged)
			}
			row.fields = append(row.fields, field)
		}
		if len(row.fields) > 1 || strings.TrimSpace(row.fields[0]) != "" {
			return row, true, nil
		}
	}
	return csvRow{}, false, nil
}

// field reads one field and what ends it; end says that it was the row's last.
func (c *csvReader) field() (field string, end bool) {
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
func (c *csvReader) cut(n int) string {
	s := c.text[:n]
	c.text = c.text[n:]
	c.line += strings.Count(s, "\n")
	return s
}

// csvHeader finds the separator and the column of each name, which are folded: in
// lower case, without spaces. Spreadsheets write semicolons or tabs.
func csvHeader(text string) (columns map[string]int, comma byte) {
	for _, comma := range []byte{',', ';', '\t'} {
		row, ok, err := newCSV(text[:min(len(text), 4096)], comma).next()
		if !ok || err != nil || len(row.fields) < 3 {
			continue
		}
		columns := map[string]int{}
		for i, name := range row.fields {
			columns[foldName(name)] = i
		}
		return columns, comma
	}
	return nil, 0
}

func foldName(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), "")) }

// fits reports whether a row has as many fields as the header. In another one nobody
// knows which is which, and the account may be the password.
func (row csvRow) fits(width int) bool {
	for i := width; i < len(row.fields); i++ {
		if row.fields[i] != "" {
			return false
		}
	}
	return len(row.fields) >= width
}

// rows calls f for each row below the header, with the fields by column name.
func (in *input) rows(r *reading, f func(at Place, get func(column string) string) error) error {
	c := newCSV(in.text, in.comma)
	width := 0
	for {
		row, ok, err := c.next()
		if err != nil || !ok {
			return err
		}
		if width == 0 {
			width = len(row.fields)
			continue
		}
		if err := r.visit(); err != nil {
			return err
		}
		if !row.fits(width) {
			if err := r.refuseAt(Place{Kind: AtLine, N: row.line}, "", refuse(Damaged)); err != nil {
				return err
			}
			continue
		}
		get := func(column string) string {
			if i, ok := in.columns[column]; ok && i < len(row.fields) {
				return row.fields[i]
			}
			return ""
		}
		if err := f(Place{Kind: AtLine, N: row.line}, get); err != nil {
			return err
		}
	}
}

// hasColumns reports whether the file is a table with all these columns.
func (in *input) hasColumns(names ...string) bool {
	for _, n := range names {
		if _, ok := in.columns[n]; !ok {
			return false
		}
	}
	return in.columns != nil
}
