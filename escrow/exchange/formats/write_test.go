package formats_test

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"filippo.io/age"
	"pgregory.net/rapid"

	"seedvault/escrow/exchange"
	"seedvault/escrow/exchange/formats"
	"seedvault/escrow/otpauth"
)

// writable are the formats that can be written, by name.
func writable() (list []*formats.Format) {
	for _, f := range formats.All() {
		if f.Writes() {
			list = append(list, f)
		}
	}
	return list
}

func TestWritable(t *testing.T) {
	t.Parallel()
	var names []string
	for _, f := range writable() {
		names = append(names, f.Name)
	}
	slices.Sort(names)
	if want := "2fas aegis aegis-encrypted age bitwarden cxf freeotp+ google keepassxc uris"; strings.Join(names, " ") != want {
		t.Errorf("written: %v, want %s", names, want)
	}
	if _, err := formats.NewExport("raivo", nil); !errors.Is(err, reason(exchange.CannotWrite)) {
		t.Errorf("raivo: %v", err)
	}
	if _, err := formats.NewExport("nonsense", nil); !errors.Is(err, reason(exchange.UnknownFormat)) {
		t.Errorf("nonsense: %v", err)
	}
}

// name draws names of the kinds that people have, without what no URI keeps: space
// at the ends, and one colon that would be read as the issuer's.
func name(t *rapid.T, label string) string {
	s := rapid.StringOfN(rapid.RuneFrom([]rune("abcXYZ019 .,;:@+%&?=#/\\\"'<>|~_-äß漢字🔑")), 1, 12, -1).Draw(t, label)
	return strings.Join(strings.Fields(strings.ReplaceAll(s, ":", "")), " ")
}

// drawRecord makes a record of anything that a seed can be.
func drawRecord(t *rapid.T) exchange.Record {
	kind := rapid.SampledFrom([]otpauth.Type{otpauth.TOTP, otpauth.TOTP, otpauth.TOTP, otpauth.HOTP, otpauth.Steam}).Draw(t, "type")
	p := otpauth.Params{
		Type: kind, Issuer: name(t, "issuer"), Account: name(t, "account"),
		Secret:    otpauth.SecretOf(enrolment{secret: rapid.SliceOfN(rapid.Byte(), 1, 40).Draw(t, "secret")}.base32()),
		Algorithm: rapid.SampledFrom([]string{"SHA1", "SHA256", "SHA512"}).Draw(t, "algorithm"),
		Digits:    rapid.SampledFrom([]int{6, 6, 7, 8, 1, 10}).Draw(t, "digits"),
		Period:    rapid.SampledFrom([]int{30, 30, 60, 15, 255, 256, 86400}).Draw(t, "period"),
		Counter:   rapid.SampledFrom([]uint64{0, 1, 1 << 40, 1<<64 - 1}).Draw(t, "counter"),
	}
	if kind == otpauth.Steam {
		p.Algorithm, p.Period = "SHA1", 30
	}
	key, err := otpauth.Build(p)
	if err != nil {
		t.Fatal(err)
	}
	d := exchange.Details{Tags: []string{}}
	text := func(label string) string {
		return rapid.SampledFrom([]string{"", "", "plain", "two\nlines", `back\slash "quoted"`, "日本語, with; signs"}).Draw(t, label)
	}
	d.Name = strings.ReplaceAll(text("name"), "\n", " ")
	d.Tags = append(d.Tags, []string{"work", "mail", "日本"}[:rapid.IntRange(0, 3).Draw(t, "tags")]...)
	if n := text("note"); n != "" {
		d.Notes = []string{n}
	}
	if c := text("recovery"); c != "" {
		d.Recovery = []string{c, "1234-5678"}
	}
	if rapid.Bool().Draw(t, "favorite") {
		d.Other = append(d.Other, exchange.Field{Name: "favorite", Value: "true"})
	}
	if rapid.Bool().Draw(t, "other") {
		d.Other = append(d.Other, exchange.Field{Name: "colour", Value: "red"})
	}
	if rapid.Bool().Draw(t, "added") {
		d.Added = time.Unix(1700000000, 0).UTC()
	}
	return exchange.NewRecord(key.URI(), d)
}

var ageIdentity = must(age.GenerateX25519Identity())

func writeOptions() formats.WriteOptions {
	return formats.WriteOptions{Now: time.Unix(1750000000, 0), Password: func() string { return samplePassword }, Recipients: []age.Recipient{ageIdentity.Recipient()}}
}

func readOptions() formats.Options {
	return formats.Options{Password: once(samplePassword), Identities: []age.Identity{ageIdentity}}
}

