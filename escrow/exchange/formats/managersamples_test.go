package formats_test

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"html"
	"strings"

	"golang.org/x/crypto/argon2"
)

func bitwardenSamples() []sample {
	item := func(name, user string, totp any) obj {
		return obj{"id": "i", "organizationId": nil, "folderId": nil, "type": 1, "reprompt": 0, "name": name, "notes": nil, "favorite": false,
			"login": obj{"uris": []obj{{"match": nil, "uri": "https://acme.example"}}, "username": user, "password": "hunter2", "totp": totp}, "collectionIds": nil}
	}
	first := item("ACME", "alice@example.com", uriOf(plainTOTP))
	first["folderId"], first["favorite"], first["notes"], first["creationDate"] = "f1", true, "codes: 1 2", "2023-02-03T04:05:06.789Z"
	first["fields"] = []obj{{"name": "Recovery code", "value": "999", "type": 0}, {"name": "PIN", "value": "1", "type": 1}, {"name": "door", "value": "blue", "type": 0}}
	file := asJSON(obj{"encrypted": false, "folders": []obj{{"id": "f1", "name": "Work"}}, "items": []obj{
		first,
		item("Steam", "dave", "steam://"+steamTOTP.base32()),
		item("ACME", "alice@example.com", "jbsw y3dp ehpk 3pxp"),
		item("broken", "x", "this is no secret!"),
		item("no code", "x", nil),
		{"type": 2, "name": "a note", "notes": "x"},
	}})
	want := []enrolment{plainTOTP, steamTOTP, plainTOTP}
	refused := []string{"bad-secret"}
	details := []string{"tag Work", "note codes: 1 2", "recovery 999", "added 2023-02-03", "favorite true", "url https://acme.example", "door blue"}
	notices := []string{"passed-over 2 []", "left-behind 5 [PIN password]"}
	organisation := asJSON(obj{"encrypted": false, "collections": []obj{{"id": "c1", "name": "Team"}}, "items": []obj{
		{"type": 1, "name": "ACME", "collectionIds": []string{"c1"}, "login": obj{"username": "alice@example.com", "totp": uriOf(plainTOTP)}},
	}})
	csv := "folder,favorite,type,name,notes,fields,reprompt,login_uri,login_username,login_password,login_totp\r\n" +
		"Work,1,login,ACME,\"codes: 1\n2\",\"Recovery code: 999\ndoor: blue\",0,https://acme.example,alice@example.com,hunter2," + uriOf(plainTOTP) + "\r\n" +
		"\r\n,,login,Empty,,,0,,x,y,\r\n,,login,Odd,,,0,,,,otpauth://totp/?secret=" + plainTOTP.base32() + "\r\n"
	odd := plainTOTP
	odd.issuer, odd.account = "", ""

	protected := func(kdf obj, key []byte) []byte {
		f := obj{"encrypted": true, "passwordProtected": true, "salt": "c2FsdCB0ZXh0",
			"encKeyValidation_DO_NOT_EDIT": encString(key, fixed(16), []byte("5c6d2f58-5f2c-4c39-a1e2-000000000000")), "data": encString(key, fixed(16)[:16], file)}
		for k, v := range kdf {
			f[k] = v
		}
		return asJSON(f)
	}
	digest := sha256.Sum256([]byte("c2FsdCB0ZXh0"))
	return []sample{
		{format: "bitwarden", form: "plain", want: want, data: file, refused: refused, details: details, notices: notices},
		{format: "bitwarden", form: "zip", want: want, data: zipFiles("data.json", string(file), "attachments/a/b.txt", "x"), refused: refused, details: details, notices: notices},
		{format: "bitwarden", form: "plain", want: []enrolment{plainTOTP}, data: organisation, details: []string{"tag Team"}},
		{format: "bitwarden", form: "csv", want: []enrolment{plainTOTP, odd}, data: []byte(csv),
			details: []string{"tag Work", "note codes: 1\n2", "recovery 999", "favorite true", "url https://acme.example", "door blue"}},
		{format: "bitwarden", form: "encrypted, PBKDF2", want: want, refused: refused, details: details, password: samplePassword, data: protected(
			obj{"kdfType": 0, "kdfIterations": 5000}, pbkdf(sha256.New, samplePassword, []byte("c2FsdCB0ZXh0"), 5000, 32))},
		{format: "bitwarden", form: "encrypted, Argon2id", want: want, refused: refused, details: details, password: samplePassword, data: protected(
			obj{"kdfType": 1, "kdfIterations": 2, "kdfMemory": 16, "kdfParallelism": 4}, argon2.IDKey([]byte(samplePassword), digest[:], 2, 16<<10, 4, 32))},
	}
}

