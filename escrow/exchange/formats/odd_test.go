package formats_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"seedvault/escrow/exchange"
	"seedvault/escrow/exchange/formats"
	"seedvault/escrow/exchange/google"
)

// outcome is all that came of a file: its format, its records and refusals in
// order, and what was said of each.
func outcome(name string, data string, o formats.Options) string {
	r, err := formats.Read(formats.NewFile(name, []byte(data)), o)
	if err != nil {
		return "error: " + reasonOf(err)
	}
	lines := []string{r.Format}
	for _, i := range r.Items {
		if i.Err != nil {
			lines = append(lines, fmt.Sprintf("%v: refused: %s", i.Position, reasonOf(i.Err)))
			continue
		}
		line := fmt.Sprintf("%v: %s", i.Position, got(i.Record))
		if d := details(i.Record); d != nil {
			line += fmt.Sprintf(" %q", d)
		}
		for _, n := range i.Notices {
			line += fmt.Sprintf(" %s%v", n.What, n.Names)
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

const acmeWant = `totp "ACME" "alice@example.com" JBSWY3DPEHPK3PXP SHA1 6 30s 0`

// TestOddFiles are files as they are met: by apps that write what their own format
// does not have, by hands, and by programs between.
func TestOddFiles(t *testing.T) {
	t.Parallel()
	acme := uriOf(plainTOTP)
	andotp := func(members string) string {
		return `[{"secret":"JBSWY3DPEHPK3PXP","label":"alice@example.com","type":"TOTP","algorithm":"SHA1","digits":6,"period":30,` + members + `"issuer":"ACME"}]`
	}
	aegis := func(entry string) string {
		return `{"version":1,"db":{"version":2,"entries":[` + entry + `]}}`
	}
	twofas := func(otp string) string {
		return `{"schemaVersion":4,"services":[{"name":"ACME","secret":"JBSWY3DPEHPK3PXP","otp":{` + otp + `}}]}`
	}
	cotp := func(element string) string { return `{"version":2,"elements":[` + element + `]}` }
	bitwarden := func(totp string) string {
		return `{"encrypted":false,"items":[{"type":1,"name":"ACME ","login":{"username":"alice@example.com","totp":` + totp + `}}]}`
	}
	pskc := func(key string) string {
		return `<KeyContainer xmlns="urn:ietf:params:xml:ns:keyprov:pskc"><KeyPackage>` + key + `</KeyPackage></KeyContainer>`
	}
	for name, c := range map[string]struct{ file, want string }{
		"with a byte order mark":   {"\xef\xbb\xbf" + acme + "\n", "uris\nline 1: " + acmeWant},
		"UTF-16, as Windows":       {utf16LE(acme + "\r\n"), "uris\nline 1: " + acmeWant},
		"UTF-16, big-endian":       {utf16BE("# x\r\n\r\n" + acme), "uris\nline 3: " + acmeWant},
		"JSON in UTF-16":           {utf16LE(andotp("")), "andotp\nentry 1: " + acmeWant},
		"a JSON file of Latin-1":   {strings.Replace(andotp(""), "ACME", "B\xfccher", 1), "andotp\nentry 1: " + `totp "B�cher" "alice@example.com" JBSWY3DPEHPK3PXP SHA1 6 30s 0`},
		"space around":             {"\n\n   " + acme + "   \r\n\t\n", "uris\nline 3: " + acmeWant},
		"old Mac's line ends":      {"# x\r\r" + acme + "\r", "uris\nline 3: " + acmeWant},
		"commas for line ends":     {acme + "," + acme, "uris\nline 1: " + acmeWant + "\nline 1, 2: " + acmeWant},
		"a line end forgotten":     {acme + uriOf(hotp), "uris\nline 1: " + acmeWant + "\nline 1, 2: " + hotp.want()},
		"two issuers":              {"otpauth://totp/Old:a?secret=JBSWY3DPEHPK3PXP&issuer=New", "uris\nline 1: " + `totp "New" "a" JBSWY3DPEHPK3PXP SHA1 6 30s 0` + " names-differ[]"},
		"a list with marks":        {"- " + acme + "\n* \"" + acme + "\",\n<" + acme + ">\n", "uris\nline 1: " + acmeWant + "\nline 2: " + acmeWant + "\nline 3: " + acmeWant},
		"a list with odd lines":    {acme + "\nACME: https://acme.example\nJBSWY3DPEHPK3PXP\n", "uris\nline 1: " + acmeWant + "\nline 2: refused: not-otpauth\nline 3: refused: not-otpauth"},
		"upper case":               {"OTPAUTH://TOTP/ACME:alice@example.com?SECRET=JBSWY3DPEHPK3PXP&ISSUER=ACME", "uris\nline 1: " + acmeWant},
		"an escaped ampersand":     {"otpauth://totp/a?issuer=b&amp;secret=JBSWY3DPEHPK3PXP", "uris\nline 1: refused: hidden-parameter"},
		"yandex and mOTP by URI":   {"otpauth://yaotp/Y:a?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\nmotp://M:b?secret=aabb\n", "uris\nline 1: otpauth://yaotp/Y:a?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ pin= no-codes[]\nline 2: motp://M:b?secret=aabb pin= no-codes[]"},
		"export codes and URIs":    {googleLink(1, 1, plainTOTP, plainTOTP, plainTOTP) + "\n" + acme, "uris\ncode 1, 1: " + acmeWant + "\ncode 1, 2: " + acmeWant + "\ncode 1, 3: " + acmeWant + "\nline 2: " + acmeWant},
		"a broken export code":     {"otpauth-migration://offline?data=AAA%ZZ\n" + acme, "uris\nline 1: refused: export-not-base64\nline 2: " + acmeWant},
		"Ente, no label":           {"otpauth://totp/?secret=JBSWY3DPEHPK3PXP&issuer&codeDisplay=%7B%7D", "ente\nline 1: " + `totp "" "" JBSWY3DPEHPK3PXP SHA1 6 30s 0`},
		"Ente, a colon alone":      {"otpauth://totp/:account?secret=JBSWY3DPEHPK3PXP&codeDisplay=%7B%7D", "ente\nline 1: " + `totp "" "account" JBSWY3DPEHPK3PXP SHA1 6 30s 0`},
		"Ente, trashed":            {acme + "&codeDisplay=%7B%22trashed%22%3Atrue%7D", "ente\nline 1: " + acmeWant + ` ["trashed true"] trashed[] kept-in-other[trashed]`},
		"Ente, HOTP's period":      {"otpauth://hotp/ACME:a?secret=JBSWY3DPEHPK3PXP&counter=0&period=0&codeDisplay=x", "ente\nline 1: " + `hotp "ACME" "a" JBSWY3DPEHPK3PXP SHA1 6 0s 0`},
		"Aegis, no header":         {aegis(`{"type":"totp","name":"ACME:alice@example.com","issuer":"ACME","info":{"secret":"jbsw y3dp-ehpk3pxp","algo":"sha1","digits":6,"period":30}}`), "aegis\nentry 1: " + acmeWant},
		"Aegis, MD5":               {aegis(`{"type":"totp","name":"a","issuer":"b","info":{"secret":"JBSWY3DPEHPK3PXP","algo":"MD5","digits":6,"period":30}}`), "aegis\nentry 1: refused: md5"},
		"Aegis, hotp no counter":   {aegis(`{"type":"hotp","name":"a","issuer":"b","info":{"secret":"JBSWY3DPEHPK3PXP","algo":"SHA1","digits":6}}`), "aegis\nentry 1: refused: no-counter"},
		"Aegis, fields missing":    {aegis(`{"type":"totp","info":{"secret":"JBSWY3DPEHPK3PXP"}},{},{"info":null},7,"x",null`), "aegis\nentry 1: " + `totp "" "" JBSWY3DPEHPK3PXP SHA1 6 30s 0` + "\nentry 2: refused: empty-secret\nentry 3: refused: empty-secret\nentry 4: refused: empty-secret\nentry 5: refused: empty-secret\nentry 6: refused: empty-secret"},
		"Aegis, digits of zero":    {aegis(`{"type":"totp","name":"a","info":{"secret":"JBSWY3DPEHPK3PXP","digits":0}}`), "aegis\nentry 1: refused: bad-digits"},
		"Aegis, digits of a half":  {aegis(`{"type":"totp","name":"a","info":{"secret":"JBSWY3DPEHPK3PXP","digits":6.5}}`), "aegis\nentry 1: refused: bad-digits"},
		"Aegis, 6.0 digits":        {aegis(`{"type":"totp","name":"a","info":{"secret":"JBSWY3DPEHPK3PXP","digits":6.0}}`), "aegis\nentry 1: " + `totp "" "a" JBSWY3DPEHPK3PXP SHA1 6 30s 0`},
		"Aegis, an unknown type":   {aegis(`{"type":"ocra","name":"a","info":{"secret":"JBSWY3DPEHPK3PXP"}}`), "aegis\nentry 1: refused: unknown-type"},
		"Aegis, newer":             {`{"version":2,"db":{"version":4,"entries":[]}}`, "error: export-newer"},
		"2FAS, edited":             {twofas(`"account":"renamed","issuer":"ACME","link":"` + acme + `"`), "2fas\nentry 1: " + `totp "ACME" "renamed" JBSWY3DPEHPK3PXP SHA1 6 30s 0 ["label-in-link ACME:alice@example.com"] names-differ[] kept-in-other[label-in-link]`},
		"2FAS, in the link only":   {twofas(`"link":"` + acme + `&digits=6"`), "2fas\nentry 1: " + acmeWant},
		"2FAS, SHA384":             {twofas(`"algorithm":"SHA384"`), "2fas\nentry 1: refused: unknown-algorithm"},
		"2FAS, HOTP":               {twofas(`"tokenType":"HOTP","counter":3,"account":"a"`), "2fas\nentry 1: " + `hotp "ACME" "a" JBSWY3DPEHPK3PXP SHA1 6 0s 3`},
		"2FAS, lower case":         {twofas(`"tokenType":"totp","algorithm":"sha256","source":"manual","account":"a"`), "2fas\nentry 1: " + `totp "ACME" "a" JBSWY3DPEHPK3PXP SHA256 6 30s 0`},
		"2FAS, another name":       {strings.Replace(twofas(`"issuer":"Real","account":"a"`), `"ACME"`, `"Mine"`, 1), "2fas\nentry 1: " + `totp "Real" "a" JBSWY3DPEHPK3PXP SHA1 6 30s 0 ["name Mine"]`},
		"andOTP of GNOME":          {`[{"secret":"JBSWY3DPEHPK3PXP","issuer":"ACME","label":"alice@example.com","digits":6,"type":"totp","algorithm":"sha1","thumbnail":"","last_used":0,"used_frequency":0,"counter":1,"tags":[],"period":30}]`, "andotp\nentry 1: " + acmeWant},
		"andOTP, no issuer":        {`[{"secret":"JBSWY3DPEHPK3PXP====","label":"ACME - alice@example.com","digits":6,"type":"TOTP","algorithm":"SHA1","period":30}]`, "andotp\nentry 1: " + acmeWant},
		"Bitwarden, no base32":     {bitwarden(`"not a secret 1890"`), "bitwarden\nentry 1: refused: bad-secret"},
		"Bitwarden, a bare key":    {bitwarden(`"jbsw y3dp ehpk 3pxp"`), "bitwarden\nentry 1: " + acmeWant},
		"Bitwarden, a web address": {bitwarden(`"https://example.com"`), "bitwarden\nentry 1: refused: web-link"},
		"Bitwarden, no label":      {bitwarden(`"otpauth://totp/?secret=JBSWY3DPEHPK3PXP"`), "bitwarden\nentry 1: " + `totp "" "" JBSWY3DPEHPK3PXP SHA1 6 30s 0 ["name ACME"]`},
		"Bitwarden CSV, ragged":    {"folder,favorite,type,name,notes,fields,login_uri,login_username,login_password,login_totp\n,,login,ACME,,,,alice@example.com,pw," + acme + "\n\n,,login,short\n,,login,ACME,,,,a,b,c,pw," + acme + "\n", "bitwarden\nline 2: " + acmeWant + "\nline 4: refused: export-damaged\nline 5: refused: export-damaged"},
		"CSV with semicolons":      {strings.ReplaceAll("Title,URL,Username,Password,Notes,OTPAuth\nACME,,alice@example.com,,,JBSWY3DPEHPK3PXP\n", ",", ";"), "apple\nline 2: " + acmeWant},
		"CSV with line ends in it": {"Title,URL,Username,Password,Notes,OTPAuth\r\nACME,,alice@example.com,,\"a \"\"b\"\"\r\nc\",JBSWY3DPEHPK3PXP\r\nACME,,alice@example.com,,,JBSWY3DPEHPK3PXP", "apple\nline 2: " + acmeWant + ` ["note a \"b\"\r\nc"]` + "\nline 4: " + acmeWant},
		"PSKC, no counter":         {pskc(`<Key Id="1" Algorithm="urn:ietf:params:xml:ns:keyprov:pskc:hotp"><Issuer>A</Issuer><Data><Secret><PlainValue>MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=</PlainValue></Secret></Data></Key>`), "pskc\nentry 1: " + `hotp "A" "1" GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ SHA1 6 0s 0 counter-taken[] digits-taken[]`},
		"PSKC, OCRA":               {pskc(`<Key Id="1" Algorithm="urn:ietf:params:xml:ns:keyprov:pskc:OCRA-1:HOTP-SHA512-8:C-QN08"><Data><Secret><PlainValue>MTIz</PlainValue></Secret></Data></Key>`), "pskc\nentry 1: refused: export-not-one-time-codes"},
		"PSKC, yubikey":            {pskc(`<Key Id="1" Algorithm="http://www.yubico.com/#yubikey-aes"><Data><Secret><PlainValue>MTIz</PlainValue></Secret></Data></Key>`), "pskc\nentry 1: refused: export-not-one-time-codes"},
		"PSKC of a draft":          {`<KeyContainer><Device><DeviceInfo><Manufacturer>M</Manufacturer><SerialNo>S</SerialNo></DeviceInfo><Key KeyAlgorithm="http://www.ietf.org/keyprov/pskc#hotp" KeyId="1"><Usage><ResponseFormat Format="DECIMAL" Length="6"/></Usage><Data><Secret><PlainValue>MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=</PlainValue></Secret><Counter><PlainValue>4</PlainValue></Counter></Data></Key></Device></KeyContainer>`, "pskc\nentry 1: " + `hotp "M" "S" GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ SHA1 6 0s 4 ["key-id 1"] digits-taken[] kept-in-other[key-id]`},
		"cotp, tiny and zero":      {cotp(`{"secret":"AA","issuer":"ACME","label":"{token.label}","type":"TOTP","algorithm":"SHA1","digits":6,"period":30,"counter":null,"pin":null},{"secret":"AAAAAAAAAAAAAAAA","issuer":"","label":"z","type":"Totp"}`), "cotp\nentry 1: " + `totp "ACME" "{token.label}" AA SHA1 6 30s 0` + "\nentry 2: " + `totp "" "z" AAAAAAAAAAAAAAAA SHA1 6 30s 0`},
		"FreeOTP+, before a code":  {`{"tokenOrder":[],"tokens":[{"algo":"SHA1","counter":-1,"digits":6,"issuerExt":"A","label":"b","period":30,"secret":[72,101,108,108,111,33,-34,-83,-66,-17],"type":"HOTP"}]}`, "freeotp+\nentry 1: " + `hotp "A" "b" JBSWY3DPEHPK3PXP SHA1 6 0s 0 counter-unsure[]`},
		"FreeOTP+, broken bytes":   {`{"tokenOrder":[],"tokens":[{"label":"b","secret":[72,300],"type":"TOTP"},{"label":"c","type":"TOTP"}]}`, "freeotp+\nentry 1: refused: empty-secret\nentry 2: refused: empty-secret"},
		"LastPass of a phone":      {`{"accounts":[{"issuerName":"ACME","userName":"alice@example.com","secret":"JBSWY3DPEHPK3PXP"}],"version":3}`, "lastpass\nentry 1: " + acmeWant},
		"LastPass, newer":          {`{"accounts":[{"issuerName":"A","userName":"b","secret":"JBSWY3DPEHPK3PXP"}],"version":4}`, "error: export-newer"},
		"a name twice":             {aegis(`{"type":"totp","name":"x","name":"alice@example.com","issuer":"ACME","info":{"secret":"JBSWY3DPEHPK3PXP"}}`), "aegis\nentry 1: " + acmeWant},
		"escapes in names":         {aegis(`{"type":"totp","name":"\u0061lice@example.com","issuer":"A\u0043ME\n","info":{"secret":"JBSWY3DPEHPK3PXP"}}`), "aegis\nentry 1: " + acmeWant},
		"an age file for others":   {"age-encryption.org/v1\n-> X25519 abc\nabc\n--- abc\n", "error: needs-identity"},
		"Steam by encoder":         {"Title,URL,Username,Password,Notes,OTPAuth\nSteam,,dave,,,otpauth://totp/Steam:dave?secret=63BEDWCQZKTQWPESARIERL5DTTQFCJTK&digits=5&encoder=steam\n", "apple\nline 2: " + steamTOTP.want()},
		"gopass' totp":             {"pw\nuser: alice@example.com\ntotp: jbsw y3dp ehpk 3pxp\n", "pass\nline 3: " + `totp "" "alice@example.com" JBSWY3DPEHPK3PXP SHA1 6 30s 0`},
		"pass, the URI alone":      {acme + "\n", "uris\nline 1: " + acmeWant},
	} {
		if have := outcome("", c.file, formats.Options{}); have != c.want {
			t.Errorf("%s:\nhave %s\nwant %s", name, have, c.want)
		}
	}
}

func utf16LE(s string) string {
	b := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(s)) {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return string(b)
}

func utf16BE(s string) string {
	b := []byte{0xfe, 0xff}
	for _, u := range utf16.Encode([]rune(s)) {
		b = binary.BigEndian.AppendUint16(b, u)
	}
	return string(b)
}

// TestSteamCodes is KeePassXC's vector, come through a file.
func TestSteamCodes(t *testing.T) {
	t.Parallel()
	r, err := formats.Read(formats.NewFile("", []byte("Title,URL,Username,Password,Notes,OTPAuth\nSteam,,dave,,,steam://63BEDWCQZKTQWPESARIERL5DTTQFCJTK\n")), formats.Options{})
	if err != nil || len(r.Items) != 1 {
		t.Fatal(err)
	}
	for at, want := range map[int64]string{1511200518: "FR8RV", 1511200714: "9P3VP"} {
		if code, err := r.Items[0].Record.Key().Code(time.Unix(at, 0)); code != want {
			t.Errorf("at %d: %s, %v", at, code, err)
		}
	}
}

// TestGoogleAcrossFiles gathers the parts of an export from several files and names
// the missing one; a part that comes twice is already there.
func TestGoogleAcrossFiles(t *testing.T) {
	t.Parallel()
	var exports google.Exports
	var l exchange.Ledger
	for _, text := range []string{googleLink(1, 3, plainTOTP), googleLink(3, 3, hotp), googleLink(3, 3, hotp)} {
		r, err := formats.Read(formats.NewFile("x", []byte(text)), formats.Options{Exports: &exports})
		if err != nil || r.Format != "google" {
			t.Fatal(r.Format, err)
		}
		l.Enter(r.Items...)
	}
	if have := fmt.Sprint(exports.Incomplete()); have != "[{3 [2] []}]" {
		t.Errorf("missing: %s", have)
	}
	if sum := l.Counts(); sum.Found != 3 || sum.AlreadyThere != 1 {
		t.Errorf("%+v", sum)
	}
}

// TestAegisPageWithoutPictures refuses a page whose periods nobody can read, rather
// than guess them.
func TestAegisPageWithoutPictures(t *testing.T) {
	t.Parallel()
	for _, s := range samples() {
		if s.format == "aegis" && s.form == "html" {
			if _, err := formats.Read(formats.NewFile("", s.data), formats.Options{}); !errors.Is(err, reason(exchange.NoPictures)) {
				t.Errorf("%v", err)
			}
			return
		}
	}
	t.Error("no page")
}

// TestOldAndotp takes files of no meaning whose first bytes would be a number of rounds
// that take minutes, were they not an old file's: nothing is spent on them.
func TestOldAndotp(t *testing.T) {
	t.Parallel()
	for n := byte(0x30); n < 0x34; n++ {
		data := append([]byte{n, 0xa5, 0xd8, 0x29}, bytes.Repeat([]byte{1}, 60)...)
		_, err := formats.Read(formats.NewFile("a.json.aes", data), formats.Options{
			From: "andotp", Password: once("x"), Cost: func(c exchange.Cost) error { t.Errorf("it would cost %+v", c); return nil },
		})
		if err == nil {
			t.Error("opened")
		}
	}
}
