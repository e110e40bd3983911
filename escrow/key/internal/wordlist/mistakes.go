package wordlist

import (
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// plain are the words that were typed, in lower case and plain letters.
func plain(typed string) []string {
	return strings.Fields(strings.ToLower(norm.NFKC.String(typed)))
}

func unknown(word string) bool {
	_, ok := slices.BinarySearch(all.Get(), word)
	return !ok
}

// Mistakes says what may be wrong with a passphrase that does not open: how many words
// it has, and the first of them, from 1, that is not on the list, 0 for none. ok is
// false for what does not look like six words of the list with an error or two.
func Mistakes(typed string) (count, first int, ok bool) {
	words := plain(typed)
	strange := 0
	for i, w := range words {
		if unknown(w) {
			strange++
			if first == 0 {
				first = i + 1
			}
		}
	}
	return len(words), first, len(words) >= 5 && len(words) <= 7 && strange <= 2
}

// nearby is how many letters may be wrong, missing, too many or swapped with the
// next one in a word that is recognised.
const nearby = 2

// Meant returns the other words of the list that are nearest to the one of that number
// among those typed, from 1: three at most, none if it is nowhere near any or was not
// typed. They are as secret as the passphrase.
func Meant(typed string, word int) []string {
	words := plain(typed)
	if word < 1 || word > len(words) {
		return nil
	}
	var near []string
	for far := 1; far <= nearby && len(near) == 0; far++ {
		for _, w := range all.Get() {
			if distance(words[word-1], w) == far {
				near = append(near, w)
			}
		}
	}
	return near[:min(len(near), 3)]
}

// distance counts the changes of a letter that make one word another, as Damerau does it: one
// that is wrong, missing, too many, or swapped with the next.
func distance(a, b string) int {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		d[i][0] = i
	}
	for j := range d[0] {
		d[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d[i][j] = min(d[i-1][j]+1, d[i][j-1]+1, d[i-1][j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d[len(a)][len(b)]
}
