package formats_test

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"testing"

	"seedvault/escrow/exchange"
	"seedvault/escrow/exchange/formats"
	"seedvault/testdata/everything"
)

func reason(r exchange.Reason) error { return &exchange.Error{Reason: r} }

func TestRefusedByName(t *testing.T) {
	t.Parallel()
	named := map[string]bool{}
	for _, s := range refusedSamples() {
		_, err := formats.Read(formats.NewFile(s.name, s.data), formats.Options{})
		if !errors.Is(err, reason(exchange.Reason(s.form))) || err.Error() == "" {
			t.Errorf("%v: %v", s, err)
		}
		named[s.format] = true
	}
	for _, f := range formats.All() {
		if f.Refused != "" && !named[f.Name] {
			t.Errorf("no sample of %s", f.Name)
		}
	}
	proton := formats.NewFile("", zipFiles("Proton Pass/data.pgp", "-----BEGIN PGP MESSAGE-----"))
	if _, err := formats.Read(proton, formats.Options{}); !errors.Is(err, reason(exchange.OpenPGP)) {
		t.Errorf("Proton Pass with PGP: %v", err)
	}
	for name, data := range map[string]string{"empty": "", "a text": "hello\n", "JSON": `{"a":1}`, "a list": `[1,2]`, "HTML": "<html><body>x</body></html>", "CSV": "a,b,c\n1,2,3\n", "a broken zip": "PK\x03\x04xxxx"} {
		if r, err := formats.Read(formats.NewFile("f", []byte(data)), formats.Options{}); !errors.Is(err, reason(exchange.NotRecognised)) && !errors.Is(err, reason(exchange.Damaged)) {
			t.Errorf("%s: read as %s, %v", name, r.Format, err)
		}
	}
}

// TestInsist reads every sample as every other format: that is refused, or finds
// nothing, and never goes wrong.
func TestInsist(t *testing.T) {
	t.Parallel()
	for _, s := range samples() {
		for _, f := range formats.All() {
			o := s.options(t)
			o.From = f.Name
			o.Password = func(a exchange.PasswordRequest) (string, error) { return "", errors.New("none") }
			o.Cost = func(exchange.Cost) error { return errors.New("no") }
			r, err := formats.Read(formats.NewFile(s.name, s.data), o)
			if f.Name == s.format {
				if err != nil && s.password == "" {
					t.Errorf("%v, insisted: %v", s, err)
				}
				continue
			}
			if err == nil && len(r.Items) > 0 && !sharesReader(s.format, f.Name) {
				for _, i := range r.Items {
					if i.Err == nil {
						t.Errorf("%v: taken as %s", s, f.Name)
						break
					}
				}
			}
		}
	}
	if _, err := formats.Read(formats.NewFile("", nil), formats.Options{From: "nonsense"}); !errors.Is(err, reason(exchange.UnknownFormat)) {
		t.Errorf("an unknown format: %v", err)
	}
}

// sharesReader names the formats of which one reads the other's files rightly.
func sharesReader(a, b string) bool {
	lists := " uris ente google pass "
	arrays := " andotp raivo otpclient authy duo "
	titles := " apple 1password keepassxc protonpass csv "
	pair := func(set string) bool {
		return strings.Contains(set, " "+a+" ") && strings.Contains(set, " "+b+" ")
	}
	return pair(lists) || pair(arrays) || pair(titles) || pair(" aegis aegis-encrypted ")
}

func TestPasswords(t *testing.T) {
	t.Parallel()
	for _, s := range samples() {
		if s.password == "" {
			continue
		}
		t.Run(s.String(), func(t *testing.T) {
			t.Parallel()
			tryPasswords(t, s)
		})
	}
}

