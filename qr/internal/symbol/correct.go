package symbol

// The field of 256 elements that the codewords are of, with the polynomial
// x^8 + x^4 + x^3 + x^2 + 1 (7.5.2): powers of 2, and what power a number is.
var exponents, logarithms = func() (exp [510]byte, log [256]byte) {
	v := 1
	for i := range 255 {
		exp[i], exp[i+255], log[v] = byte(v), byte(v), byte(i)
		if v <<= 1; v > 255 {
			v ^= 0x11d
		}
	}
	return exp, log
}()

func times(a, b byte) byte {
	if a == 0 || b == 0 {
		return 0
	}
	return exponents[int(logarithms[a])+int(logarithms[b])]
}

// over divides by a number that is not 0.
func over(a, b byte) byte {
	if a == 0 {
		return 0
	}
	return exponents[int(logarithms[a])+255-int(logarithms[b])]
}

// value returns a polynomial, the constant first, at 2 to a power.
func value(polynomial []byte, power int) (sum byte) {
	for i := len(polynomial) - 1; i >= 0; i-- {
		sum = times(sum, exponents[power]) ^ polynomial[i]
	}
	return sum
}

// correct mends the codewords of a block, the last ones of which check it, in place, and
// returns how many were wrong. If more are wrong than half as many as check, it reports
// false and changes nothing (ISO/IEC 18004, annex B).
func correct(codewords []byte, check int) (mended int, ok bool) {
	syndromes, whole := syndromesOf(codewords, check)
	if whole {
		return 0, true
	}
	locator := locatorOf(syndromes)
	wrong := len(locator) - 1
	if wrong > check/2 {
		return 0, false
	}
	fixed := append([]byte(nil), codewords...)
	for at := range fixed {
		power := len(fixed) - 1 - at
		inverse := (255 - power%255) % 255
		if value(locator, inverse) != 0 {
			continue
		}
		mended++
		fixed[at] ^= errorAt(syndromes, locator, power, inverse)
	}
	if _, whole := syndromesOf(fixed, check); mended != wrong || !whole {
		return 0, false
	}
	copy(codewords, fixed)
	return mended, true
}

// syndromesOf returns the values of the codewords, as a polynomial, at the powers of 2 that a
// whole block is 0 at.
func syndromesOf(codewords []byte, check int) (syndromes []byte, whole bool) {
	syndromes, whole = make([]byte, check), true
	for i := range syndromes {
		sum := byte(0)
		for _, c := range codewords {
			sum = times(sum, exponents[i]) ^ c
		}
		syndromes[i] = sum
		whole = whole && sum == 0
	}
	return syndromes, whole
}

// locatorOf returns the shortest polynomial that makes the syndromes, by the algorithm of
// Berlekamp and Massey: 2 to the power of each wrong place is the inverse of a root. Where no
// errors make them, it is longer than any that does.
func locatorOf(syndromes []byte) []byte {
	locator, before := []byte{1}, []byte{1}
	length, since, last := 0, 1, byte(1)
	for n, s := range syndromes {
		differs := s
		for i := 1; i <= length && i < len(locator); i++ {
			differs ^= times(locator[i], syndromes[n-i])
		}
		if differs == 0 {
			since++
			continue
		}
		next := minus(locator, before, over(differs, last), since)
		if 2*length <= n {
			length, before, last, since = n+1-length, locator, differs, 0
		}
		locator = next
		since++
	}
	if len(locator) != length+1 { // no such errors
		return make([]byte, len(syndromes)+2)
	}
	return locator
}

// minus takes from a polynomial another one, so many times and shifted.
func minus(from, other []byte, factor byte, shift int) []byte {
	sum := make([]byte, max(len(from), len(other)+shift))
	copy(sum, from)
	for i, c := range other {
		sum[i+shift] ^= times(c, factor)
	}
	for len(sum) > 1 && sum[len(sum)-1] == 0 {
		sum = sum[:len(sum)-1]
	}
	return sum
}

// errorAt returns what was added to the codeword of a power, by Forney's formula.
func errorAt(syndromes, locator []byte, power, inverse int) byte {
	above := make([]byte, len(syndromes)) // syndromes times locator, to the number of syndromes
	for i := range above {
		for j := 0; j <= i && j < len(locator); j++ {
			above[i] ^= times(locator[j], syndromes[i-j])
		}
	}
	below := make([]byte, len(locator)) // the locator's derivative
	for i := 1; i < len(locator); i += 2 {
		below[i-1] = locator[i]
	}
	slope := value(below, inverse)
	if slope == 0 {
		return 0
	}
	return times(exponents[power%255], over(value(above, inverse), slope))
}
