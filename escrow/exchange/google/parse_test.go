package google_test

import (
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"seedvault/escrow/exchange"
	"seedvault/escrow/exchange/google"
	"seedvault/escrow/otpauth"
)

// vector is one code, byte for byte, written from the message's definition.
const vector = `
	0a 2d                                 // field 1: an account, 45 bytes
	   0a 0a 48656c6c6f21 deadbeef        // 1: the secret, JBSWY3DPEHPK3PXP
	   12 0e 41434d453a616c696365 40622e63 // 2: "ACME:alice@b.c"
	   1a 04 41434d45                     // 3: "ACME"
	   20 02                              // 4: SHA256
	   28 02                              // 5: 8 digits
	   30 01                              // 6: HOTP
	   38 80 01                           // 7: counter 128
	   42 00                              // 8: an identifier, passed over
	0a 0e                                 // field 1: an account, 14 bytes
	   0a 05 48656c6c6f                   // 1: the secret "Hello"
	   12 05 3a20626f62                   // 2: ": bob"
	10 02                                 // field 2: version 2
	18 03                                 // field 3: of 3 codes
	20 01                                 // field 4: this is the second
	28 ff ff ff ff ff ff ff ff ff 01      // field 5: export -1
	7a 03 616263                          // field 15: unknown
	99 01 0102030405060708                // field 19: unknown, 8 bytes
	a5 01 01020304                        // field 20: unknown, 4 bytes`

