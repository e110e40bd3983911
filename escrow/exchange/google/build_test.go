package google_test

import (
	"bytes"
	"encoding/base32"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"seedvault/escrow/exchange"
	"seedvault/escrow/exchange/google"
	"seedvault/escrow/otpauth"
)

func key(t testing.TB, uri string) otpauth.Key {
	t.Helper()
	k, err := otpauth.Parse(uri)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// TestBuild compares a code with its bytes, written by hand.
func TestBuild(t *testing.T) {
	t.Parallel()
	parts, refused := google.Build([]otpauth.Key{
		key(t, "otpauth://hotp/ACME:alice?secret=JBSWY3DPEHPK3PXP&issuer=ACME&algorithm=SHA512&digits=8&counter=300"),
		key(t, "otpauth://totp/bob?secret=JBSWY3DP"),
	}, 0)
	if len(parts) != 1 || len(refused) != 0 || parts[0].Number != 1 || parts[0].Of != 1 || len(parts[0].Entries) != 2 {
		t.Fatalf("%d codes, %d refused", len(parts), len(refused))
	}
	want := linkOf(message(t, `
		0a 22
		   0a 0a 48656c6c6f21deadbeef
		   12 05 616c696365
		   1a 04 41434d45
		   20 03  28 02  30 01  38 ac02 // SHA512, 8 digits, HOTP, counter 300
		0a 12
		   0a 05 48656c6c6f
		   12 03 626f62
		   20 01  28 01  30 02          // SHA1, 6 digits, TOTP
		10 01  18 01                    // version 1, one code; its number, 0, is left out`))
	got := parts[0].URI()
	// The export's number comes last: a tag and up to five bytes.
	stem := strings.TrimRight(strings.TrimSuffix(want, "%3D"), "=")
	stem = stem[:len(stem)-2]
	if !strings.HasPrefix(got, stem) || len(got) > len(stem)+24 {
		t.Error("the code has other bytes")
	}
}

func TestBuildNone(t *testing.T) {
	t.Parallel()
	if parts, refused := google.Build(nil, 0); len(parts) != 0 || len(refused) != 0 {
		t.Errorf("%d codes and %d refused of no keys", len(parts), len(refused))
	}
}

// TestNotCarried: what the format cannot carry is refused, by its position.
func TestNotCarried(t *testing.T) {
	t.Parallel()
	good := key(t, "otpauth://totp/good?secret=JBSWY3DPEHPK3PXP")
	for uri, want := range map[string]exchange.Reason{
		"otpauth://steam/Steam:a?secret=JBSWY3DPEHPK3PXP":                          exchange.NotCarriedType,
		"otpauth://totp/Steam:a?secret=JBSWY3DPEHPK3PXP&issuer=Steam":              exchange.NotCarriedType,
		"otpauth://totp/a?secret=JBSWY3DPEHPK3PXP&period=60":                       exchange.NotCarriedPeriod,
		"otpauth://totp/a?secret=JBSWY3DPEHPK3PXP&digits=7":                        exchange.NotCarriedDigits,
		"otpauth://hotp/a?secret=JBSWY3DPEHPK3PXP&digits=10&counter=1":             exchange.NotCarriedDigits,
		"otpauth://hotp/a?secret=JBSWY3DPEHPK3PXP&counter=9223372036854775808":     exchange.NotCarriedCounter,
		"otpauth://totp/" + strings.Repeat("a", 2400) + "?secret=JBSWY3DPEHPK3PXP": exchange.NotCarriedLength,
	} {
		parts, refused := google.Build([]otpauth.Key{good, key(t, uri), good}, 0)
		if len(parts) != 1 || len(parts[0].Entries) != 2 || parts[0].Entries[1].Position != 3 {
			t.Errorf("%s costs the others", want)
		}
		if len(refused) != 1 || !errors.Is(refused[0].Err, &exchange.Error{Reason: want}) ||
			refused[0].Position != 2 || refused[0].Label == "" || refused[0].Key.Type() != "" || refused[0].Err.Error() == "" {
			t.Errorf("%s: refused are %v", want, refused)
		}
	}
	_, refused := google.Build([]otpauth.Key{{}}, 0)
	if len(refused) != 1 || !errors.Is(refused[0].Err, &exchange.Error{Reason: exchange.NotCarriedType}) {
		t.Errorf("no key: refused are %v", refused)
	}
}

// TestTooManyCodes: an export has at most as many codes as are read.
func TestTooManyCodes(t *testing.T) {
	t.Parallel()
	keys := make([]otpauth.Key, 1002)
	for i := range keys {
		keys[i] = key(t, fmt.Sprintf("otpauth://totp/a%d?secret=JBSWY3DPEHPK3PXP", i))
	}
	parts, refused := google.Build(keys, 1)
	if len(parts) != 1000 || len(refused) != 2 || !errors.Is(refused[0].Err, &exchange.Error{Reason: exchange.NotCarriedMany}) {
		t.Fatalf("%d codes and %d refused", len(parts), len(refused))
	}
	if p := parse(t, parts[999].URI()); p.Number != 1000 || p.Of != 1000 {
		t.Errorf("the last is part %d of %d", p.Number, p.Of)
	}
}

// drawKey makes a key; carried says that Google's codes can carry it.
func drawKey(t *rapid.T) (k otpauth.Key, carried bool) {
	name := rapid.StringOf(rapid.OneOf(rapid.SampledFrom([]rune("ab:: &+%/")), rapid.Rune().Filter(func(r rune) bool { return r > 0x20 })))
	p := otpauth.Params{
		Type:      rapid.SampledFrom([]otpauth.Type{otpauth.TOTP, otpauth.TOTP, otpauth.HOTP, otpauth.Steam}).Draw(t, "type"),
		Issuer:    name.Draw(t, "issuer"),
		Account:   name.Draw(t, "account"),
		Secret:    otpauth.SecretOf(base32.StdEncoding.EncodeToString(rapid.SliceOfN(rapid.Byte(), 1, 80).Draw(t, "secret"))),
		Algorithm: rapid.SampledFrom([]string{"SHA1", "SHA256", "SHA512"}).Draw(t, "algorithm"),
		Digits:    rapid.SampledFrom([]int{6, 6, 8, 7}).Draw(t, "digits"),
		Period:    rapid.SampledFrom([]int{30, 30, 30, 60}).Draw(t, "period"),
		Counter:   rapid.OneOf(rapid.Uint64(), rapid.Uint64Range(0, 1000)).Draw(t, "counter"),
	}
	k, err := otpauth.Build(p)
	if err != nil {
		t.Skip("no key")
	}
	time, count := p.Type == otpauth.TOTP && p.Period == 30, p.Type == otpauth.HOTP && p.Counter < 1<<63
	return k, p.Digits != 7 && (time || count)
}

// TestRoundTrip: every key that a code can carry comes back as the same key with
// the same names, once; the others are refused; no code is longer than it may be.
func TestRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var keys []otpauth.Key
		want := map[int]bool{} // positions
		for i := range rapid.IntRange(0, 30).Draw(t, "keys") {
			k, carried := drawKey(t)
			keys = append(keys, k)
			want[i+1] = carried
		}
		limit := rapid.SampledFrom([]int{0, 1, 150, 300, 1273, 2953}).Draw(t, "limit")
		parts, refused := google.Build(keys, limit)
		for _, e := range refused {
			if want[e.Position] && !errors.Is(e.Err, &exchange.Error{Reason: exchange.NotCarriedLength}) {
				t.Fatalf("key %d is refused: %v", e.Position, e.Err)
			}
			delete(want, e.Position)
		}
		if limit == 0 {
			limit = google.Limit
		}
		var exports google.Exports
		last := 0
		for i, p := range parts {
			again, err := google.Parse(p.URI())
			if err != nil || again.Number != i+1 || again.Of != len(parts) || len(again.Entries) != len(p.Entries) || !exports.Add(again) {
				t.Fatalf("code %d of %d comes back as part %d of %d, or %v", i+1, len(parts), again.Number, again.Of, err)
			}
			if len(p.URI()) > limit && len(p.Entries) > 1 || len(p.URI()) > 2953 || len(p.Entries) > 10 {
				t.Fatalf("a code of %d bytes with %d accounts, where %d is the limit", len(p.URI()), len(p.Entries), limit)
			}
			for j, e := range again.Entries {
				position := p.Entries[j].Position
				k := keys[position-1]
				if e.Err != nil || !e.Key.Equal(k) || e.Key.Issuer() != k.Issuer() || e.Key.Account() != k.Account() {
					t.Fatalf("key %d comes back as another: %v", position, e.Err)
				}
				if !want[position] || position <= last || !p.Entries[j].Key.Equal(k) {
					t.Fatalf("key %d comes back and should not, or out of order", position)
				}
				last = position
				delete(want, position)
			}
		}
		if len(want) > 0 || len(exports.Incomplete()) > 0 {
			t.Fatalf("%d keys and %d codes are lost", len(want), len(exports.Incomplete()))
		}
	})
}

