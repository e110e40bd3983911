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
		case unicode.In(r, unicode.Mn, unicode.Me) && !unseen(r):
			if marks++; marks > maxMarks {
				piece = fmt.Sprintf(`\u{%x}`, r)
			}
		case r == ' ' || unicode.IsPrint(r) && !unseen(r) && !joins(r):
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

// unseen says that a rune counts as a letter or a mark and shows nothing: fillers
// and variation selectors make two names look alike.
func unseen(r rune) bool {
	const blankBraille = 0x2800
	return r == blankBraille || unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}

// joins says that a rune changes how the one before it looks: emoji modifiers
// make widths that terminals disagree about.
func joins(r rune) bool { return r >= 0x1f3fb && r <= 0x1f3ff }

// Width is how many columns a text takes.
func Width(s string) int { return displaywidth.String(s) }
