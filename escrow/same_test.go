package escrow

import (
	"context"
	"path"
	"testing"
)

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
