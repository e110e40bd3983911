package console

import (
	"regexp"
	"strings"

	"github.com/clipperhouse/displaywidth"

	"seedvault/internal/lazy"
)

// Wrap breaks a text into lines of at most width columns: at spaces, and between characters of
// double width, which have none between them. A word that is longer than a line is broken too,
// unless it is a web address: that is to be copied as a whole, so it gets a line of its own,
// however long.
func Wrap(text string, width int) []string { return wrap(text, width, isAddress) }

// WrapLines wraps the lines of a text that are wider than width, as [Wrap] does, and leaves
// the others as they are. An indented line goes on with the same indent. It is for text that
// scrolls: the path of a file may be longer than a line too. A command at the end of a line is
// not broken, since its first half, copied alone, would do something else; where it does not
// fit behind the text, it gets a line of its own.
func WrapLines(text string, width int) []string {
	var lines []string
	for line := range strings.SplitSeq(text, "\n") {
		if Width(line) <= width {
			lines = append(lines, line)
			continue
		}
		words := strings.TrimLeft(line, " ")
		indent := line[:len(line)-len(words)]
		words, command := cutCommand(words, width-len(indent))
		for _, broken := range wrap(words, width-len(indent), isPlace) {
			lines = append(lines, indent+broken)
		}
		if command == "" {
			continue
		}
		if last := &lines[len(lines)-1]; Width(*last)+1+Width(command) <= width {
			*last += " " + command
		} else {
			lines = append(lines, indent+command)
		}
	}
	return lines
}

// shellCommand finds the command that a line of text ends with.
var shellCommand = lazy.Value[*regexp.Regexp]{Make: func() *regexp.Regexp {
	return regexp.MustCompile(`: ((?:rm|mv) -- |(?:Remove|Move)-Item |seedvault )`)
}}

// cutCommand splits a line in two where a command ends it that is to stay whole, and returns
// "" for the command where none does: one of the shell always stays whole, one of this program
// if it fits into a line, since a sentence may follow it.
func cutCommand(line string, width int) (text, command string) {
	found := shellCommand.Get().FindAllStringIndex(line, -1)
	if found == nil {
		return line, ""
	}
	at := found[len(found)-1][0] + len(": ")
	if strings.HasPrefix(line[at:], "seedvault ") && Width(line[at:]) > width {
		return line, ""
	}
	return line[:at-1], line[at:]
}

// wrap breaks a text as [Wrap] does, but never a word for which whole reports true.
func wrap(text string, width int, whole func(string) bool) []string {
	width = max(width, 2)
	var lines []string
	var line strings.Builder
	used := 0
	end := func() {
		lines = append(lines, strings.TrimRight(line.String(), " "))
		line.Reset()
		used = 0
	}
	for _, piece := range pieces(text) {
		w := Width(strings.TrimRight(piece, " "))
		if used > 0 && used+w > width {
			end()
		}
		for ; w > width && !whole(piece); w = Width(piece) {
			head := displaywidth.TruncateString(piece, width, "")
			lines, piece = append(lines, head), piece[len(head):]
		}
		line.WriteString(piece)
		used += Width(piece)
	}
	if used > 0 || len(lines) == 0 {
		end()
	}
	return lines
}

// Cut returns the beginning of a text that leaves the last of so many columns free, and all of
// it where the width is 0.
func Cut(text string, width int) string {
	if width <= 0 || Width(text) < width {
		return text
	}
	return displaywidth.TruncateString(text, width-1, "…") // the last column would end the line
}

func isAddress(piece string) bool {
	return strings.Contains(piece, "https://") || strings.Contains(piece, "http://")
}

// isPlace reports whether a word is a web address or the path of a file.
func isPlace(piece string) bool { return strings.ContainsAny(piece, `/\`) }

// What may not begin a line, and what may not end one (JIS X 4051, kinsoku): closing
// punctuation stays with what it closes, opening with what it opens, and a small
// kana with its syllable. The narrow signs count only beside wide characters;
// elsewhere lines break at spaces.
const (
	notFirst       = "、。，．・：；？！」』）】］｝〉》〕ーヽヾゝゞ々〜～…％っゃゅょぁぃぅぇぉゎッャュョァィゥェォヮヵヶ"
	notFirstNarrow = ".,:;?!)]}%/"
	notLast        = "「『（【［｛〈《〔([{"
)

// pieces splits a line where it may be broken: into words with the spaces after them, and
// single wide characters.
func pieces(text string) []string {
	var list []string
	start, before, wideBefore := 0, ' ', false
	for i, r := range text {
		wide := Width(string(r)) == 2
		between := r != ' ' && (wide || wideBefore) && !strings.ContainsRune(notLast, before) && !strings.ContainsRune(notFirstNarrow, r)
		breaks := before == ' ' && r != ' ' || between
		if i > start && breaks && !strings.ContainsRune(notFirst, r) {
			list = append(list, text[start:i])
			start = i
		}
		before, wideBefore = r, wide
	}
	return append(list, text[start:])
}
