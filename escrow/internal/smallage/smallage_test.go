package smallage

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"testing"

	vectors "c2sp.org/CCTV/age"
	"filippo.io/age"
)

// vector is what one of age's test vectors says, as far as it concerns X25519.
type vector struct {
	expect     string
	identities []string
	armored    bool
	file       []byte
}

func readVector(t *testing.T, data []byte) vector {
	t.Helper()
	v, packed := vector{}, false
	for {
		line, rest, found := bytes.Cut(data, []byte("\n"))
		if !found {
			t.Fatal("a vector without a file")
		}
		if data = rest; len(line) == 0 {
			break
		}
		key, value, _ := strings.Cut(string(line), ": ")
		switch key {
		case "expect":
			v.expect = value
		case "identity":
			v.identities = append(v.identities, value)
		case "armored":
			v.armored = true
		case "compressed":
			packed = true
		}
	}
	v.file = data
	if packed {
		r, err := zlib.NewReader(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		if v.file, err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
	}
	return v
}

// byAge is what package age makes of a file.
func byAge(identity string, file []byte) ([]byte, error) {
	id, err := age.ParseX25519Identity(identity)
	if err != nil {
		return nil, err
	}
	r, err := age.Decrypt(bytes.NewReader(file), id)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}

// TestVectors holds the opener against age's own vectors: whatever it opens is a success
// there, with the same bytes, and every success of its one form it does open.
func TestVectors(t *testing.T) {
	names, err := fs.ReadDir(vectors.Vectors, ".")
	if err != nil || len(names) < 100 {
		t.Fatalf("%d vectors, %v", len(names), err)
	}
	opened, tried := 0, 0
	for _, name := range names {
		data, err := fs.ReadFile(vectors.Vectors, name.Name())
		if err != nil {
			t.Fatal(err)
		}
		v := readVector(t, data)
		for _, text := range v.identities {
			id, err := ParseIdentity(text)
			if err != nil {
				continue // of another kind
			}
			tried++
			plain, ok := id.Open(v.file)
			if !ok {
				if v.expect == "success" && inForm(v.file) {
					t.Errorf("%s: not opened", name.Name())
				}
				continue
			}
			opened++
			want, err := byAge(text, v.file)
			if v.expect != "success" || v.armored || err != nil || !bytes.Equal(plain, want) {
				t.Errorf("%s: opened, and expected %s; age: %v", name.Name(), v.expect, err)
			}
		}
	}
	if tried < 50 || opened < 2 {
		t.Errorf("of %d vectors with a key %d were opened", tried, opened)
	}
	t.Logf("of %d vectors with a key %d were opened", tried, opened)
}

func newPair(t testing.TB) (identity string, id *Identity, to *Recipient) {
	t.Helper()
	key, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	if id, err = ParseIdentity(key.String()); err != nil {
		t.Fatal(err)
	}
	if to, err = ParseRecipient(key.Recipient().String()); err != nil {
		t.Fatal(err)
	}
	return key.String(), id, to
}

var sizes = []int{0, 1, 15, 16, 17, 1023, 1024, 4096, chunkSize - 1, chunkSize}

func TestBothWays(t *testing.T) {
	text, id, to := newPair(t)
	key, _ := age.ParseX25519Identity(text)
	for _, n := range sizes {
		plain := bytes.Repeat([]byte("otpauth "), n/8+1)[:n]
		ours, err := to.Seal(plain)
		if err != nil {
			t.Fatalf("%d bytes: %v", n, err)
		}
		if back, err := byAge(text, ours); err != nil || !bytes.Equal(back, plain) {
			t.Errorf("%d bytes: age does not open what Seal wrote: %v", n, err)
		}
		var theirs bytes.Buffer
		w, err := age.Encrypt(&theirs, key.Recipient())
		if err != nil {
			t.Fatal(err)
		}
		w.Write(plain)
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		for _, file := range [][]byte{ours, theirs.Bytes()} {
			if back, ok := id.Open(file); !ok || !bytes.Equal(back, plain) {
				t.Errorf("%d bytes: not opened", n)
			}
		}
		if len(ours) != theirs.Len() {
			t.Errorf("%d bytes: a file of %d bytes, age's has %d", n, len(ours), theirs.Len())
		}
	}
	if _, err := to.Seal(make([]byte, chunkSize+1)); err == nil {
		t.Error("two chunks were sealed")
	}
}

// TestDamage changes every byte of a file, cuts it at every length and adds to it.
func TestDamage(t *testing.T) {
	_, id, to := newPair(t)
	file, err := to.Seal([]byte("otpauth://totp/a?secret=JBSWY3DPEHPK3PXP"))
	if err != nil {
		t.Fatal(err)
	}
	for i := range file {
		for _, flip := range []byte{1, 0x20, 0x80} {
			bad := bytes.Clone(file)
			bad[i] ^= flip
			if _, ok := id.Open(bad); ok {
				t.Errorf("opened with byte %d changed", i)
			}
		}
		if _, ok := id.Open(file[:i]); ok {
			t.Errorf("opened with %d bytes of it", i)
		}
	}
	if _, ok := id.Open(append(bytes.Clone(file), 0)); ok {
		t.Error("opened with a byte more")
	}
	if _, other, _ := newPair(t); other != nil {
		if _, ok := other.Open(file); ok {
			t.Error("opened by another key")
		}
	}
}

func TestNotOurs(t *testing.T) {
	pq, err := age.GenerateHybridIdentity()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{"", "AGE-SECRET-KEY-1", pq.String(), pq.Recipient().String(), "age1yubikey1qqqq"} {
		if _, err := ParseIdentity(s); err == nil {
			t.Error("an identity of another kind was read")
		}
		if _, err := ParseRecipient(s); err == nil {
			t.Error("a recipient of another kind was read")
		}
	}
}

func TestPrintsNothing(t *testing.T) {
	text, id, _ := newPair(t)
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%x"} {
		if out := fmt.Sprintf(verb, id); out != "Identity(elided)" || strings.Contains(out, text) {
			t.Errorf("%s prints %q", verb, out)
		}
	}
}

