// Package exchangetest is what the tests of several packages of exchange ask: that nothing
// printed holds a secret, and that a refusal says its reason and nothing else. Nothing
// but tests imports it.
package exchangetest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"seedvault/escrow/exchange"
	"seedvault/escrow/otpauth"
)

// Secret is what the values given to [PrintNoSecret] hold, in base32: the bytes
// "Hello!" and four that are no text.
const Secret = "JBSWY3DPEHPK3PXP"

// PrintNoSecret prints each value with every verb but %p, in a log and as JSON, and fails
// the test where one shows [Secret], a URI that holds it, or a key of age's.
func PrintNoSecret(t *testing.T, values ...any) {
	t.Helper()
	for i, v := range values {
		for _, verb := range "vTtbcdoOqxXUeEfFgGsp" {
			for _, flag := range []string{"", "+", "#"} {
				noSecret(t, fmt.Sprintf("value %d with %%%s%c", i, flag, verb), fmt.Sprintf("%"+flag+string(verb), v))
			}
		}
		var text, structured bytes.Buffer
		slog.New(slog.NewTextHandler(&text, nil)).Info("m", "v", v)
		slog.New(slog.NewJSONHandler(&structured, nil)).Info("m", "v", v)
		noSecret(t, fmt.Sprintf("value %d in slog text", i), text.String())
		noSecret(t, fmt.Sprintf("value %d in slog JSON", i), structured.String())
		if data, err := json.Marshal(v); err == nil {
			noSecret(t, fmt.Sprintf("value %d in JSON", i), string(data))
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

// Constant fails the test unless an error has a reason, and the words of that reason
// alone.
func Constant(t *testing.T, err error) {
	t.Helper()
	var own *exchange.Error
	var judge *otpauth.Error
	switch {
	case errors.As(err, &own) && err.Error() != "" && err.Error() == (&exchange.Error{Reason: own.Reason}).Error():
	case errors.As(err, &judge) && err.Error() == (&otpauth.Error{Reason: judge.Reason}).Error():
	default:
		t.Fatalf("a refusal without a reason, or with more: %v", err)
	}
}
