package formats_test

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"filippo.io/age"

	"seedvault/escrow/exchange"
	"seedvault/escrow/exchange/formats"
)

// many are 10,000 enrolments, of 30 bytes' secret each.
func many() (list []enrolment) {
	for i := range exchange.MaxRecords {
		e := plainTOTP
		e.account, e.secret = fmt.Sprintf("user%d@example.com", i), []byte(fmt.Sprintf("%030d", i))
		list = append(list, e)
	}
	return list
}

func BenchmarkURIs(b *testing.B) {
	var lines []string
	for _, e := range many() {
		lines = append(lines, uriOf(e))
	}
	readMany(b, []byte(strings.Join(lines, "\n")))
}

func BenchmarkAegis(b *testing.B) {
	var entries []obj
	for _, e := range many() {
		entries = append(entries, aegisEntry(e))
	}
	readMany(b, asJSON(obj{"version": 1, "db": obj{"version": 3, "entries": entries}}))
}

// readMany reads a file of 10,000 and settles all of it in a ledger.
func readMany(b *testing.B, data []byte) {
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		r, err := formats.Read(formats.NewFile("x", data), formats.Options{})
		if err != nil {
			b.Fatal(err)
		}
		var l exchange.Ledger
		l.Enter(r.Items...)
		for _, n := range l.Pending() {
			l.MarkSaved(n)
		}
		if s := l.Counts(); s.Added != exchange.MaxRecords || s.Found != s.Added {
			b.Fatalf("%+v", s)
		}
	}
	if b.N > 0 {
		most := peak(func() { _, _ = formats.Read(formats.NewFile("x", data), formats.Options{}) })
		b.ReportMetric(float64(most)/(1<<20), "peak-MiB")
	}
}

// BenchmarkSeal is what saving costs at least: encrypting each of the same 10,000 to
// one recipient with age's library.
func BenchmarkSeal(b *testing.B) {
	id, err := age.GenerateX25519Identity()
	if err != nil {
		b.Fatal(err)
	}
	list := many()
	for b.Loop() {
		for _, e := range list {
			w, err := age.Encrypt(io.Discard, id.Recipient())
			if err != nil {
				b.Fatal(err)
			}
			if _, err := w.Write([]byte(uriOf(e))); err != nil {
				b.Fatal(err)
			}
			if err := w.Close(); err != nil {
				b.Fatal(err)
			}
		}
	}
}
