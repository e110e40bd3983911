package console

import (
	"io"
	"path/filepath"
	"slices"
	"strings"
)

const (
	gap       = 2  // between columns
	widest    = 40 // how wide a cell may be, unless it is the last of its row
	narrowest = 8  // to which a column is cut at most, where a screen is narrow
	roomy     = 24 // how wide the last column has to be for text to be read in it
)

// Table writes rows in columns that align whatever the script. Cells are made safe, and
// all but the last of a row are cut to a readable width.
//
// Where a screen has a width, not 0, the table fits it: columns are left out, those with the
// titles to drop in their order; the last one is broken between words, in its place or
// below; and what is still too wide is cut. The path of a file stands below, whole.
func Table(w io.Writer, rows [][]string, width int, drop ...string) {
	t := table{width: width}
	for _, row := range rows {
		var cells []string
		for j, cell := range row {
			most := widest
			if j == len(row)-1 {
				most = 0
			}
			cells = append(cells, Safe(cell, most))
		}
		t.rows = append(t.rows, cells)
	}
	for _, title := range drop {
		if t.fits() {
			break
		}
		t.drop(title)
	}
	t.cut()
	widths := t.widths()
	var text strings.Builder
	for _, row := range t.rows {
		for _, line := range t.lines(row, widths) {
			text.WriteString(strings.TrimRight(line, " ") + "\n")
		}
	}
	io.WriteString(w, text.String())
}

// table is a table while it is fitted into a width.
type table struct {
	rows  [][]string
	width int // 0 for any
}

// widths returns the widths of the columns.
func (t *table) widths() (list []int) {
	for _, row := range t.rows {
		for j, cell := range row {
			if j == len(list) {
				list = append(list, 0)
			}
			list[j] = max(list[j], Width(cell))
		}
	}
	return list
}

// before returns where the last column begins.
func (t *table) before() (n int) {
	widths := t.widths()
	for _, w := range widths[:max(len(widths)-1, 0)] {
		n += w + gap
	}
	return n
}

// fits reports whether the table fits, with room for text in the last column.
func (t *table) fits() bool {
	widths := t.widths()
	if t.width == 0 || len(widths) == 0 {
		return true
	}
	last := min(widths[len(widths)-1], roomy)
	if last == 0 {
		last = -gap
	}
	return t.before()+last <= t.width
}

// drop removes the column with that title.
func (t *table) drop(title string) {
	if len(t.rows) == 0 {
		return
	}
	at := slices.Index(t.rows[0], title)
	for i, row := range t.rows {
		if at >= 0 && at < len(row) {
			t.rows[i] = slices.Delete(row, at, at+1)
		}
	}
}

// counts reports whether a column has numbers, which must not be cut: a part of a number is
// another number.
func (t *table) counts(column int) bool {
	return slices.ContainsFunc(t.rows, func(row []string) bool {
		return column < len(row) && row[column] != "" && strings.Trim(row[column], "0123456789") == ""
	})
}

// cut narrows the widest column other than the last, again and again, until the table fits or
// no column can be narrowed. Columns of numbers stay as they are.
func (t *table) cut() {
	for t.width > 0 && t.before() > t.width+gap {
		widths := t.widths()
		widths = widths[:len(widths)-1]
		for j := range widths {
			if t.counts(j) {
				widths[j] = 0
			}
		}
		most := slices.Max(widths)
		if most <= narrowest {
			return
		}
		at := slices.Index(widths, most)
		for _, row := range t.rows {
			if at < len(row) && Width(row[at]) == most {
				row[at] = Safe(row[at], most-1)
			}
		}
	}
}

// lines returns the lines of a row: one, and more where its last cell is wrapped or stands
// below.
func (t *table) lines(row []string, widths []int) []string {
	var line strings.Builder
	for j, cell := range row[:len(row)-1] {
		line.WriteString(cell + strings.Repeat(" ", widths[j]-Width(cell)+gap))
	}
	last, at := row[len(row)-1], Width(line.String())
	const indent = "    "
	switch path := filepath.IsAbs(last) || isPlace(last) && !strings.Contains(last, " "); {
	case t.width == 0 || last == "" || at+Width(last) <= t.width:
		return []string{line.String() + last}
	case path:
		return []string{line.String(), indent + last}
	case !strings.Contains(last, " "): // a key, which is known by its beginning
		if t.width-at < narrowest {
			return []string{line.String()}
		}
		return []string{line.String() + Safe(last, t.width-at)}
	case t.width-at >= roomy:
		return strings.Split(line.String()+strings.Join(WrapLines(last, t.width-at), "\n"+strings.Repeat(" ", at)), "\n")
	}
	return append([]string{line.String()}, strings.Split(indent+strings.Join(WrapLines(last, t.width-len(indent)), "\n"+indent), "\n")...)
}
