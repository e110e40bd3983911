package formats_test

import (
	"testing"

	"filippo.io/age"

	"seedvault/escrow/exchange"
	"seedvault/escrow/exchange/formats"
	"seedvault/escrow/exchange/internal/exchangetest"
)

// TestPrintsNoSecret prints what is read and written, alone and in the unexported
// field of another struct.
func TestPrintsNoSecret(t *testing.T) {
	t.Parallel()
	file := formats.NewFile("f", []byte("# jbswy3dp in a note\n"+uriOf(plainTOTP)))
	r, err := formats.Read(file, formats.Options{})
	if err != nil {
		t.Fatal(err)
	}
	export, err := formats.NewExport("uris", []exchange.Record{r.Items[0].Record})
	if err != nil {
		t.Fatal(err)
	}
	type outer struct {
		file    formats.File
		reading formats.Reading
		export  formats.Export
	}
	options := formats.Options{Identities: []age.Identity{ageIdentity}}
	write := formats.WriteOptions{Password: func() string { return "jbswy3dp" }}
	exchangetest.PrintNoSecret(t, file, &file, r, &r, export, &export, options, write, outer{file, r, export})
}
