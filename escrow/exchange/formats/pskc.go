package formats

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

	"seedvault/escrow/exchange"
	"seedvault/escrow/exchange/internal/parse"
	"seedvault/escrow/exchange/internal/reading"
	"seedvault/escrow/exchange/internal/unlock"
	"seedvault/escrow/otpauth"
)

// PSKC (RFC 6030), the key containers of token makers, ykman and pskctool: in
// clear, under a password (PBES2) and under a key agreed on before, which is asked
// for as the password, in hex. Keys for anything but one-time codes are refused, a PIN
// among them; that a key has one is kept.
var pskc = &Format{
	Name: "pskc", App: "PSKC (RFC 6030)",
	Forms:     []Form{{Name: "plain"}, {Name: "password", Encrypted: true}, {Name: "key", Encrypted: true}},
	Source:    "https://www.rfc-editor.org/rfc/rfc6030",
	Holds:     exchange.Holds{TOTP: true, HOTP: true, Algorithms: allAlgorithms, Digits: anyDigits, Period: anyPeriod, Name: true},
	recognise: func(in *reading.Input) bool { return in.Root == "KeyContainer" },
	read:      readPSKC,
}

func readPSKC(r *reading.Reader, in *reading.Input) error {
	if in.Root != "KeyContainer" {
		return exchange.Refuse(exchange.NotThatFormat)
	}
	c, err := parsePSKC(in.Text)
	if err != nil {
		return err
	}
	r.Form = "plain"
	if !c.encryption.IsNone() {
		if err := r.Passwords.Try(func(password []byte) error { return c.open(r, password) }); err != nil {
			return err
		}
	}
	for i, p := range c.packages {
		if err := r.Add(exchange.Position{Kind: exchange.AtEntry, N: i + 1}, c.draft(p)); err != nil {
			return err
		}
	}
	return nil
}

// pskcContainer is a container, and once it is open the keys to its secrets.
type pskcContainer struct {
	encryption, mac *parse.Element
	packages        []*parse.Element
	key, macKey     []byte
}

func parsePSKC(text string) (*pskcContainer, error) {
	d, err := parse.NewXML(text)
	if err != nil {
		return nil, err
	}
	c := &pskcContainer{encryption: &parse.Element{}, mac: &parse.Element{}}
	for {
		token, err := d.Token()
		if token == nil {
			return c, endOfXML(err)
		}
		start, ok := token.(xml.StartElement)
		if !ok || start.Name.Local == "KeyContainer" {
			continue
		}
		budget := parse.MaxXMLElements
		e, err := parse.ReadElement(d, start, &budget)
		if err != nil {
			return nil, err
		}
		switch e.Name {
		case "EncryptionKey":
			c.encryption = e
		case "MACMethod":
			c.mac = e
		case "KeyPackage", "Device": // the latter in drafts before the RFC
			if len(c.packages) >= exchange.MaxRecords {
				return nil, exchange.Refuse(exchange.TooMany)
			}
			c.packages = append(c.packages, e)
		}
	}
}

// open makes the keys of a password, and tries them on what shows a wrong one.
func (c *pskcContainer) open(r *reading.Reader, password []byte) error {
	r.Form = "key"
	derived := c.encryption.Child("DerivedKey")
	if derived.IsNone() {
		key, err := hex.DecodeString(string(bytes.TrimSpace(password)))
		if err != nil || len(key) != 16 && len(key) != 24 && len(key) != 32 {
			return exchange.Refuse(exchange.WrongPassword)
		}
		c.key = key
	} else {
		r.Form = "password"
		var err error
		if c.key, err = pbes2Key(r, derived.Child("KeyDerivationMethod"), password); err != nil {
			return err
		}
	}
	c.macKey = c.key
	if m := c.mac.Child("MACKey"); !m.IsNone() {
		var err error
		if c.macKey, err = decryptXML(c.key, m); err != nil {
			return err
		}
	}
	for _, p := range c.packages { // one MAC that fits shows the password right
		if s := pskcKey(p).Child("Data", "Secret"); !s.Child("ValueMAC").IsNone() {
			_, err := c.value(s)
			return err
		}
	}
	return nil
}

