package formats_test

import (
	"bytes"
	"cmp"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/binary"
	"fmt"
	"html"
	"strings"

	"filippo.io/age"
	"filippo.io/age/armor"
	"golang.org/x/crypto/argon2"
	"golang.org/x/crypto/chacha20poly1305"
)

func stratumSamples() []sample {
	want := []enrolment{plainTOTP, slowTOTP, oddTOTP, hotp, steamTOTP, motp, yandex}
	kinds := map[string]int{"hotp": 1, "totp": 2, "motp": 3, "steam": 4, "yandex": 5}
	var list []obj
	for _, e := range want {
		a := obj{
			"Type": kinds[e.kind], "Icon": "acme", "Issuer": e.issuer, "Username": e.account, "Secret": e.base32(), "Pin": nil,
			"Algorithm": map[string]int{"SHA1": 0, "SHA256": 1, "SHA512": 2}[e.algorithm], "Digits": cmp.Or(e.digits, 6), "Period": cmp.Or(e.period, 30), "Counter": e.counter, "CopyCount": 2, "Ranking": 0,
		}
		if e.pin != "" {
			a["Pin"] = e.pin
		}
		if e.kind == "motp" {
			a["Secret"] = e.hex()
		}
		list = append(list, a)
	}
	list[0]["Icon"] = "@i1"
	file := asJSON(obj{
		"Authenticators": list, "Categories": []obj{{"Id": "c1", "Name": "Work", "Ranking": 0}},
		"AuthenticatorCategories": []obj{{"CategoryId": "c1", "AuthenticatorSecret": plainTOTP.base32(), "Ranking": 0}},
		"CustomIcons":             []obj{{"Id": "i1", "Data": "aWNvbg=="}},
	})
	details := []string{"tag Work", "icon aWNvbg=="}
	salt, iv := fixed(16), fixed(12)
	strong := append(append(append([]byte("AUTHENTICATORPRO"), salt...), iv...), gcmSeal(argon2.IDKey([]byte(samplePassword), salt, 3, 65536, 4, 32), iv, file, nil)...)
	salt, iv = fixed(20), fixed(16)
	legacy := append(append(append([]byte("AuthenticatorPro"), salt...), iv...), cbcSeal(pbkdf(sha1.New, samplePassword, salt, 64000, 32), iv, file)...)
	page := "<!doctype html><html><body><table><tr><th>Issuer</th></tr>"
	for _, e := range want[:5] {
		page += "<tr>\n<td>" + html.EscapeString(e.issuer) + "</td><td>" + html.EscapeString(e.account) + "</td><td><code>" + uriOf(e) + `</code></td><td><img src="data:image/png;base64,AAAA"></td></tr>`
	}
	page += "</table></body></html>"
	return []sample{
		{format: "stratum", form: "plain", want: want, data: file, details: details},
		{format: "stratum", form: "strong", want: want, data: strong, password: samplePassword, details: details},
		{format: "stratum", form: "legacy", want: want, data: legacy, password: samplePassword, details: details},
		{format: "stratum", form: "html", want: want[:5], data: []byte(page)},
	}
}

func andotpSamples() []sample {
	want := []enrolment{plainTOTP, slowTOTP, hotp, steamTOTP, motp}
	var list []obj
	for _, e := range want {
		a := obj{"secret": e.base32(), "issuer": e.issuer, "label": e.account, "digits": e.digits, "type": e.upper(), "algorithm": e.algorithm, "thumbnail": "Default", "last_used": 1, "used_frequency": 2, "tags": []string{"Work"}}
		switch e.kind {
		case "hotp":
			a["counter"] = e.counter
		case "motp":
			a["secret"], a["pin"] = e.hex(), e.pin
		default:
			a["period"] = e.period
		}
		list = append(list, a)
	}
	list = append(list, obj{"secret": plainTOTP.base32() + "====", "label": "ACME - alice@example.com", "digits": 6, "type": "TOTP", "algorithm": "SHA1", "period": 30})
	want = append(want, plainTOTP)
	file := asJSON(list)
	salt, iv := fixed(12), fixed(12)
	rounds := binary.BigEndian.AppendUint32(nil, 150000)
	newer := append(append(append(rounds, salt...), iv...), gcmSeal(pbkdf(sha1.New, samplePassword, salt, 150000, 32), iv, file, nil)...)
	key := sha256.Sum256([]byte(samplePassword))
	older := append(bytes.Clone(iv), gcmSeal(key[:], iv, file, nil)...)
	details := []string{"tag Work"}
	return []sample{
		{format: "andotp", form: "plain", want: want, data: file, details: details},
		{format: "andotp", form: "encrypted", want: want, data: newer, password: samplePassword, details: details},
		{format: "andotp", form: "encrypted, old", name: "otp_accounts.json.aes", want: want, data: older, password: samplePassword, details: details},
	}
}