func keepassSamples() []sample {
	csv := "\"Group\",\"Title\",\"Username\",\"Password\",\"URL\",\"Notes\",\"TOTP\",\"Icon\",\"Last Modified\",\"Created\"\n" +
		"\"Root/Work\",\"ACME\",\"alice@example.com\",\"hunter2\",\"https://acme.example\",\"say \"\"hello\"\"\",\"" + uriOf(plainTOTP) + "\",\"0\",\"2024-01-02T03:04:05Z\",\"2023-02-03T04:05:06Z\"\n" +
		"\"Root\",\"none\",\"\",\"\",\"\",\"\",\"\",\"0\",\"\",\"\"\n" +
		"\"Root\",\"Steam\",\"dave\",\"\",\"\",\"\",\"otpauth://totp/Steam:dave?secret=" + steamTOTP.base32() + "&period=30&digits=5&issuer=Steam&encoder=steam\",\"0\",\"\",\"\"\n"
	entry := func(title, user string, pairs ...string) string {
		s := "<Entry><UUID>e</UUID><Tags>red;blue</Tags><Times><CreationTime>2023-02-03T04:05:06Z</CreationTime></Times>"
		for i, pair := 0, append([]string{"Title", title, "UserName", user, "Password", "hunter2"}, pairs...); i < len(pair); i += 2 {
			s += "<String><Key>" + pair[i] + "</Key><Value ProtectInMemory=\"True\">" + html.EscapeString(pair[i+1]) + "</Value></String>"
		}
		return s + "<History><Entry><String><Key>Title</Key><Value>old</Value></String><String><Key>otp</Key><Value>" + html.EscapeString(uriOf(slowTOTP)) + "</Value></String></Entry></History></Entry>"
	}
	acme, alice, secret := "ACME", "alice@example.com", plainTOTP.base32()
	xml := `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><KeePassFile><Meta><RecycleBinUUID>BIN</RecycleBinUUID><Binaries><Binary ID="0">AAAA</Binary></Binaries></Meta><Root>` +
		"<Group><UUID>r</UUID><Name>Root</Name>" +
		entry(acme, alice, "otp", uriOf(plainTOTP), "Notes", "a note", "Recovery codes", "1 2 3", "colour", "red") +
		entry(acme, alice, "TOTP Seed", strings.ToLower(secret[:4]+" "+secret[4:]), "TOTP Settings", "30;6") +
		entry("Steam", "dave", "TOTP Seed", steamTOTP.base32(), "TOTP Settings", "30;S") +
		entry(acme, alice, "otp", "key="+secret+"&size=6&step=30&otpHashMode=Sha1") +
		entry(slowTOTP.issuer, slowTOTP.account, "TimeOtp-Secret", string(slowTOTP.secret), "TimeOtp-Length", "8", "TimeOtp-Period", "60", "TimeOtp-Algorithm", "HMAC-SHA-256") +
		entry(acme, alice, "TimeOtp-Secret-Base32", secret) +
		entry(acme, alice, "TimeOtp-Secret-Hex", plainTOTP.hex()) +
		entry(acme, alice, "TimeOtp-Secret-Base64", b64(plainTOTP.secret)) +
		entry("Counter", "carol", "HmacOtp-Secret-Base32", hotp.base32(), "HmacOtp-Counter", "7") +
		entry(acme, alice, "otp", uriOf(plainTOTP), "otp_1", uriOf(slowTOTP)) +
		entry("nothing", "x") +
		"<Group><UUID>BIN</UUID><Name>Recycle Bin</Name>" + entry("gone", "x", "otp", uriOf(oddTOTP)) + "</Group>" +
		"</Group></Root></KeePassFile>"
	return []sample{
		{format: "keepassxc", form: "csv", want: []enrolment{plainTOTP, steamTOTP}, data: []byte(csv), notices: []string{"passed-over 1 []", "left-behind 1 [password]"},
			details: []string{"tag Work", "note say \"hello\"", "added 2023-02-03", "url https://acme.example"}},
		{format: "keepassxc", form: "xml", data: []byte(xml), notices: []string{"passed-over 1 []", "in-recycle-bin 1 []"},
			want:    []enrolment{plainTOTP, plainTOTP, steamTOTP, plainTOTP, slowTOTP, plainTOTP, plainTOTP, plainTOTP, hotp, plainTOTP, slowTOTP},
			details: []string{"tag red", "tag blue", "note a note", "recovery 1 2 3", "added 2023-02-03", "colour red"}},
	}
}