func pbes2Key(r *reading.Reader, method *parse.Element, password []byte) ([]byte, error) {
	params := method.Child("PBKDF2-params")
	salt, err := parse.Base64(params.Child("Salt", "Specified").Text)
	rounds, err2 := strconv.ParseInt(params.Child("IterationCount").Trimmed(), 10, 64)
	if err != nil || err2 != nil {
		return nil, exchange.Refuse(exchange.UnknownCipher)
	}
	length := 16
	if n, err := strconv.Atoi(params.Child("KeyLength").Trimmed()); err == nil && (n == 16 || n == 24 || n == 32) {
		length = n
	}
	var h func() hash.Hash
	switch prf := strings.ToLower(params.Child("PRF").Attrs["Algorithm"]); { // an empty one means SHA1
	case prf == "" || strings.HasSuffix(prf, "sha1"):
		h = sha1.New
	case strings.HasSuffix(prf, "sha256"):
		h = sha256.New
	case strings.HasSuffix(prf, "sha512"):
		h = sha512.New
	default:
		return nil, exchange.Refuse(exchange.UnknownCipher)
	}
	return r.Passwords.PBKDF2(h, password, salt, rounds, length)
}

// decryptXML decrypts AES-CBC as XML Encryption has it: the IV before the text, and
// padding of which the last byte alone counts.
func decryptXML(key []byte, e *parse.Element) ([]byte, error) {
	if a := e.Child("EncryptionMethod").Attrs["Algorithm"]; a != "" && !strings.Contains(a, "aes") {
		return nil, exchange.Refuse(exchange.UnknownCipher)
	}
	data, err := parse.Base64(e.Child("CipherData", "CipherValue").Text)
	block, err2 := aes.NewCipher(key)
	if err != nil || err2 != nil || len(data) < 2*aes.BlockSize || len(data)%aes.BlockSize != 0 {
		return nil, exchange.Refuse(exchange.Damaged)
	}
	out := make([]byte, len(data)-aes.BlockSize)
	cipher.NewCBCDecrypter(block, data[:aes.BlockSize]).CryptBlocks(out, data[aes.BlockSize:])
	pad := int(out[len(out)-1])
	if pad < 1 || pad > aes.BlockSize {
		return nil, exchange.Refuse(exchange.WrongPassword)
	}
	return out[:len(out)-pad], nil
}

// value returns a value of a key's data, in clear or decrypted and checked.
func (c *pskcContainer) value(e *parse.Element) ([]byte, error) {
	sealed := e.Child("EncryptedValue")
	if sealed.IsNone() {
		return nil, nil
	}
	if c.key == nil {
		return nil, exchange.Refuse(exchange.UnknownCipher)
	}
	if want := e.Child("ValueMAC"); !want.IsNone() {
		have, err1 := parse.Base64(sealed.Child("CipherData", "CipherValue").Text)
		mac, err2 := parse.Base64(want.Text)
		var h func() hash.Hash = sha1.New
		if strings.Contains(strings.ToLower(c.mac.Attrs["Algorithm"]), "sha256") {
			h = sha256.New
		}
		m := hmac.New(h, c.macKey)
		m.Write(have)
		if err1 != nil || err2 != nil || !hmac.Equal(m.Sum(nil), mac) {
			return nil, exchange.Refuse(exchange.WrongPassword)
		}
	}
	return decryptXML(c.key, sealed)
}

// number returns a counter or an interval: in clear a decimal, encrypted a big-endian
// binary.
func (c *pskcContainer) number(e *parse.Element) (string, error) {
	raw, err := c.value(e)
	if err != nil {
		return "", err
	}
	if raw == nil {
		return e.Child("PlainValue").Trimmed(), nil
	}
	if len(raw) > 8 {
		return "", exchange.Refuse(exchange.Damaged)
	}
	return strconv.FormatUint(binary.BigEndian.Uint64(append(make([]byte, 8-len(raw)), raw...)), 10), nil
}

