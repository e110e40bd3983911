package unlock

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"

	"seedvault/escrow/exchange"
)

// OpenGCM decrypts AES-GCM in place. Any nonce length is taken, since apps use several. The
// error says that the file is damaged, or the password wrong.
func OpenGCM(key, nonce, sealed, aad []byte) ([]byte, error) {
	block, err := aes.NewCipher(key)
	if err != nil || len(nonce) == 0 {
		return nil, exchange.Refuse(exchange.Damaged)
	}
	gcm, err := cipher.NewGCMWithNonceSize(block, len(nonce))
	if err != nil {
		return nil, exchange.Refuse(exchange.Damaged)
	}
	plain, err := gcm.Open(sealed[:0], nonce, sealed, aad)
	if err != nil {
		return nil, exchange.Refuse(exchange.WrongPassword)
	}
	return plain, nil
}

// OpenCBC decrypts AES-CBC in place and takes the PKCS #7 padding off. Where nothing
// authenticates the text, bad padding is how a wrong password shows.
func OpenCBC(key, iv, sealed []byte) ([]byte, error) {
	block, err := aes.NewCipher(key)
	if err != nil || len(iv) != aes.BlockSize || len(sealed) == 0 || len(sealed)%aes.BlockSize != 0 {
		return nil, exchange.Refuse(exchange.Damaged)
	}
	cipher.NewCBCDecrypter(block, iv).CryptBlocks(sealed, sealed)
	pad := int(sealed[len(sealed)-1])
	if pad < 1 || pad > aes.BlockSize || !bytes.Equal(sealed[len(sealed)-pad:], bytes.Repeat([]byte{byte(pad)}, pad)) {
		return nil, exchange.Refuse(exchange.WrongPassword)
	}
	return sealed[:len(sealed)-pad], nil
}

// SealGCM encrypts for a key of an AES length and a nonce of 12 bytes that are used once.
func SealGCM(key, nonce, plain []byte) []byte {
	block, err := aes.NewCipher(key)
	if err != nil {
		panic("unlock: internal error: a key of no AES length")
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		panic("unlock: internal error: " + err.Error())
	}
	return gcm.Seal(nil, nonce, plain, nil)
}
