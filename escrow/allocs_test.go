package escrow

import "testing"

// TestLineIsJudgedOnce: whoever asks a seed for its key again gets what was found the first
// time.
func TestLineIsJudgedOnce(t *testing.T) {
	seed, err := NewSeed("otpauth://totp/ACME:anna?secret=JBSWY3DPEHPK3PXP&issuer=ACME", Details{})
	if err != nil {
		t.Fatal(err)
	}
	seed.Key()
	if n := testing.AllocsPerRun(10, func() { seed.Key() }); n > 0 {
		t.Errorf("asking again allocates %v times", n)
	}
}
