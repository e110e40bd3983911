package console

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/displaywidth"

	"seedvault/internal/lazy"
)

// maxMarks is how many combining marks one character may carry: enough for any
// script, too few to draw over the lines above.
const maxMarks = 4

// Safe makes text from outside fit for one line of a terminal: whatever could
// move the cursor, change colours, reverse the direction of writing or hide is
// shown as an escape instead. At most width columns are used; 0 means no bound.
func Safe(s string, width int) string {
	if isPlain(s) && (width <= 0 || len(s) <= width) {
		return s
	}
	pieces := shown(s)
	if whole := strings.Join(pieces, ""); width <= 0 || Width(whole) <= width {
		return whole
	}
	const mark = "…"
	var b strings.Builder
	used := Width(mark)
	for _, piece := range pieces {
		if used += Width(piece); used > width {
			break
		}
		b.WriteString(piece)
	}
	return b.String() + mark
}

// shown returns the characters of a text, or their escapes, one by one.
func shown(s string) []string {
	const wideSpace = '\u3000' // between a Japanese first and last name
	var pieces []string
	marks := 0
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
		case r == ' ' || r == wideSpace || unicode.IsPrint(r) && !unseen(r) && !joins(r):
			marks = 0
		default:
			piece = fmt.Sprintf(`\u{%x}`, r)
		}
		i += size
		pieces = append(pieces, piece)
	}
	return pieces
}

// unseen reports whether a rune counts as a letter or a mark and shows nothing: fillers
// and variation selectors make two names look alike.
func unseen(r rune) bool {
	const blankBraille = 0x2800
	return r == blankBraille || unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}

// joins reports whether a rune changes how the one before it looks: emoji modifiers
// make widths that terminals disagree about.
func joins(r rune) bool { return r >= 0x1f3fb && r <= 0x1f3ff }

// Width returns how many columns a text takes on a terminal. East Asian characters of
// ambiguous width count as one, as terminals show them; colour sequences count as none.
func Width(s string) int {
	if isPlain(s) {
		return len(s)
	}
	if strings.Contains(s, "\x1b") {
		s = colours.Get().Replace(s)
	}
	return displaywidth.String(halfMarks.Get().Replace(s))
}

// isPlain reports whether a text is all printable ASCII, each character of which is safe to
// show and one column wide.
func isPlain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// halfMarks are the voicing marks of half-width katakana. Unicode has them extend
// the character before; terminals give each a column of its own.
var halfMarks = lazy.Value[*strings.Replacer]{Make: func() *strings.Replacer {
	return strings.NewReplacer("\uff9e", "x", "\uff9f", "x")
}}