func pskcKey(p *parse.Element) *parse.Element { return p.Child("Key") }

func (c *pskcContainer) draft(p *parse.Element) reading.Draft {
	key, device := pskcKey(p), p.Child("DeviceInfo")
	data := key.Child("Data")
	d := reading.Draft{Issuer: key.Child("Issuer").Trimmed(), Account: key.Child("UserId").Trimmed()}
	pskcNames(&d, key, device)
	algorithm := key.Attrs["Algorithm"]
	if algorithm == "" {
		algorithm = key.Attrs["KeyAlgorithm"]
	}
	switch name := strings.ToLower(algorithm[strings.LastIndexAny(algorithm, ":#/")+1:]); {
	case name == "hotp":
		d.Kind = string(otpauth.HOTP)
	case name == "totp":
	default:
		d.Err = exchange.Refuse(exchange.NotOneTime)
		return d
	}
	if err := c.pskcData(&d, data); err != nil {
		if unlock.IsWrongPassword(err) {
			err = exchange.Refuse(exchange.Damaged) // the others fit
		}
		d.Err = err
		return d
	}
	format := key.Child("AlgorithmParameters", "ResponseFormat")
	if e := strings.ToUpper(format.Attrs["Encoding"]); e != "" && e != "DECIMAL" {
		d.Err = exchange.Refuse(exchange.UnknownType)
	}
	if d.Digits = format.Attrs["Length"]; d.Digits == "" {
		d.Notice(exchange.DigitsTaken)
	}
	if suite := key.Child("AlgorithmParameters", "Suite").Trimmed(); suite != "" {
		d.Algorithm = suite
	}
	return d
}

// pskcNames takes what says whose a key is; a hardware token may have nothing but
// its maker and number.
func pskcNames(d *reading.Draft, key, device *parse.Element) {
	maker, serial := device.Child("Manufacturer").Trimmed(), device.Child("SerialNo").Trimmed()
	id := key.Attrs["Id"]
	if id == "" {
		id = key.Attrs["KeyId"]
	}
	if d.Issuer == "" {
		d.Issuer = maker
	} else {
		d.Details.AddOther("manufacturer", maker)
	}
	if d.Account == "" {
		d.Account = serial
	} else {
		d.Details.AddOther("serial", serial)
	}
	if d.Account == "" {
		d.Account = id
	} else {
		d.Details.AddOther("key-id", id)
	}
	d.Details.Name = reading.CleanName(key.Child("FriendlyName").Text)
	d.Details.AddOther("model", device.Child("Model").Trimmed())
	d.Details.AddOther("user", device.Child("UserId").Trimmed())
	d.Details.AddOther("profile", key.Child("KeyProfileId").Trimmed())
	policy := key.Child("Policy")
	d.Details.AddOther("start", policy.Child("StartDate").Trimmed())
	d.Details.AddOther("expiry", policy.Child("ExpiryDate").Trimmed())
	d.Details.AddOther("pin-key", policy.Child("PINPolicy").Attrs["PINKeyId"])
}

func (c *pskcContainer) pskcData(d *reading.Draft, data *parse.Element) (err error) {
	secret := data.Child("Secret")
	if d.Raw, err = c.value(secret); err != nil {
		return err
	}
	if d.Raw == nil {
		if d.Raw, err = parse.Base64(secret.Child("PlainValue").Text); err != nil {
			return &otpauth.Error{Reason: otpauth.BadSecret}
		}
	}
	if d.Counter, err = c.number(data.Child("Counter")); err != nil {
		return err
	}
	if d.Counter == "" && d.Kind == string(otpauth.HOTP) {
		d.Counter = "0" // of a token that has made no code yet
		d.Notice(exchange.CounterTaken)
	}
	d.Period, err = c.number(data.Child("TimeInterval"))
	return err
}