// FuzzOpen holds the opener against age for any file: what it opens, age opens to the
// same bytes; and a file of the one form that age opens, it opens.
func FuzzOpen(f *testing.F) {
	const text = "AGE-SECRET-KEY-1ESE0WRD0SFJ5KATW37HWKV6E2XCVX030J3X73L3SK9GN6FCYGRUSQRVUDN"
	const public = "age1psk06fckyy49swd5tl8t7yed8dlan390py6k8ag5tmkal76spffq8nss96"
	id, err := ParseIdentity(text)
	if err != nil {
		f.Fatal(err)
	}
	to, err := ParseRecipient(public)
	if err != nil {
		f.Fatal(err)
	}
	for _, n := range []int{0, 1, 100} {
		file, err := to.Seal(make([]byte, n))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(file, 0, byte(0))
		f.Add(file, 40, byte(1))
		f.Add(append(file, '\n'), 100, byte(0x80))
	}
	f.Fuzz(func(t *testing.T, file []byte, at int, flip byte) {
		if at >= 0 && at < len(file) {
			file = bytes.Clone(file)
			file[at] ^= flip
		}
		plain, ok := id.Open(file)
		want, err := byAge(text, file)
		if ok && (err != nil || !bytes.Equal(plain, want)) {
			t.Fatalf("opened to %d bytes; age: %d, %v", len(plain), len(want), err)
		}
		if !ok && err == nil && inForm(file) && len(file) <= chunkAt+sealedChunk {
			t.Fatal("age opens it")
		}
	})
}

func BenchmarkOpen(b *testing.B) {
	text, id, to := newPair(b)
	file, err := to.Seal(make([]byte, 1024))
	if err != nil {
		b.Fatal(err)
	}
	b.Run("smallage", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, ok := id.Open(file); !ok {
				b.Fatal("not opened")
			}
		}
	})
	b.Run("age", func(b *testing.B) {
		b.ReportAllocs()
		key, _ := age.ParseX25519Identity(text)
		for b.Loop() {
			r, err := age.Decrypt(bytes.NewReader(file), key)
			if err != nil {
				b.Fatal(err)
			}
			if _, err := io.ReadAll(r); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkSeal(b *testing.B) {
	_, _, to := newPair(b)
	plain := make([]byte, 1024)
	b.Run("smallage", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := to.Seal(plain); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("age", func(b *testing.B) {
		b.ReportAllocs()
		key, _ := age.GenerateX25519Identity()
		for b.Loop() {
			w, err := age.Encrypt(io.Discard, key.Recipient())
			if err != nil {
				b.Fatal(err)
			}
			w.Write(plain)
			if err := w.Close(); err != nil {
				b.Fatal(err)
			}
		}
	})
}
