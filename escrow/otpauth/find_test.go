package otpauth

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

const findSecret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"

func mustParse(t testing.TB, uri string) Key {
	t.Helper()
	k, err := Parse(uri)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// TestFind plays phones that differ from the key in one thing each.
func TestFind(t *testing.T) {
	const plain = "otpauth://totp/ACME:anna?secret=" + findSecret
	at := time.Date(2026, 11, 23, 12, 0, 7, 0, time.UTC)
	for name, c := range map[string]struct {
		key, phone string
		off        time.Duration
		want       Found
	}{
		"right":         {plain, plain, 0, Found{0, TOTP, SHA1, 6, 30 * time.Second, 0}},
		"behind":        {plain, plain, -90 * time.Second, Found{-90 * time.Second, TOTP, SHA1, 6, 30 * time.Second, 0}},
		"ahead":         {plain, plain, 90 * time.Second, Found{90 * time.Second, TOTP, SHA1, 6, 30 * time.Second, 0}},
		"nearly 1 hour": {plain, plain, 59*time.Minute + 30*time.Second, Found{3570 * time.Second, TOTP, SHA1, 6, 30 * time.Second, 0}},
		"time zone":     {plain, plain, -9 * time.Hour, Found{-9 * time.Hour, TOTP, SHA1, 6, 30 * time.Second, 0}},
		"algorithm":     {plain + "&algorithm=SHA256", plain, 0, Found{0, TOTP, SHA1, 6, 30 * time.Second, 0}},
		"digits":        {plain + "&digits=8", plain, 0, Found{0, TOTP, SHA1, 6, 30 * time.Second, 0}},
		"period":        {plain + "&period=60", plain, 0, Found{0, TOTP, SHA1, 6, 30 * time.Second, 0}},
		"all three":     {plain + "&period=60&algorithm=SHA512&digits=8", plain, -30 * time.Second, Found{-30 * time.Second, TOTP, SHA1, 6, 30 * time.Second, 0}},
		"odd period":    {plain + "&period=45", plain + "&period=45&algorithm=SHA256", 0, Found{0, TOTP, SHA256, 6, 45 * time.Second, 0}},
		"Steam's":       {plain, "otpauth://steam/x?secret=" + findSecret, 0, Found{0, Steam, SHA1, 5, 30 * time.Second, 0}},
		"not Steam's":   {"otpauth://steam/x?secret=" + findSecret, plain, 0, Found{0, TOTP, SHA1, 6, 30 * time.Second, 0}},
	} {
		t.Run(name, func(t *testing.T) {
			code, err := mustParse(t, c.phone).Code(at.Add(c.off))
			if err != nil {
				t.Fatal(err)
			}
			key := mustParse(t, c.key)
			got, ok := key.Find(code, at)
			if !ok || got != c.want {
				t.Errorf("found %+v, %v; want %+v", got, ok, c.want)
			}
			if got.Same(key) != (c.key == c.phone) {
				t.Errorf("same: %v", got.Same(key))
			}
		})
	}
}

func TestFindNothing(t *testing.T) {
	at := time.Date(2026, 11, 23, 12, 0, 7, 0, time.UTC)
	key := mustParse(t, "otpauth://totp/x?secret="+findSecret)
	other, err := mustParse(t, "otpauth://totp/x?secret=JBSWY3DPEHPK3PXP").Code(at)
	if err != nil {
		t.Fatal(err)
	}
	for _, code := range []string{other, "", "1", "abcdef", "12345678901"} {
		if found, ok := key.Find(code, at); ok {
			t.Errorf("%q: found %+v", code, found)
		}
	}
	if _, ok := (Key{}).Find(other, at); ok {
		t.Error("the zero key has a code")
	}
	if _, ok := key.Find(other, time.Unix(-100, 0)); ok {
		t.Error("a code before 1970")
	}
	if _, ok := key.Find(other, time.Unix(10, 0)); ok {
		t.Error("a code of the first seconds of 1970")
	}
}

func TestFindCounter(t *testing.T) {
	key := mustParse(t, "otpauth://hotp/x?secret="+findSecret+"&counter=5")
	for counter, want := range map[uint64]bool{4: false, 5: true, 17: true, 104: true, 105: false} {
		code, err := key.HOTP(counter)
		if err != nil {
			t.Fatal(err)
		}
		found, ok := key.Find(code, time.Time{})
		if ok != want || ok && found.Counter != counter {
			t.Errorf("counter %d: %+v, %v", counter, found, ok)
		}
	}
}

// TestFindItself: whatever the key, its own code is found as its own.
func TestFindItself(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		key, err := Build(Params{
			Secret:    SecretOf(findSecret),
			Algorithm: rapid.SampledFrom([]string{"SHA1", "SHA256", "SHA512"}).Draw(t, "algorithm"),
			Digits:    rapid.IntRange(6, 10).Draw(t, "digits"),
			Period:    rapid.IntRange(1, 86400).Draw(t, "period"),
		})
		if err != nil {
			t.Fatal(err)
		}
		at := time.Unix(rapid.Int64Range(86400*365, 1<<32).Draw(t, "at"), 0)
		code, err := key.Code(at)
		if err != nil {
			t.Fatal(err)
		}
		if found, ok := key.Find(code, at); !ok || !found.Same(key) || found.Off != 0 {
			t.Errorf("found %+v, %v", found, ok)
		}
	})
}
