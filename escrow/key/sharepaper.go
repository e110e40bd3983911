package key

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"

	"seedvault/escrow/internal/shamir"
	"seedvault/internal/lazy"
)

const paperVersion = 1

// dealingBytes is how many bytes of a recipient's SHA-256 name a dealing.
const dealingBytes = 8

// Dealing names the dealing of a quorum's key by its recipient: the first 16 hex
// digits of the recipient's SHA-256 (FORMAT.md, F67). A quorum whose shares are dealt
// anew has a new key, and so another one.
func Dealing(recipientText string) string {
	sum := sha256.Sum256([]byte(recipientText))
	return hex.EncodeToString(sum[:dealingBytes])
}

// sharePaper is the form of a share on paper, in the base32 of RFC 4648.
var sharePaper = lazy.Value[*paperForm]{Make: func() *paperForm {
	return newPaperForm("share", "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 24, map[rune]rune{'0': 'O', '1': 'I', '8': 'B'})
}}

// ErrShareLines is returned for a share from paper with lines missing or too
// many.
var ErrShareLines = errors.New("invalid share: lines are missing, or there are too many")

// Paper returns the share as lines to write down or print: a secret.
func (s Share) Paper() []string {
	c := s.read()
	dealing, _ := hex.DecodeString(c.dealing)
	data := append([]byte{paperVersion, byte(c.m), c.part.X, byte(len(c.part.Y))}, dealing...)
	return sharePaper.Get().lines(sharePaper.Get().encoding.EncodeToString(append(data, c.part.Y...)))
}

// ReadPaperShare reads a share that somebody typed from paper: any case, with or
// without spaces, 0 for O, 1 for I and 8 for B, full-width letters too. A mistyped
// line, and one of another sheet, is a [*LineError]; else the error is [ErrShareLines]
// or [ErrShare].
func ReadPaperShare(lines []string) (Share, error) {
	text, err := shareLines(lines)
	if err != nil {
		return Share{}, err
	}
	data, err := sharePaper.Get().encoding.DecodeString(text)
	const head = 4 + dealingBytes
	switch {
	case err != nil || len(data) <= head || len(data) != head+int(data[3]):
		return Share{}, ErrShareLines
	case data[0] != paperVersion || data[1] < 2 || data[2] < 1 || int(data[2]) > shamir.MaxShares:
		return Share{}, ErrShare
	}
	return shareOf(shareContent{
		dealing: hex.EncodeToString(data[4:head]), m: int(data[1]),
		part: shamir.Share{X: data[2], Y: data[head:]},
	}), nil
}

// shareLines returns what the lines of a share say, as far as they go, or a [*LineError].
func shareLines(lines []string) (text string, err error) {
	number := 0
	for _, typed := range lines {
		if sharePaper.Get().foreign(typed) {
			return "", &LineError{number + 1}
		}
		if sharePaper.Get().characters(typed) == "" {
			continue
		}
		number++
		if text, err = sharePaper.Get().read(number, text, typed); err != nil {
			return "", err
		}
	}
	return text, nil
}

// CheckShareLines checks the first lines of a share as soon as they are typed: the
// error is a [*LineError] for the first that was mistyped, or is another sheet's.
func CheckShareLines(lines ...string) error {
	_, err := shareLines(lines)
	return err
}

// LooksLikeShare reports whether what was typed is meant to be the first line of a
// share from paper, even if it is mistyped.
func LooksLikeShare(typed string) bool {
	return sharePaper.Get().characters(typed) != "" && CheckShareLines(typed) == nil || isFirstShareLine(typed)
}

// Every first line begins with the version, and so with A.
var firstShareLine = lazy.Value[*regexp.Regexp]{Make: func() *regexp.Regexp {
	return regexp.MustCompile(`^A[A-Z0-8]{3}(?:[\s|]+[A-Z0-8]{4}){6}$`)
}}

// isFirstShareLine reports whether a text has the form of a first line: seven groups of
// four, with a digit, which words of four letters do not have.
func isFirstShareLine(typed string) bool {
	typed = strings.ToUpper(strings.TrimSpace(norm.NFKC.String(typed)))
	return firstShareLine.Get().MatchString(typed) && strings.ContainsAny(typed, "012345678")
}
