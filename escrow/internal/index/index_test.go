package index

import (
	"bytes"
	"crypto/hkdf"
	"crypto/sha256"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/chacha20poly1305"

	"seedvault/escrow/internal/format"
)

const testIdentity = "AGE-SECRET-KEY-1ESE0WRD0SFJ5KATW37HWKV6E2XCVX030J3X73L3SK9GN6FCYGRUSQRVUDN"

var testFingerprint = strings.Repeat("0123456789abcdef", 4)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func testKey(t *testing.T, identity, fingerprint string) *Key {
	t.Helper()
	k, err := NewKey(identity, fingerprint)
	must(t, err)
	return k
}

func testContents() Contents {
	seal := format.NewSeal()
	seal.Number, seal.Epoch, seal.Time, seal.By, seal.Due = 12, 3, "2026-11-22T10:00:00Z", "paper", "2027-12-22"
	seal.Sum, seal.Size = [32]byte{6}, 1234
	seal.After["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"], seal.Lost["bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"] = 11, format.MaxNumber
	seal.Includes["cccccccccccccccccccccccccccccccc"], seal.Extra["# x-word value"] = true, true
	seal.Unknown = []string{"# later word", "# later"}
	seal.Joined[format.Fingerprint{7}], seal.Closed[format.Fingerprint{8}], seal.Closed[format.Fingerprint{9}] = true, true, true
	own := format.Ref{Path: "3-0123456789abcdef/seeds/" + format.Hash([32]byte{10}) + ".age", Sum: [32]byte{10}}
	seal.Retired[own], seal.Retired[format.Ref{Path: "README.txt", Sum: [32]byte{11}}] = true, true
	seal.Files["3-0123456789abcdef/holders/anna/slot-"+format.Hash([32]byte{12})+".age"] = [32]byte{12}
	seal.Files["open-1.html"] = [32]byte{13}
	seals := map[string]*Seal{
		"3-0123456789abcdef/seals/0012-x.txt": {Text: Stamp{1, 2}, Sig: Stamp{3, 4}, Says: seal},
		"3-0123456789abcdef/seals/0001-y.txt": {Says: format.NewSeal()},
	}
	return Contents{Seals: seals, Files: map[string]*File{
		"1-0123456789abcdef/seeds/a.age": {Sum: [32]byte{1}, Stamp: Stamp{1300, 1795952000123456789}},
		"1-0123456789abcdef/seeds/b.age": {Sum: [32]byte{2}, Stamp: Stamp{1301, -5}, Opened: true, Record: Digest{3}, Mark: Digest{4}, Secret: Digest{5},
			Label: Label{Issuer: "ACME", LabelIssuer: "acme", Account: "anna", Type: "hotp", Algorithm: "SHA256", Digits: 8, Counter: 1 << 62, ID: "id", Name: "näme", By: "pc", Tags: []string{"a", ""}, Added: time.Unix(1795952000, 0).UTC()}},
		"": {Opened: true, Label: Label{Period: 30 * time.Second}},
	}}
}

// TestFile opens what was sealed, and nothing that has a bit flipped in any byte of it, is
// cut off at any byte, longer, or another key's, epoch's or version's.
func TestFile(t *testing.T) {
	k := testKey(t, testIdentity, testFingerprint)
	file, err := k.Seal(testContents().Marshal())
	must(t, err)
	plain, err := k.Open(file)
	must(t, err)
	if again, err := Parse(plain); err != nil || !reflect.DeepEqual(again, testContents()) {
		t.Errorf("%v, %v", again, err)
	}
	if len(file)%block != (headSize+chacha20poly1305.Overhead)%block || bytes.Contains(file, []byte("ACME")) {
		t.Error("not padded, or not encrypted")
	}
	refused := func(what string, k *Key, file []byte) {
		t.Helper()
		if _, err := k.Open(file); !errors.Is(err, Err) {
			t.Fatalf("%s: %v", what, err)
		}
	}
	for i := range file {
		refused("cut off", k, file[:i])
		flipped := bytes.Clone(file)
		flipped[i] ^= 1 << (i % 8)
		refused(fmt.Sprintf("flipped at %d", i), k, flipped)
	}
	refused("longer", k, append(bytes.Clone(file), 0))
	refused("later", k, append([]byte("seedvault index 2\n"), file[len(title):]...))
	refused("of another epoch", testKey(t, testIdentity, strings.Repeat("0", 64)), file)
	refused("of another key", testKey(t, testIdentity[:len(testIdentity)-1]+"Q", testFingerprint), file)
	refused("too long", k, make([]byte, maxFile+1))
	if _, err := k.Seal(make([]byte, maxFile)); !errors.Is(err, Err) {
		t.Errorf("too long an index is made: %v", err)
	}
	if again, _ := k.Seal(testContents().Marshal()); bytes.Equal(again[len(title):headSize], file[len(title):headSize]) {
		t.Error("two writes with one salt")
	}
	if text := fmt.Sprintf("%v %+v %#v %s", k, k, k, *k); strings.Contains(text, "1ESE0") {
		t.Errorf("printing a key shows it: %s", text)
	}
}

