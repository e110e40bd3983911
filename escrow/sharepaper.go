package escrow

import (
	"encoding/base32"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/text/unicode/norm"

	"seedvault/escrow/internal/shamir"
)

// A share on paper is written in lines of groups of four letters and digits that
// nobody takes for each other; the last group of a line checks it.
const (
	paperVersion  = 1
	paperID       = 8  // bytes of the quorum's id
	paperLine     = 24 // characters a line, and four that check it
	paperCheck    = 4
	paperAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567" // RFC 4648
)

var paperEncoding = base32.NewEncoding(paperAlphabet).WithPadding(base32.NoPadding)

// LineError says which line of a share from paper was mistyped.
type LineError struct{ Line int } // from 1

func (e *LineError) Error() string { return fmt.Sprintf("invalid share: line %d is mistyped", e.Line) }

// ErrShareLength is returned for a share from paper with lines missing or too
// many.
var ErrShareLength = errors.New("invalid share: lines are missing, or there are too many")

// Paper returns the share as lines to write down or print: a secret.
func (s Share) Paper() []string {
	c := s.read()
	id, _ := hex.DecodeString(c.quorum)
	data := append([]byte{paperVersion, byte(c.m), c.part.X, byte(len(c.part.Y))}, id[:min(len(id), paperID)]...)
	text := paperEncoding.EncodeToString(append(data, c.part.Y...))
	var lines []string
	for len(text) > 0 {
		line := text[:min(paperLine, len(text))]
		text = text[len(line):]
		lines = append(lines, inGroups(line)+"  "+paperCheckOf(len(lines)+1, line))
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

// paperCheckOf checks a line and its place: 20 bits of a hash.
func paperCheckOf(number int, line string) string {
	sum := sum256(fmt.Appendf(nil, "seedvault share line %d %s", number, line))
	return paperEncoding.EncodeToString(sum[:])[:paperCheck]
}

// ParsePaperShare reads a share that somebody typed from paper: any case, with or
// without spaces, 0 for O, 1 for I and 8 for B, full-width letters too. A mistyped
// line is a [*LineError].
func ParsePaperShare(lines []string) (Share, error) {
	var text strings.Builder
	number := 0
	for _, typed := range lines {
		line := paperCharacters(typed)
		if line == "" {
			continue
		}
		number++
		cut := len(line) - paperCheck
		if cut < 1 || cut > paperLine || paperCheckOf(number, line[:cut]) != line[cut:] {
			return Share{}, &LineError{number}
		}
		text.WriteString(line[:cut])
	}
	data, err := paperEncoding.DecodeString(text.String())
	const head = 4 + paperID
	switch {
	case err != nil || len(data) <= head || len(data) != head+int(data[3]):
		return Share{}, ErrShareLength
	case data[0] != paperVersion || data[1] < 2 || data[2] < 1 || data[2] > shamir.MaxShares:
		return Share{}, ErrShare
	}
	return shareOf(shareContent{
		quorum: hex.EncodeToString(data[4:head]), m: int(data[1]),
		part: shamir.Share{X: data[2], Y: data[head:]},
	}), nil
}

// CheckPaperLine says whether one line of a share was typed right, as soon as it
// was: the error is a [*LineError].
func CheckPaperLine(number int, typed string) error {
	line := paperCharacters(typed)
	cut := len(line) - paperCheck
	if cut < 1 || cut > paperLine || paperCheckOf(number, line[:cut]) != line[cut:] {
		return &LineError{number}
	}
	return nil
}

// LooksLikePaperShare says that what was typed is meant to be the first line of a
// share from paper.
func LooksLikePaperShare(typed string) bool { return CheckPaperLine(1, typed) == nil }

// paperCharacters are the letters and digits of a line, as they were written.
func paperCharacters(typed string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '0':
			return 'O'
		case '1':
			return 'I'
		case '8':
			return 'B'
		}
		if strings.ContainsRune(paperAlphabet, r) {
			return r
		}
		return -1
	}, strings.ToUpper(norm.NFKC.String(typed)))
}
