package formats_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"hash"
	"html"
	"net/url"
	"strings"
	"sync"

	"golang.org/x/crypto/argon2"
	"golang.org/x/crypto/scrypt"
)

func sha1New() hash.Hash { return sha1.New() }

// samples are made once; the costs of key derivation are low where a format lets a
// file say so.
var samples = sync.OnceValue(func() (list []sample) {
	for _, make := range []func() []sample{
		uriSamples, enteSamples, aegisSamples, twofasSamples, stratumSamples, andotpSamples, freeotpSamples, bitwardenSamples,
		keepassSamples, onepasswordSamples, protonSamples, cxfSamples, smallSamples, cotpSamples, otpclientSamples, pskcSamples, ageSamples,
	} {
		list = append(list, make()...)
	}
	return list
})

func uriSamples() []sample {
	all := []enrolment{plainTOTP, slowTOTP, oddTOTP, hotp, steamTOTP}
	var lines []string
	for _, e := range all {
		lines = append(lines, uriOf(e))
	}
	lines = append(lines, "motp://Old:erin?secret=e3152afee62599c8&issuer=Old")
	motp := motp
	motp.pin = ""
	foreign := "# my codes\r\n\r\n# ask Carol\r\n# before use\r\n" + strings.Join(lines, "\r\n") + "\r\nhello\r\n"
	own := "# seedvault uris 1\n\n# name the first\n# tag work\n# tag mail\n# note two\\nlines\n# recovery 1234-5678\n" +
		"# added 2024-05-06T07:08:09Z\n# origin aegis\n# other favorite true\n" + uriOf(plainTOTP) + "\n"
	links := googleLink(1, 3, plainTOTP, hotp) + "\n" + googleLink(2, 3, enrolment{
		kind: "totp", issuer: "Sha", account: "x", secret: rfc, algorithm: "SHA256", digits: 8, period: 30,
	}) + "\n"
	return []sample{
		{format: "uris", form: "list", data: []byte(foreign), want: append(all, motp), details: []string{"note ask Carol\nbefore use"}, refused: []string{"not-otpauth"}},
		{format: "uris", form: "seedvault list", data: []byte(own), want: []enrolment{plainTOTP}, details: []string{
			"name the first", "tag work", "tag mail", "note two\nlines", "recovery 1234-5678", "added 2024-05-06", "favorite true",
		}},
		{format: "google", form: "links", data: []byte(links), want: []enrolment{plainTOTP, hotp, {
			kind: "totp", issuer: "Sha", account: "x", secret: rfc, algorithm: "SHA256", digits: 8, period: 30,
		}}},
		{format: "zip", form: "zip", data: zipFiles("Accounts.txt", lines[0]+"\n"), want: []enrolment{plainTOTP}},
		{format: "pass", form: "entry", name: "mail/Acme.gpg", data: []byte("hunter2\nuser: alice\nurl: https://acme.example\n" +
			"recovery codes: 111 222\npin: 9\nsome text: here\n" + lines[0] + "\n"), want: []enrolment{plainTOTP}, details: []string{
			"name Acme", "note some text: here", "recovery 111 222", "url https://acme.example",
		}, notices: []string{"left-behind 2 [password pin]"}},
	}
}

// googleLink is the link of one code of an export, whose message is written by hand.
func googleLink(part, of int, list ...enrolment) string {
	var b []byte
	field := func(b []byte, n byte, v []byte) []byte { return append(append(b, n<<3|2, byte(len(v))), v...) }
	for _, e := range list {
		var a []byte
		a = field(a, 1, e.secret)
		a = field(a, 2, []byte(e.issuer+":"+e.account))
		a = field(a, 3, []byte(e.issuer))
		a = append(a, 4<<3, map[string]byte{"SHA1": 1, "SHA256": 2, "SHA512": 3}[e.algorithm])
		a = append(a, 5<<3, map[int]byte{6: 1, 8: 2}[e.digits])
		a = append(a, 6<<3, map[string]byte{"hotp": 1, "totp": 2}[e.kind])
		if e.counter > 0 {
			a = append(a, 7<<3, byte(e.counter))
		}
		a = field(a, 8, []byte("unique"))
		b = field(b, 1, a)
	}
	b = append(b, 2<<3, 2, 3<<3, byte(of))
	if part > 1 {
		b = append(b, 4<<3, byte(part-1))
	}
	return googleLinkOf(b)
}

