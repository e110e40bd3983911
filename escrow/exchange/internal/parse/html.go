package parse

import (
	"encoding/base64"
	"html"
	"strings"
)

// HTMLRows calls visit for each row of a page's tables, and f for each that has cells, with
// their number from 1 and the raw cells: an export page is one table, written by a program.
// The error is theirs, and ends it.
func HTMLRows(page string, visit func() error, f func(n int, cells []string) error) error {
	for n := 0; ; {
		var row string
		var ok bool
		if row, page, ok = CutElement(page, "tr"); !ok {
			return nil
		}
		if err := visit(); err != nil {
			return err
		}
		var cells []string
		for len(cells) < maxFields {
			var cell string
			if cell, row, ok = CutElement(row, "td"); !ok {
				break
			}
			cells = append(cells, cell)
		}
		if cells == nil {
			continue
		}
		n++
		if err := f(n, cells); err != nil {
			return err
		}
	}
}

// CutElement returns what stands inside the next element of a name, up to the first end tag
// of that name or the end, and the rest.
func CutElement(s, name string) (inside, rest string, ok bool) {
	for {
		i := indexFold(s, "<"+name)
		if i < 0 {
			return "", "", false
		}
		s = s[i+1+len(name):]
		if s == "" || strings.IndexByte(" \t\r\n>", s[0]) < 0 {
			continue // another element whose name begins so
		}
		_, s = cutTag(s)
		end := indexFold(s, "</"+name)
		if end < 0 {
			return s, "", true
		}
		return s[:end], s[end:], true
	}
}

// indexFold finds a tag in whatever case, -1 for none.
func indexFold(s, tag string) int {
	for from := 0; ; from++ {
		i := strings.IndexByte(s[from:], '<')
		if i < 0 || len(s)-from-i < len(tag) {
			return -1
		}
		if from += i; strings.EqualFold(s[from:from+len(tag)], tag) {
			return from
		}
	}
}

// HTMLText returns the text of a cell.
func HTMLText(cell string) string {
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(cell, "<")
		b.WriteString(before)
		if !ok {
			return strings.TrimSpace(html.UnescapeString(b.String()))
		}
		_, cell = cutTag(rest)
	}
}

// HTMLPicture returns the first picture that stands inside a cell, or a page, in base64, and
// the rest.
func HTMLPicture(cell string) (picture []byte, rest string, ok bool) {
	i := strings.Index(cell, "data:image/")
	if i < 0 {
		return nil, "", false
	}
	_, data, found := strings.Cut(cell[i:], ";base64,")
	if !found {
		return nil, "", false
	}
	if end := strings.IndexAny(data, `"')>`); end >= 0 {
		data, rest = data[:end], data[end:]
	}
	picture, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(data), ""))
	return picture, rest, err == nil
}