func onepasswordSamples() []sample {
	item := obj{
		"uuid": "u", "favIndex": 1, "createdAt": 1675397106, "state": "archived", "categoryUuid": "001",
		"details": obj{
			"loginFields": []obj{{"value": "alice@example.com", "designation": "username"}, {"value": "hunter2", "designation": "password"}}, "notesPlain": "a note",
			"sections": []obj{{"title": "", "fields": []obj{
				{"title": "one-time password", "id": "TOTP_1", "value": obj{"totp": uriOf(plainTOTP)}},
				{"title": "second", "id": "TOTP_2", "value": obj{"totp": plainTOTP.base32()}},
				{"title": "recovery code", "id": "x", "value": obj{"concealed": "1 2"}},
				{"title": "other", "id": "y", "value": obj{"concealed": "left"}},
			}}},
		},
		"overview": obj{"title": "ACME", "url": "https://acme.example", "tags": []string{"mail"}},
	}
	none := obj{"uuid": "v", "details": obj{}, "overview": obj{"title": "nothing"}}
	file := string(asJSON(obj{"accounts": []obj{{"attrs": obj{}, "vaults": []obj{{"attrs": obj{"name": "Private"}, "items": []obj{item, none, {"item": item}}}}}}}))
	details := []string{"tag Private", "tag mail", "note a note", "recovery 1 2", "added 2023-02-03", "favorite true", "archived true", "url https://acme.example"}
	csv := "Title,Url,Username,Password,OTPAuth,Favorite,Archived,Tags,Notes\nACME,https://acme.example,alice@example.com,hunter2," + uriOf(plainTOTP) + ",true,false,mail;work,a note\nNone,,,,,false,false,,\n"
	return []sample{
		{format: "1password", form: "1pux", want: []enrolment{plainTOTP, plainTOTP, plainTOTP, plainTOTP}, details: details, notices: []string{"passed-over 1 []"},
			data: zipFiles("export.attributes", `{"version":3}`, "export.data", file, "files/a.png", "x")},
		{format: "1password", form: "csv", want: []enrolment{plainTOTP}, data: []byte(csv), details: []string{"tag mail", "tag work", "note a note", "favorite true", "url https://acme.example"}},
	}
}

func protonSamples() []sample {
	small := plainTOTP
	small.issuer = "ACME"
	entries := []obj{
		{"id": "1", "content": obj{"uri": uriOf(plainTOTP), "entry_type": "Totp", "name": plainTOTP.account}, "note": "a note"},
		{"id": "2", "content": obj{"uri": uriOf(slowTOTP), "entry_type": "Totp", "name": slowTOTP.account}, "note": nil},
		{"id": "3", "content": obj{"uri": "steam://" + steamTOTP.base32(), "entry_type": "Steam", "name": "dave"}, "note": nil},
	}
	file := asJSON(obj{"version": 1, "entries": entries})
	salt, nonce := fixed(16), fixed(12)
	key := argon2.IDKey([]byte(samplePassword), salt, 2, 19456, 1, 32)
	encrypted := asJSON(obj{"version": 1, "salt": b64(salt), "content": b64(append(bytes.Clone(nonce), gcmSeal(key, nonce, file, []byte("proton.authenticator.export.v1"))...))})
	want := []enrolment{plainTOTP, slowTOTP, steamTOTP}

	login := func(title, totp string, extra ...obj) obj {
		return obj{"itemId": "i", "data": obj{
			"metadata": obj{"name": title, "note": "a note"}, "type": "login", "extraFields": extra,
			"content": obj{"itemEmail": "alice@example.com", "itemUsername": "", "password": "hunter2", "urls": []string{"https://acme.example"}, "totpUri": totp},
		}, "state": 1, "createTime": 1675397106, "pinned": true}
	}
	pass := string(asJSON(obj{"version": "1.32.0", "vaults": obj{"v1": obj{"name": "Personal", "items": []obj{
		login("ACME", uriOf(plainTOTP)),
		login("ACME", "", obj{"fieldName": "second", "type": "totp", "data": obj{"totpUri": uriOf(slowTOTP)}}, obj{"fieldName": "Backup codes", "type": "hidden", "data": obj{"content": "1 2"}}),
		login("none", ""),
	}}}}))
	csv := "type,name,url,email,username,password,note,totp,createTime,modifyTime,vault\nlogin,ACME,https://acme.example,alice@example.com,,hunter2,a note,\"" + uriOf(plainTOTP) + "\",1675397106,1675397106,Personal\nnote,x,,,,,y,,1,1,Personal\n"
	details := []string{"tag Personal", "note a note", "added 2023-02-03", "url https://acme.example", "favorite true"}
	return []sample{
		{format: "proton", form: "plain", want: want, data: file, details: []string{"note a note"}},
		{format: "proton", form: "encrypted", want: want, data: encrypted, details: []string{"note a note"}, password: samplePassword},
		{format: "protonpass", form: "zip", want: []enrolment{plainTOTP, slowTOTP}, details: details, data: zipFiles("Proton Pass/data.json", pass), notices: []string{"passed-over 1 []"}},
		{format: "protonpass", form: "csv", want: []enrolment{plainTOTP}, details: []string{"tag Personal", "note a note", "added 2023-02-03", "url https://acme.example"}, data: []byte(csv)},
	}
}

