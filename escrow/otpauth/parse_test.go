package otpauth

import (
	"bufio"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"unicode"
)

// casesOf reads the lines of a table of testdata, and fails the test where they are fewer
// than 30.
func casesOf(t testing.TB, name string) []string {
	t.Helper()
	f, err := os.Open("../../testdata/otpauth/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var lines []string
	for s := bufio.NewScanner(f); s.Scan(); {
		if line := s.Text(); line != "" && !strings.HasPrefix(line, "#") {
			lines = append(lines, line)
		}
	}
	if len(lines) < 30 {
		t.Fatalf("%s has only %d cases", name, len(lines))
	}
	return lines
}

func TestAccepted(t *testing.T) {
	for _, line := range casesOf(t, "accepted.txt") {
		bar := strings.LastIndex(line, "|")
		want, uri := line[:bar], line[bar+1:]
		k, err := Parse(uri)
		if err != nil {
			t.Errorf("%s: %v", line, err)
			continue
		}
		var remarks []string
		for _, r := range k.Remarks() {
			remarks = append(remarks, string(r))
		}
		got := fmt.Sprintf("%s|%s|%s|%s|%s|%d|%d|%d|%x|%s", k.Type(), k.LabelIssuer(), k.Issuer(), k.Account(),
			k.Algorithm(), k.Digits(), int(k.Period().Seconds()), k.Counter(), k.Secret(), strings.Join(remarks, ","))
		if got != want {
			t.Errorf("%s:\n got %s\nwant %s", uri, got, want)
		}
		if k.URI() != uri {
			t.Errorf("%s: the URI is not kept byte for byte", uri)
		}
		ascii, err := Parse(k.ASCII())
		if err != nil || !ascii.Equal(k) || ascii.Issuer() != k.Issuer() || ascii.Account() != k.Account() ||
			strings.ContainsFunc(k.ASCII(), func(r rune) bool { return r > unicode.MaxASCII }) {
			t.Errorf("%s: in ASCII it is another key, or %v", uri, err)
		}
	}
}

var bytesFor = strings.NewReplacer(`\n`, "\n", `\r`, "\r", `\t`, "\t", `\xff`, "\xff")

func TestRefused(t *testing.T) {
	for _, line := range casesOf(t, "refused.txt") {
		reason, uri, _ := strings.Cut(line, "|")
		refusedFor(t, Reason(reason), bytesFor.Replace(uri))
	}
	refusedFor(t, TooLong, "otpauth://totp/"+strings.Repeat("a", 4096)+"?secret=JBSWY3DPEHPK3PXP")
	fits := "otpauth://totp/?secret=JBSWY3DPEHPK3PXP&issuer="
	if _, err := Parse(fits + strings.Repeat("a", 4096-len(fits))); err != nil {
		t.Errorf("4,096 bytes: %v", err)
	}
}

func refusedFor(t *testing.T, reason Reason, uri string) {
	t.Helper()
	k, err := Parse(uri)
	var e *Error
	if !errors.As(err, &e) || e.Reason != reason || !errors.Is(err, &Error{reason}) {
		t.Errorf("%q: %v, want %s", uri, err, reason)
		return
	}
	if k.Type() != "" || k.URI() != "" {
		t.Errorf("%q: a refused URI gives a key", uri)
	}
	if reasonText.Get()[reason] == "" {
		t.Errorf("%s has no text", reason)
	}
}

// TestErrorsQuoteNothing looks for pieces of the refused secrets in the errors.
func TestErrorsQuoteNothing(t *testing.T) {
	looked := 0
	for _, line := range casesOf(t, "refused.txt") {
		_, uri, _ := strings.Cut(line, "|")
		_, err := Parse(bytesFor.Replace(uri))
		_, secret, _ := strings.Cut(uri, "secret=")
		secret, _, _ = strings.Cut(secret, "&")
		for i := 0; i+4 <= len(secret); i++ {
			looked++
			if strings.Contains(fmt.Sprintf("%v %+v %#v", err, err, err), secret[i:i+4]) {
				t.Errorf("%v quotes its input", err)
			}
		}
	}
	if looked < 100 {
		t.Errorf("only %d pieces looked for", looked)
	}
}

func TestSameAndEqual(t *testing.T) {
	parse := func(uri string) Key {
		k, err := Parse(uri)
		if err != nil {
			t.Fatal(err)
		}
		return k
	}
	base := parse("otpauth://totp/a?secret=JBSWY3DPEHPK3PXP")
	for uri, want := range map[string][2]bool{
		"otpauth://totp/b?secret=jbsw-y3dp-ehpk-3pxp&algorithm=sha-1&digits=6&period=30": {true, true},
		"otpauth://totp/a?secret=JBSWY3DPEHPK3PXP&digits=8":                              {true, false},
		"otpauth://totp/a?secret=JBSWY3DPEHPK3PXP&period=60":                             {true, false},
		"otpauth://totp/a?secret=JBSWY3DPEHPK3PXP&algorithm=SHA256":                      {true, false},
		"otpauth://hotp/a?secret=JBSWY3DPEHPK3PXP&counter=0":                             {true, false},
		"otpauth://totp/a?secret=JBSWY3DPEHPK3PXP&encoder=steam":                         {true, false},
		"otpauth://totp/a?secret=GEZDGNBVGY3TQOJQ":                                       {false, false},
	} {
		k := parse(uri)
		if got := [2]bool{base.SameSecret(k), base.Equal(k)}; got != want {
			t.Errorf("%s: same secret and equal are %v, want %v", uri, got, want)
		}
	}
	if (Key{}).SameSecret(Key{}) || (Key{}).Equal(Key{}) {
		t.Error("two empty keys are one")
	}
}

func FuzzParse(f *testing.F) {
	for _, name := range []string{"accepted.txt", "refused.txt"} {
		for _, line := range casesOf(f, name) {
			f.Add(bytesFor.Replace(line[strings.LastIndex(line, "|")+1:]))
		}
	}
	f.Fuzz(func(t *testing.T, uri string) {
		k, err := Parse(uri)
		if err != nil {
			var e *Error
			if !errors.As(err, &e) || reasonText.Get()[e.Reason] == "" {
				t.Fatalf("a refusal without a reason: %v", err)
			}
			if err.Error() != "invalid otpauth key: "+reasonText.Get()[e.Reason] {
				t.Fatal("a refusal says more than its reason")
			}
			return
		}
		if k.URI() != uri || len(k.Secret()) == 0 || k.Digits() < 1 || k.Digits() > 10 {
			t.Fatal("an accepted URI is not whole")
		}
		for _, text := range []string{fmt.Sprintf("%v %+v %#v %s %q %x", k, k, k, k, k, k)} {
			if strings.Contains(text, hex.EncodeToString(k.Secret())) && len(k.Secret()) > 3 {
				t.Fatal("a key prints its secret")
			}
		}
		again, err := Parse(k.URI())
		if err != nil || !again.Equal(k) {
			t.Fatal("parsing twice gives two keys")
		}
	})
}