// TestExportImport writes records in every format and reads them again: what the
// format takes comes back as it was, less what the export said stays behind, and
// what it refuses is not in the file.
func TestExportImport(t *testing.T) {
	t.Parallel()
	for _, f := range writable() {
		if f.Name == "aegis-encrypted" {
			continue // TestEncryptedExport
		}
		rapid.Check(t, func(t *rapid.T) {
			var records []exchange.Record
			for range rapid.IntRange(1, 4).Draw(t, "n") {
				records = append(records, drawRecord(t))
			}
			e, err := formats.NewExport(f.Name, records)
			if err != nil {
				t.Fatal(err)
			}
			var taken []exchange.Item
			for i, item := range e.Items {
				if item.Position.N != i+1 {
					t.Fatalf("item %d is at %v", i, item.Position)
				}
				if item.Err == nil {
					taken = append(taken, item)
				}
			}
			if len(taken) != e.Len() || len(e.Items) != len(records) {
				t.Fatal("the ledger does not balance")
			}
			if len(taken) == 0 {
				return
			}
			var b bytes.Buffer
			if err := e.Write(&b, writeOptions()); err != nil {
				t.Fatal(err)
			}
			r, err := formats.Read(formats.NewFile("x", b.Bytes()), readOptions())
			if err != nil || r.Format != f.Name {
				t.Fatalf("%s, read again: %s, %v", f.Name, r.Format, err)
			}
			if len(r.Items) != len(taken) {
				t.Fatalf("%s: %d of %d came back", f.Name, len(r.Items), len(taken))
			}
			for i, item := range r.Items {
				if item.Err != nil {
					t.Fatalf("%s: %v", f.Name, item.Err)
				}
				same(t, f.Name, taken[i], item.Record)
			}
		})
	}
}

// same holds what came back against what went out.
func same(t *rapid.T, format string, sent exchange.Item, back exchange.Record) {
	if want, have := got(sent.Record), got(back); want != have {
		t.Fatalf("%s:\nsent %s\nback %s", format, want, have)
	}
	if sent.Record.EnrolmentDigest() != back.EnrolmentDigest() {
		t.Fatalf("%s: another identity", format)
	}
	left := map[string]bool{}
	for _, n := range sent.Notices {
		for _, name := range n.Names {
			left[name] = true
		}
	}
	have := details(back)
	for _, line := range details(sent.Record) {
		key, _, _ := strings.Cut(line, " ")
		if left[key] != !slices.Contains(have, line) && !(left[key] && key == "tag") {
			t.Fatalf("%s: %q, said to stay behind %v, of what came back %q", format, line, left[key], have)
		}
	}
}

// TestCanonicalURIs: formats that keep a URI get one that every app reads, whatever
// the spelling it once came in.
func TestCanonicalURIs(t *testing.T) {
	t.Parallel()
	odd := record("otpauth://totp/a%20b?secret=gezd%20gnbv-gy3t&algorithm=Algorithm.sha256&digits=8&codeDisplay=%7B%7D&issuer=X+Y")
	steam := record("otpauth://totp/Steam:dave?secret=GEZDGNBV&issuer=Steam")
	for format, want := range map[string][]string{
		"bitwarden": {`"otpauth://totp/X%20Y:a%20b?secret=GEZDGNBVGY3Q&issuer=X%20Y&algorithm=SHA256&digits=8"`, `"steam://GEZDGNBV"`},
		"keepassxc": {"otpauth://totp/X%20Y:a%20b?secret=GEZDGNBVGY3Q&issuer=X%20Y&algorithm=SHA256&digits=8,", "otpauth://totp/Steam:dave?secret=GEZDGNBV&period=30&digits=5&issuer=Steam&encoder=steam"},
	} {
		e, err := formats.NewExport(format, []exchange.Record{odd, steam})
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := e.Write(&b, writeOptions()); err != nil {
			t.Fatal(err)
		}
		for _, w := range want {
			if !strings.Contains(b.String(), w) {
				t.Errorf("%s lacks %s", format, w)
			}
		}
	}
}

