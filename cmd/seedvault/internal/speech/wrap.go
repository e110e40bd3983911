package speech

import (
	"strings"

	"github.com/clipperhouse/displaywidth"
)

// Wrap breaks text into lines of at most width columns: at spaces, and between
// characters of double width, which have none. A word that is longer than a line
// is broken.
func Wrap(text string, width int) []string {
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
		for ; w > width; w = Width(piece) {
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

// pieces are what a line may end behind: words with the spaces after them, and
// single wide characters. Closing punctuation stays with what it closes.
func pieces(text string) []string {
	var list []string
	start, before, wideBefore := 0, ' ', false
	for i, r := range text {
		wide := Width(string(r)) == 2
		breaks := before == ' ' && r != ' ' || r != ' ' && (wide || wideBefore)
		if i > start && breaks && !strings.ContainsRune("、。，．」』）】！？：ーっゃゅょッャュョ", r) {
			list = append(list, text[start:i])
			start = i
		}
		before, wideBefore = r, wide
	}
	return append(list, text[start:])
}