func cxfSamples() []sample {
	totp := func(e enrolment) obj {
		return obj{"type": "totp", "secret": e.base32(), "period": e.period, "digits": e.digits, "username": e.account, "algorithm": strings.ToLower(e.algorithm), "issuer": e.issuer}
	}
	md5 := totp(plainTOTP)
	md5["algorithm"] = "md5"
	bare := totp(plainTOTP)
	delete(bare, "username")
	delete(bare, "issuer")
	items := []obj{
		{"id": "i1", "creationAt": 1675397106, "title": "ACME", "favorite": true, "scope": obj{"urls": []string{"https://acme.example"}, "androidApps": []any{}}, "tags": []string{"mail"}, "credentials": []obj{
			{"type": "basic-auth", "username": obj{"fieldType": "string", "value": "alice@example.com"}, "password": obj{"fieldType": "concealed-string", "value": "hunter2"}},
			totp(plainTOTP), {"type": "note", "content": obj{"fieldType": "string", "value": "a note"}},
			{"type": "custom-fields", "label": "Recovery codes", "fields": []obj{{"fieldType": "concealed-string", "value": "1 2"}}},
			{"type": "passkey", "credentialId": "x"},
		}},
		{"id": "i2", "title": "x", "credentials": []obj{totp(slowTOTP)}},
		{"id": "i3", "title": "ACME", "credentials": []obj{bare, {"type": "basic-auth", "username": obj{"value": "alice@example.com"}}}},
		{"id": "i4", "title": "bad", "credentials": []obj{md5}},
		{"id": "i5", "title": "none", "credentials": []obj{}},
	}
	account := obj{"id": "YQ", "username": "", "email": "a@example.com", "items": items,
		"collections": []obj{{"id": "c", "title": "Work", "items": []obj{{"item": "i1"}}, "subCollections": []obj{{"id": "d", "title": "Deep", "items": []obj{{"item": "i1"}}}}}}}
	file := asJSON(obj{"version": obj{"major": 1, "minor": 0}, "exporterRpId": "example.com", "exporterDisplayName": "Example", "timestamp": 1700000000, "accounts": []obj{account}})
	want := []enrolment{plainTOTP, slowTOTP, plainTOTP}
	details := []string{"tag mail", "tag Work", "tag Work/Deep", "note a note", "recovery 1 2", "added 2023-02-03", "favorite true", "url https://acme.example"}
	s := sample{format: "cxf", form: "json", want: want, data: file, details: details, refused: []string{"md5"}, notices: []string{"passed-over 1 []", "left-behind 2 [password passkey]"}}
	bareAccount, zipped := s, s
	bareAccount.form, bareAccount.data = "account", asJSON(account)
	zipped.form, zipped.data = "zip", zipFiles("CXF-export/documents/index.json", string(file))
	return []sample{s, bareAccount, zipped}
}