func TestEncryptedExport(t *testing.T) {
	t.Parallel()
	records := []exchange.Record{record(uriOf(plainTOTP)), record(uriOf(hotp)), record(uriOf(steamTOTP))}
	e, err := formats.NewExport("aegis-encrypted", records)
	if err != nil || !e.Encrypted() || e.Len() != 3 {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := e.Write(&b, formats.WriteOptions{}); !errors.Is(err, reason(exchange.NeedsPassword)) || b.Len() > 0 {
		t.Errorf("without a password: %v", err)
	}
	if err := e.Write(&b, writeOptions()); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(b.String(), plainTOTP.base32()) {
		t.Error("a seed lies in clear")
	}
	r, err := formats.Read(formats.NewFile("x", b.Bytes()), readOptions())
	if err != nil || r.Form != "encrypted" || len(r.Items) != 3 || got(r.Items[1].Record) != hotp.want() {
		t.Errorf("read again: %v, %v", r, err)
	}
	a, _ := formats.NewExport("age", records)
	if err := a.Write(&b, formats.WriteOptions{}); !errors.Is(err, reason(exchange.NeedsIdentity)) {
		t.Errorf("age without a recipient: %v", err)
	}
}

// TestForeignKinds carries what has no codes here from format to format, its PIN
// with it.
func TestForeignKinds(t *testing.T) {
	t.Parallel()
	var in []exchange.Record
	for _, s := range samples() {
		if s.format == "stratum" && s.form == "plain" {
			for _, i := range s.read(t).Items {
				if i.Record.Key().Type() == "" {
					in = append(in, i.Record)
				}
			}
		}
	}
	if len(in) != 2 {
		t.Fatalf("%d", len(in))
	}
	for _, f := range writable() {
		e, err := formats.NewExport(f.Name, in)
		if err != nil {
			t.Fatal(err)
		}
		holds := f.Holds.MOTP && f.Holds.Yandex
		if want := map[bool]int{true: 2}[holds]; e.Len() != want {
			t.Errorf("%s takes %d", f.Name, e.Len())
		}
		if !holds {
			continue
		}
		var b bytes.Buffer
		if err := e.Write(&b, writeOptions()); err != nil {
			t.Fatal(err)
		}
		r, err := formats.Read(formats.NewFile("x", b.Bytes()), readOptions())
		motp, yandex := motp, yandex
		if !f.Holds.PIN && !f.Holds.Other {
			if names := e.Items[0].Notices[0].Names; !slices.Contains(names, "pin") {
				t.Errorf("%s: the PIN stays behind without a word: %v", f.Name, names)
			}
			motp.pin, yandex.pin = "", ""
		}
		if err != nil || len(r.Items) != 2 || got(r.Items[0].Record) != motp.want() || got(r.Items[1].Record) != yandex.want() {
			t.Errorf("%s: %v, %v", f.Name, err, r.Items)
		}
	}
}

// TestRefusals is what each format cannot hold, and what it flags.
func TestRefusals(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ format, uri, want string }{
		{"google", "otpauth://totp/a?secret=JBSWY3DPEHPK3PXP&period=60", "not-carried-period"},
		{"google", "otpauth://totp/a?secret=JBSWY3DPEHPK3PXP&digits=7", "not-carried-digits"},
		{"google", uriOf(steamTOTP), "not-carried-type"},
		{"google", uriOf(hotp), ""},
		{"google", "otpauth://hotp/a?secret=JBSWY3DPEHPK3PXP&counter=18446744073709551615", "not-carried-counter"},
		{"cxf", uriOf(hotp), "not-carried-type"},
		{"cxf", uriOf(steamTOTP), "not-carried-type"},
		{"cxf", "otpauth://totp/a?secret=JBSWY3DPEHPK3PXP&period=256", "not-carried-period"},
		{"cxf", "otpauth://totp/a?secret=JBSWY3DPEHPK3PXP&period=255&image=x", "not-carried-details [image]"},
		{"bitwarden", uriOf(hotp), "not-carried-type"},
		{"keepassxc", uriOf(hotp), "not-carried-type"},
		{"2fas", "otpauth://totp/a?secret=JBSWY3DPEHPK3PXP&digits=10", "not-carried-digits"},
		{"2fas", "otpauth://totp/a?secret=JBSWY3DPEHPK3PXP&period=15", "not-carried-period"},
		{"2fas", "otpauth://totp/a?secret=JBSWY3DPEHPK3PXP&period=90", ""},
		{"bitwarden", "otpauth://totp/Old:a?secret=JBSWY3DPEHPK3PXP&issuer=New&image=x", "not-carried-details [label-issuer image]"},
		{"aegis", "otpauth://totp/Old:a?secret=JBSWY3DPEHPK3PXP&issuer=New", "not-carried-details [label-issuer]"},
		{"aegis", "otpauth://totp/a?secret=JBSWY3DPEHPK3PXP&steam=true", ""}, // it is the type
		{"uris", "otpauth://totp/Old:a?secret=JBSWY3DPEHPK3PXP&issuer=New&image=x", ""},
		{"freeotp+", "otpauth://hotp/a?secret=JBSWY3DPEHPK3PXP&counter=18446744073709551615", "not-carried-counter"},
		{"aegis", "mailto:a@example.com", "not-carried-type"},
	} {
		e, err := formats.NewExport(c.format, []exchange.Record{record(c.uri)})
		if err != nil {
			t.Fatal(err)
		}
		have := ""
		if e.Items[0].Err != nil {
			have = reasonOf(e.Items[0].Err)
		}
		for _, n := range e.Items[0].Notices {
			have += fmt.Sprintf("%s %v", n.What, n.Names)
		}
		if have != c.want {
			t.Errorf("%s, %s: %q, want %q", c.format, c.uri, have, c.want)
		}
	}
}

func record(uri string) exchange.Record { return exchange.NewRecord(uri, exchange.Details{}) }
