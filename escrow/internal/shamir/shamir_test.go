package shamir

import (
	"bytes"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// subsets calls f with every subset of m of the shares.
func subsets(shares []Share, m int, f func([]Share)) {
	var pick func(from int, have []Share)
	pick = func(from int, have []Share) {
		if len(have) == m {
			f(have)
			return
		}
		for i := from; i < len(shares); i++ {
			pick(i+1, append(have[:len(have):len(have)], shares[i]))
		}
	}
	pick(0, nil)
}

// TestEverySubset: of every quorum up to 3 of 5, every m shares join.
func TestEverySubset(t *testing.T) {
	secret := []byte("AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX")
	n := 0
	for of := 2; of <= 5; of++ {
		for m := 2; m <= min(of, 3); m++ {
			shares, err := Split(secret, m, of)
			if err != nil {
				t.Fatal(err)
			}
			subsets(shares, m, func(some []Share) {
				n++
				got, err := Join(some)
				if err != nil || !bytes.Equal(got, secret) {
					t.Errorf("%d of %d: joined wrong, %v", m, of, err)
				}
			})
			subsets(shares, m-1, func(some []Share) {
				if got, err := Join(some); err == nil && bytes.Equal(got, secret) {
					t.Errorf("%d shares of %d joined", m-1, m)
				}
			})
		}
	}
	if n != 1+3+1+6+4+10+10 {
		t.Errorf("%d subsets", n)
	}
}

// TestTooFewSayNothing: with one share fewer, every secret is as likely as any
// other: for each there is exactly one share that would join to it.
func TestTooFewSayNothing(t *testing.T) {
	shares, err := Split([]byte{0x53}, 3, 5)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[byte]bool{}
	for y := range 256 {
		got, err := Join([]Share{shares[0], shares[3], {X: 5, Y: []byte{byte(y)}}})
		if err != nil {
			t.Fatal(err)
		}
		seen[got[0]] = true
	}
	if len(seen) != 256 {
		t.Errorf("two shares leave %d secrets", len(seen))
	}
}

func TestProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		secret := rapid.SliceOfN(rapid.Byte(), 1, 100).Draw(t, "secret")
		n := rapid.IntRange(2, MaxShares).Draw(t, "n")
		m := rapid.IntRange(2, n).Draw(t, "m")
		shares, err := Split(secret, m, n)
		if err != nil {
			t.Fatal(err)
		}
		some := rapid.Permutation(shares).Draw(t, "order")[:m]
		if got, err := Join(some); err != nil || !bytes.Equal(got, secret) {
			t.Fatalf("%d of %d: %v", m, n, err)
		}
	})
}

// TestField: the arithmetic is that of FIPS 197, section 4.2.
func TestField(t *testing.T) {
	if multiply(0x57, 0x83) != 0xc1 || multiply(0x57, 0x13) != 0xfe {
		t.Error("not the examples of FIPS 197")
	}
	for a := 1; a < 256; a++ {
		if multiply(byte(a), inverse(byte(a))) != 1 {
			t.Errorf("the inverse of %#x", a)
		}
		for _, b := range []byte{0, 1, 2, 0x53, 0xca, 0xff} {
			if multiply(byte(a), b) != slow(byte(a), b) || multiply(b, byte(a)) != slow(byte(a), b) {
				t.Errorf("%#x times %#x", a, b)
			}
		}
	}
	if multiply(0x53, 0xca) != 1 || inverse(0) != 0 {
		t.Error("0x53 times 0xca")
	}
}

// slow multiplies as one does on paper: the product of polynomials, then what is
// left after division by 0x11b.
func slow(a, b byte) byte {
	product := 0
	for i := range 8 {
		if b>>i&1 == 1 {
			product ^= int(a) << i
		}
	}
	for i := 15; i >= 8; i-- {
		if product>>i&1 == 1 {
			product ^= 0x11b << (i - 8)
		}
	}
	return byte(product)
}

func TestNumbers(t *testing.T) {
	for _, c := range []struct{ m, n int }{{1, 3}, {0, 0}, {4, 3}, {2, MaxShares + 1}, {-1, 2}} {
		if _, err := Split([]byte("x"), c.m, c.n); !errors.Is(err, ErrNumbers) {
			t.Errorf("%d of %d: %v", c.m, c.n, err)
		}
	}
	if _, err := Split(nil, 2, 3); !errors.Is(err, ErrNumbers) {
		t.Errorf("nothing to split: %v", err)
	}
	for name, shares := range map[string][]Share{
		"one":     {{1, []byte{1}}},
		"twice":   {{1, []byte{1}}, {1, []byte{2}}},
		"x of 0":  {{0, []byte{1}}, {1, []byte{2}}},
		"lengths": {{1, []byte{1}}, {2, []byte{2, 3}}},
	} {
		if _, err := Join(shares); !errors.Is(err, ErrNumbers) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// elsewhere joins shares with another implementation, of which only the definition
// is the same: tables of logarithms, and interpolation by Newton's differences.
const elsewhere = `
import sys
exp, log, x = [0] * 512, [0] * 256, 1
for i in range(255):
    exp[i] = exp[i + 255] = x
    log[x] = i
    x ^= (x << 1) ^ (0x11b if x & 0x80 else 0)
    x &= 0xff
times = lambda a, b: exp[log[a] + log[b]] if a and b else 0
over = lambda a, b: exp[log[a] - log[b] + 255] if a else 0
points = [(int(l.split()[0]), bytes.fromhex(l.split()[1])) for l in sys.stdin]
xs = [p[0] for p in points]
out = []
for at in range(len(points[0][1])):
    d = [p[1][at] for p in points]
    for k in range(1, len(d)):
        for i in range(len(d) - 1, k - 1, -1):
            d[i] = over(d[i] ^ d[i - 1], xs[i] ^ xs[i - k])
    y = 0
    for i in range(len(d) - 1, -1, -1):
        y = times(y, xs[i]) ^ d[i]
    out.append(y)
sys.stdout.write(bytes(out).hex())
`

// TestElsewhere holds what is split here against what another implementation joins.
func TestElsewhere(t *testing.T) {
	if _, err := exec.LookPath("python3"); err != nil {
		t.Skip("needs python3")
	}
	secret := []byte("AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX")
	for _, c := range []struct{ m, n int }{{2, 2}, {2, 3}, {3, 5}, {5, 9}, {32, 32}} {
		shares, err := Split(secret, c.m, c.n)
		if err != nil {
			t.Fatal(err)
		}
		var in strings.Builder
		for _, s := range shares[c.n-c.m:] {
			in.WriteString(hexLine(s))
		}
		cmd := exec.Command("python3", "-c", elsewhere)
		cmd.Stdin = strings.NewReader(in.String())
		out, err := cmd.Output()
		if err != nil || string(out) != hexOf(secret) {
			t.Errorf("%d of %d: the other one joins something else: %v", c.m, c.n, err)
		}
	}
}

func hexLine(s Share) string { return fmt.Sprintf("%d %x\n", s.X, s.Y) }

func hexOf(b []byte) string { return fmt.Sprintf("%x", b) }