// TestTwoIssuers: where a label names another issuer, both are carried.
func TestTwoIssuers(t *testing.T) {
	t.Parallel()
	parts, _ := google.Build([]otpauth.Key{key(t, "otpauth://totp/ACME:alice?secret=JBSWY3DPEHPK3PXP&issuer=Other")}, 0)
	if k := parse(t, parts[0].URI()).Entries[0].Key; k.Issuer() != "Other" || k.Account() != "ACME:alice" {
		t.Errorf("it comes back as %q of %q", k.Account(), k.Issuer())
	}
}

// TestSameExport: equal lists make equal codes, other lists codes of another
// export.
func TestSameExport(t *testing.T) {
	t.Parallel()
	a, b := key(t, "otpauth://totp/a?secret=JBSWY3DPEHPK3PXP"), key(t, "otpauth://totp/b?secret=GEZDGNBVGY3TQOJQ")
	first, _ := google.Build([]otpauth.Key{a, b}, 1)
	second, _ := google.Build([]otpauth.Key{a, b}, 1)
	if len(first) != 2 || first[0].URI() != second[0].URI() || first[1].URI() != second[1].URI() {
		t.Error("equal lists make two exports")
	}
	other, _ := google.Build([]otpauth.Key{b, a}, 1)
	var g google.Exports
	if g.Add(first[0]); !g.Add(other[1]) || len(g.Incomplete()) != 2 {
		t.Error("codes of two lists pass for one export")
	}
}

