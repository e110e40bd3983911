package formats_test

import (
	"testing"

	"seedvault/escrow/exchange/formats"
)

// The examples of RFC 6030, sections 6.1 and 6.2: a key under a key agreed on
// before, and one under a password. Their MACs show that every byte is right.
func TestRFC6030(t *testing.T) {
	t.Parallel()
	const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ" // 12345678901234567890
	head := `<?xml version="1.0" encoding="UTF-8"?><pskc:KeyContainer Version="1.0" xmlns:pskc="urn:ietf:params:xml:ns:keyprov:pskc" xmlns:xenc11="http://www.w3.org/2009/xmlenc11#" xmlns:pkcs5="http://www.rsasecurity.com/rsalabs/pkcs/schemas/pkcs-5v2-0#" xmlns:xenc="http://www.w3.org/2001/04/xmlenc#" xmlns:ds="http://www.w3.org/2000/09/xmldsig#">`
	cipher := func(v string) string {
		return `<xenc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/><xenc:CipherData><xenc:CipherValue>` + v + `</xenc:CipherValue></xenc:CipherData>`
	}
	rest := func(issuer, macKey, value, mac, counter string) string {
		return `<pskc:MACMethod Algorithm="http://www.w3.org/2000/09/xmldsig#hmac-sha1"><pskc:MACKey>` + cipher(macKey) + `</pskc:MACKey></pskc:MACMethod>` +
			`<pskc:KeyPackage><pskc:DeviceInfo><pskc:Manufacturer>Manufacturer</pskc:Manufacturer><pskc:SerialNo>987654321</pskc:SerialNo></pskc:DeviceInfo>` +
			`<pskc:Key Id="12345678" Algorithm="urn:ietf:params:xml:ns:keyprov:pskc:hotp"><pskc:Issuer>` + issuer + `</pskc:Issuer><pskc:AlgorithmParameters><pskc:ResponseFormat Length="8" Encoding="DECIMAL"/></pskc:AlgorithmParameters>` +
			`<pskc:Data><pskc:Secret><pskc:EncryptedValue>` + cipher(value) + `</pskc:EncryptedValue><pskc:ValueMAC>` + mac + `</pskc:ValueMAC></pskc:Secret>` + counter + `</pskc:Data></pskc:Key></pskc:KeyPackage></pskc:KeyContainer>`
	}
	preshared := head + `<pskc:EncryptionKey><ds:KeyName>Pre-shared-key</ds:KeyName></pskc:EncryptionKey>` + rest("Issuer",
		"ESIzRFVmd4iZABEiM0RVZgKn6WjLaTC1sbeBMSvIhRejN9vJa2BOlSaMrR7I5wSX",
		"AAECAwQFBgcICQoLDA0OD+cIHItlB3Wra1DUpxVvOx2lef1VmNPCMl8jwZqIUqGv", "Su+NvtQfmvfJzF6bmQiJqoLRExc=",
		`<pskc:Counter><pskc:PlainValue>0</pskc:PlainValue></pskc:Counter>`)
	derived := head + `<pskc:EncryptionKey><xenc11:DerivedKey><xenc11:KeyDerivationMethod Algorithm="http://www.rsasecurity.com/rsalabs/pkcs/schemas/pkcs-5v2-0#pbkdf2"><pkcs5:PBKDF2-params>` +
		`<Salt><Specified>Ej7/PEpyEpw=</Specified></Salt><IterationCount>1000</IterationCount><KeyLength>16</KeyLength><PRF/></pkcs5:PBKDF2-params></xenc11:KeyDerivationMethod><xenc11:MasterKeyName>My Password 1</xenc11:MasterKeyName></xenc11:DerivedKey></pskc:EncryptionKey>` + rest("Example-Issuer",
		"2GTTnLwM3I4e5IO5FkufoOEiOhNj91fhKRQBtBJYluUDsPOLTfUvoU2dStyOwYZx",
		"oTvo+S22nsmS2Z/RtcoF8Hfh+jzMe0RkiafpoDpnoZTjPYZu6V+A4aEn032yCr4f", "LP6xMvjtypbfT9PdkJhBZ+D6O4w=",
		`<pskc:Counter><pskc:PlainValue>0</pskc:PlainValue></pskc:Counter>`)
	for name, c := range map[string]struct{ file, password, want string }{
		"pre-shared key": {preshared, "12345678901234567890123456789012", `hotp "Issuer" "987654321" ` + secret + ` SHA1 8 0s 0`},
		"password":       {derived, "qwerty", `hotp "Example-Issuer" "987654321" ` + secret + ` SHA1 8 0s 0`},
	} {
		r, err := formats.Read(formats.NewFile("", []byte(c.file)), formats.Options{Password: once(c.password)})
		if err != nil || len(r.Items) != 1 || r.Items[0].Err != nil {
			t.Errorf("%s: %v %v", name, err, r.Items)
			continue
		}
		if have := got(r.Items[0].Record); have != c.want {
			t.Errorf("%s: %s, want %s", name, have, c.want)
		}
	}
}
