package apps_test

import (
	"fmt"
	"testing"

	"seedvault/escrow/exchange/apps"
	"seedvault/escrow/exchange/formats"
	"seedvault/escrow/otpauth"
)

const (
	plain = "otpauth://totp/ACME:alice@example.com?secret=JBSWY3DPEHPK3PXP&issuer=ACME"
	slow  = "otpauth://totp/Slow:bob@example.com?secret=GEZDGNBVGY3TQOJQ&issuer=Slow&algorithm=SHA256&digits=8&period=60"
	hotp  = "otpauth://hotp/Counter:dave?secret=GEZDGNBVGY3TQOJQ&issuer=Counter&counter=7"
	steam = "otpauth://steam/Steam:erin?secret=GEZDGNBVGY3TQOJQ&issuer=Steam"
)

func key(t *testing.T, uri string) otpauth.Key {
	t.Helper()
	k, err := otpauth.Parse(uri)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// TestApps holds the table of apps against the formats, and wants the warnings of some.
func TestApps(t *testing.T) {
	t.Parallel()
	for _, a := range apps.All() {
		if a.Name == "" || a.Title == "" || a.Source == "" || !a.Holds.TOTP {
			t.Errorf("%s: its line says too little", a.Name)
		}
		for _, name := range a.Imports {
			if f, err := formats.Named(name); err != nil || !f.Writes() {
				t.Errorf("%s imports %s, which is not written", a.Name, name)
			}
		}
		if w := a.Warnings(key(t, plain)); w != nil {
			t.Errorf("%s: warned of what every app takes: %v", a.Name, w)
		}
	}
	for _, c := range []struct{ app, uri, want string }{
		{"google", slow, "[{app-ignores [algorithm digits period] 0}]"},
		{"google", hotp, "[]"},
		{"google", steam, "[{app-lacks [steam] 0}]"},
		{"microsoft", hotp, "[{app-lacks [hotp] 0}]"},
		{"aegis", slow, "[]"},
		{"2fas", "otpauth://totp/a?secret=JBSWY3DPEHPK3PXP&digits=10&period=60", "[{app-refuses [digits] 0}]"},
		{"proton", hotp, "[{app-lacks [hotp] 0}]"},
	} {
		a, ok := apps.Named(c.app)
		if have := fmt.Sprint(a.Warnings(key(t, c.uri))); !ok || have != c.want {
			t.Errorf("%s, %s: %s, want %s", c.app, c.uri, have, c.want)
		}
	}
}