func zipFiles(pairs ...string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(pairs); i += 2 {
		must(must(z.Create(pairs[i])).Write([]byte(pairs[i+1])))
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func enteSamples() []sample {
	display := `&codeDisplay=%7B%22pinned%22%3Atrue%2C%22trashed%22%3Afalse%2C%22lastUsedAt%22%3A0%2C%22tapCount%22%3A3%2C%22tags%22%3A%5B%22work%22%5D%2C%22note%22%3A%22a+note%22%7D`
	list := "otpauth://totp/Bücher & Co:bob+x@example.com?algorithm=sha256&digits=8&issuer=Bücher+%26+Co&period=60&secret=" + slowTOTP.base32() + display + "\n" +
		"otpauth://hotp/Counter:carol?algorithm=Algorithm.sha1&digits=6&issuer=Counter&period=30&counter=7&secret=" + hotp.base32() + "\n" +
		"otpauth://steam/Steam:dave?algorithm=sha1&digits=5&issuer=Steam&period=30&secret=" + steamTOTP.base32() + "%3D\n" +
		"otpauth://hotp/nocounter?secret=" + hotp.base32() + "\n"
	want := []enrolment{slowTOTP, hotp, steamTOTP}
	details := []string{"tag work", "note a note", "pinned true"}
	salt, header := fixed(16), fixed(24)
	key := argon2.IDKey([]byte(samplePassword), salt, 2, 8<<10, 1, 32)
	return []sample{
		{format: "ente", form: "list", data: []byte(list), want: want, details: details, refused: []string{"no-counter"}},
		{format: "ente", form: "encrypted", password: samplePassword, want: want, details: details, refused: []string{"no-counter"}, data: asJSON(obj{
			"version": 1, "kdfParams": obj{"memLimit": 8 << 20, "opsLimit": 2, "salt": b64(salt)},
			"encryptedData": b64(secretStream(key, header, 3, []byte(list))), "encryptionNonce": b64(header),
		})},
	}
}

func aegisEntry(e enrolment) obj {
	info := obj{"secret": e.base32(), "algo": e.algorithm, "digits": e.digits, "period": e.period}
	switch e.kind {
	case "hotp":
		info = obj{"secret": e.base32(), "algo": "SHA1", "digits": 6, "counter": e.counter}
	case "motp":
		info = obj{"secret": e.base32(), "algo": "MD5", "digits": 6, "period": 10, "pin": e.pin}
	case "yandex":
		info = obj{"secret": e.base32(), "algo": "SHA256", "digits": 8, "period": 30, "pin": e.pin}
	}
	return obj{"type": e.kind, "uuid": "8e8a4eaf-8b1b-4d32-b2d0-000000000001", "name": e.account, "issuer": e.issuer, "note": "", "favorite": false, "icon": nil, "info": info, "groups": []string{}}
}

func aegisSamples() []sample {
	want := []enrolment{plainTOTP, slowTOTP, oddTOTP, hotp, steamTOTP, motp, yandex}
	var entries []obj
	for _, e := range want {
		entries = append(entries, aegisEntry(e))
	}
	entries[0]["note"], entries[0]["favorite"], entries[0]["groups"] = "in the safe\ncodes 1 2", true, []string{"g1"}
	entries[0]["icon"], entries[0]["icon_mime"] = "aWNvbg==", "image/png"
	md5 := aegisEntry(plainTOTP)
	md5["info"].(obj)["algo"] = "MD5"
	noCounter := aegisEntry(hotp)
	delete(noCounter["info"].(obj), "counter")
	noPeriod := aegisEntry(plainTOTP)
	noPeriod["info"].(obj)["period"] = 0
	entries = append(entries, md5, noCounter, noPeriod)
	refused := []string{"md5", "no-counter", "zero-period"}
	details := []string{"tag Work", "note in the safe\ncodes 1 2", "favorite true", "icon aWNvbg=="}
	db := obj{"version": 3, "entries": entries, "groups": []obj{{"uuid": "g1", "name": "Work"}}}
	old := aegisEntry(plainTOTP)
	old["group"], old["name"] = "Work", "ACME:alice@example.com"
	delete(old, "groups")

	slot := func(password string, seed byte, master []byte) obj {
		salt := bytes.Repeat([]byte{seed}, 32)
		wrapped := gcmSeal(must(scrypt.Key([]byte(password), salt, 1024, 8, 1, 32)), fixed(12), master, nil)
		return obj{
			"type": 1, "uuid": "u", "key": hex.EncodeToString(wrapped[:32]), "n": 1024, "r": 8, "p": 1, "salt": hex.EncodeToString(salt),
			"key_params": obj{"nonce": hex.EncodeToString(fixed(12)), "tag": hex.EncodeToString(wrapped[32:])},
		}
	}
	master := fixed(32)
	sealed := gcmSeal(master, fixed(12), asJSON(db), nil)
	n := len(sealed) - 16
	encrypted := asJSON(obj{"version": 1, "db": b64(sealed[:n]), "header": obj{
		"slots":  []obj{{"type": 2, "uuid": "b", "key": "00", "key_params": obj{}}, slot("another", 1, master), slot(samplePassword, 2, master)},
		"params": obj{"nonce": hex.EncodeToString(fixed(12)), "tag": hex.EncodeToString(sealed[n:])},
	}})

	page := "<html><head><title>Aegis</title></head><body><table><tr><th>Issuer</th><th>Name</th><th>Type</th><th>QR Code</th><th>UUID</th><th>Note</th>" +
		"<th>Favorite</th><th>Algo</th><th>Digits</th><th>Secret</th><th>Counter</th><th>PIN</th></tr>"
	for i, e := range append(want, plainTOTP) {
		secret, counter, pin, code := e.base32(), "-", "-", b64(picture(uriOf(e)))
		switch e.kind {
		case "motp":
			secret, pin = e.hex(), e.pin
		case "yandex":
			pin = e.pin
		case "hotp":
			counter = fmt.Sprint(e.counter)
		}
		if i == len(want) {
			code = b64([]byte("no picture"))
		}
		page += "<tr>"
		for at, cell := range []string{e.issuer, e.account, e.kind, "", "u", "a < note", "true", e.algorithm, fmt.Sprint(e.digits), secret, counter, pin} {
			if at == 3 {
				page += `<td class='qr'><img src="data:image/png;base64,` + code + "\n" + `"/></td>`
				continue
			}
			page += "<td>" + html.EscapeString(cell) + "</td>"
		}
		page += "</tr>"
	}
	page += "</table></body></html>"
	return []sample{
		{format: "aegis", form: "plain", want: want, details: details, refused: refused, data: asJSON(obj{"version": 1, "header": obj{"slots": nil, "params": nil}, "db": db})},
		{format: "aegis", form: "plain", want: []enrolment{plainTOTP}, details: []string{"tag Work"}, data: asJSON(obj{"version": 1, "db": obj{"version": 1, "entries": []obj{old}}})},
		{format: "aegis", form: "encrypted", want: want, details: details, refused: refused, password: samplePassword, data: encrypted},
		{format: "aegis", form: "encrypted", want: want, refused: refused, password: "another", data: encrypted},
		{format: "aegis", form: "html", want: want, data: []byte(page), details: []string{"note a < note", "favorite true"}, refused: []string{"export-picture-unread"}},
	}
}

func twofasSamples() []sample {
	service := func(e enrolment) obj {
		otp := obj{"account": e.account, "issuer": e.issuer, "digits": e.digits, "period": e.period, "algorithm": e.algorithm, "tokenType": e.upper(), "source": "Link", "link": uriOf(e)}
		if e.kind == "hotp" {
			delete(otp, "period")
			otp["counter"] = e.counter
		}
		return obj{"name": e.issuer, "secret": e.base32(), "updatedAt": 1700000000000, "otp": otp, "order": obj{"position": 0}}
	}
	want := []enrolment{plainTOTP, slowTOTP, hotp, steamTOTP}
	var services []obj
	for _, e := range want {
		services = append(services, service(e))
	}
	services[0]["groupId"] = "g1"
	edited := service(plainTOTP)
	edited["otp"].(obj)["account"], edited["name"] = "renamed", "My ACME"
	inLink := service(slowTOTP)
	inLink["otp"] = obj{"link": uriOf(slowTOTP), "issuer": slowTOTP.issuer}
	bare := obj{"name": "ACME", "secret": plainTOTP.base32(), "otp": obj{"account": plainTOTP.account}}
	sha384 := service(plainTOTP)
	sha384["otp"].(obj)["algorithm"] = "SHA384"
	services = append(services, edited, inLink, bare, sha384)
	renamed := plainTOTP
	renamed.account = "renamed"
	all := append(want, renamed, slowTOTP, plainTOTP)
	groups := []obj{{"id": "g1", "name": "Work", "isExpanded": true}}
	salt, iv := fixed(256), fixed(12)
	seal := func(plain []byte) string {
		return b64(gcmSeal(pbkdf(sha256.New, samplePassword, salt, 10000, 32), iv, plain, nil)) + ":" + b64(salt) + ":" + b64(iv)
	}
	encrypted := obj{"services": []obj{}, "groups": groups, "schemaVersion": 3, "reference": seal([]byte("tRViSsLKzd86Hprh4ceC2OP7xazn4rrt")), "servicesEncrypted": seal(asJSON(services))}
	schema1 := obj{"services": []obj{{"name": "ACME", "secret": plainTOTP.base32(), "type": "Unknown", "otp": obj{"account": plainTOTP.account}, "order": obj{"position": 0}}}, "schemaVersion": 1}
	schema2 := obj{"services": []obj{{"name": "ACME", "secret": plainTOTP.base32(), "serviceTypeID": nil, "otp": obj{"account": plainTOTP.account, "digits": 6, "period": 30, "algorithm": "SHA1"}}}, "schemaVersion": 2}
	return []sample{
		{format: "2fas", form: "plain", want: all, refused: []string{"unknown-algorithm"}, details: []string{"tag Work"}, data: asJSON(obj{"services": services, "groups": groups, "schemaVersion": 4, "appOrigin": "android"})},
		{format: "2fas", form: "plain", want: []enrolment{plainTOTP}, data: asJSON(schema1)},
		{format: "2fas", form: "plain", want: []enrolment{plainTOTP}, data: asJSON(schema2)},
		{format: "2fas", form: "encrypted", want: all, refused: []string{"unknown-algorithm"}, details: []string{"tag Work"}, password: samplePassword, data: asJSON(encrypted)},
	}
}

// googleLinkOf is the link of Google Authenticator with a message.
func googleLinkOf(data []byte) string {
	return "otpauth-migration://offline?data=" + url.QueryEscape(base64.StdEncoding.EncodeToString(data))
}
