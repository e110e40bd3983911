package escrow

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"seedvault/escrow/internal/format"
)

// The rules of FORMAT.md on plaintexts, F19 to F23.

func TestRulesOfRecords(t *testing.T) {
	t.Run("F19", func(t *testing.T) {
		for plain, want := range map[string]bool{
			"otpauth://totp/x?secret=JBSWY3DPEHPK3PXP\n\n": true, "motp://x?secret=ff\nid 1\n\n": true, "x": true,
			"": false, "\nid 1\n": false, "a\rb\n": false, "a\x00b\n": false, "\xff\n": false,
		} {
			if _, err := format.ParseRecord([]byte(plain)); (err == nil) != want {
				t.Errorf("%q: %v", plain, err)
			}
		}
		f := newFixture(t)
		const foreign = "motp://x?secret=0123456789abcdef"
		o := f.unlock()
		r := &format.Record{Line: foreign}
		_, err := writeRecord(o.reader.view.Files.FS, o.reader.view.Pinned().Folder+"/seeds", r.Marshal, o.reader.pinnedKey().Recipient())
		must(t, err)
		if e := f.entries(); len(e) != 1 || e[0].Seed.Line() != foreign {
			t.Error("a line of another scheme is not kept and shown")
		}
	})
	t.Run("F20", func(t *testing.T) {
		r, err := format.ParseRecord([]byte("x\nid 1\nno key here!\nUPPER x\nname a b  c \n\n\n\n"))
		must(t, err)
		if r.Get("name") != "a b  c " || r.Get("id") != "1" || r.Get("UPPER") != "" {
			t.Errorf("fields: %q", r.Fields)
		}
		out, err := r.With("id", []string{"2"}).Marshal()
		must(t, err)
		if want := "x\nid 2\nno key here!\nUPPER x\nname a b  c \n\n"; !strings.HasPrefix(string(out), want) {
			t.Errorf("an edit wrote %q", bytes.TrimRight(out, "\n"))
		}
		if _, err := format.ParseRecord([]byte("x\nid 1\n\nmore\n")); err == nil {
			t.Error("text after the empty line is accepted, and would be lost")
		}
		if _, err := (&format.Record{Line: "x", Fields: []format.Field{{Key: "Bad Key", Value: "v"}}}).Marshal(); err == nil {
			t.Error("a key of another form is written")
		}
	})
	t.Run("F21", func(t *testing.T) {
		for escaped, want := range map[string]string{`a\nb`: "a\nb", `a\rb`: "a\rb", `a\\nb`: `a\nb`, `a\tb`: `a\tb`, `a\`: `a\`, `\\`: `\`, `\\\n`: "\\\n"} {
			r, err := format.ParseRecord([]byte("x\nnote " + escaped + "\n"))
			must(t, err)
			if got := r.Get("note"); got != want {
				t.Errorf("%q means %q, want %q", escaped, got, want)
			}
		}
		for _, value := range []string{"two\nlines", "cr\rlf\n", `back\slash \n`, `\`, "日本"} {
			r := &format.Record{Line: "x"}
			r.Add("note", value)
			plain, err := r.Marshal()
			must(t, err)
			again, err := format.ParseRecord(plain)
			must(t, err)
			if got := again.Get("note"); got != value {
				t.Errorf("%q came back as %q", value, got)
			}
		}
	})
	t.Run("F22", func(t *testing.T) {
		r, err := format.ParseRecord([]byte("x\nname first\ntag a\nname second\nx-later 1\ntag b\n\n"))
		must(t, err)
		if r.Get("name") != "first" || len(r.All("tag")) != 2 {
			t.Errorf("name %q, tags %q", r.Get("name"), r.All("tag"))
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
			r := &format.Record{Line: "x"}
			r.Add("note", strings.Repeat("n", size))
			plain, err := r.Marshal()
			must(t, err)
			if len(plain)%1024 != 0 {
				t.Errorf("a note of %d makes %d bytes", size, len(plain))
			}
		}
		long := &format.Record{Line: "x"}
		long.Add("note", strings.Repeat("n", (60<<10)))
		if _, err := long.Marshal(); !errors.Is(err, format.ErrRecordSize) {
			t.Errorf("more than 60 KiB is written: %v", err)
		}
		if _, err := format.ParseRecord(append([]byte("x\n\n"), bytes.Repeat([]byte("\n"), (60<<10))...)); !errors.Is(err, format.ErrRecordSize) {
			t.Errorf("more than 60 KiB is read: %v", err)
		}
		if r, err := format.ParseRecord([]byte("otpauth://x")); err != nil || r.Line != "otpauth://x" {
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
		r, err := format.ParseRecord(plain)
		if err != nil {
			return
		}
		out, err := r.Marshal()
		if err != nil {
			return // read leniently, written strictly
		}
		again, err := format.ParseRecord(out)
		if err != nil || again.Line != r.Line || len(again.Fields) != len(r.Fields) {
			t.Fatalf("what is written reads differently: %v", err)
		}
		for i := range r.Fields {
			if r.Fields[i] != again.Fields[i] {
				t.Fatal("a field changed")
			}
		}
	})
}