// tryPasswords opens a sample at the second try, and without a password, and with
// somebody who gives up.
func tryPasswords(t *testing.T, s sample) {
	var asks []exchange.PasswordRequest
	o := s.options(t)
	o.Password = func(a exchange.PasswordRequest) (string, error) {
		asks = append(asks, a)
		return []string{"wrong", s.password}[min(a.Tries, 1)], nil
	}
	if s.form == "key" {
		o.Password = func(a exchange.PasswordRequest) (string, error) {
			asks = append(asks, a)
			return []string{strings.Repeat("00", 16), s.password}[min(a.Tries, 1)], nil
		}
	}
	r, err := formats.Read(formats.NewFile(s.name, s.data), o)
	if err != nil || len(asks) != 2 || asks[1].Tries != 1 || asks[0].Format != s.format || asks[0].Source != s.name {
		t.Errorf("%v: after a wrong password %v, asked %v", s, err, asks)
	}
	if len(r.Items) != len(s.want)+len(s.refused) {
		t.Errorf("%v: %d items after a wrong password", s, len(r.Items))
	}
	o.Password = nil
	if _, err := formats.Read(formats.NewFile(s.name, s.data), o); !errors.Is(err, reason(exchange.NeedsPassword)) {
		t.Errorf("%v: without a password: %v", s, err)
	}
	given := errors.New("no more")
	o.Password = func(exchange.PasswordRequest) (string, error) { return "", given }
	if _, err := formats.Read(formats.NewFile(s.name, s.data), o); err != given {
		t.Errorf("%v: the person gave up: %v", s, err)
	}
}

// once gives one password, and then none.
func once(password string) func(exchange.PasswordRequest) (string, error) {
	return func(a exchange.PasswordRequest) (string, error) {
		if a.Tries > 0 {
			return "", errors.New("no other password")
		}
		return password, nil
	}
}