// message reads bytes in hex, with comments.
func message(t testing.TB, text string) []byte {
	t.Helper()
	var digits strings.Builder
	for line := range strings.Lines(text) {
		line, _, _ = strings.Cut(line, "//")
		digits.WriteString(strings.Join(strings.Fields(line), ""))
	}
	data, err := hex.DecodeString(digits.String())
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func linkOf(data []byte) string {
	return "otpauth-migration://offline?data=" + url.QueryEscape(base64.StdEncoding.EncodeToString(data))
}

func parse(t testing.TB, uri string) google.Part {
	t.Helper()
	p, err := google.Parse(uri)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// describe says all that a key is.
func describe(e google.Entry) string {
	k := e.Key
	return fmt.Sprintf("%d %q %s %q %q %s %d %v %d %x %v", e.Position, e.Label, k.Type(), k.Issuer(), k.Account(),
		k.Algorithm(), k.Digits(), k.Period(), k.Counter(), k.Secret(), e.Err)
}

func TestParse(t *testing.T) {
	t.Parallel()
	uri := linkOf(message(t, vector))
	p := parse(t, uri)
	if p.Number != 2 || p.Of != 3 || p.URI() != uri || len(p.Entries) != 2 {
		t.Fatalf("part %d of %d with %d accounts", p.Number, p.Of, len(p.Entries))
	}
	for i, want := range []string{
		`1 "ACME:alice@b.c" hotp "ACME" "alice@b.c" SHA256 8 0s 128 48656c6c6f21deadbeef <nil>`,
		`2 ": bob" totp "" "bob" SHA1 6 30s 0 48656c6c6f <nil>`,
	} {
		if got := describe(p.Entries[i]); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
	for _, e := range p.Entries {
		again, err := otpauth.Parse(e.Key.URI())
		if err != nil || !again.Equal(e.Key) {
			t.Errorf("account %d: its URI is another key, or %v", e.Position, err)
		}
	}
}

// TestParseKnown reads a code that is published with its meaning
// (github.com/dim13/otpauth). It has neither a version nor a size.
func TestParseKnown(t *testing.T) {
	t.Parallel()
	p := parse(t, "otpauth-migration://offline?data=CjEKCkhlbGxvId6tvu8SGEV4YW1wbGU6YWxpY2VAZ29vZ2xlLmNvbRoHRXhhbXBsZTAC")
	if p.Number != 1 || p.Of != 1 || len(p.Entries) != 1 {
		t.Fatalf("part %d of %d with %d accounts", p.Number, p.Of, len(p.Entries))
	}
	const want = `1 "Example:alice@google.com" totp "Example" "alice@google.com" SHA1 6 30s 0 48656c6c6f21deadbeef <nil>`
	if got := describe(p.Entries[0]); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// TestLinkSpellings: what happens to a link on its way makes no other message.
func TestLinkSpellings(t *testing.T) {
	t.Parallel()
	// The bytes fb ff make all that base64 escapes: +, / and =.
	data := message(t, "0a 0a 0a 05 fbfffbfffb 12 01 61  10 01 7a 03 fbfffb")
	plain := base64.StdEncoding.EncodeToString(data)
	if !strings.Contains(plain, "+") || !strings.Contains(plain, "/") || !strings.HasSuffix(plain, "=") {
		t.Fatalf("%s shows nothing", plain)
	}
	everyOne := ""
	for _, c := range []byte(plain) {
		everyOne += fmt.Sprintf("%%%02x", c)
	}
	var exports google.Exports
	exports.Add(parse(t, linkOf(data)))
	const scheme = "otpauth-migration://offline?data="
	for _, uri := range []string{
		scheme + plain,
		scheme + everyOne,
		scheme + strings.TrimRight(plain, "="),
		scheme + strings.ReplaceAll(plain, "+", " "),
		scheme + strings.ReplaceAll(plain, "+", "%20"),
		scheme + base64.URLEncoding.EncodeToString(data),
		scheme + base64.RawURLEncoding.EncodeToString(data),
		scheme + plain + "&x=y",
		"  otpauth-migration://offline?x=y&data=" + plain + "\r\n",
		"OTPAUTH-Migration://OFFLINE/?data=" + plain,
		scheme + plain[:12] + "\n" + plain[12:],
	} {
		p, err := google.Parse(uri)
		if err != nil {
			t.Errorf("%s: %v", uri, err)
			continue
		}
		if got := fmt.Sprintf("%x", p.Entries[0].Key.Secret()); got != "fbfffbfffb" || exports.Add(p) {
			t.Errorf("%s: it is another code", uri)
		}
	}
}

// account is a message of one account, with what follows in the code.
func account(fields, rest string) string { return accounts([]string{fields}, rest) }

func accounts(list []string, rest string) string {
	out := ""
	for _, fields := range list {
		out += fmt.Sprintf("0a %02x %s\n", len(strings.Join(strings.Fields(fields), ""))/2, fields)
	}
	return out + rest
}

const secret = "0a 0a 48656c6c6f21deadbeef "

// TestRefusedCodes has one fault a code.
func TestRefusedCodes(t *testing.T) {
	t.Parallel()
	good := message(t, vector)
	for name, c := range map[string]struct {
		uri  string
		want exchange.Reason
	}{
		"another scheme":          {"otpauth://totp/a?secret=JBSWY3DPEHPK3PXP", exchange.NotGoogle},
		"nothing":                 {"", exchange.NotGoogle},
		"another host":            {"otpauth-migration://online?data=MTIz", exchange.NotGoogle},
		"no data":                 {"otpauth-migration://offline?x=MTIz", exchange.NotGoogle},
		"no query":                {"otpauth-migration://offline", exchange.NotGoogle},
		"too long":                {"otpauth-migration://offline?data=" + strings.Repeat("A", 16<<10), exchange.TooLong},
		"not base64":              {"otpauth-migration://offline?data=CjEK!khlbGxv", exchange.NotBase64},
		"half an escape":          {"otpauth-migration://offline?data=CjEK%2", exchange.NotBase64},
		"one character too few":   {"otpauth-migration://offline?data=CjEKC", exchange.NotBase64},
		"bits left over":          {"otpauth-migration://offline?data=CjEKCx", exchange.NotBase64},
		"escaped twice":           {"otpauth-migration://offline?data=CjEK%253D", exchange.NotBase64},
		"empty data":              {"otpauth-migration://offline?data=", exchange.NoAccounts},
		"no accounts":             {linkOf(message(t, "10 01 18 01 28 05")), exchange.NoAccounts},
		"version 3":               {linkOf(message(t, account(secret, "10 03"))), exchange.Newer},
		"a negative version":      {linkOf(message(t, account(secret, "10 ffffffffffffffffff01"))), exchange.Newer},
		"index = size":            {linkOf(message(t, account(secret, "18 02 20 02"))), exchange.BadPart},
		"index without a size":    {linkOf(message(t, account(secret, "20 01"))), exchange.BadPart},
		"a negative index":        {linkOf(message(t, account(secret, "18 02 20 ffffffffffffffffff01"))), exchange.BadPart},
		"size 1,001":              {linkOf(message(t, account(secret, "18 e907"))), exchange.BadPart},
		"size 2^31-1":             {linkOf(message(t, account(secret, "18 ffffffff07"))), exchange.BadPart},
		"size 2^32+1":             {linkOf(message(t, account(secret, "18 8180808010"))), exchange.BadPart},
		"a negative size":         {linkOf(message(t, account(secret, "18 ffffffffffffffffff01"))), exchange.BadPart},
		"two sizes":               {linkOf(message(t, account(secret, "18 01 18 02"))), exchange.Damaged},
		"a size of text":          {linkOf(message(t, account(secret, "1a 01 31"))), exchange.Damaged},
		"an account of numbers":   {linkOf(message(t, "08 01")), exchange.Damaged},
		"field number 0":          {linkOf(message(t, account(secret, "00 01"))), exchange.Damaged},
		"a group not begun":       {linkOf(message(t, account(secret, "7c"))), exchange.Damaged},
		"a group not ended":       {linkOf(message(t, account(secret, "7b 08 01"))), exchange.Damaged},
		"an 11-byte number":       {linkOf(message(t, account(secret, "28 ffffffffffffffffffff01"))), exchange.Damaged},
		"a length beyond the end": {linkOf(message(t, "0a ffffffffffffffff7f 00")), exchange.Damaged},
	} {
		p, err := google.Parse(c.uri)
		var e *exchange.Error
		if !errors.As(err, &e) || e.Reason != c.want || !errors.Is(err, &exchange.Error{Reason: c.want}) || e.Error() == "" {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
		if p.Number != 0 || p.URI() != "" || p.Entries != nil {
			t.Errorf("%s: a refused code gives a part", name)
		}
	}
	whole := []int{47, 63, 65, 67, 69, 80, 85, 95} // where a field ends: as good as a code without the rest
	for n := range len(good) {
		if _, err := google.Parse(linkOf(good[:n])); (err == nil) != slices.Contains(whole, n) {
			t.Errorf("cut off after %d bytes: %v", n, err)
		}
	}
}

// TestRefusedAccounts has one fault an account, between two that have none.
func TestRefusedAccounts(t *testing.T) {
	t.Parallel()
	name := "12 05 616c696365 1a 04 41434d45 " // alice, ACME
	long := "12 82 20" + strings.Repeat("61", 4098)
	for fault, c := range map[string]struct {
		fields string
		want   error
		label  string
	}{
		"MD5":                     {secret + name + "20 04", &exchange.Error{Reason: exchange.MD5}, "ACME:alice"},
		"algorithm 5":             {secret + name + "20 05", &exchange.Error{Reason: exchange.UnknownAlgorithm}, "ACME:alice"},
		"algorithm -1":            {secret + name + "20 ffffffffffffffffff01", &exchange.Error{Reason: exchange.UnknownAlgorithm}, "ACME:alice"},
		"digits 3":                {secret + name + "28 03", &exchange.Error{Reason: exchange.UnknownDigits}, "ACME:alice"},
		"type 3":                  {secret + name + "30 03", &exchange.Error{Reason: exchange.UnknownType}, "ACME:alice"},
		"type 2^32+2":             {secret + name + "30 8280808010", &exchange.Error{Reason: exchange.UnknownType}, "ACME:alice"},
		"counter -1":              {secret + name + "30 01 38 ffffffffffffffffff01", &exchange.Error{Reason: exchange.BadCounter}, "ACME:alice"},
		"no secret":               {name, &otpauth.Error{Reason: otpauth.EmptySecret}, "ACME:alice"},
		"an empty secret":         {"0a 00" + name, &otpauth.Error{Reason: otpauth.EmptySecret}, "ACME:alice"},
		"an empty account":        {"", &otpauth.Error{Reason: otpauth.EmptySecret}, ""},
		"an issuer alone":         {"1a 04 41434d45", &otpauth.Error{Reason: otpauth.EmptySecret}, "ACME"},
		"two secrets":             {secret + secret + name, &exchange.Error{Reason: exchange.Damaged}, ""},
		"two types":               {secret + name + "30 01 30 02", &exchange.Error{Reason: exchange.Damaged}, ""},
		"a secret that is number": {"08 01" + name, &exchange.Error{Reason: exchange.Damaged}, ""},
		"a name that is cut off":  {secret + "12 05 616c", &exchange.Error{Reason: exchange.Damaged}, ""},
		"a name of 4,098 bytes":   {secret + long, &otpauth.Error{Reason: otpauth.TooLong}, strings.Repeat("a", 4098)},
	} {
		good := secret + "12 03 626f62"
		list := accounts([]string{good}, "") + lengthy(c.fields) + accounts([]string{good}, "18 01")
		p := parse(t, linkOf(message(t, list)))
		if len(p.Entries) != 3 || p.Entries[0].Err != nil || p.Entries[2].Err != nil || p.Entries[2].Key.Account() != "bob" {
			t.Errorf("%s costs the others", fault)
			continue
		}
		e := p.Entries[1]
		if !errors.Is(e.Err, c.want) || e.Position != 2 || e.Label != c.label || e.Key.Type() != "" {
			t.Errorf("%s: %d %q: %v, want %v", fault, e.Position, e.Label, e.Err, c.want)
		}
	}
}

// lengthy is one account of any length.
func lengthy(fields string) string {
	n := len(strings.Join(strings.Fields(fields), "")) / 2
	if n < 128 {
		return accounts([]string{fields}, "")
	}
	return fmt.Sprintf("0a %02x %02x %s\n", n&0x7f|0x80, n>>7, fields)
}

// TestNames: a name refuses nothing, and says what it said.
func TestNames(t *testing.T) {
	t.Parallel()
	text := func(tag, s string) string { return fmt.Sprintf("%s %02x %x ", tag, len(s), s) }
	for _, c := range []struct{ name, issuer, wantIssuer, wantAccount string }{
		{"alice", "ACME", "ACME", "alice"},
		{"ACME:alice", "ACME", "ACME", "alice"},
		{"ACME: alice", " ACME ", "ACME", "alice"},
		{"ACME:alice", "", "ACME", "alice"},
		{"Other:alice", "ACME", "ACME", "Other:alice"},
		{"a:b:c", "", "", "a:b:c"},
		{"ACME:ACME:alice", "ACME", "ACME", "ACME:alice"},
		{"", "ACME", "ACME", ""},
		{"", "", "", ""},
		{"アリス@例", "株式会社", "株式会社", "アリス@例"},
		{"al\xffice", "AC\xffME", "AC\uFFFDME", "al\uFFFDice"},
		{"a&b=c?d#e%41+f", "x/y", "x/y", "a&b=c?d#e%41+f"},
		{"alice\n\x1b[31m", "", "", "alice\n\x1b[31m"},
		{"alice", "Steam", "Steam", "alice"},
	} {
		e := parse(t, linkOf(message(t, account(secret+text("12", c.name)+text("1a", c.issuer), "")))).Entries[0]
		if e.Err != nil || e.Key.Issuer() != c.wantIssuer || e.Key.Account() != c.wantAccount || e.Key.Type() != otpauth.TOTP {
			t.Errorf("%q of %q is %q of %q, %s, %v", c.name, c.issuer, e.Key.Account(), e.Key.Issuer(), e.Key.Type(), e.Err)
		}
	}
}

// TestLabelHoldsNoSecret: an account whose secret stands in its name as well, in base32 or
// as text, has no label. Of a secret that is no text, the name has lost the bytes.
func TestLabelHoldsNoSecret(t *testing.T) {
	t.Parallel()
	text := func(s string) string { return fmt.Sprintf("12 %02x %x ", len(s), s) }
	for _, name := range []string{"JBSWY3DPEHPK3PXP", "key: jbsw y3dp-ehpk 3pxp", "Hello!\xde\xad\xbe\xef"} {
		e := parse(t, linkOf(message(t, account(secret+text(name)+"20 04", "")))).Entries[0]
		if want := name == "Hello!\xde\xad\xbe\xef"; e.Err == nil || (e.Label != "") != want {
			t.Errorf("the label is %q", e.Label)
		}
	}
	ascii := "0a 05 48656c6c6f " + text("my Hello") + "20 04"
	if e := parse(t, linkOf(message(t, account(ascii, "")))).Entries[0]; e.Err == nil || e.Label != "" {
		t.Errorf("the label is %q", e.Label)
	}
}
