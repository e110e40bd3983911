package reading_test

import (
	"testing"

	"seedvault/escrow/exchange/internal/exchangetest"
	"seedvault/escrow/exchange/internal/reading"
)

// TestPrintsNoSecret prints a file that is looked at, and a draft of what is in it. No
// method keeps a struct itself from the verb %p.
func TestPrintsNoSecret(t *testing.T) {
	t.Parallel()
	in, err := reading.NewInput("codes.json", []byte(`{"secret":"`+exchangetest.Secret+`"}`))
	if err != nil || !in.Has("secret") {
		t.Fatal(err)
	}
	d := reading.Draft{Issuer: "ACME", Secret: in.JSON.Str("secret")}
	exchangetest.PrintNoSecret(t, in, []reading.Input{*in}, &d, []reading.Draft{d}, map[string]any{"draft": &d, "input": in})
}