func smallSamples() []sample {
	authenticatorCSV := "folder,favorite,type,name,login_uri,login_totp\n,,1,ACME,," + uriOf(plainTOTP) + ",ACME,30,6\nWork,1,1,\"Steam, Inc\",,steam://" + steamTOTP.base32() + ",Steam,30,5\n,,1,x,,nothing,x,30,6\n"
	steamByTitle := steamTOTP
	steamByTitle.issuer, steamByTitle.account = "Steam, Inc", ""
	apple := "Title,URL,Username,Password,Notes,OTPAuth\nACME (alice@example.com),https://acme.example,alice@example.com,hunter2,a note,otpauth://totp?secret=" + plainTOTP.base32() + "\nNone,,,,,\n"
	bare := plainTOTP
	bare.issuer, bare.account = "", ""
	lastpass := asJSON(obj{"deviceId": "d", "localDeviceId": "l", "deviceName": "n", "version": 3, "folders": []obj{{"id": 1, "name": "Work", "isOpened": true}}, "accounts": []obj{
		{"accountID": "a", "issuerName": "ACME", "originalIssuerName": "ACME", "userName": "alice@example.com", "originalUserName": "alice", "secret": plainTOTP.base32(), "timeStep": 30, "digits": 6, "algorithm": "SHA1", "folderData": obj{"folderId": 1, "position": 0}, "isFavorite": true, "creationTimestamp": 1675397106000},
		{"issuerName": slowTOTP.issuer, "userName": slowTOTP.account, "secret": slowTOTP.base32(), "timeStep": 60, "digits": 8, "algorithm": "SHA256"},
	}})
	raivoList := func(list ...enrolment) []byte {
		var all []obj
		for _, e := range list {
			all = append(all, obj{"issuer": e.issuer, "account": e.account, "secret": e.base32(), "algorithm": e.algorithm, "digits": fmt.Sprint(e.digits), "kind": e.upper(), "timer": fmt.Sprint(e.period), "counter": fmt.Sprint(e.counter), "pinned": "true", "iconType": "", "iconValue": ""})
		}
		return asJSON(all)
	}
	table := "username,username2,title,password,note,url,category,otpSecret\nalice@example.com,,ACME,hunter2,a note,https://acme.example,Work," + plainTOTP.base32() + "\nx,,none,,,,,\n"
	twofauth := asJSON(obj{"app": "2fauth_v5.4.3", "schema": 1, "datetime": "2024-01-01T00:00:00Z", "data": []obj{
		{"otp_type": "totp", "account": slowTOTP.account, "service": slowTOTP.issuer, "icon": "a.png", "icon_mime": "image/png", "icon_file": "aWNvbg==", "secret": slowTOTP.base32(), "digits": 8, "algorithm": "sha256", "period": 60, "counter": nil, "legacy_uri": uriOf(slowTOTP)},
		{"otp_type": "hotp", "account": "carol", "service": "Counter", "secret": hotp.base32(), "digits": 6, "algorithm": "sha1", "period": nil, "counter": 7},
		{"otp_type": "steamtotp", "account": "dave", "service": "Steam", "secret": steamTOTP.base32(), "digits": 5, "algorithm": "sha1", "period": 30, "counter": nil},
	}})
	duoHOTP, duoTOTP := hotp, plainTOTP
	duoHOTP.issuer, duoTOTP.issuer = "", ""
	duo := asJSON([]obj{
		{"name": "alice@example.com", "otpGenerator": obj{"otpSecret": plainTOTP.base32()}},
		{"name": "carol", "otpGenerator": obj{"otpSecret": hotp.base32(), "counter": 7}},
		{"name": "push", "otpGenerator": nil, "pkey": "x"},
	})
	extension := asJSON(obj{
		"a1": obj{"account": "alice@example.com", "algorithm": "SHA1", "counter": 0, "dataType": "OTPStorage", "digits": 6, "encrypted": false, "hash": "a1", "index": 0, "issuer": "ACME::acme.example", "period": 30, "pinned": true, "secret": plainTOTP.base32(), "type": "totp"},
		"a2": obj{"account": slowTOTP.account, "algorithm": "SHA256", "digits": 8, "hash": "a2", "index": 1, "issuer": slowTOTP.issuer, "period": 60, "secret": slowTOTP.hex(), "type": "hex"},
		"a3": obj{"account": "x", "hash": "a3", "index": 2, "encrypted": true, "secret": "U2FsdGVkX1", "type": "totp"},
		"a4": obj{"dataType": "EncOTPStorage", "keyId": "k", "index": 3, "data": "U2FsdGVkX1"},
		"k":  obj{"dataType": "Key", "id": "k", "salt": "s", "hash": "h", "version": 3},
	})
	raivo := []enrolment{plainTOTP, slowTOTP, hotp}
	own := enrolment{kind: "totp", issuer: "", account: "Own", secret: rfc, algorithm: "SHA1", digits: 7, period: 10}
	authyDecrypted := asJSON(obj{"message": "success", "decrypted_authenticator_tokens": []obj{
		{"account_type": "acme", "name": "ACME:alice@example.com", "issuer": "ACME", "decrypted_seed": plainTOTP.base32(), "digits": 6, "logo": "acme", "unique_id": "1"},
		{"account_type": "authy", "name": "Own", "decrypted_seed": own.hex(), "digits": 7, "unique_id": "2"},
	}, "success": true})
	token := func(rounds int, field string) obj {
		t := obj{"name": "alice@example.com", "originalIssuer": "ACME", "digits": 6, "salt": "salty", "unique_id": "1",
			field: b64(cbcSeal(pbkdf(sha1.New, samplePassword, []byte("salty"), max(rounds, 1000), 32), make([]byte, 16), []byte(plainTOTP.base32())))}
		if rounds > 0 {
			t["key_derivation_iterations"] = rounds
		}
		return t
	}
	stranger := token(0, "encrypted_seed")
	stranger["salt"] = "other"
	maFile := asJSON(obj{"shared_secret": b64(steamKey), "serial_number": "123", "revocation_code": "R12345", "account_name": "dave", "identity_secret": "c2VjcmV0", "uri": "otpauth://totp/Steam:dave?secret=" + steamTOTP.base32() + "&issuer=Steam"})
	return []sample{
		{format: "bitwarden-authenticator", form: "csv", want: []enrolment{plainTOTP, steamByTitle}, data: []byte(authenticatorCSV), refused: []string{"export-not-a-key"}},
		{format: "apple", form: "csv", want: []enrolment{bare}, data: []byte(apple), notices: []string{"passed-over 1 []", "left-behind 1 [password]"},
			details: []string{"name ACME (alice@example.com)", "note a note", "username alice@example.com", "url https://acme.example"}},
		{format: "csv", form: "table", want: []enrolment{plainTOTP}, data: []byte(table), details: []string{"tag Work", "note a note", "url https://acme.example"}, notices: []string{"passed-over 1 []", "left-behind 1 [password]"}},
		{format: "2fauth", form: "plain", want: []enrolment{slowTOTP, hotp, steamTOTP}, data: twofauth, details: []string{"icon aWNvbg=="}},
		{format: "authenticator-extension", form: "plain", want: []enrolment{plainTOTP, slowTOTP}, data: extension, details: []string{"favorite true"}, refused: []string{"unknown-cipher", "unknown-cipher"}},
		{format: "duo", form: "accounts", want: []enrolment{duoTOTP, duoHOTP}, data: duo, refused: []string{"export-not-a-key"}},
		{format: "lastpass", form: "plain", want: []enrolment{plainTOTP, slowTOTP}, data: lastpass, details: []string{"tag Work", "added 2023-02-03", "original ACME:alice", "favorite true"}},
		{format: "raivo", form: "plain", want: raivo, data: raivoList(raivo...), details: []string{"favorite true"}},
		{format: "raivo", form: "zip", want: raivo, data: winzipAES("raivo-otp-export.json", samplePassword, raivoList(raivo...)), password: samplePassword},
		{format: "authy", form: "decrypted", want: []enrolment{plainTOTP, own}, data: authyDecrypted},
		{format: "authy", form: "encrypted", want: []enrolment{plainTOTP, plainTOTP}, data: asJSON(obj{"authenticator_tokens": []obj{token(0, "encrypted_seed"), token(2000, "encrypted_seed"), stranger}}),
			password: samplePassword, refused: []string{"wrong-password"}},
		{format: "authy", form: "encrypted", want: []enrolment{plainTOTP}, data: asJSON([]obj{token(0, "encryptedSecret")}), password: samplePassword},
		{format: "authy", form: "decrypted", want: []enrolment{plainTOTP}, data: asJSON([]obj{{"name": "alice@example.com", "originalName": "x", "issuer": "ACME", "decryptedSecret": plainTOTP.base32(), "encryptedSecret": "x", "digits": 6}})},
		{format: "steam", form: "maFile", want: []enrolment{steamTOTP}, data: maFile, details: []string{"recovery R12345", "serial_number 123"}, notices: []string{"left-behind 1 [identity_secret]"}},
	}
}