// TestCosts says that each key derivation is announced before it is spent, and that
// what no app asks for is refused.
func TestCosts(t *testing.T) {
	t.Parallel()
	stop := errors.New("too much for me")
	said := map[string]bool{}
	for _, s := range samples() {
		if s.password == "" || s.form == "key" || s.form == "encrypted, old" {
			continue
		}
		o := s.options(t)
		o.Cost = func(c exchange.Cost) error {
			said[c.Function] = true
			if c.Function == "" || c.Memory < 0 || c.Memory > exchange.MaxKDFMemory || c.Rounds < 1 {
				t.Errorf("%v: %+v", s, c)
			}
			return stop
		}
		if s.format == "raivo" {
			continue // a thousand rounds, fixed by the format
		}
		if _, err := formats.Read(formats.NewFile(s.name, s.data), o); err != stop {
			t.Errorf("%v: spent without a word: %v", s, err)
		}
	}
	if len(said) != 3 {
		t.Errorf("announced %v", said)
	}
	ente := func(memory int64, passes int) string {
		return fmt.Sprintf(`{"version":1,"kdfParams":{"memLimit":%d,"opsLimit":%d,"salt":%q},"encryptedData":%q,"encryptionNonce":%q}`,
			memory, passes, b64(fixed(16)), b64(fixed(40)), b64(fixed(24)))
	}
	aegis := func(n, r, p int) string {
		return fmt.Sprintf(`{"version":1,"header":{"slots":[{"type":1,"n":%d,"r":%d,"p":%d,"salt":"00","key":"00","key_params":{"nonce":"00","tag":"00"}}],"params":{"nonce":"00","tag":"00"}},"db":"AAAA"}`, n, r, p)
	}
	bitwarden := func(kind, rounds, memory, parallel int) string {
		return fmt.Sprintf(`{"encrypted":true,"passwordProtected":true,"salt":"s","kdfType":%d,"kdfIterations":%d,"kdfMemory":%d,"kdfParallelism":%d,"encKeyValidation_DO_NOT_EDIT":"2.AA|AA|AA","data":"2.AA|AA|AA"}`, kind, rounds, memory, parallel)
	}
	for name, c := range map[string]struct {
		file string
		want error
	}{
		"1 GiB of Argon2id":              {ente(1<<30, 4), stop},
		"2 GiB of Argon2id":              {ente(2<<30, 4), reason(exchange.TooDear)},
		"1 GiB, a thousand times":        {ente(1<<30, 1000), reason(exchange.TooDear)},
		"Argon2id of nothing":            {ente(0, 1), reason(exchange.Damaged)},
		"Argon2id without a pass":        {ente(1<<20, 0), reason(exchange.Damaged)},
		"1 GiB of scrypt":                {aegis(1<<20, 8, 1), stop},
		"2 GiB of scrypt":                {aegis(1<<21, 8, 1), reason(exchange.TooDear)},
		"scrypt, 200 times over":         {aegis(1<<20, 8, 200), reason(exchange.TooDear)},
		"scrypt of no power of two":      {aegis(1000, 8, 1), reason(exchange.Damaged)},
		"scrypt of nothing":              {aegis(0, 0, 0), reason(exchange.Damaged)},
		"2,000,000 rounds":               {bitwarden(0, 2_000_000, 0, 0), stop},
		"2,000,000,000 rounds":           {bitwarden(0, 2_000_000_000, 0, 0), reason(exchange.TooDear)},
		"Bitwarden's most":               {bitwarden(1, 10, 1024, 16), stop},
		"Bitwarden, 1 TiB":               {bitwarden(1, 10, 1<<20, 16), reason(exchange.TooDear)},
		"Bitwarden, an unknown key":      {bitwarden(7, 10, 1, 1), reason(exchange.UnknownCipher)},
		"Bitwarden, no rounds":           {bitwarden(0, 0, 0, 0), reason(exchange.Damaged)},
		"a thousand threads":             {bitwarden(1, 1, 64, 1000), reason(exchange.Damaged)},
		"OTPClient, 2 GiB":               {"OTPClient" + strings.Repeat("\x00\x00\x7f\x7f", 40), reason(exchange.Damaged)},
		"FreeOTP 2, a billion of rounds": {string(freeotp2Rounds(1_000_000_000)), reason(exchange.TooDear)},
	} {
		_, err := formats.Read(formats.NewFile("", []byte(c.file)), formats.Options{
			Password: func(exchange.PasswordRequest) (string, error) { return "x", nil }, Cost: func(exchange.Cost) error { return stop },
		})
		if err != c.want && !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

func freeotp2Rounds(n int) []byte {
	m := javaMap{}
	m.put("masterKey", fmt.Sprintf(`{"mAlgorithm":"PBKDF2withHmacSHA1","mIterations":%d,"mSalt":[1,2],"mEncryptedKey":{}}`, n))
	return m.bytes()
}

// TestNoSecretsInErrors damages every sample in many ways and looks at all that is
// said: no error, label, place or printed value holds a secret or the password.
func TestNoSecretsInErrors(t *testing.T) {
	t.Parallel()
	var secrets []string
	for _, e := range []enrolment{plainTOTP, slowTOTP, steamTOTP, motp} {
		secrets = append(secrets, e.base32(), strings.ToLower(e.base32()), e.hex(), strings.TrimRight(b64(e.secret), "="), string(e.secret), e.signed())
	}
	secrets = append(secrets, samplePassword, "hunter2", "R12345", "otpauth://totp/", base64.RawStdEncoding.EncodeToString([]byte(samplePassword)))
	check := func(s sample, text string) {
		for _, secret := range secrets {
			if strings.Contains(text, secret) {
				t.Errorf("%v: said %q", s, text)
			}
		}
	}
	said, ways := 0, 12
	switch {
	case testing.Short():
		ways = 6
	case everything.Asked:
		ways = 24
	}
	for _, s := range samples() {
		for n := range ways {
			data := []byte(string(s.data))
			switch at := n * len(data) / ways; n % 3 {
			case 0:
				data = data[:at]
			case 1:
				data[at] ^= 0x15
			default:
				data = append(data[:at], data[min(len(data), at+9):]...)
			}
			o := s.options(t)
			o.Password = once(s.password)
			o.Cost = func(c exchange.Cost) error {
				if n > 0 && (c.Memory > 8<<20 || c.Rounds > 5000) {
					return errors.New("enough of that")
				}
				return nil
			}
			r, err := formats.Read(formats.NewFile(s.name, data), o)
			if err != nil {
				said++
				check(s, err.Error())
			}
			for _, i := range r.Items {
				check(s, fmt.Sprintf("%v %+v %#v", i, i, i))
				if i.Err != nil {
					said++
					check(s, i.Err.Error())
				}
			}
			check(s, fmt.Sprintf("%v %+v %#v", r, r, r))
		}
	}
	if said < 16*ways {
		t.Errorf("only %d errors were looked at", said)
	}
}
