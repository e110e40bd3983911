package otpauth

import (
	"strings"
	"testing"
)

func TestOtherSpellings(t *testing.T) {
	for spelled, want := range map[string]string{
		"apple-otpauth://totp/ACME:anna?secret=JBSWY3DPEHPK3PXP&issuer=ACME": "otpauth://totp/ACME:anna?secret=JBSWY3DPEHPK3PXP&issuer=ACME",
		"Apple-OTPAuth://hotp/a?secret=JBSWY3DPEHPK3PXP&counter=0":           "otpauth://hotp/a?secret=JBSWY3DPEHPK3PXP&counter=0",
		"steam://JBSWY3DPEHPK3PXP":                                           "otpauth://steam/Steam?secret=JBSWY3DPEHPK3PXP&issuer=Steam",
		"STEAM://jbswy3dpehpk3pxp":                                           "otpauth://steam/Steam?secret=jbswy3dpehpk3pxp&issuer=Steam",
	} {
		if k := mustParse(t, spelled); k.URI() != want {
			t.Errorf("%s is %s, want %s", spelled, k.URI(), want)
		}
	}
	if k := mustParse(t, "steam://JBSWY3DPEHPK3PXP"); k.Type() != Steam || k.Issuer() != "Steam" {
		t.Errorf("steam:// is a %s key of %s", k.Type(), k.Issuer())
	}
}

func TestSameSeed(t *testing.T) {
	const base = "otpauth://totp/Acme:me?secret=JBSWY3DPEHPK3PXP&issuer=Acme"
	for _, c := range []struct {
		uri  string
		same bool
	}{
		{"otpauth://totp/me?secret=JBSWY3DPEHPK3PXP&issuer=Acme", true},
		{"otpauth://totp/Acme%3Ame?secret=jbswy3dpehpk3pxp", true},
		{"otpauth://totp/Acme:me?secret=JBSWY3DPEHPK3PXP&issuer=Acme&algorithm=SHA1&digits=6&period=30", true},
		{"otpauth://totp/ACME:Me?secret=JBSW-Y3DP-EHPK-3PXP", true},
		{"otpauth://totp/Ａｃｍｅ:me?secret=JBSWY3DPEHPK3PXP", true},
		{"otpauth://totp/Acme:%20me?secret=JBSWY3DPEHPK3PXP", true},
		{"otpauth://totp/Acme:you?secret=JBSWY3DPEHPK3PXP", false},
		{"otpauth://totp/Other:me?secret=JBSWY3DPEHPK3PXP", false},
		{"otpauth://totp/Acme:me?secret=GEZDGNBVGY3TQOJQ", false},
		{"otpauth://totp/Acme:me?secret=JBSWY3DPEHPK3PXP&digits=8", false},
		{"otpauth://totp/Acme:me?secret=JBSWY3DPEHPK3PXP&period=60", false},
		{"otpauth://totp/Acme:me?secret=JBSWY3DPEHPK3PXP&algorithm=SHA256", false},
		{"otpauth://totp/Acme:me?secret=JBSWY3DPEHPK3PXP&encoder=steam", false},
		{"otpauth://hotp/Acme:me?secret=JBSWY3DPEHPK3PXP&counter=1", false},
	} {
		a, b := mustParse(t, base), mustParse(t, c.uri)
		if a.SameSeed(b) != c.same || b.SameSeed(a) != c.same {
			t.Errorf("%s: the same seed is %v, want %v", c.uri, a.SameSeed(b), c.same)
		}
	}
	one, two := mustParse(t, "otpauth://hotp/a?secret=JBSWY3DPEHPK3PXP&counter=1"), mustParse(t, "otpauth://hotp/a?secret=JBSWY3DPEHPK3PXP&counter=2")
	if !one.SameSeed(two) || one.Equal(two) {
		t.Error("a counter makes another seed, or the same codes")
	}
	if (Key{}).SameSeed(Key{}) {
		t.Error("two empty keys are one seed")
	}
}

func TestShort(t *testing.T) {
	secret := strings.Repeat("JBSWY3DPEHPK3PXP", 4)
	const root = "root-account-mfa-device@123456789012"
	for _, c := range []struct{ uri, shortest string }{
		{ // what AWS shows for a root user; the shortest is 147 bytes, a code of version 7
			"otpauth://totp/Amazon%20Web%20Services:" + root + "?secret=" + secret + "&issuer=Amazon%20Web%20Services",
			"otpauth://totp/Amazon%20Web%20Services:" + root + "?secret=" + secret,
		},
		{
			"otpauth://totp/ACME:anna%40example.com?secret=jbswy3dp%20ehpk3pxp&issuer=ACME&algorithm=SHA1&digits=6&period=30",
			"otpauth://totp/ACME:anna@example.com?secret=JBSWY3DPEHPK3PXP",
		},
		{
			"otpauth://totp/a?secret=JBSWY3DPEHPK3PXP&issuer=ACME&algorithm=SHA256&digits=8&period=60",
			"otpauth://totp/ACME:a?secret=JBSWY3DPEHPK3PXP&algorithm=SHA256&digits=8&period=60",
		},
		{
			"otpauth://hotp/ACME:a?secret=JBSWY3DPEHPK3PXP&issuer=ACME&counter=7&digits=6",
			"otpauth://hotp/ACME:a?secret=JBSWY3DPEHPK3PXP&counter=7",
		},
		{
			"otpauth://totp/Steam:a?secret=JBSWY3DPEHPK3PXP&issuer=Steam&digits=6&period=30",
			"otpauth://totp/Steam:a?secret=JBSWY3DPEHPK3PXP&digits=6",
		},
	} {
		k := mustParse(t, c.uri)
		short := k.Short()
		if len(short) == 0 || short[len(short)-1] != c.shortest {
			t.Errorf("%s\n gives %v\n want %s", c.uri, short, c.shortest)
		}
	}
	if short := mustParse(t, "otpauth://totp/ACME:a?secret=JBSWY3DPEHPK3PXP").Short(); len(short) != 0 {
		t.Errorf("nothing is shorter than the shortest, but %v", short)
	}
	if len("otpauth://totp/Amazon%20Web%20Services:"+root+"?secret="+secret) != 147 {
		t.Error("AWS's shortest line has another length")
	}
}

// TestShortIsTheSame holds every short spelling of every accepted URI to the key.
func TestShortIsTheSame(t *testing.T) {
	shortened := 0
	for _, line := range casesOf(t, "accepted.txt") {
		k := mustParse(t, line[strings.LastIndex(line, "|")+1:])
		last := len(k.ASCII())
		for _, uri := range k.Short() {
			shortened++
			s := mustParse(t, uri)
			if !s.Equal(k) || s.Issuer() != k.Issuer() || s.Account() != k.Account() || len(uri) >= last {
				t.Errorf("%s is shortened to another key, or not shortened: %s", k.URI(), uri)
			}
			last = len(uri)
		}
	}
	if shortened < 30 {
		t.Errorf("only %d were shortened", shortened)
	}
}