// TestDrawn draws a full code with qrencode and reads it with zbarimg.
func TestDrawn(t *testing.T) {
	t.Parallel()
	for _, tool := range []string{"qrencode", "zbarimg"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skip("needs " + tool)
		}
	}
	var keys []otpauth.Key
	for i := range 12 {
		keys = append(keys, key(t, fmt.Sprintf("otpauth://totp/Example%%20%d:alice@example.com?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Example%%20%d", i, i)))
	}
	parts, refused := google.Build(keys, 0)
	if len(parts) < 2 || len(refused) > 0 {
		t.Fatalf("%d codes and %d refused", len(parts), len(refused))
	}
	for _, p := range parts {
		// Version 25 at level M: qrencode fails where it does not fit.
		draw := exec.Command("qrencode", "-8", "-l", "M", "-v", "25", "--strict-version", "-s", "4", "-o", "-")
		draw.Stdin = strings.NewReader(p.URI())
		picture, err := draw.Output()
		if err != nil {
			t.Fatalf("part %d: qrencode: %v", p.Number, err)
		}
		read := exec.Command("zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", "-")
		read.Stdin = bytes.NewReader(picture)
		text, err := read.Output()
		if err != nil {
			t.Fatalf("part %d: zbarimg: %v", p.Number, err)
		}
		if again := parse(t, string(text)); len(again.Entries) != len(p.Entries) || !again.Entries[0].Key.Equal(p.Entries[0].Key) {
			t.Errorf("part %d comes back as another", p.Number)
		}
	}
}
