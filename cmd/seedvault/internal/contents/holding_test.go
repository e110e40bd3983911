package contents

import (
	"testing"

	"seedvault/escrow"
)

// TestHeldOf: only what is accepted is held, in whatever spelling. What waits is told
// apart, and so is a secret under another name; what nobody has confirmed is nothing.
func TestHeldOf(t *testing.T) {
	const secret = "?secret=JBSWY3DPEHPK3PXP&issuer="
	entry := func(status escrow.Status, line string) escrow.Entry {
		s, err := escrow.NewSeed(line, escrow.Details{})
		if err != nil {
			t.Fatal(err)
		}
		return escrow.Entry{Seed: s, Status: status, Receipts: []escrow.Receipt{{Path: "1-e503a3b21e366b7c/seeds/" + line}}}
	}
	seed := entry(escrow.Accepted, "otpauth://totp/Acme:me"+secret+"Acme").Seed
	for _, c := range []struct {
		status                    escrow.Status
		line                      string
		accepted, waiting, secret bool
	}{
		{escrow.Accepted, "otpauth://totp/Acme%3Ame?secret=jbswy3dpehpk3pxp&digits=6", true, false, false},
		{escrow.NotAccepted, "otpauth://totp/Acme:me" + secret + "Acme", false, true, false},
		{escrow.Late, "otpauth://totp/Acme:me" + secret + "Acme", false, true, false},
		{escrow.Unconfirmed, "otpauth://totp/Acme:me" + secret + "Acme", false, false, false},
		{escrow.Retired, "otpauth://totp/Acme:me" + secret + "Acme", false, false, false},
		{escrow.Accepted, "otpauth://totp/Other:me" + secret + "Other", false, false, true},
		{escrow.Accepted, "otpauth://totp/Acme:me" + secret + "Acme&digits=8", false, false, true},
		{escrow.NotAccepted, "otpauth://totp/Other:me" + secret + "Other", false, false, false},
		{escrow.Accepted, "otpauth://totp/Acme:me?secret=GEZDGNBVGY3TQOJQ&issuer=Acme", false, false, false},
	} {
		h := heldOf([]escrow.Entry{entry(c.status, c.line)}, seed)
		if h.Accepted != nil != c.accepted || h.Waiting != nil != c.waiting || h.Secret != nil != c.secret {
			t.Errorf("status %d, %s: held %t, waits %t, its secret %t", c.status, c.line, h.Accepted != nil, h.Waiting != nil, h.Secret != nil)
		}
	}
	counts := func(n string) escrow.Entry {
		return entry(escrow.Accepted, "otpauth://hotp/Acme:me"+secret+"Acme&counter="+n)
	}
	if h := heldOf([]escrow.Entry{counts("3"), counts("7"), counts("5")}, counts("9").Seed); h.Accepted == nil || counterOf(h.Accepted.Seed) != 7 {
		t.Error("of seeds that count the one with the highest counter is not the one that is held")
	}
}