func pskcSamples() []sample {
	plain := `<?xml version="1.0"?><pskc:KeyContainer Version="1.0" xmlns:pskc="urn:ietf:params:xml:ns:keyprov:pskc">` +
		`<pskc:KeyPackage><pskc:DeviceInfo><pskc:Manufacturer>Maker</pskc:Manufacturer><pskc:SerialNo>123</pskc:SerialNo></pskc:DeviceInfo>` +
		`<pskc:Key Id="k1" Algorithm="urn:ietf:params:xml:ns:keyprov:pskc:hotp"><pskc:Issuer>Counter</pskc:Issuer><pskc:AlgorithmParameters><pskc:ResponseFormat Encoding="DECIMAL" Length="6"/></pskc:AlgorithmParameters>` +
		`<pskc:Data><pskc:Secret><pskc:PlainValue>` + b64(rfc) + `</pskc:PlainValue></pskc:Secret><pskc:Counter><pskc:PlainValue>7</pskc:PlainValue></pskc:Counter></pskc:Data><pskc:UserId>carol</pskc:UserId></pskc:Key></pskc:KeyPackage>` +
		`<pskc:KeyPackage><pskc:Key Id="k2" Algorithm="urn:ietf:params:xml:ns:keyprov:pskc:totp"><pskc:Issuer>` + html.EscapeString(slowTOTP.issuer) + `</pskc:Issuer>` +
		`<pskc:AlgorithmParameters><pskc:Suite>HMAC-SHA256</pskc:Suite><pskc:ResponseFormat Encoding="DECIMAL" Length="8"/></pskc:AlgorithmParameters>` +
		`<pskc:Data><pskc:Secret><pskc:PlainValue>` + b64(rfc) + `</pskc:PlainValue></pskc:Secret><pskc:TimeInterval><pskc:PlainValue>60</pskc:PlainValue></pskc:TimeInterval></pskc:Data><pskc:UserId>` + slowTOTP.account + `</pskc:UserId></pskc:Key></pskc:KeyPackage>` +
		`<pskc:KeyPackage><pskc:DeviceInfo><pskc:Manufacturer>Feitian</pskc:Manufacturer><pskc:SerialNo>9</pskc:SerialNo></pskc:DeviceInfo><pskc:Key Id="k3" Algorithm="urn:ietf:params:xml:ns:keyprov:pskc:hotp"><pskc:Data><pskc:Secret><pskc:PlainValue>` + b64(rfc) + `</pskc:PlainValue></pskc:Secret></pskc:Data></pskc:Key></pskc:KeyPackage>` +
		`<pskc:KeyPackage><pskc:Key Id="pin" Algorithm="urn:ietf:params:xml:ns:keyprov:pskc:pin"><pskc:Data><pskc:Secret><pskc:PlainValue>MTIzNA==</pskc:PlainValue></pskc:Secret></pskc:Data></pskc:Key></pskc:KeyPackage></pskc:KeyContainer>`
	fresh := enrolment{kind: "hotp", issuer: "Feitian", account: "9", secret: rfc, algorithm: "SHA1", digits: 6}

	key, macKey := pbkdf(sha1.New, samplePassword, fixed(8), 1000, 16), fixed(20)
	sealed := func(key, v []byte) string {
		iv := fixed(16)
		pad := 16 - len(v)%16
		text := append(bytes.Clone(v), bytes.Repeat([]byte{0}, pad-1)...)
		text = append(text, byte(pad))
		cipher.NewCBCEncrypter(must(aes.NewCipher(key)), iv).CryptBlocks(text, text)
		return base64.StdEncoding.EncodeToString(append(iv, text...))
	}
	value := func(key, v []byte) string {
		s := sealed(key, v)
		m := hmac.New(sha1.New, macKey)
		m.Write(must(base64.StdEncoding.DecodeString(s)))
		return `<EncryptedValue><xenc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/><xenc:CipherData><xenc:CipherValue>` + s + `</xenc:CipherValue></xenc:CipherData></EncryptedValue><ValueMAC>` + b64(m.Sum(nil)) + `</ValueMAC>`
	}
	container := func(encryption string, key []byte) []byte {
		return []byte(`<KeyContainer xmlns="urn:ietf:params:xml:ns:keyprov:pskc" xmlns:xenc="http://www.w3.org/2001/04/xmlenc#" Version="1.0"><EncryptionKey>` + encryption + `</EncryptionKey>` +
			`<MACMethod Algorithm="http://www.w3.org/2000/09/xmldsig#hmac-sha1"><MACKey><xenc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/><xenc:CipherData><xenc:CipherValue>` + sealed(key, macKey) + `</xenc:CipherValue></xenc:CipherData></MACKey></MACMethod>` +
			`<KeyPackage><Key Id="k" Algorithm="urn:ietf:params:xml:ns:keyprov:pskc:hotp"><Issuer>Counter</Issuer><AlgorithmParameters><ResponseFormat Encoding="DECIMAL" Length="6"/></AlgorithmParameters>` +
			`<Data><Secret>` + value(key, rfc) + `</Secret><Counter>` + value(key, []byte{0, 0, 0, 0, 0, 0, 0, 7}) + `</Counter></Data><UserId>carol</UserId></Key></KeyPackage></KeyContainer>`)
	}
	derived := `<xenc11:DerivedKey xmlns:xenc11="http://www.w3.org/2009/xmlenc11#"><xenc11:KeyDerivationMethod Algorithm="http://www.rsasecurity.com/rsalabs/pkcs/schemas/pkcs-5v2-0#pbkdf2"><pkcs5:PBKDF2-params xmlns:pkcs5="x"><Salt><Specified>` + b64(fixed(8)) +
		`</Specified></Salt><IterationCount>1000</IterationCount><KeyLength>16</KeyLength><PRF/></pkcs5:PBKDF2-params></xenc11:KeyDerivationMethod></xenc11:DerivedKey>`
	return []sample{
		{format: "pskc", form: "plain", want: []enrolment{hotp, slowTOTP, fresh}, data: []byte(plain), refused: []string{"export-not-one-time-codes"}, details: []string{"manufacturer Maker", "serial 123", "key-id k1"}},
		{format: "pskc", form: "password", want: []enrolment{hotp}, data: container(derived, key), password: samplePassword},
		{format: "pskc", form: "key", want: []enrolment{hotp}, data: container("<ds:KeyName>shared</ds:KeyName>", fixed(16)), password: hex.EncodeToString(fixed(16))},
	}
}

