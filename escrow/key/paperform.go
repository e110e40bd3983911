package key

import (
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// foreign reports whether a line has letters, and none that stands on paper: it is no line of
// a key or share, and no empty one either.
func (f *paperForm) foreign(typed string) bool {
	return f.characters(typed) == "" && strings.ContainsFunc(typed, unicode.IsLetter)
}

// LineError says which line of a share or a key from paper was mistyped.
type LineError struct{ Line int } // from 1

// Error says what is wrong, and nothing secret.
func (e *LineError) Error() string { return fmt.Sprintf("invalid line: line %d is mistyped", e.Line) }

// paperForm is how a secret stands on paper: lines of groups of four letters and
// digits that nobody takes for each other, and after each line four more that
// check it and those before it.
type paperForm struct {
	what     string // what the check says the line is of
	alphabet string
	meant    map[rune]rune // what people take for a letter of the alphabet
	length   int           // characters in a line
	encoding *base32.Encoding
}

const paperCheck = 4 // characters that check a line

func newPaperForm(what, alphabet string, length int, meant map[rune]rune) *paperForm {
	return &paperForm{what, alphabet, meant, length, base32.NewEncoding(alphabet).WithPadding(base32.NoPadding)}
}

// lines cuts a text into lines with their checks, which stand apart from them by
// two spaces.
func (f *paperForm) lines(text string) (lines []string) {
	for at := 0; at < len(text); {
		end := min(at+f.length, len(text))
		lines = append(lines, inGroups(text[at:end])+"  "+f.check(len(lines)+1, text[:end]))
		at = end
	}
	return lines
}

func inGroups(line string) string {
	var groups []string
	for len(line) > 4 {
		groups, line = append(groups, line[:4]), line[4:]
	}
	return strings.Join(append(groups, line), " ")
}

// check checks a line, its place and all that stands before it, so that a line of
// another sheet is noticed where it is typed: 20 bits of a hash. text is what the
// lines say up to and including this one.
func (f *paperForm) check(number int, text string) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "seedvault %s line %d %s", f.what, number, text))
	return f.encoding.EncodeToString(sum[:])[:paperCheck]
}

// read returns what the lines up to a typed one say, given what those before it do,
// or a [*LineError].
func (f *paperForm) read(number int, before, typed string) (string, error) {
	line := f.characters(typed)
	cut := len(line) - paperCheck
	if cut < 1 || cut > f.length || f.check(number, before+line[:cut]) != line[cut:] {
		return "", &LineError{number}
	}
	return before + line[:cut], nil
}

// characters are the letters and digits of a line, as they were written: of any
// case and width, without what stands between them.
func (f *paperForm) characters(typed string) string {
	return strings.Map(func(r rune) rune {
		if meant, ok := f.meant[r]; ok {
			r = meant
		}
		if strings.ContainsRune(f.alphabet, r) {
			return r
		}
		return -1
	}, strings.ToUpper(norm.NFKC.String(typed)))
}
