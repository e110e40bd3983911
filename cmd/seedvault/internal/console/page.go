package console

import (
	"strings"
	"unicode/utf8"
)

// Page fits a page of help to a screen. Where all lines fit, or the width is 0, it stays as it
// is; else paragraphs are wrapped anew, and text in a second column stays in that column.
func Page(text string, width int) string {
	lines := strings.Split(text, "\n")
	fits := true
	for _, line := range lines {
		fits = fits && Width(line) <= width
	}
	if width <= 0 || fits {
		return text
	}
	var out []string
	for _, e := range entriesOf(lines) {
		out = append(out, e.lines(width)...)
	}
	return strings.Join(out, "\n")
}

// entry is a paragraph, or a line of two columns with those that belong to it.
type entry struct {
	head   string // the first column with the spaces before and behind it
	text   string
	indent int // where lines go on
}

// entriesOf groups the lines that belong together.
func entriesOf(lines []string) (list []entry) {
	for _, line := range lines {
		e := entryOf(line)
		if n := len(list) - 1; n >= 0 && e.text != "" && list[n].text != "" && e.head == strings.Repeat(" ", list[n].indent) {
			list[n].text = joined(list[n].text, e.text)
			continue
		}
		list = append(list, e)
	}
	return list
}

// entryOf splits one line into its two columns: the last gap of two or more spaces stands
// before the text.
func entryOf(line string) entry {
	at := strings.LastIndex(line, "  ") + 2
	if at < 2 {
		return entry{text: line}
	}
	return entry{head: line[:at], text: line[at:], indent: Width(line[:at])}
}

// joined joins two lines of one paragraph, with a space between them unless one of the
// characters at which they meet is wide.
func joined(a, b string) string {
	last, _ := utf8.DecodeLastRuneInString(a)
	first, _ := utf8.DecodeRuneInString(b)
	if Width(string(last)) == 2 || Width(string(first)) == 2 {
		return a + b
	}
	return a + " " + b
}

func (e entry) lines(width int) (lines []string) {
	const least = 16 // columns, for text to be read in them
	indent := e.indent
	if head := strings.TrimRight(e.head, " "); head != "" && width-indent < least {
		lines, indent = WrapLines(head, width), 4
	}
	for _, line := range wrap(e.text, width-indent, isPlace) {
		lines = append(lines, strings.Repeat(" ", indent)+line)
	}
	if indent == e.indent && len(lines) > 0 {
		lines[0] = e.head + lines[0][indent:]
	}
	return lines
}
