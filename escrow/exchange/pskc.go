package exchange

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/binary"
	"encoding/hex"
	"encoding/xml"
	"hash"
	"strconv"
	"strings"

	"seedvault/escrow/otpauth"
)

// PSKC (RFC 6030), the key containers of token makers, ykman and pskctool: in
// clear, under a password (PBES2) and under a key agreed on before, which is asked
// for as the password, in hex. Keys for anything but one-time codes are refused, a
// PIN beside a key is kept.
var pskc = &Format{
	Name: "pskc", App: "PSKC (RFC 6030)",
	Forms:     []Form{{Name: "plain"}, {Name: "password", Encrypted: true}, {Name: "key", Encrypted: true}},
	Source:    "https://www.rfc-editor.org/rfc/rfc6030",
	Holds:     Holds{TOTP: true, HOTP: true, Algorithms: allAlgorithms, Digits: anyDigits, Period: anyPeriod, Name: true},
	recognise: func(in *input) bool { return in.root == "KeyContainer" },
	read:      readPSKC,
}

func readPSKC(r *reading, in *input) error {
	if in.root != "KeyContainer" {
		return refuse(NotThatFormat)
	}
	c, err := parsePSKC(in.text)
	if err != nil {
		return err
	}
	r.form = "plain"
	if !c.encryption.isNone() {
		if err := r.unlock(func(password []byte) error { return c.open(r, password) }); err != nil {
			return err
		}
	}
	for i, p := range c.packages {
		if err := r.add(Place{Kind: AtEntry, N: i + 1}, c.draft(p)); err != nil {
			return err
		}
	}
	return nil
}

// pskcContainer is a container, and once it is open the keys to its secrets.
type pskcContainer struct {
	encryption, mac *element
	packages        []*element
	key, macKey     []byte
}

func parsePSKC(text string) (*pskcContainer, error) {
	d, err := newXML(text)
	if err != nil {
		return nil, err
	}
	c := &pskcContainer{encryption: &element{}, mac: &element{}}
	for {
		token, err := d.Token()
		if token == nil {
			return c, endOfXML(err)
		}
		start, ok := token.(xml.StartElement)
		if !ok || start.Name.Local == "KeyContainer" {
			continue
		}
		budget := maxXMLElements
		e, err := readElement(d, start, &budget)
		if err != nil {
			return nil, err
		}
		switch e.name {
		case "EncryptionKey":
			c.encryption = e
		case "MACMethod":
			c.mac = e
		case "KeyPackage", "Device": // the latter in drafts before the RFC
			if len(c.packages) >= MaxRecords {
				return nil, refuse(TooMany)
			}
			c.packages = append(c.packages, e)
		}
	}
}

// open makes the keys of a password, and tries them on what shows a wrong one.
func (c *pskcContainer) open(r *reading, password []byte) error {
	r.form = "key"
	derived := c.encryption.child("DerivedKey")
	if derived.isNone() {
		key, err := hex.DecodeString(string(bytes.TrimSpace(password)))
		if err != nil || len(key) != 16 && len(key) != 24 && len(key) != 32 {
			return refuse(WrongPassword)
		}
		c.key = key
	} else {
		r.form = "password"
		var err error
		if c.key, err = pbes2Key(r, derived.child("KeyDerivationMethod"), password); err != nil {
			return err
		}
	}
	c.macKey = c.key
	if m := c.mac.child("MACKey"); !m.isNone() {
		var err error
		if c.macKey, err = decryptXML(c.key, m); err != nil {
			return err
		}
	}
	for _, p := range c.packages { // one MAC that fits shows the password right
		if s := pskcKey(p).child("Data", "Secret"); !s.child("ValueMAC").isNone() {
			_, err := c.value(s)
			return err
		}
	}
	return nil
}

func pbes2Key(r *reading, method *element, password []byte) ([]byte, error) {
	params := method.child("PBKDF2-params")
	salt, err := decode64(params.child("Salt", "Specified").text)
	rounds, err2 := strconv.ParseInt(params.child("IterationCount").trimmed(), 10, 64)
	if err != nil || err2 != nil {
		return nil, refuse(UnknownCipher)
	}
	length := 16
	if n, err := strconv.Atoi(params.child("KeyLength").trimmed()); err == nil && (n == 16 || n == 24 || n == 32) {
		length = n
	}
	var h func() hash.Hash
	switch prf := strings.ToLower(params.child("PRF").attrs["Algorithm"]); { // an empty one means SHA1
	case prf == "" || strings.HasSuffix(prf, "sha1"):
		h = sha1.New
	case strings.HasSuffix(prf, "sha256"):
		h = sha256.New
	case strings.HasSuffix(prf, "sha512"):
		h = sha512.New
	default:
		return nil, refuse(UnknownCipher)
	}
	return r.pbkdf2(h, password, salt, rounds, length)
}

