package format

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"strings"
)

// Ref is one content at one place: what a seal lists, and what a depositor keeps
// to name a file by.
type Ref struct {
	Path string   // relative to the vault's folder
	Sum  [32]byte // SHA-256 of the file
}

// receiptLen is how much of HASH people pass on: 60 bits. 40 are about an hour's work
// for whoever can keep the real deposit back and show a holder one of their own.
const receiptLen = 12

// Hash returns HASH, the 32 characters that the file is named by.
func (r Ref) Hash() string { return Hash(r.Sum) }

// String returns the first 12 characters of HASH, as people pass them on.
func (r Ref) String() string { return r.Hash()[:receiptLen] }

// Is reports whether a word names the file by its receipt, that is by the first 12
// characters of HASH or more.
func (r Ref) Is(word string) bool {
	return len(word) >= receiptLen && strings.HasPrefix(r.Hash(), word)
}

// LikeReceipt reports whether a word could be a receipt: 12 characters of a HASH, or more.
func LikeReceipt(word string) bool {
	return len(word) >= receiptLen && len(word) <= hashLen && strings.Trim(word, "abcdefghijklmnopqrstuvwxyz234567") == ""
}

// Sum is the SHA-256 of a file.
func Sum(data []byte) [32]byte { return sha256.Sum256(data) }

// hashLen is the length of HASH.
const hashLen = 32

// Hash returns HASH, the name of a file by its content: the first 160 bits of its
// SHA-256, in lower-case base32, which every file system keeps.
func Hash(sum [32]byte) string {
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:20]))
}

// parseSum reads a SHA-256 as sha256sum prints it: 64 digits, lower case.
func parseSum(s string) (sum [32]byte, ok bool) {
	if len(s) != hex.EncodedLen(len(sum)) {
		return sum, false
	}
	for i := range sum {
		high, low := hexDigit(s[2*i]), hexDigit(s[2*i+1])
		if high > 15 || low > 15 {
			return [32]byte{}, false
		}
		sum[i] = high<<4 | low
	}
	return sum, true
}

// hexDigit is the value of a digit in lower case, more than 15 for anything else.
func hexDigit(c byte) byte {
	switch {
	case '0' <= c && c <= '9':
		return c - '0'
	case 'a' <= c && c <= 'f':
		return c - 'a' + 10
	}
	return 0xff
}
