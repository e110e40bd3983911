// Package wordlist makes passphrases that people can write down, and reads them
// back the way people type them.
//
// Start with [Generate], [Spellings] and, where none of these opens, [Mistakes]. The
// list, words.txt, is the English one of BIP-39
// (https://github.com/bitcoin/bips/tree/master/bip-0039), byte for byte: 2,048 words that
// differ in their first four letters. The package judges an own passphrase by its length
// alone, and corrects no typing error: it says which word of a generated passphrase
// cannot be right, and what may have been meant.
package wordlist

import (
	"crypto/rand"
	_ "embed"
	"encoding/binary"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"seedvault/internal/lazy"
)

//go:embed words.txt
var list string

// all are the words of the list, in order.
var all = lazy.Value[[]string]{Make: func() []string { return strings.Fields(list) }}

// Generate returns n random words with single spaces between them: a secret of
// 11 bits a word, 66 bits for six. It fails for fewer than one word.
func Generate(n int) (string, error) {
	if n < 1 {
		return "", errors.New("invalid number of words")
	}
	if len(all.Get()) != 2048 {
		return "", errors.New("internal error: the word list is not whole")
	}
	chosen := make([]string, n)
	for i := range chosen {
		var b [2]byte
		rand.Read(b[:])
		chosen[i] = all.Get()[binary.BigEndian.Uint16(b[:])%2048] // 2,048 divides 65,536: no bias
	}
	return strings.Join(chosen, " "), nil
}

// Spellings returns the distinct spellings that what was typed may stand for,
// in the order to try: as it is, in Unicode's composed and decomposed forms, and
// each of these with runs of white space (the ideographic space among them) made
// one space, and none at the ends; last in lower case and plain letters, if each word
// of it is on the list. What [Generate] returns has one spelling. The caller has removed
// the line end that finished the typing; one that is left counts as white space.
func Spellings(typed string) []string {
	forms := []string{typed, norm.NFC.String(typed), norm.NFD.String(typed)}
	for _, s := range forms[:3] {
		forms = append(forms, single(s))
	}
	if typed := plain(typed); len(typed) > 0 && !slices.ContainsFunc(typed, unknown) {
		forms = append(forms, strings.Join(typed, " "))
	}
	var distinct []string
	for _, s := range forms {
		if !slices.Contains(distinct, s) {
			distinct = append(distinct, s)
		}
	}
	return distinct
}

func single(s string) string { return strings.Join(strings.Fields(s), " ") }

// minLength is what an own passphrase needs.
const minLength = 16

// ErrShort is returned for a passphrase of fewer than 16 characters.
var ErrShort = errors.New("invalid passphrase: fewer than 16 characters")

// Strong returns [ErrShort] for a passphrase of fewer than 16 characters, where
// white space counts once.
func Strong(passphrase string) error {
	if utf8.RuneCountInString(single(passphrase)) < minLength {
		return ErrShort
	}
	return nil
}