func freeotpSamples() []sample {
	want := []enrolment{plainTOTP, slowTOTP, hotp, steamTOTP}
	token := func(e enrolment, behind uint64) string {
		kind := strings.Replace(e.upper(), "STEAM", "TOTP", 1)
		return fmt.Sprintf(`{"algo":%q,"counter":%d,"digits":%d,"issuerExt":%q,"issuerInt":%q,"label":%q,"period":%d,"secret":%s,"type":%q}`,
			e.algorithm, int64(e.counter-behind), e.digits, e.issuer, e.issuer, e.account, cmp.Or(e.period, 30), e.signed(), kind)
	}
	var tokens []string
	settings := `<?xml version='1.0' encoding='utf-8' standalone='yes' ?>` + "\n<map>\n"
	for _, e := range want {
		tokens = append(tokens, token(e, 1))
		settings += `<string name="` + html.EscapeString(e.issuer+":"+e.account) + `">` + html.EscapeString(token(e, 1)) + "</string>\n"
	}
	settings += `<string name="tokenOrder">["a"]</string></map>`

	master, salt := fixed(32), fixed(32)
	password := pbkdf(sha512.New, samplePassword, salt, 1000, 32)
	wrap := func(key, plain []byte, token string, der []byte) string {
		return fmt.Sprintf(`{"mCipher":"AES/GCM/NoPadding","mCipherText":%s,"mParameters":%s,"mToken":%q}`,
			enrolment{secret: gcmSeal(key, fixed(12), plain, []byte(token))}.signed(), enrolment{secret: der}.signed(), token)
	}
	short := append([]byte{4, 12}, fixed(12)...)
	long := append(append([]byte{0x30, 17, 4, 12}, fixed(12)...), 2, 1, 16)
	m := javaMap{}
	m.put("masterKey", fmt.Sprintf(`{"mAlgorithm":"PBKDF2withHmacSHA512","mIterations":1000,"mSalt":%s,"mEncryptedKey":%s}`, enrolment{secret: salt}.signed(), wrap(password, master, "AES", long)))
	for i, e := range want {
		der := [][]byte{short, long}[i%2]
		id := fmt.Sprintf("uuid-%d", i)
		m.put(id, string(asJSON(obj{"key": wrap(master, e.secret, "Hmac"+e.algorithm, der)})))
		m.put(id+"-token", strings.Replace(token(e, 0), `"secret":`+e.signed()+",", "", 1))
	}
	m.put("uuid-x", string(asJSON(obj{"key": wrap(fixed(32)[1:17], rfc, "HmacSHA1", short)})))
	m.put("uuid-x-token", `{"label":"broken","type":"TOTP"}`)
	return []sample{
		{format: "freeotp+", form: "plain", want: want, data: []byte(`{"tokenOrder":["a"],"tokens":[` + strings.Join(tokens, ",") + "]}")},
		{format: "freeotp", form: "settings", want: want, data: []byte(settings)},
		{format: "freeotp2", form: "backup", want: want, data: m.bytes(), password: samplePassword, refused: []string{"export-damaged"}},
	}
}

// javaMap writes a serialised HashMap of strings, by the protocol's grammar.
type javaMap struct {
	entries []byte
	n       int
}

func (m *javaMap) put(key, value string) {
	for _, s := range []string{key, value} {
		m.entries = append(m.entries, 0x74)
		m.entries = binary.BigEndian.AppendUint16(m.entries, uint16(len(s)))
		m.entries = append(m.entries, s...)
	}
	m.n++
}

func (m *javaMap) bytes() []byte {
	b := []byte{0xac, 0xed, 0, 5, 0x73, 0x72, 0, 17}
	b = append(b, "java.util.HashMap"...)
	b = append(b, 5, 7, 0xda, 0xc1, 0xc3, 0x16, 0x60, 0xd1, 3, 0, 2)
	b = append(append(b, 'F', 0, 10), "loadFactor"...)
	b = append(append(b, 'I', 0, 9), "threshold"...)
	b = append(b, 0x78, 0x70, 0x3f, 0x40, 0, 0, 0, 0, 0, 12, 0x77, 8, 0, 0, 0, 16)
	b = binary.BigEndian.AppendUint32(b, uint32(m.n))
	return append(append(b, m.entries...), 0x78)
}

