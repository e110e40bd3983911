package escrow

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
)

// The rules of FORMAT.md on plaintexts, F19 to F23.

func TestRulesOfRecords(t *testing.T) {
	t.Run("F19", func(t *testing.T) {
		for plain, want := range map[string]bool{
			"otpauth://totp/x?secret=JBSWY3DPEHPK3PXP\n\n": true, "motp://x?secret=ff\nid 1\n\n": true, "x": true,
			"": false, "\nid 1\n": false, "a\rb\n": false, "a\x00b\n": false, "\xff\n": false,
		} {
			if _, err := parseRecord([]byte(plain)); (err == nil) != want {
				t.Errorf("%q: %v", plain, err)
			}
		}
		f := newFixture(t)
		const foreign = "motp://x?secret=0123456789abcdef"
		o := f.unlock()
		r := &record{line: foreign}
		_, err := o.vault.writeRecord(o.vault.pinned(), "seeds", r.marshal, o.pinnedKey().Recipient())
		must(t, err)
		if e := f.entries(); len(e) != 1 || e[0].Seed.Line() != foreign {
			t.Error("a line of another scheme is not kept and shown")
		}
	})
	t.Run("F20", func(t *testing.T) {
		r, err := parseRecord([]byte("x\nid 1\nno key here!\nUPPER x\nname a b  c \n\n\n\n"))
		must(t, err)
		if r.get("name") != "a b  c " || r.get("id") != "1" || r.get("UPPER") != "" {
			t.Errorf("fields: %q", r.fields)
		}
		out, err := r.with("id", []string{"2"}).marshal()
		must(t, err)
		if want := "x\nid 2\nno key here!\nUPPER x\nname a b  c \n\n"; !strings.HasPrefix(string(out), want) {
			t.Errorf("an edit wrote %q", bytes.TrimRight(out, "\n"))
		}
		if _, err := parseRecord([]byte("x\nid 1\n\nmore\n")); err == nil {
			t.Error("text after the empty line is accepted, and would be lost")
		}
		if _, err := (&record{line: "x", fields: []field{{"Bad Key", "v"}}}).marshal(); err == nil {
			t.Error("a key of another form is written")
		}
	})
	t.Run("F21", func(t *testing.T) {
		for escaped, want := range map[string]string{`a\nb`: "a\nb", `a\rb`: "a\rb", `a\\nb`: `a\nb`, `a\tb`: `a\tb`, `a\`: `a\`, `\\`: `\`, `\\\n`: "\\\n"} {
			if got := unescapeValue(escaped); got != want {
				t.Errorf("%q means %q, want %q", escaped, got, want)
			}
		}
		for _, value := range []string{"two\nlines", "cr\rlf\n", `back\slash \n`, `\`, "日本"} {
			r := &record{line: "x"}
			r.add("note", value)
			plain, err := r.marshal()
			must(t, err)
			again, err := parseRecord(plain)
			must(t, err)
			if got := again.get("note"); got != value {
				t.Errorf("%q came back as %q", value, got)
			}
		}
	})
	t.Run("F22", func(t *testing.T) {
		r, err := parseRecord([]byte("x\nname first\ntag a\nname second\nx-later 1\ntag b\n\n"))
		must(t, err)
		if r.get("name") != "first" || len(r.all("tag")) != 2 {
			t.Errorf("name %q, tags %q", r.get("name"), r.all("tag"))
		}
		f := newFixture(t)
		f.sealed(1)
		o := f.unlock()
		entries, _ := seedsOf(t, o)
		s := entries[0].Seed.With("x-later", "kept").With("tag", "a", "b")
		_, err = o.Edit(entries[0], s.With("tag", "c"))
		must(t, err)
		f.seal(o)
		if got := f.entries()[0].Seed; got.All("x-later")[0] != "kept" || len(got.Tags()) != 1 || got.ID() != entries[0].Seed.ID() {
			t.Error("an edit loses a key that it does not know, or the id")
		}
	})
	t.Run("F23", func(t *testing.T) {
		for _, size := range []int{0, 900, 1024, 5000} {
			r := &record{line: "x"}
			r.add("note", strings.Repeat("n", size))
			plain, err := r.marshal()
			must(t, err)
			if len(plain)%recordBlock != 0 {
				t.Errorf("a note of %d makes %d bytes", size, len(plain))
			}
		}
		long := &record{line: "x"}
		long.add("note", strings.Repeat("n", recordLimit))
		if _, err := long.marshal(); !errors.Is(err, errRecordSize) {
			t.Errorf("more than 60 KiB is written: %v", err)
		}
		if _, err := parseRecord(append([]byte("x\n\n"), bytes.Repeat([]byte("\n"), recordLimit)...)); !errors.Is(err, errRecordSize) {
			t.Errorf("more than 60 KiB is read: %v", err)
		}
		if r, err := parseRecord([]byte("otpauth://x")); err != nil || r.line != "otpauth://x" {
			t.Errorf("one written by hand, without padding: %v", err)
		}
	})
}

// TestEntriesEnd: the context ends the reading early.
func TestEntriesEnd(t *testing.T) {
	f := newFixture(t)
	f.sealed(2)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, _, err := f.unlock().Seeds(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled reading: %v", err)
	}
}

func FuzzRecord(f *testing.F) {
	f.Add([]byte("otpauth://x\nid 1\nnote a\\nb\n\n\n"))
	f.Add([]byte("x"))
	f.Fuzz(func(t *testing.T, plain []byte) {
		r, err := parseRecord(plain)
		if err != nil {
			return
		}
		out, err := r.marshal()
		if err != nil {
			return // read leniently, written strictly
		}
		again, err := parseRecord(out)
		if err != nil || again.line != r.line || len(again.fields) != len(r.fields) {
			t.Fatalf("what is written reads differently: %v", err)
		}
		for i := range r.fields {
			if r.fields[i] != again.fields[i] {
				t.Fatal("a field changed")
			}
		}
	})
}
