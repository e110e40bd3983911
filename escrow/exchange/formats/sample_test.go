package formats_test

import (
	"bytes"
	"encoding/base32"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"filippo.io/age"

	"seedvault/escrow/exchange"
	"seedvault/escrow/exchange/formats"
	"seedvault/escrow/otpauth"
)

// enrolment is one seed of the samples, which follow the formats' documents and share no
// code with the readers.
type enrolment struct {
	kind, issuer, account string
	secret                []byte
	algorithm             string
	digits, period        int
	counter               uint64
	pin                   string
}

var (
	hello    = []byte("Hello!\xde\xad\xbe\xef") // JBSWY3DPEHPK3PXP
	rfc      = []byte("12345678901234567890")
	steamKey = must(base32.StdEncoding.DecodeString("63BEDWCQZKTQWPESARIERL5DTTQFCJTK")) // KeePassXC's vector

	plainTOTP = enrolment{kind: "totp", issuer: "ACME", account: "alice@example.com", secret: hello, algorithm: "SHA1", digits: 6, period: 30}
	slowTOTP  = enrolment{kind: "totp", issuer: "Bücher & Co", account: "bob+x@example.com", secret: rfc, algorithm: "SHA256", digits: 8, period: 60}
	oddTOTP   = enrolment{kind: "totp", issuer: "株式会社", account: "花子", secret: rfc, algorithm: "SHA512", digits: 7, period: 15}
	hotp      = enrolment{kind: "hotp", issuer: "Counter", account: "carol", secret: rfc, algorithm: "SHA1", digits: 6, counter: 7}
	steamTOTP = enrolment{kind: "steam", issuer: "Steam", account: "dave", secret: steamKey, algorithm: "SHA1", digits: 5, period: 30}
	motp      = enrolment{kind: "motp", issuer: "Old", account: "erin", secret: []byte{0xe3, 0x15, 0x2a, 0xfe, 0xe6, 0x25, 0x99, 0xc8}, pin: "1234"}
	yandex    = enrolment{kind: "yandex", issuer: "Yandex", account: "frank", secret: rfc, pin: "5239"}
)

func (e enrolment) base32() string {
	return base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(e.secret)
}

func (e enrolment) hex() string { return hex.EncodeToString(e.secret) }

// signed is the secret as Java's bytes.
func (e enrolment) signed() string {
	var list []string
	for _, b := range e.secret {
		list = append(list, fmt.Sprint(int8(b)))
	}
	return "[" + strings.Join(list, ",") + "]"
}

func (e enrolment) upper() string { return strings.ToUpper(e.kind) }

// want is what a reader makes of it.
func (e enrolment) want() string {
	switch e.kind {
	case "motp":
		return fmt.Sprintf("motp://%s:%s?secret=%s&issuer=%s pin=%s", e.issuer, e.account, e.hex(), e.issuer, e.pin)
	case "yandex":
		return fmt.Sprintf("otpauth://yaotp/%s:%s?secret=%s&issuer=%s pin=%s", e.issuer, e.account, e.base32(), e.issuer, e.pin)
	}
	return fmt.Sprintf("%s %q %q %s %s %d %ds %d", e.kind, e.issuer, e.account, e.base32(), e.algorithm, e.digits, e.period, e.counter)
}

// got says the same of a record.
func got(r exchange.Record) string {
	k := r.Key()
	if k.Type() == "" {
		pin := ""
		for _, f := range r.Details().Other {
			if f.Name == "pin" {
				pin = f.Value
			}
		}
		return r.Line() + " pin=" + pin
	}
	return fmt.Sprintf("%s %q %q %s %s %d %ds %d", k.Type(), k.Issuer(), k.Account(),
		base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(k.Secret()), k.Algorithm(), k.Digits(), int(k.Period().Seconds()), k.Counter())
}

// sample is a file of one form of one format.
type sample struct {
	format, form string
	name         string // of the file, where it matters
	data         []byte
	password     string
	identity     age.Identity
	want         []enrolment
	details      []string // of the first record, "key value" each
	refused      []string // reasons, in order
	notices      []string // about the file
}

const samplePassword = "correct horse ümlaut"

func (s sample) String() string { return s.format + ", " + s.form }

func (s sample) options(t testing.TB) formats.Options {
	o := formats.Options{Pictures: readPicture(t)}
	if s.password != "" {
		o.Password = func(a exchange.PasswordRequest) (string, error) {
			if a.Tries > 0 {
				t.Fatalf("%v: the right password is refused", s)
			}
			return s.password, nil
		}
	}
	if s.identity != nil {
		o.Identities = []age.Identity{s.identity}
	}
	return o
}

// picture stands for a QR code: its text behind a PNG's first bytes. Reading
// pictures is not this package's. What is written for other tests has real ones.
func picture(text string) []byte {
	if *samplesDir != "" && text != "" {
		return drawn(text)
	}
	return append([]byte("\x89PNG\r\n\x1a\n"), text...)
}

func readPicture(testing.TB) func([]byte) ([]string, error) {
	return func(p []byte) ([]string, error) {
		text, ok := bytes.CutPrefix(p, picture(""))
		if !ok || len(text) == 0 {
			return nil, fmt.Errorf("no code")
		}
		return []string{string(text)}, nil
	}
}

func (s sample) read(t testing.TB) formats.Reading {
	t.Helper()
	r, err := formats.Read(formats.NewFile(s.name, s.data), s.options(t))
	if err != nil {
		t.Fatalf("%v: %v", s, err)
	}
	return r
}

