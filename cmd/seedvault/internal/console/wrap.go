package console

import (
	"regexp"
	"strings"

	"github.com/clipperhouse/displaywidth"

	"seedvault/internal/lazy"
)

// Wrap breaks text into lines of at most width columns: at spaces, and between
// characters of double width, which have none. A word that is longer than a line
// is broken, but for a web address: it has to be typed or copied as a whole, so it
// stands on a line of its own, as long as that is.
func Wrap(text string, width int) []string { return wrap(text, width, isAddress) }

// WrapLines breaks the lines of a text that are wider than width, as [Wrap] does, and
// leaves the others as they are. What belongs to an indented line is indented like it. It
// is for text that scrolls: the path of a file, too, is longer than a line if it must be.
// A command at the end of a line is not broken, since its first half, copied alone, would
// do something else: it has a line of its own.
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

// cutCommand cuts the command off that a line ends with, "" where there is none that is to
// stay whole: one of the shell always, one of this program where it fits into a line, since
// a sentence may follow it.
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

// wrap breaks text, and leaves what is whole as it is.
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

// Cut returns what of a text fits on one line of a screen, whole where there is no width.
func Cut(text string, width int) string {
	if width <= 0 || Width(text) < width {
		return text
	}
	return displaywidth.TruncateString(text, width-1, "…") // the last column would end the line
}

func isAddress(piece string) bool {
	return strings.Contains(piece, "https://") || strings.Contains(piece, "http://")
}

// isPlace reports whether a word is an address or the path of a file.
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

// pieces are what a line may end behind: words with the spaces after them, and
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