// decryptXML decrypts AES-CBC as XML Encryption has it: the IV before the text, and
// padding of which the last byte alone counts.
func decryptXML(key []byte, e *element) ([]byte, error) {
	if a := e.child("EncryptionMethod").attrs["Algorithm"]; a != "" && !strings.Contains(a, "aes") {
		return nil, refuse(UnknownCipher)
	}
	data, err := decode64(e.child("CipherData", "CipherValue").text)
	block, err2 := aes.NewCipher(key)
	if err != nil || err2 != nil || len(data) < 2*aes.BlockSize || len(data)%aes.BlockSize != 0 {
		return nil, refuse(Damaged)
	}
	out := make([]byte, len(data)-aes.BlockSize)
	cipher.NewCBCDecrypter(block, data[:aes.BlockSize]).CryptBlocks(out, data[aes.BlockSize:])
	pad := int(out[len(out)-1])
	if pad < 1 || pad > aes.BlockSize {
		return nil, refuse(WrongPassword)
	}
	return out[:len(out)-pad], nil
}

// value is a value of a key's data, in clear or decrypted and checked.
func (c *pskcContainer) value(e *element) ([]byte, error) {
	sealed := e.child("EncryptedValue")
	if sealed.isNone() {
		return nil, nil
	}
	if c.key == nil {
		return nil, refuse(UnknownCipher)
	}
	if want := e.child("ValueMAC"); !want.isNone() {
		have, err1 := decode64(sealed.child("CipherData", "CipherValue").text)
		mac, err2 := decode64(want.text)
		var h func() hash.Hash = sha1.New
		if strings.Contains(strings.ToLower(c.mac.attrs["Algorithm"]), "sha256") {
			h = sha256.New
		}
		m := hmac.New(h, c.macKey)
		m.Write(have)
		if err1 != nil || err2 != nil || !hmac.Equal(m.Sum(nil), mac) {
			return nil, refuse(WrongPassword)
		}
	}
	return decryptXML(c.key, sealed)
}

// number is a counter or an interval: in clear a decimal, encrypted a big-endian
// binary.
func (c *pskcContainer) number(e *element) (string, error) {
	raw, err := c.value(e)
	if err != nil {
		return "", err
	}
	if raw == nil {
		return e.child("PlainValue").trimmed(), nil
	}
	if len(raw) > 8 {
		return "", refuse(Damaged)
	}
	return strconv.FormatUint(binary.BigEndian.Uint64(append(make([]byte, 8-len(raw)), raw...)), 10), nil
}

func pskcKey(p *element) *element { return p.child("Key") }

func (c *pskcContainer) draft(p *element) draft {
	key, device := pskcKey(p), p.child("DeviceInfo")
	data := key.child("Data")
	d := draft{issuer: key.child("Issuer").trimmed(), account: key.child("UserId").trimmed()}
	d.pskcNames(key, device)
	algorithm := key.attrs["Algorithm"]
	if algorithm == "" {
		algorithm = key.attrs["KeyAlgorithm"]
	}
	switch name := strings.ToLower(algorithm[strings.LastIndexAny(algorithm, ":#/")+1:]); {
	case name == "hotp":
		d.kind = string(otpauth.HOTP)
	case name == "totp":
	default:
		d.err = refuse(NotOneTime)
		return d
	}
	if err := c.pskcData(&d, data); err != nil {
		if isWrongPassword(err) {
			err = refuse(Damaged) // the others fit
		}
		d.err = err
		return d
	}
	format := key.child("AlgorithmParameters", "ResponseFormat")
	if e := strings.ToUpper(format.attrs["Encoding"]); e != "" && e != "DECIMAL" {
		d.err = refuse(UnknownType)
	}
	if d.digits = format.attrs["Length"]; d.digits == "" {
		d.notice(DigitsTaken)
	}
	if suite := key.child("AlgorithmParameters", "Suite").trimmed(); suite != "" {
		d.algorithm = suite
	}
	return d
}

// pskcNames takes what says whose a key is; a hardware token may have nothing but
// its maker and number.
func (d *draft) pskcNames(key, device *element) {
	maker, serial := device.child("Manufacturer").trimmed(), device.child("SerialNo").trimmed()
	id := key.attrs["Id"]
	if id == "" {
		id = key.attrs["KeyId"]
	}
	if d.issuer == "" {
		d.issuer = maker
	} else {
		d.details.other("manufacturer", maker)
	}
	if d.account == "" {
		d.account = serial
	} else {
		d.details.other("serial", serial)
	}
	if d.account == "" {
		d.account = id
	} else {
		d.details.other("key-id", id)
	}
	d.details.Name = oneLine(key.child("FriendlyName").text)
	d.details.other("model", device.child("Model").trimmed())
	d.details.other("user", device.child("UserId").trimmed())
	d.details.other("profile", key.child("KeyProfileId").trimmed())
	policy := key.child("Policy")
	d.details.other("start", policy.child("StartDate").trimmed())
	d.details.other("expiry", policy.child("ExpiryDate").trimmed())
	d.details.other("pin-key", policy.child("PINPolicy").attrs["PINKeyId"])
}

func (c *pskcContainer) pskcData(d *draft, data *element) (err error) {
	secret := data.child("Secret")
	if d.raw, err = c.value(secret); err != nil {
		return err
	}
	if d.raw == nil {
		if d.raw, err = decode64(secret.child("PlainValue").text); err != nil {
			return &otpauth.Error{Reason: otpauth.BadSecret}
		}
	}
	if d.counter, err = c.number(data.child("Counter")); err != nil {
		return err
	}
	if d.counter == "" && d.kind == string(otpauth.HOTP) {
		d.counter = "0" // of a token that has made no code yet
		d.notice(CounterTaken)
	}
	d.period, err = c.number(data.child("TimeInterval"))
	return err
}
