package exchange

import (
	"bytes"
	"crypto/sha1"
	"crypto/sha512"
	"hash"
	"strings"
)

// FreeOTP 2's backup has a name that ends in .xml and is a Java-serialised
// HashMap of strings: a master key that the password opens, and for each token a
// key that the master key opens and what is to be known beside it.
var freeotp2 = &Format{
	Name: "freeotp2", App: "FreeOTP 2",
	Forms:     []Form{{Name: "backup", Encrypted: true}},
	Source:    "https://github.com/freeotp/freeotp-android/tree/master/mobile/src/main/java/org/fedorahosted/freeotp",
	Holds:     freeotpPlus.Holds,
	recognise: func(in *input) bool { return bytes.HasPrefix(in.data, javaMagic) },
	read:      readFreeOTP2,
}

func readFreeOTP2(r *reading, in *input) error {
	if !bytes.HasPrefix(in.data, javaMagic) {
		return refuse(NotThatFormat)
	}
	r.form = "backup"
	m, err := readJavaMap(in.data)
	if err != nil {
		return err
	}
	masterText, ok := parseJSON(m.values["masterKey"])
	if !ok {
		return refuse(Damaged)
	}
	var master []byte
	err = r.unlock(func(password []byte) error {
		var err error
		master, err = openFreeOTPMaster(r, masterText, password)
		return err
	})
	if err != nil {
		return err
	}
	n := 0
	for _, name := range m.names {
		id, isToken := strings.CutSuffix(name, "-token")
		if !isToken {
			if name != "masterKey" && m.values[name+"-token"] == "" {
				n++
				if err := r.refuseAt(Place{Kind: AtEntry, N: n}, "", refuse(Damaged)); err != nil {
					return err
				}
			}
			continue
		}
		n++
		if err := r.add(Place{Kind: AtEntry, N: n}, freeotp2Draft(r, master, m.values[id], m.values[name])); err != nil {
			return err
		}
	}
	return nil
}

// freeotp2Draft opens one token. A damaged one is refused and costs no other.
func freeotp2Draft(r *reading, master []byte, keyText, tokenText string) draft {
	token, ok1 := parseJSON(tokenText)
	wrapped, ok2 := parseJSON(keyText)
	if inner := wrapped.get("key"); inner.isString() {
		wrapped, ok2 = parseJSON(inner.text())
	} else if inner != "" {
		wrapped = inner
	}
	if !ok1 || !ok2 {
		d := draft{err: refuse(Damaged)}
		if ok1 {
			d.issuer, d.account = token.str("issuerExt"), token.str("label")
		}
		return d
	}
	d := freeotpDraft(r, token, false)
	key := wrapped
	if inner := wrapped.get("mEncryptedKey"); inner != "" {
		key = inner
	}
	if d.algorithm == "" {
		d.algorithm = key.str("mToken")
	}
	secret, err := openFreeOTPKey(master, key)
	if err != nil {
		d.err = refuse(Damaged) // the password was right
		return d
	}
	d.raw = secret
	return d
}

func openFreeOTPMaster(r *reading, m node, password []byte) ([]byte, error) {
	var h func() hash.Hash
	switch strings.ToLower(m.str("mAlgorithm")) {
	case "pbkdf2withhmacsha1":
		h = sha1.New
	case "pbkdf2withhmacsha512":
		h = sha512.New
	default:
		return nil, refuse(UnknownCipher)
	}
	key, err := r.pbkdf2(h, password, signedBytes(m.get("mSalt")), m.get("mIterations").int(), 32)
	if err != nil {
		return nil, err
	}
	return openFreeOTPKey(key, m.get("mEncryptedKey"))
}

func openFreeOTPKey(key []byte, k node) ([]byte, error) {
	if k.str("mCipher") != "AES/GCM/NoPadding" {
		return nil, refuse(UnknownCipher)
	}
	nonce := gcmNonce(signedBytes(k.get("mParameters")))
	if nonce == nil {
		return nil, refuse(Damaged)
	}
	return openGCM(key, nonce, signedBytes(k.get("mCipherText")), []byte(k.str("mToken")))
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
