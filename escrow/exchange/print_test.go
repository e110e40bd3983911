package exchange_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"filippo.io/age"

	"seedvault/escrow/exchange"
)

// TestPrintsNoSecret prints what the package gives, in every way, alone and in
// the unexported field of another struct.
func TestPrintsNoSecret(t *testing.T) {
	p := parse(t, linkOf(message(t, vector)))
	var exports exchange.GoogleExports
	exports.Add(p)
	type outer struct {
		part    exchange.GooglePart
		entry   exchange.Entry
		exports exchange.GoogleExports
		file    exchange.File
		record  exchange.Record
		reading exchange.Reading
		export  exchange.Export
		ledger  exchange.Ledger
	}
	file := exchange.NewFile("f", []byte("# jbswy3dp in a note\n"+uriOf(plainTOTP)))
	r, err := exchange.Read(file, exchange.Options{})
	if err != nil {
		t.Fatal(err)
	}
	record := r.Items[0].Record
	export, err := exchange.NewExport("uris", []exchange.Record{record})
	if err != nil {
		t.Fatal(err)
	}
	var ledger exchange.Ledger
	ledger.Enter(r.Items...)
	options := exchange.Options{Identities: []age.Identity{ageIdentity}}
	write := exchange.WriteOptions{Password: func() string { return "jbswy3dp" }}
	for i, v := range []any{
		p, &p, p.Entries, p.Entries[0], exports, &exports, file, &file, record, &record, r, &r, export, &export,
		ledger, &ledger, options, write, outer{p, p.Entries[0], exports, file, record, r, export, ledger},
	} {
		for _, verb := range "vTtbcdoOqxXUeEfFgGsp" {
			for _, flag := range []string{"", "+", "#"} {
				noSecret(t, fmt.Sprintf("value %d with %%%s%c", i, flag, verb), fmt.Sprintf("%"+flag+string(verb), v))
			}
		}
		var text, structured bytes.Buffer
		slog.New(slog.NewTextHandler(&text, nil)).Info("m", "v", v)
		slog.New(slog.NewJSONHandler(&structured, nil)).Info("m", "v", v)
		noSecret(t, "slog text", text.String())
		noSecret(t, "slog JSON", structured.String())
		if data, err := json.Marshal(v); err == nil {
			noSecret(t, "JSON", string(data))
		}
	}
}

func noSecret(t *testing.T, where, text string) {
	t.Helper()
	lower := strings.ToLower(text)
	for _, secret := range []string{"jbswy3dp", "48656c6c6f21", "otpauth:/", "otpauth-migration", "hello!", "72 101 108", "4a4253575933", "age-secret-key"} {
		if strings.Contains(lower, secret) {
			t.Errorf("%s shows the secret", where)
			return
		}
	}
}
