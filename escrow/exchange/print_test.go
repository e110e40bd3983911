package exchange_test

import (
	"testing"

	"seedvault/escrow/exchange"
	"seedvault/escrow/exchange/internal/exchangetest"
)

// TestPrintsNoSecret prints records and what accounts for them, alone and in the
// unexported field of another struct.
func TestPrintsNoSecret(t *testing.T) {
	t.Parallel()
	details := exchange.Details{Notes: []string{"jbswy3dp in a note"}, Recovery: []string{"jbswy3dp"}}
	record := exchange.NewRecord("otpauth://totp/ACME:alice?secret="+exchangetest.Secret, details)
	var ledger exchange.Ledger
	ledger.Enter(exchange.Item{Record: record})
	type outer struct {
		record exchange.Record
		ledger exchange.Ledger
	}
	exchangetest.PrintNoSecret(t, record, &record, &details, ledger, &ledger, outer{record, ledger})
}
