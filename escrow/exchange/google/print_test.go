package google_test

import (
	"testing"

	"seedvault/escrow/exchange/google"
	"seedvault/escrow/exchange/internal/exchangetest"
)

// TestPrintsNoSecret prints what the package gives, alone and in the unexported field
// of another struct.
func TestPrintsNoSecret(t *testing.T) {
	t.Parallel()
	p := parse(t, linkOf(message(t, vector)))
	var exports google.Exports
	exports.Add(p)
	type outer struct {
		part    google.Part
		entry   google.Entry
		exports google.Exports
	}
	exchangetest.PrintNoSecret(t, p, &p, p.Entries, p.Entries[0], exports, &exports, outer{p, p.Entries[0], exports})
}
