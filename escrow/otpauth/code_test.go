package otpauth

import (
	"bytes"
	"cmp"
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base32"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"log/slog"
	"math/rand/v2"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func build(t *testing.T, p Params) Key {
	t.Helper()
	k, err := Build(p)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func b32(secret string) string { return base32.StdEncoding.EncodeToString([]byte(secret)) }

// TestRFC6238 is the table of RFC 6238, appendix B. Its secrets are the digits
// 1 to 0 repeated to the length of the hash (erratum 2866).
func TestRFC6238(t *testing.T) {
	secrets := map[Algorithm]string{
		SHA1:   "12345678901234567890",
		SHA256: "12345678901234567890123456789012",
		SHA512: "1234567890123456789012345678901234567890123456789012345678901234",
	}
	n := 0
	for unix, codes := range map[int64]map[Algorithm]string{
		59:          {SHA1: "94287082", SHA256: "46119246", SHA512: "90693936"},
		1111111109:  {SHA1: "07081804", SHA256: "68084774", SHA512: "25091201"},
		1111111111:  {SHA1: "14050471", SHA256: "67062674", SHA512: "99943326"},
		1234567890:  {SHA1: "89005924", SHA256: "91819424", SHA512: "93441116"},
		2000000000:  {SHA1: "69279037", SHA256: "90698825", SHA512: "38618901"},
		20000000000: {SHA1: "65353130", SHA256: "77737706", SHA512: "47863826"},
	} {
		for a, want := range codes {
			k := build(t, Params{Secret: SecretOf(b32(secrets[a])), Algorithm: string(a), Digits: 8})
			if got, err := k.Code(time.Unix(unix, 0)); err != nil || got != want {
				t.Errorf("%s at %d: %s, %v; want %s", a, unix, got, err, want)
			}
			if got, err := k.Next(time.Unix(unix-30, 0)); err != nil || got != want {
				t.Errorf("%s: the code after %d is %s, %v; want %s", a, unix-30, got, err, want)
			}
			n++
		}
	}
	if n != 18 {
		t.Errorf("%d of 18 rows", n)
	}
}

// TestRFC4226 is the table of RFC 4226, appendix D.
func TestRFC4226(t *testing.T) {
	k := build(t, Params{Type: HOTP, Secret: SecretOf(b32("12345678901234567890"))})
	for counter, want := range []string{"755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"} {
		if got, err := k.HOTP(uint64(counter)); err != nil || got != want {
			t.Errorf("counter %d: %s, %v; want %s", counter, got, err, want)
		}
	}
}

// truncated computes a code by the text of RFC 4226, section 5.3, as a judge
// for lengths that other tools do not show.
func truncated(newHash func() hash.Hash, secret []byte, counter uint64) uint32 {
	mac := hmac.New(newHash, secret)
	binary.Write(mac, binary.BigEndian, counter)
	sum := mac.Sum(nil)
	at := sum[len(sum)-1] & 0xf
	return binary.BigEndian.Uint32(sum[at:at+4]) & 0x7fffffff
}

var hashes = map[Algorithm]func() hash.Hash{SHA1: sha1.New, SHA256: sha256.New, SHA512: sha512.New}

func TestEveryLengthAndSteam(t *testing.T) {
	const alphabet = "23456789BCDFGHJKMNPQRTVWXY"
	for digits := 1; digits <= 10; digits++ {
		for a, h := range hashes {
			k := build(t, Params{Secret: SecretOf("JBSWY3DPEHPK3PXP"), Digits: digits, Algorithm: string(a)})
			for step := range uint64(50) {
				v := uint64(truncated(h, k.Secret(), step))
				mod := uint64(1)
				for range digits {
					mod *= 10
				}
				want := fmt.Sprintf("%0*d", digits, v%mod)
				if got, err := k.Code(time.Unix(int64(step)*30, 0)); err != nil || got != want {
					t.Fatalf("%d digits, %s, step %d: %s, %v; want %s", digits, a, step, got, err, want)
				}
			}
		}
	}
	// KeePassXC's vectors.
	k := build(t, Params{Type: Steam, Secret: SecretOf("63BEDWCQZKTQWPESARIERL5DTTQFCJTK")})
	for unix, want := range map[int64]string{1511200518: "FR8RV", 1511200714: "9P3VP"} {
		if got, err := k.Code(time.Unix(unix, 0)); err != nil || got != want {
			t.Errorf("steam at %d: %s, %v; want %s", unix, got, err, want)
		}
	}
	for step := range uint64(50) {
		v, want := truncated(sha1.New, k.Secret(), step), ""
		for range 5 {
			want += string(alphabet[v%26])
			v /= 26
		}
		if got, err := k.Code(time.Unix(int64(step)*30+29, 0)); err != nil || got != want {
			t.Fatalf("steam, step %d: %s, %v; want %s", step, got, err, want)
		}
	}
}

// TestOathtool holds 10,000 codes of random keys against oathtool.
func TestOathtool(t *testing.T) {
	if _, err := exec.LookPath("oathtool"); err != nil {
		t.Skip("needs oathtool")
	}
	r := rand.New(rand.NewPCG(6238, 4226))
	compared := 0
	for range 200 {
		secret := make([]byte, 1+r.IntN(64))
		for i := range secret {
			secret[i] = byte(r.Uint32())
		}
		a := []Algorithm{SHA1, SHA256, SHA512}[r.IntN(3)]
		digits, period := 6+r.IntN(3), 15+r.IntN(106)
		k := build(t, Params{Secret: SecretOf(base32.StdEncoding.EncodeToString(secret)), Algorithm: string(a), Digits: digits, Period: period})
		start := r.Int64N(4_000_000_000)
		// The key is made up, and goes through a pipe all the same.
		cmd := exec.Command("oathtool", "--totp="+strings.ToLower(string(a)), "-d", fmt.Sprint(digits), "-s", fmt.Sprintf("%ds", period),
			"-N", fmt.Sprintf("@%d", start), "-w", "49", "-")
		cmd.Stdin = strings.NewReader(hex.EncodeToString(secret) + "\n")
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("oathtool: %v: %s", err, out)
		}
		for i, want := range strings.Fields(string(out)) {
			at := time.Unix(start+int64(i*period), 0)
			if got, err := k.Code(at); err != nil || got != want {
				t.Fatalf("%s, %d digits, %d s, step %d: %s, %v; oathtool says %s", a, digits, period, i, got, err, want)
			}
			compared++
		}
	}
	if compared != 10000 {
		t.Errorf("compared %d codes, want 10,000", compared)
	}
}

func TestRemaining(t *testing.T) {
	k := build(t, Params{Secret: SecretOf("JBSWY3DPEHPK3PXP")})
	for at, want := range map[time.Time]time.Duration{
		time.Unix(0, 0):            30 * time.Second,
		time.Unix(29, 0):           time.Second,
		time.Unix(30, 0):           30 * time.Second,
		time.Unix(59, 999_999_999): 1,
		time.Unix(-1, 0):           0,
	} {
		if got := k.Remaining(at); got != want {
			t.Errorf("at %v: %v, want %v", at.Unix(), got, want)
		}
	}
}

func TestCodeErrors(t *testing.T) {
	totp := build(t, Params{Secret: SecretOf("JBSWY3DPEHPK3PXP")})
	counting := build(t, Params{Type: HOTP, Secret: SecretOf("JBSWY3DPEHPK3PXP")})
	_, before := totp.Code(time.Unix(-1, 0))
	_, counted := counting.Code(time.Unix(1, 0))
	_, timed := totp.HOTP(1)
	_, none := Key{}.Code(time.Unix(1, 0))
	_, none2 := Key{}.HOTP(1)
	_, next := counting.Next(time.Unix(1, 0))
	for i, c := range []struct {
		err  error
		want Reason
	}{{before, BeforeEpoch}, {counted, NotTimeBased}, {timed, NotCounting}, {none, NotAKey}, {none2, NotAKey}, {next, NotTimeBased}} {
		if !errors.Is(c.err, &Error{c.want}) {
			t.Errorf("%d: %v, want %s", i, c.err, c.want)
		}
	}
}

func TestBuild(t *testing.T) {
	k := build(t, Params{Issuer: "A & B", Account: "x+y@example.com", Secret: SecretOf("jbsw y3dp-ehpk3pxp")})
	const want = "otpauth://totp/A%20%26%20B:x%2By%40example.com?secret=JBSWY3DPEHPK3PXP&issuer=A%20%26%20B"
	if k.URI() != want {
		t.Errorf("built %s", strings.ReplaceAll(k.URI(), "JBSWY3DPEHPK3PXP", "..."))
	}
	for want, p := range map[Reason]Params{
		EmptySecret:  {},
		BadSecret:    {Secret: SecretOf("0189")},
		BadEncoding:  {Secret: SecretOf("JBSWY3DPEHPK3PXP"), Issuer: "a\xff"},
		BadAlgorithm: {Secret: SecretOf("JBSWY3DPEHPK3PXP"), Algorithm: "sha3"},
		MD5:          {Secret: SecretOf("JBSWY3DPEHPK3PXP"), Algorithm: "md5"},
		BadDigits:    {Secret: SecretOf("JBSWY3DPEHPK3PXP"), Digits: 11},
		BadPeriod:    {Secret: SecretOf("JBSWY3DPEHPK3PXP"), Period: -1},
		UnknownType:  {Secret: SecretOf("JBSWY3DPEHPK3PXP"), Type: "totp/?secret=GEZDGNBVGY3TQOJQ&x="},
	} {
		if _, err := Build(p); !errors.Is(err, &Error{want}) {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

func TestBuildRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.StringOf(rapid.Rune().Filter(func(r rune) bool { return r > 0x20 && r != 0x7f && (r < 0x80 || r > 0xa0) }))
		secret := rapid.SliceOfN(rapid.Byte(), 1, 64).Draw(t, "secret")
		p := Params{
			Type:      rapid.SampledFrom([]Type{TOTP, HOTP, Steam}).Draw(t, "type"),
			Issuer:    name.Draw(t, "issuer"),
			Account:   name.Draw(t, "account"),
			Secret:    SecretOf(b32(string(secret))),
			Algorithm: rapid.SampledFrom([]string{"", "SHA1", "sha256", "HmacSHA512"}).Draw(t, "algorithm"),
			Digits:    rapid.IntRange(0, 10).Draw(t, "digits"),
			Period:    rapid.IntRange(0, 86400).Draw(t, "period"),
			Counter:   rapid.Uint64().Draw(t, "counter"),
		}
		if strings.TrimSpace(p.Issuer) == "" && strings.Count(p.Account, ":") == 1 {
			p.Issuer = "x" // else the colon is taken for the issuer's
		}
		k, err := Build(p)
		if errors.Is(err, &Error{TooLong}) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		again, err := Parse(k.URI())
		if err != nil || !again.Equal(k) || again.Issuer() != k.Issuer() || again.Account() != k.Account() {
			t.Fatalf("parsing what was built: %v, or another key", err)
		}
		wantDigits, wantPeriod, wantCounter := cmp.Or(p.Digits, 6), time.Duration(cmp.Or(p.Period, 30))*time.Second, uint64(0)
		switch p.Type {
		case Steam:
			wantDigits = 5
		case HOTP:
			wantPeriod, wantCounter = 0, p.Counter
		}
		if k.Digits() != wantDigits || k.Period() != wantPeriod || k.Counter() != wantCounter {
			t.Fatalf("%s: %d digits, %v, counter %d of %v", k.Type(), k.Digits(), k.Period(), k.Counter(), p.Digits)
		}
		if want := map[string]Algorithm{"": SHA1, "SHA1": SHA1, "sha256": SHA256, "HmacSHA512": SHA512}[p.Algorithm]; k.Algorithm() != want {
			t.Fatalf("algorithm %s, want %s", k.Algorithm(), want)
		}
		if strings.TrimSpace(p.Issuer) != k.Issuer() || strings.TrimSpace(p.Account) != k.Account() || k.Type() != p.Type {
			t.Fatalf("names changed: %q %q became %q %q", p.Issuer, p.Account, k.Issuer(), k.Account())
		}
		if !bytes.Equal(k.Secret(), secret) {
			t.Fatal("the secret changed")
		}
	})
}

// TestBuildSteamAndOdd shows when a key of the issuer Steam is Steam's, and that a
// secret of an odd length is remarked upon although the URI no longer shows it.
func TestBuildSteamAndOdd(t *testing.T) {
	for want, p := range map[Type]Params{
		Steam: {Issuer: "Steam", Secret: SecretOf("JBSWY3DPEHPK3PXP")},
		TOTP:  {Issuer: "Steam", Secret: SecretOf("JBSWY3DPEHPK3PXP"), Digits: 6},
	} {
		if k := build(t, p); k.Type() != want {
			t.Errorf("issuer Steam with %d digits is %s, want %s", p.Digits, k.Type(), want)
		}
	}
	for secret, want := range map[string]bool{"JBSWY3DPEHPK3PXP": false, "JBSWY3DPEHPK3PX": false, "JBSWY3DPEHPK3P": true} {
		if k := build(t, Params{Secret: SecretOf(secret)}); slices.Contains(k.Remarks(), RemarkOdd) != want {
			t.Errorf("%d characters: remarks are %v", len(secret), k.Remarks())
		}
	}
}

// TestPrintsNoSecret prints keys and parameters in every way, alone and inside
// other values.
func TestPrintsNoSecret(t *testing.T) {
	k := build(t, Params{Issuer: "ACME", Secret: SecretOf("JBSWY3DPEHPK3PXP")})
	p := Params{Secret: SecretOf("JBSWY3DPEHPK3PXP")}
	type outer struct {
		Params Params
		secret Secret
		typed  *Params
		Key    Key
		hidden Key
		ptr    *Key
		params Params
		list   []Key
		byName map[string]Key
		any    any
	}
	o := outer{p, p.Secret, &p, k, k, &k, p, []Key{k}, map[string]Key{"k": k}, k}
	for i, v := range []any{k, &k, []Key{k}, map[string]Key{"k": k}, o, &o, p, &p, []any{k, p}, p.Secret, &p.Secret} {
		for _, verb := range "vTtbcdoOqxXUeEfFgGsp" {
			for _, flag := range []string{"", "+", "#"} {
				noSecret(t, fmt.Sprintf("value %d with %%%s%c", i, flag, verb), fmt.Sprintf("%"+flag+string(verb), v))
			}
		}
		var text, structured bytes.Buffer
		slog.New(slog.NewTextHandler(&text, nil)).Info("m", "v", v)
		slog.New(slog.NewJSONHandler(&structured, nil)).Info("m", "v", v)
		noSecret(t, "slog text", text.String())
		noSecret(t, "slog JSON", structured.String())
		if data, err := json.Marshal(v); err == nil {
			noSecret(t, "JSON", string(data))
		}
	}
}

func noSecret(t *testing.T, where, text string) {
	t.Helper()
	lower := strings.ToLower(text)
	for _, secret := range []string{"jbswy3dp", "48656c6c6f21", "otpauth:/", "hello!", "72 101 108", "4a4253575933"} {
		if strings.Contains(lower, secret) {
			t.Errorf("%s shows the secret", where)
			return
		}
	}
}