// refusedSamples are files of the formats that are refused by name; form is the
// reason.
func refusedSamples() []sample {
	totpAuthenticator := b64(bytes.Repeat(fixed(16), 6))
	random := bytes.Repeat([]byte{0x93, 0x5a, 0xf1, 0x02, 0xee, 0x00, 0x81, 0xc3}, 256)
	restricted := asJSON(obj{"encrypted": true, "encKeyValidation_DO_NOT_EDIT": "2.a|b|c", "folders": []any{}, "items": []any{}})
	return []sample{
		{format: "bitwarden-account", form: "bitwarden-account-restricted", data: restricted},
		{format: "kdbx", form: "keepass-database", data: append([]byte{0x03, 0xd9, 0xa2, 0x9a, 0x67, 0xfb, 0x4b, 0xb5, 1, 0, 4, 0}, random...)},
		{format: "openpgp", form: "openpgp", data: []byte("-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----\n")},
		{format: "openpgp", form: "openpgp", name: "otp_accounts.json.gpg", data: append([]byte{0x85, 0x02, 0x0c, 0x03}, random...)},
		{format: "openpgp", form: "openpgp", data: append([]byte{0x8c, 0x0d, 0x04, 0x09, 0x03, 0x02}, random...)},
		{format: "sqlite", form: "sqlite-database", data: append([]byte("SQLite format 3\x00"), random...)},
		{format: "sqlcipher", form: "sqlcipher-database", name: "authplus.db", data: random},
		{format: "zip-crypto", form: "zip-crypto", data: zipOf(zipEntry{name: "winauth.txt", flags: 1, size: 8, body: make([]byte, 20)})},
		{format: "winauth", form: "winauth-settings", data: []byte(`<?xml version="1.0"?><WinAuth version="3.5"><WinAuthAuthenticator type="x"/></WinAuth>`)},
		{format: "totp-authenticator", form: "totp-authenticator-file", data: []byte(totpAuthenticator + "\n")},
	}
}
