// Package shamir shares a secret among n people so that any m of them can join it
// again and fewer learn nothing but its length (A. Shamir, "How to Share a Secret",
// 1979).
//
// [Split] makes the shares and [Join] puts them together. Each byte is shared on
// its own, by a polynomial of degree m-1 over GF(2^8) with the polynomial x^8 +
// x^4 + x^3 + x + 1 (0x11b, that of AES); the share at x = i holds the values at i,
// and the secret those at 0.
//
// The arithmetic has no tables and no branches that depend on a secret. Shares are
// not checked here: joining wrong ones, or too few, gives wrong bytes and no error,
// so callers keep a hash of each share and know what the secret must be.
package shamir

import (
	"crypto/rand"
	"errors"
)

// MaxShares is how many shares a secret can be split into: one for each x of the
// field but 0.
const MaxShares = 255

// ErrNumbers is returned for numbers of shares that make no sense: fewer than two
// to join, more to join than there are, more than [MaxShares], one x twice or 0; and for
// an empty secret, and shares of different lengths.
var ErrNumbers = errors.New("invalid numbers of shares")

// Share is the values of the polynomials at one x.
type Share struct {
	X byte // 1 to n
	Y []byte
}

// Split makes n shares, with x from 1 to n, of which any m join to the secret. The error
// is [ErrNumbers].
func Split(secret []byte, m, n int) ([]Share, error) {
	if m < 2 || n < m || n > MaxShares || len(secret) == 0 {
		return nil, ErrNumbers
	}
	shares := make([]Share, n)
	for i := range shares {
		shares[i] = Share{X: byte(i + 1), Y: make([]byte, len(secret))}
	}
	polynomial := make([]byte, m) // lowest coefficient first
	for at, b := range secret {
		rand.Read(polynomial)
		polynomial[0] = b
		for i := range shares {
			shares[i].Y[at] = evaluate(polynomial, shares[i].X)
		}
	}
	return shares, nil
}

// evaluate gives the polynomial's value at x, by Horner's rule.
func evaluate(polynomial []byte, x byte) byte {
	var y byte
	for i := len(polynomial) - 1; i >= 0; i-- {
		y = multiply(y, x) ^ polynomial[i]
	}
	return y
}

// Join gives the secret of m shares or more, by Lagrange's interpolation at 0. The error
// is [ErrNumbers]; fewer shares than m, but two at least, are none.
func Join(shares []Share) ([]byte, error) {
	if len(shares) < 2 {
		return nil, ErrNumbers
	}
	seen := map[byte]bool{}
	for _, s := range shares {
		if s.X == 0 || seen[s.X] || len(s.Y) != len(shares[0].Y) {
			return nil, ErrNumbers
		}
		seen[s.X] = true
	}
	secret := make([]byte, len(shares[0].Y))
	for i, s := range shares {
		weight := byte(1)
		for j, other := range shares {
			if i != j {
				weight = multiply(weight, multiply(other.X, inverse(other.X^s.X)))
			}
		}
		for at, y := range s.Y {
			secret[at] ^= multiply(y, weight)
		}
	}
	return secret, nil
}

// multiply multiplies in GF(2^8), bit by bit, the same steps for all values.
func multiply(a, b byte) byte {
	var product byte
	for range 8 {
		product ^= a & -(b & 1)
		b >>= 1
		a = a<<1 ^ 0x1b&-(a>>7)
	}
	return product
}

// inverse is a^254, which is 1/a, and 0 for 0.
func inverse(a byte) byte {
	result := byte(1)
	for range 7 { // 254 = 2 + 4 + ... + 128
		a = multiply(a, a)
		result = multiply(result, a)
	}
	return result
}
