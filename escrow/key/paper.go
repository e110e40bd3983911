package key

import (
	"errors"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"seedvault/internal/lazy"
)

// A key stands on paper as the identity's own characters (bech32, BIP-173), so that
// age reads them too once the checks are left out: 58 after the prefix, in three
// lines of nearly one length. The prefix is part of every check.
const (
	bech32Alphabet = "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L"
	keyCharacters  = 58
	keyLine        = 20
)

// bech32Meant maps the characters that bech32 leaves out to those that people mistake for
// them. The prefix has the only 1 that stands on paper, and there it reads as L too.
func bech32Meant() map[rune]rune { return map[rune]rune{'O': '0', 'B': '8', 'I': 'L', '1': 'L'} }

// keyForm is one kind of key on paper.
type keyForm struct {
	prefix string
	*paperForm
}

var keyForms = lazy.Value[[]keyForm]{Make: func() []keyForm {
	return []keyForm{newKeyForm("AGE-SECRET-KEY-1"), newKeyForm("AGE-SECRET-KEY-PQ-1")}
}}

func newKeyForm(prefix string) keyForm {
	return keyForm{prefix, newPaperForm(prefix, bech32Alphabet, keyLine, bech32Meant())}
}

// ErrLines is returned for a key from paper of which lines are missing.
var ErrLines = errors.New("invalid key: lines are missing")

// Paper returns a key as lines to print, a secret. Two spaces and four characters end each,
// which check it and those before it. The first line begins with the key's prefix. The
// error is [ErrIdentity].
func Paper(identity string) ([]string, error) {
	for _, p := range keyForms.Get() {
		if data, ok := strings.CutPrefix(identity, p.prefix); ok && len(data) == keyCharacters {
			lines := p.lines(data)
			lines[0] = p.prefix + " " + lines[0]
			return lines, nil
		}
	}
	return nil, ErrIdentity
}

// ReadPaper reads a key that somebody typed from paper, line by line or whole, with
// or without the checks: of any case and width, with any spaces, with or without the
// prefix, which may be a line of its own. It returns the key as age has it, a secret. A
// mistyped line is a [*LineError], and a key that is not complete [ErrLines];
// else the error is [ErrIdentity].
func ReadPaper(lines ...string) (string, error) { return readPaper(lines, true) }

// readPaper reads a key of which lines may lack their checks, or where bare is false may
// not.
func readPaper(lines []string, bare bool) (string, error) {
	var first error
	for _, p := range keyForms.Get() {
		identity, err := p.readKey(lines, bare)
		if err == nil {
			return identity, nil
		}
		if first == nil || further(err) > further(first) {
			first = err
		}
	}
	return "", first
}

// further orders what is wrong with a key by how many of its lines were read: lines that are
// missing come after any that is mistyped, and the rest first.
func further(err error) int {
	var line *LineError
	switch {
	case errors.As(err, &line):
		return line.Line
	case errors.Is(err, ErrLines):
		return keyCharacters
	}
	return 0
}

func (p keyForm) readKey(lines []string, bare bool) (string, error) {
	whole := p.withoutPrefix(strings.Join(lines, ""))
	if len(whole) == keyCharacters {
		if _, err := parseNative(p.prefix + whole); err == nil {
			return p.prefix + whole, nil
		}
	}
	data, number, begun := "", 0, false
	for _, typed := range lines {
		rest := p.characters(typed)
		if p.foreign(typed) {
			return "", &LineError{number + 1}
		}
		if number == 0 {
			begun = begun || strings.HasPrefix(rest, p.characters(p.prefix))
			rest = p.withoutPrefix(typed)
		}
		for len(rest) > 0 {
			number++
			if bare && len(rest) == min(p.length, keyCharacters-len(data)) {
				data, rest = data+rest, "" // without its check: the whole key has one too
				continue
			}
			cut := min(len(rest), p.length+paperCheck)
			read, err := p.read(number, data, rest[:cut])
			if err != nil && number == 1 && len(lines) == 1 && len(rest) > cut && !p.nearlyFirst(typed) {
				return "", ErrIdentity // a whole key, and nobody knows where it is wrong
			}
			if err != nil {
				return "", err
			}
			data, rest = read, rest[cut:]
		}
	}
	if (number > 0 || begun) && len(data) < keyCharacters {
		return "", ErrLines
	}
	if _, err := parseNative(p.prefix + data); err != nil {
		return "", ErrIdentity
	}
	return p.prefix + data, nil
}

// withoutPrefix are the characters of a key from the first that is its own.
func (p keyForm) withoutPrefix(typed string) string {
	text := p.characters(typed)
	return strings.TrimPrefix(text, p.characters(p.prefix))
}

// LooksLikeIdentity reports whether what a person typed is meant to be a key, or the
// first line of one from paper, and not a passphrase.
func LooksLikeIdentity(typed string) bool {
	if strings.HasPrefix(canonicalKey(typed), "AGE-SECRET-KEY-") {
		return true
	}
	if _, err := readPaper([]string{typed}, false); err == nil || errors.Is(err, ErrLines) {
		return true
	}
	return isBareLine(typed) || slices.ContainsFunc(keyForms.Get(), func(p keyForm) bool { return p.nearlyFirst(typed) })
}

var bareLine = lazy.Value[*regexp.Regexp]{Make: func() *regexp.Regexp {
	return regexp.MustCompile(`^(?:[A-Z0-9]{4}[\s|]+){4,5}[A-Z0-9]{4}$`)
}}

// isBareLine reports whether a text has the form of a line without the prefix, with or
// without its check: five or six groups of four, with a digit, which words of four letters
// do not have.
func isBareLine(typed string) bool {
	typed = strings.ToUpper(strings.TrimSpace(norm.NFKC.String(typed)))
	return bareLine.Get().MatchString(typed) && strings.ContainsAny(typed, "0123456789")
}

// nearlyFirst reports whether a text has the length of a first line with its check, and up
// to three wrong characters in its prefix.
func (p keyForm) nearlyFirst(typed string) bool {
	prefix, text := p.characters(p.prefix), p.characters(typed)
	if len(text) != len(prefix)+p.length+paperCheck {
		return false
	}
	wrong := 0
	for i := range prefix {
		if prefix[i] != text[i] {
			wrong++
		}
	}
	return wrong <= 3
}
