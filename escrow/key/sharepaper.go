package key

import (
	"encoding/hex"
	"errors"
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"

	"seedvault/escrow/internal/shamir"
)

const paperVersion = 1

// PaperID is how many bytes of its quorum's id a share on paper has.
const PaperID = 8

// sharePaper is the form of a share on paper, in the base32 of RFC 4648.
var sharePaper = newPaperForm("share", "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 24, map[rune]rune{'0': 'O', '1': 'I', '8': 'B'})

// ErrShareLines is returned for a share from paper with lines missing or too
// many.
var ErrShareLines = errors.New("invalid share: lines are missing, or there are too many")

// Paper returns the share as lines to write down or print: a secret.
func (s Share) Paper() []string {
	c := s.read()
	id, _ := hex.DecodeString(c.quorum)
	data := append([]byte{paperVersion, byte(c.m), c.part.X, byte(len(c.part.Y))}, id[:min(len(id), PaperID)]...)
	return sharePaper.lines(sharePaper.encoding.EncodeToString(append(data, c.part.Y...)))
}

// ReadPaperShare reads a share that somebody typed from paper: any case, with or
// without spaces, 0 for O, 1 for I and 8 for B, full-width letters too. A mistyped
// line is a [*LineError].
func ReadPaperShare(lines []string) (Share, error) {
	var text strings.Builder
	number := 0
	for _, typed := range lines {
		if sharePaper.characters(typed) == "" {
			continue
		}
		number++
		line, err := sharePaper.read(number, typed)
		if err != nil {
			return Share{}, err
		}
		text.WriteString(line)
	}
	data, err := sharePaper.encoding.DecodeString(text.String())
	const head = 4 + PaperID
	switch {
	case err != nil || len(data) <= head || len(data) != head+int(data[3]):
		return Share{}, ErrShareLines
	case data[0] != paperVersion || data[1] < 2 || data[2] < 1 || data[2] > shamir.MaxShares:
		return Share{}, ErrShare
	}
	return shareOf(shareContent{
		quorum: hex.EncodeToString(data[4:head]), m: int(data[1]),
		part: shamir.Share{X: data[2], Y: data[head:]},
	}), nil
}

// CheckShareLine reports whether one line of a share was typed right, as soon as it
// was: the error is a [*LineError].
func CheckShareLine(number int, typed string) error {
	_, err := sharePaper.read(number, typed)
	return err
}

// LooksLikeShare reports whether what was typed is meant to be the first line of a
// share from paper, even if it is mistyped.
func LooksLikeShare(typed string) bool {
	return CheckShareLine(1, typed) == nil || isFirstShareLine(typed)
}

// Every first line begins with the version, and so with A.
var firstShareLine = regexp.MustCompile(`^A[A-Z0-8]{3}(?:[\s|]+[A-Z0-8]{4}){6}$`)

// isFirstShareLine reports whether a text has the form of a first line, which tells itself
// from seven words of four letters by its digits.
func isFirstShareLine(typed string) bool {
	typed = strings.ToUpper(strings.TrimSpace(norm.NFKC.String(typed)))
	return firstShareLine.MatchString(typed) && strings.ContainsAny(typed, "012345678")
}
