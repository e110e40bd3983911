package escrow

import (
	"context"
	"path"
	"testing"
)

// TestHeldOf: only what is accepted is held, in whatever spelling. What waits is told
// apart, and so is a secret under another name; what nobody has confirmed is nothing.
func TestHeldOf(t *testing.T) {
	const secret = "?secret=JBSWY3DPEHPK3PXP&issuer="
	entry := func(status Status, line string) Entry {
		s, err := NewSeed(line, Details{})
		must(t, err)
		return Entry{Seed: s, Status: status, Receipts: []Receipt{{Path: "1-e503a3b21e366b7c/seeds/" + line}}}
	}
	seed := entry(Accepted, "otpauth://totp/Acme:me"+secret+"Acme").Seed
	for _, c := range []struct {
		status                    Status
		line                      string
		accepted, waiting, secret bool
	}{
		{Accepted, "otpauth://totp/Acme%3Ame?secret=jbswy3dpehpk3pxp&digits=6", true, false, false},
		{NotAccepted, "otpauth://totp/Acme:me" + secret + "Acme", false, true, false},
		{Late, "otpauth://totp/Acme:me" + secret + "Acme", false, true, false},
		{Unconfirmed, "otpauth://totp/Acme:me" + secret + "Acme", false, false, false},
		{Retired, "otpauth://totp/Acme:me" + secret + "Acme", false, false, false},
		{Accepted, "otpauth://totp/Other:me" + secret + "Other", false, false, true},
		{Accepted, "otpauth://totp/Acme:me" + secret + "Acme&digits=8", false, false, true},
		{NotAccepted, "otpauth://totp/Other:me" + secret + "Other", false, false, false},
		{Accepted, "otpauth://totp/Acme:me?secret=GEZDGNBVGY3TQOJQ&issuer=Acme", false, false, false},
	} {
		h := HeldOf([]Entry{entry(c.status, c.line)}, seed)
		if h.Accepted != nil != c.accepted || h.Waiting != nil != c.waiting || h.Secret != nil != c.secret {
			t.Errorf("status %d, %s: held %t, waits %t, its secret %t", c.status, c.line, h.Accepted != nil, h.Waiting != nil, h.Secret != nil)
		}
	}
	counts := func(n string) Entry { return entry(Accepted, "otpauth://hotp/Acme:me"+secret+"Acme&counter="+n) }
	if h := HeldOf([]Entry{counts("3"), counts("7"), counts("5")}, counts("9").Seed); h.Accepted == nil || h.Accepted.counter() != 7 {
		t.Error("of seeds that count the one with the highest counter is not the one that is held")
	}
}

// TestSameSeedIsNamed: a check names every spelling of an accepted seed but one: the
// first that was added, and of those that count the one that counts furthest.
func TestSameSeedIsNamed(t *testing.T) {
	f := newFixture(t)
	add := func(line string, added int) string {
		s, err := NewSeed(line, Details{Added: testTime.AddDate(0, 0, added)})
		must(t, err)
		r, err := f.vault().Deposit(s)
		must(t, err)
		return r.Path
	}
	keep := add("otpauth://totp/Acme:me?secret=JBSWY3DPEHPK3PXP&issuer=Acme", 0)
	again := add("otpauth://totp/Acme:me?secret=jbswy3dpehpk3pxp", 1)
	add("otpauth://totp/Acme:me?secret=JBSWY3DPEHPK3PXP&digits=8", 2)
	behind := add("otpauth://hotp/Door:me?secret=JBSWY3DPEHPK3PXP&counter=3", 0)
	further := add("otpauth://hotp/Door:me?secret=JBSWY3DPEHPK3PXP&counter=9", 3)
	o := f.unlock()
	entries, _, err := o.Seeds(context.Background())
	must(t, err)
	for _, e := range entries {
		must(t, o.Accept(e.Receipts...))
	}
	_, err = o.Seal(testTime)
	must(t, err)
	r, err := f.unlock().Check(context.Background(), CheckOptions{Now: testTime})
	must(t, err)
	found := map[string]string{}
	for _, finding := range r.Findings {
		if finding.Code == CodeSameSeed {
			found[finding.Path] = finding.Detail
			if finding.Red {
				t.Errorf("%s is red", path.Base(finding.Path))
			}
		}
	}
	if len(found) != 2 || found[again] != keep || found[behind] != further {
		t.Errorf("named are %v", found)
	}
}