// uriOf writes a URI by hand.
func uriOf(e enrolment) string {
	esc := strings.NewReplacer(" ", "%20", "&", "%26", "+", "%2B")
	u := "otpauth://" + e.kind + "/" + esc.Replace(e.issuer) + ":" + esc.Replace(e.account) + "?secret=" + e.base32() + "&issuer=" + esc.Replace(e.issuer)
	if e.kind == "steam" {
		return u
	}
	u += fmt.Sprintf("&algorithm=%s&digits=%d", e.algorithm, e.digits)
	if e.kind == "hotp" {
		return u + fmt.Sprintf("&counter=%d", e.counter)
	}
	return u + fmt.Sprintf("&period=%d", e.period)
}

func asJSON(v any) []byte {
	b, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		panic(err)
	}
	return b
}

type obj = map[string]any

func b64(b []byte) string { return base64.StdEncoding.EncodeToString(b) }

// details lists a record's details as "key value", but for where it came from.
func details(r exchange.Record) (list []string) {
	d := r.Details()
	if d.Name != "" {
		list = append(list, "name "+d.Name)
	}
	for _, t := range d.Tags {
		list = append(list, "tag "+t)
	}
	for _, n := range d.Notes {
		list = append(list, "note "+n)
	}
	for _, c := range d.Recovery {
		list = append(list, "recovery "+c)
	}
	if !d.Added.IsZero() {
		list = append(list, "added "+d.Added.Format("2006-01-02"))
	}
	for _, f := range d.Other {
		list = append(list, f.Name+" "+f.Value)
	}
	return list
}

// TestSamples reads a file of every form of every format: all that was put in
// comes out, in its order, and the ledger balances.
func TestSamples(t *testing.T) {
	t.Parallel()
	for _, s := range samples() {
		r := s.read(t)
		if r.Format != s.format || r.Form != s.form {
			t.Errorf("%v: read as %s, %s", s, r.Format, r.Form)
		}
		var have []string
		var refused []string
		for _, i := range r.Items {
			if i.Err != nil {
				refused = append(refused, reasonOf(i.Err))
				continue
			}
			have = append(have, got(i.Record))
			if d := i.Record.Details(); d.Origin != s.format && s.form != "seedvault list" && s.format != "age" {
				t.Errorf("%v: origin %q", s, d.Origin)
			}
		}
		var want []string
		for _, e := range s.want {
			want = append(want, e.want())
		}
		if strings.Join(have, "\n") != strings.Join(want, "\n") {
			t.Errorf("%v:\nhave %s\nwant %s", s, strings.Join(have, "\n     "), strings.Join(want, "\n     "))
		}
		if strings.Join(refused, " ") != strings.Join(s.refused, " ") {
			t.Errorf("%v: refused %v, want %v", s, refused, s.refused)
		}
		if s.details != nil {
			if have := strings.Join(details(r.Items[0].Record), "\n"); have != strings.Join(s.details, "\n") {
				t.Errorf("%v: details\n%s\nwant\n%s", s, have, strings.Join(s.details, "\n"))
			}
		}
		for _, want := range s.notices {
			found := false
			for _, n := range r.Notices {
				found = found || fmt.Sprintf("%s %d %v", n.What, n.Count, n.Names) == want
			}
			if !found {
				t.Errorf("%v: no notice %q in %v", s, want, r.Notices)
			}
		}
	}
}

// TestEveryForm holds the samples against the table: each form that a format says
// it reads has one.
func TestEveryForm(t *testing.T) {
	t.Parallel()
	have := map[string]bool{}
	for _, s := range samples() {
		have[s.String()] = true
	}
	forms, encrypted := 0, 0
	for _, f := range formats.All() {
		if f.Reads() && !f.Writes() && len(f.Forms) == 0 || f.Name == "" || f.App == "" || f.Source == "" {
			t.Errorf("%s: its line says too little", f.Name)
		}
		if !f.Reads() && !f.Writes() && f.Refused == "" {
			t.Errorf("%s does nothing", f.Name)
		}
		for _, form := range f.Forms {
			forms++
			if form.Encrypted {
				encrypted++
			}
			if s := (sample{format: f.Name, form: form.Name}); !have[s.String()] {
				t.Errorf("no sample of %v", s)
			}
		}
	}
	t.Logf("%d forms are read, %d of them encrypted", forms, encrypted)
}

// TestRecognisedOnce: one format alone recognises each sample, so that no order of
// the table decides what a file is.
func TestRecognisedOnce(t *testing.T) {
	t.Parallel()
	for _, s := range append(samples(), refusedSamples()...) {
		f, err := formats.Recognise(formats.NewFile(s.name, s.data))
		if err != nil || f.Name != s.format {
			t.Errorf("%v: recognised as %v, %v", s, f, err)
			continue
		}
		all := formats.RecognisedBy(formats.NewFile(s.name, s.data))
		// A list of URIs is the one general form: a format of lists may be in front of it.
		if len(all) != 1 && !(len(all) == 2 && all[1] == "uris") {
			t.Errorf("%v: recognised by %v", s, all)
		}
	}
}

func reasonOf(err error) string {
	switch e := err.(type) {
	case *exchange.Error:
		return string(e.Reason)
	case *otpauth.Error:
		return string(e.Reason)
	}
	return fmt.Sprintf("%T", err)
}
