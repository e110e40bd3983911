package formats

import (
	"bytes"
	"crypto/sha1"
	"crypto/sha512"
	"hash"
	"strings"

	"seedvault/escrow/exchange"
	"seedvault/escrow/exchange/internal/javamap"
	"seedvault/escrow/exchange/internal/parse"
	"seedvault/escrow/exchange/internal/reading"
	"seedvault/escrow/exchange/internal/unlock"
)

// FreeOTP 2's backup has a name that ends in .xml and is a Java-serialised
// HashMap of strings: a master key that the password opens, and for each token a
// key that the master key opens and what is to be known beside it.
var freeotp2 = &Format{
	Name: "freeotp2", App: "FreeOTP 2",
	Forms:     []Form{{Name: "backup", Encrypted: true}},
	Source:    "https://github.com/freeotp/freeotp-android/tree/master/mobile/src/main/java/org/fedorahosted/freeotp",
	Holds:     freeotpPlus.Holds,
	recognise: func(in *reading.Input) bool { return bytes.HasPrefix(in.Data, []byte(javamap.Magic)) },
	read:      readFreeOTP2,
}

func readFreeOTP2(r *reading.Reader, in *reading.Input) error {
	if !bytes.HasPrefix(in.Data, []byte(javamap.Magic)) {
		return exchange.Refuse(exchange.NotThatFormat)
	}
	r.Form = "backup"
	m, err := javamap.Read(in.Data)
	if err != nil {
		return err
	}
	masterText, ok := parse.JSON(m.Values["masterKey"])
	if !ok {
		return exchange.Refuse(exchange.Damaged)
	}
	var master []byte
	err = r.Passwords.Try(func(password []byte) error {
		var err error
		master, err = openFreeOTPMaster(r, masterText, password)
		return err
	})
	if err != nil {
		return err
	}
	n := 0
	for _, name := range m.Names {
		id, isToken := strings.CutSuffix(name, "-token")
		if !isToken {
			if name != "masterKey" && m.Values[name+"-token"] == "" {
				n++
				if err := r.RefuseAt(exchange.Position{Kind: exchange.AtEntry, N: n}, "", exchange.Refuse(exchange.Damaged)); err != nil {
					return err
				}
			}
			continue
		}
		n++
		if err := r.Add(exchange.Position{Kind: exchange.AtEntry, N: n}, freeotp2Draft(r, master, m.Values[id], m.Values[name])); err != nil {
			return err
		}
	}
	return nil
}

// freeotp2Draft opens one token. A damaged one is refused and costs no other.
func freeotp2Draft(r *reading.Reader, master []byte, keyText, tokenText string) reading.Draft {
	token, ok1 := parse.JSON(tokenText)
	wrapped, ok2 := parse.JSON(keyText)
	if inner := wrapped.Get("key"); inner.IsString() {
		wrapped, ok2 = parse.JSON(inner.Text())
	} else if inner != "" {
		wrapped = inner
	}
	if !ok1 || !ok2 {
		d := reading.Draft{Err: exchange.Refuse(exchange.Damaged)}
		if ok1 {
			d.Issuer, d.Account = token.Str("issuerExt"), token.Str("label")
		}
		return d
	}
	d := freeotpDraft(r, token, false)
	key := wrapped
	if inner := wrapped.Get("mEncryptedKey"); inner != "" {
		key = inner
	}
	if d.Algorithm == "" {
		d.Algorithm = key.Str("mToken")
	}
	secret, err := openFreeOTPKey(master, key)
	if err != nil {
		d.Err = exchange.Refuse(exchange.Damaged) // the password was right
		return d
	}
	d.Raw = secret
	return d
}

func openFreeOTPMaster(r *reading.Reader, m parse.Node, password []byte) ([]byte, error) {
	var h func() hash.Hash
	switch strings.ToLower(m.Str("mAlgorithm")) {
	case "pbkdf2withhmacsha1":
		h = sha1.New
	case "pbkdf2withhmacsha512":
		h = sha512.New
	default:
		return nil, exchange.Refuse(exchange.UnknownCipher)
	}
	key, err := r.Passwords.PBKDF2(h, password, signedBytes(m.Get("mSalt")), m.Get("mIterations").Int(), 32)
	if err != nil {
		return nil, err
	}
	return openFreeOTPKey(key, m.Get("mEncryptedKey"))
}

func openFreeOTPKey(key []byte, k parse.Node) ([]byte, error) {
	if k.Str("mCipher") != "AES/GCM/NoPadding" {
		return nil, exchange.Refuse(exchange.UnknownCipher)
	}
	nonce := gcmNonce(signedBytes(k.Get("mParameters")))
	if nonce == nil {
		return nil, exchange.Refuse(exchange.Damaged)
	}
	return unlock.OpenGCM(key, nonce, signedBytes(k.Get("mCipherText")), []byte(k.Str("mToken")))
}

// gcmNonce takes the nonce out of GCM parameters in DER: an OCTET STRING of 12
// bytes, alone or as the first of a SEQUENCE.
func gcmNonce(der []byte) []byte {
	if len(der) >= 2 && der[0] == 0x30 {
		der = der[2:]
	}
	if len(der) < 14 || der[0] != 4 || der[1] != 12 {
		return nil
	}
	return der[2:14]
}