// TestFormOfFile opens a file by hand, as the package's comment says that it is made.
func TestFormOfFile(t *testing.T) {
	file, err := testKey(t, strings.ToLower(testIdentity), testFingerprint).Seal([]byte("what it says"))
	must(t, err)
	if string(file[:18]) != "seedvault index 1\n" {
		t.Fatalf("it begins with %q", file[:18])
	}
	secret, err := hkdf.Key(sha256.New, []byte(testIdentity), file[18:50], "seedvault/v1 local index chacha20poly1305", 32)
	must(t, err)
	aead, err := chacha20poly1305.New(secret)
	must(t, err)
	plain, err := aead.Open(nil, make([]byte, 12), file[50:], append(bytes.Clone(file[:50]), testFingerprint...))
	if err != nil || len(plain) != 4096 || strings.TrimRight(string(plain), "\x00") != "what it says" {
		t.Errorf("%d bytes, %v", len(plain), err)
	}
}

// TestParseStops: whatever an index says after it was opened, reading it ends; what was cut
// off, lengthened or laid out otherwise says nothing.
func TestParseStops(t *testing.T) {
	plain := testContents().Marshal()
	for i := range plain {
		for _, b := range []byte{0, 0x7f, 0xff} {
			changed := bytes.Clone(plain)
			changed[i] = b
			Parse(changed)
		}
		if _, err := Parse(plain[:i]); !errors.Is(err, Err) {
			t.Fatalf("cut off at %d, it is read: %v", i, err)
		}
	}
	for what, text := range map[string][]byte{
		"more behind it": append(bytes.Clone(plain), 1), "another layout": append([]byte{layout + 1}, plain[1:]...),
		"many files": {layout, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f}, "an endless number": append([]byte{layout}, bytes.Repeat([]byte{0xff}, 40)...),
	} {
		if _, err := Parse(text); !errors.Is(err, Err) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if _, err := Parse(append(bytes.Clone(plain), 0, 0)); err != nil {
		t.Errorf("with padding: %v", err)
	}
}

// TestStampHolds: a file is known by its stamp only if it is older than the index by more
// than a file system's steps of time.
func TestStampHolds(t *testing.T) {
	written := time.Unix(1795952000, 0)
	at := func(d time.Duration) Stamp { return Stamp{10, written.Add(d).UnixNano()} }
	for _, c := range []struct {
		was, is Stamp
		want    bool
	}{
		{at(-settled), at(-settled), true}, {at(-time.Hour), at(-time.Hour), true},
		{at(-settled + 1), at(-settled + 1), false}, {at(time.Hour), at(time.Hour), false},
		{at(-time.Hour), at(-time.Hour + 1), false}, {Stamp{11, at(-time.Hour).Changed}, at(-time.Hour), false},
	} {
		if got := c.was.Holds(c.is, written); got != c.want {
			t.Errorf("was %v, is %v: holds: %t", c.was, c.is, got)
		}
	}
}

// TestDigest: digests of other fields, of another split of them, and of another key differ.
func TestDigest(t *testing.T) {
	k := testKey(t, testIdentity, testFingerprint)
	seen := map[Digest]bool{}
	for _, d := range []Digest{k.Digest(), k.Digest(""), k.Digest("ab"), k.Digest("a", "b"), k.Digest("", "ab"), testKey(t, testIdentity+"X", testFingerprint).Digest("ab")} {
		if seen[d] {
			t.Errorf("%x comes twice", d)
		}
		seen[d] = true
	}
	if k.Digest("a", "b") != testKey(t, testIdentity, "").Digest("a", "b") {
		t.Error("a digest depends on the epoch's fingerprint")
	}
}
