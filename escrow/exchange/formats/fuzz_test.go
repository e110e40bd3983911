package formats_test

import (
	"errors"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"seedvault/escrow/exchange"
	"seedvault/escrow/exchange/formats"
	"seedvault/escrow/exchange/internal/exchangetest"
)

// The fuzz targets, one for each parser. Their seeds are the samples and what lies
// in testdata/fuzz; each input is read as it is, by whatever format recognises it,
// and as the target's own format.

func FuzzURIs(f *testing.F)      { fuzz(f, "uris", "google", "ente", "pass") }
func FuzzAegis(f *testing.F)     { fuzz(f, "aegis") }
func FuzzTwofas(f *testing.F)    { fuzz(f, "2fas") }
func FuzzStratum(f *testing.F)   { fuzz(f, "stratum") }
func FuzzAndotp(f *testing.F)    { fuzz(f, "andotp") }
func FuzzFreeotp(f *testing.F)   { fuzz(f, "freeotp+", "freeotp") }
func FuzzFreeotp2(f *testing.F)  { fuzz(f, "freeotp2") }
func FuzzBitwarden(f *testing.F) { fuzz(f, "bitwarden", "bitwarden-authenticator") }
func FuzzKeepass(f *testing.F)   { fuzz(f, "keepassxc") }
func FuzzOnepassword(f *testing.F) {
	fuzz(f, "1password", "apple")
}
func FuzzProton(f *testing.F)    { fuzz(f, "proton", "protonpass") }
func FuzzCXF(f *testing.F)       { fuzz(f, "cxf") }
func FuzzLastpass(f *testing.F)  { fuzz(f, "lastpass", "2fauth", "duo", "authenticator-extension") }
func FuzzRaivo(f *testing.F)     { fuzz(f, "raivo", "zip") }
func FuzzAuthy(f *testing.F)     { fuzz(f, "authy", "steam") }
func FuzzCotp(f *testing.F)      { fuzz(f, "cotp") }
func FuzzOTPClient(f *testing.F) { fuzz(f, "otpclient") }
func FuzzPSKC(f *testing.F)      { fuzz(f, "pskc") }
func FuzzAge(f *testing.F)       { fuzz(f, "age") }
func FuzzCSV(f *testing.F)       { fuzz(f, "csv") }

var errDear = errors.New("too dear for fuzzing")

func fuzz(f *testing.F, names ...string) {
	for _, s := range samples() {
		for _, name := range names {
			if s.format == name && len(s.data) < 20000 {
				f.Add(s.data)
			}
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, format := range append([]string{""}, names...) {
			checkRead(t, data, format)
		}
	})
}

// checkRead holds whatever comes of a file against what Read promises.
func checkRead(t *testing.T, data []byte, format string) {
	o := formats.Options{From: format, Password: once("x"), Pictures: readPicture(t)}
	o.Cost = func(c exchange.Cost) error {
		if c.Memory > 1<<20 || c.Rounds > 1000 {
			return errDear
		}
		return nil
	}
	r, err := formats.Read(formats.NewFile("x", data), o)
	if err != nil {
		if err != errDear && err.Error() != "no other password" {
			exchangetest.Constant(t, err)
		}
		return
	}
	var l exchange.Ledger
	l.Enter(r.Items...)
	var taken []exchange.Record
	for _, i := range r.Items {
		if i.Err != nil {
			exchangetest.Constant(t, i.Err)
			if i.Record.Line() != "" {
				t.Fatal("refused, and a record all the same")
			}
			continue
		}
		taken = append(taken, i.Record)
		wellFormed(t, i.Record)
	}
	for _, n := range l.Pending() {
		l.MarkSaved(n)
	}
	if s := l.Counts(); s.Found != len(r.Items) || s.Found != s.Added+s.AlreadyThere+s.Refused {
		t.Fatalf("the ledger does not balance: %+v", s)
	}
	comesBack(t, taken)
}

// wellFormed says that a record can be a seed's: one line, and details that fit.
func wellFormed(t *testing.T, r exchange.Record) {
	line, d := r.Line(), r.Details()
	if line == "" || strings.ContainsAny(line, "\r\n\x00") || len(line) > 4096 {
		t.Fatal("a line that no seed has")
	}
	size := len(line)
	for _, s := range details(r) {
		size += len(s)
	}
	if size > 60<<10 || strings.ContainsAny(d.Name+strings.Join(d.Tags, ""), "\r\n") || d.Origin == "" {
		t.Fatalf("details that no seed has, %d bytes", size)
	}
	for _, f := range d.Other {
		if f.Name == "" || f.Value == "" || strings.ContainsAny(f.Name, " \r\n\t") || len(f.Name) > 60 {
			t.Fatalf("a field %q", f.Name)
		}
	}
}

// comesBack writes what was taken into an age file, which holds all that a record
// can, and reads it again.
func comesBack(t *testing.T, records []exchange.Record) {
	e, err := formats.NewExport("age", records)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := e.Write(&b, writeOptions()); err != nil {
		t.Fatal(err)
	}
	r, err := formats.Read(formats.NewFile("x", []byte(b.String())), readOptions())
	if err != nil || len(r.Items) != e.Len() || e.Len() != len(records) {
		t.Fatalf("%d of %d records came back from our own list: %v", len(r.Items), len(records), err)
	}
	for i, item := range r.Items {
		want, have := fmt.Sprintf("%q", details(records[i])), fmt.Sprintf("%q", details(item.Record))
		if item.Err != nil || item.Record.Line() != records[i].Line() || want != have {
			t.Fatalf("record %d: %v, details %s, sent %s", i+1, item.Err, have, want)
		}
	}
}

// TestEveryFormatIsFuzzed holds the targets above against the table.
func TestEveryFormatIsFuzzed(t *testing.T) {
	t.Parallel()
	source, err := os.ReadFile("fuzz_test.go")
	if err != nil {
		t.Fatal(err)
	}
	fuzzed := map[string]bool{}
	for _, call := range regexp.MustCompile(`\tfuzz\(f, (.*)\)|\{ fuzz\(f, (.*)\) \}`).FindAllStringSubmatch(string(source), -1) {
		for name := range strings.SplitSeq(call[1]+call[2], ", ") {
			fuzzed[strings.Trim(name, `"`)] = true
		}
	}
	for _, f := range formats.All() {
		if len(f.Forms) > 0 && !fuzzed[f.Name] {
			t.Errorf("no target fuzzes %s", f.Name)
		}
	}
}