func cotpSamples() []sample {
	want := []enrolment{plainTOTP, slowTOTP, hotp, steamTOTP, motp, yandex}
	var list []obj
	for _, e := range want {
		a := obj{"secret": e.base32(), "issuer": e.issuer, "label": e.account, "digits": cmp.Or(e.digits, 6), "type": e.upper(), "algorithm": e.algorithm, "period": cmp.Or(e.period, 30), "counter": e.counter, "pin": nil}
		if e.pin != "" {
			a["pin"], a["algorithm"] = e.pin, "SHA256"
		}
		if e.kind == "motp" {
			a["secret"], a["algorithm"] = e.hex(), "MD5"
		}
		list = append(list, a)
	}
	file := asJSON(obj{"version": 2, "elements": list})
	salt, nonce := fixed(16), fixed(24)
	aead := must(chacha20poly1305.NewX(argon2.IDKey([]byte(samplePassword), salt, 4, 32768, 4, 32)))
	return []sample{
		{format: "cotp", form: "plain", want: want, data: file},
		{format: "cotp", form: "items", want: []enrolment{plainTOTP}, data: asJSON(obj{"items": []string{uriOf(plainTOTP)}})},
		{format: "cotp", form: "encrypted", want: want, password: samplePassword, data: asJSON(obj{
			"version": 1, "nonce": b64(nonce), "salt": b64(salt), "cipher": b64(aead.Seal(nil, nonce, file, nil)),
		})},
	}
}

func otpclientSamples() []sample {
	want := []enrolment{plainTOTP, slowTOTP, hotp, steamTOTP}
	file := otpclientJSON(want)
	head := append(fixed(16), fixed(32)...)
	// OTPClient 3.1.4 takes as many bytes of the password as it has characters, and ends
	// the text with a NUL.
	short := samplePassword[:len([]rune(samplePassword))]
	v1 := append(bytes.Clone(head), gcmSeal(pbkdf(sha512.New, short, head[16:48], 100000, 32), head[:16], append(file, 0), head)...)
	database := func(order binary.AppendByteOrder, version uint32, padding int) []byte {
		h := append([]byte("OTPClient"), make([]byte, padding)...)
		h = order.AppendUint32(h, version)
		h = append(append(h, fixed(16)...), fixed(32)...)
		for _, n := range []uint32{1, 8192, 4} {
			h = order.AppendUint32(h, n)
		}
		return append(bytes.Clone(h), gcmSeal(argon2.IDKey([]byte(samplePassword), fixed(32), 1, 8192, 4, 32), fixed(16), file, h)...)
	}
	return []sample{
		{format: "otpclient", form: "plain", want: want, data: file},
		{format: "otpclient", form: "database 1", name: "otpclient-db.enc", want: want, data: v1, password: samplePassword},
		{format: "otpclient", form: "database 2", want: want, data: database(binary.LittleEndian, 2, 3), password: samplePassword},
		{format: "otpclient", form: "database 2", want: want, data: database(binary.LittleEndian, 2, 0), password: samplePassword},
		{format: "otpclient", form: "database 3", want: want, data: database(binary.BigEndian, 3, 0), password: samplePassword},
	}
}

func otpclientJSON(list []enrolment) []byte {
	var all []obj
	for _, e := range list {
		o := obj{"type": strings.Replace(e.upper(), "STEAM", "TOTP", 1), "label": e.account, "issuer": e.issuer, "secret": e.base32(), "digits": e.digits, "algo": e.algorithm}
		if e.kind == "hotp" {
			o["counter"] = e.counter
		} else {
			o["period"] = e.period
		}
		all = append(all, o)
	}
	return asJSON(all)
}

func ageSamples() []sample {
	list := "# seedvault uris 1\n# name mine\n" + uriOf(plainTOTP) + "\n"
	id := must(age.GenerateX25519Identity())
	var binary, text bytes.Buffer
	w := must(age.Encrypt(&binary, id.Recipient()))
	must(w.Write([]byte(list)))
	if err := w.Close(); err != nil {
		panic(err)
	}
	r := must(age.NewScryptRecipient(samplePassword))
	r.SetWorkFactor(10)
	a := armor.NewWriter(&text)
	w = must(age.Encrypt(a, r))
	must(w.Write([]byte(list)))
	for _, c := range []interface{ Close() error }{w, a} {
		if err := c.Close(); err != nil {
			panic(err)
		}
	}
	details := []string{"name mine"}
	return []sample{
		{format: "age", form: "binary", want: []enrolment{plainTOTP}, data: binary.Bytes(), identity: id, details: details},
		{format: "age", form: "armored", want: []enrolment{plainTOTP}, data: text.Bytes(), password: samplePassword, details: details},
	}
}
