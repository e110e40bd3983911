package key

import (
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// LineError says which line of a share or a key from paper was mistyped.
type LineError struct{ Line int } // from 1

func (e *LineError) Error() string { return fmt.Sprintf("invalid line: line %d is mistyped", e.Line) }

// paperForm is how a secret stands on paper: lines of groups of four letters and
// digits that nobody takes for each other, and after each line four more that
// check it.
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
	for len(text) > 0 {
		line := text[:min(f.length, len(text))]
		text = text[len(line):]
		lines = append(lines, inGroups(line)+"  "+f.check(len(lines)+1, line))
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

// check checks a line and its place: 20 bits of a hash.
func (f *paperForm) check(number int, line string) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "seedvault %s line %d %s", f.what, number, line))
	return f.encoding.EncodeToString(sum[:])[:paperCheck]
}

// read returns what a typed line says without its check, or a [*LineError].
func (f *paperForm) read(number int, typed string) (string, error) {
	line := f.characters(typed)
	cut := len(line) - paperCheck
	if cut < 1 || cut > f.length || f.check(number, line[:cut]) != line[cut:] {
		return "", &LineError{number}
	}
	return line[:cut], nil
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
