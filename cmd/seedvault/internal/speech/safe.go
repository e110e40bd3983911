package speech

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/displaywidth"
)

// maxMarks is how many combining marks one character may carry: enough for any
// script, too few to draw over the lines above.
const maxMarks = 4

// Safe makes text from outside fit for one line of a terminal: whatever could
// move the cursor, change colours, reverse the direction of writing or hide is
// shown as an escape instead. At most width columns are used; 0 means no bound.
func Safe(s string, width int) string {
	var b strings.Builder
	used, marks := 0, 0
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		piece := s[i : i+size]
		switch {
		case r == utf8.RuneError && size == 1:
			piece = fmt.Sprintf(`\x%02x`, s[i])
		case unicode.In(r, unicode.Mn, unicode.Me):
			if marks++; marks > maxMarks {
				piece = fmt.Sprintf(`\u{%x}`, r)
			}
		case r == ' ' || unicode.IsPrint(r) && !joins(r):
			marks = 0
		default:
			piece = fmt.Sprintf(`\u{%x}`, r)
		}
		i += size
		w := Width(piece)
		if width > 0 && used+w > width-boundary(i < len(s)) {
			b.WriteString("…")
			break
		}
		used += w
		b.WriteString(piece)
	}
	return b.String()
}

// boundary is the room that the mark of a cut needs.
func boundary(more bool) int {
	if more {
		return 1
	}
	return 0
}

// joins says that a rune changes how its neighbours look: variation selectors
// and emoji modifiers make widths that terminals disagree about.
func joins(r rune) bool {
	return r >= 0xfe00 && r <= 0xfe0f || r >= 0x1f3fb && r <= 0x1f3ff || r >= 0xe0100 && r <= 0xe01ef
}

// Width is how many columns a text takes.
func Width(s string) int { return displaywidth.String(s) }
