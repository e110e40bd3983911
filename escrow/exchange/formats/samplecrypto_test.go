package formats_test

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/pbkdf2"
	"crypto/sha256"
	"encoding/binary"
	"hash"

	"golang.org/x/crypto/chacha20"
	//lint:ignore SA1019 the construction is libsodium's, for which x/crypto has no AEAD
	"golang.org/x/crypto/poly1305"
)

// The samples' own encryption. Salts and nonces are fixed, so that equal code makes
// equal files.

func fixed(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(i*7 + n)
	}
	return b
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func gcmSeal(key, nonce, plain, aad []byte) []byte {
	g := must(cipher.NewGCMWithNonceSize(must(aes.NewCipher(key)), len(nonce)))
	return g.Seal(nil, nonce, plain, aad)
}

func cbcSeal(key, iv, plain []byte) []byte {
	pad := 16 - len(plain)%16
	out := append(bytes.Clone(plain), bytes.Repeat([]byte{byte(pad)}, pad)...)
	cipher.NewCBCEncrypter(must(aes.NewCipher(key)), iv).CryptBlocks(out, out)
	return out
}

func pbkdf(h func() hash.Hash, password string, salt []byte, rounds, n int) []byte {
	return must(pbkdf2.Key(h, password, salt, rounds, n))
}

// encString is Bitwarden's: IV, text and MAC.
func encString(key, iv, plain []byte) string {
	enc := must(hkdf.Expand(sha256.New, key, "enc", 32))
	mac := hmac.New(sha256.New, must(hkdf.Expand(sha256.New, key, "mac", 32)))
	sealed := cbcSeal(enc, iv, plain)
	mac.Write(iv)
	mac.Write(sealed)
	return "2." + b64(iv) + "|" + b64(sealed) + "|" + b64(mac.Sum(nil))
}

// secretStream seals one message as libsodium does; a file made by libsodium itself
// is in testdata/exports.
func secretStream(key, header []byte, tag byte, message []byte) []byte {
	subkey := must(chacha20.HChaCha20(key, header[:16]))
	nonce := append([]byte{1, 0, 0, 0}, header[16:]...)
	stream := make([]byte, 128+len(message)) // the keystream from block 0
	must(chacha20.NewUnauthenticatedCipher(subkey, nonce)).XORKeyStream(stream, stream)
	block := bytes.Clone(stream[64:128])
	block[0] ^= tag
	out := []byte{block[0]}
	for i, m := range message {
		out = append(out, m^stream[128+i])
	}
	mac := poly1305.New((*[32]byte)(stream[:32]))
	mac.Write(block)
	mac.Write(out[1:])
	mac.Write(make([]byte, len(message)%16))
	mac.Write(binary.LittleEndian.AppendUint64(nil, 0))
	mac.Write(binary.LittleEndian.AppendUint64(nil, uint64(64+len(message))))
	return mac.Sum(out)
}

// winzipAES makes a zip with one file in WinZip's AES-256, stored.
func winzipAES(name, password string, plain []byte) []byte {
	salt := fixed(16)
	keys := pbkdf(sha1New, password, salt, 1000, 66)
	sealed := bytes.Clone(plain)
	block := must(aes.NewCipher(keys[:32]))
	for i := 0; i < len(sealed); i += 16 {
		var counter, pad [16]byte
		binary.LittleEndian.PutUint64(counter[:], uint64(i/16+1))
		block.Encrypt(pad[:], counter[:])
		for j := i; j < min(i+16, len(sealed)); j++ {
			sealed[j] ^= pad[j-i]
		}
	}
	mac := hmac.New(sha1New, keys[32:64])
	mac.Write(sealed)
	body := append(append(append(bytes.Clone(salt), keys[64:]...), sealed...), mac.Sum(nil)[:10]...)
	extra := []byte{0x01, 0x99, 7, 0, 2, 0, 'A', 'E', 3, 0, 0}
	return zipOf(zipEntry{name: name, flags: 1, method: 99, size: len(plain), extra: extra, body: body})
}

type zipEntry struct {
	name   string
	flags  uint16
	method uint16
	crc    uint32
	size   int
	extra  []byte
	body   []byte
}

// zipOf writes a zip by hand.
func zipOf(entries ...zipEntry) []byte {
	var b, directory []byte
	le := binary.LittleEndian
	for _, e := range entries {
		at := len(b)
		common := le.AppendUint16(nil, 51)
		common = le.AppendUint16(common, e.flags)
		common = le.AppendUint16(common, e.method)
		common = le.AppendUint32(common, 0)
		common = le.AppendUint32(common, e.crc)
		common = le.AppendUint32(common, uint32(len(e.body)))
		common = le.AppendUint32(common, uint32(e.size))
		common = le.AppendUint16(common, uint16(len(e.name)))
		common = le.AppendUint16(common, uint16(len(e.extra)))
		b = append(b, "PK\x03\x04"...)
		b = append(append(append(append(b, common...), e.name...), e.extra...), e.body...)
		directory = append(directory, "PK\x01\x02\x33\x00"...)
		directory = append(directory, common...)
		directory = append(directory, make([]byte, 10)...) // comment, disk, attributes
		directory = le.AppendUint32(directory, uint32(at))
		directory = append(append(directory, e.name...), e.extra...)
	}
	start := len(b)
	b = append(b, directory...)
	b = append(b, "PK\x05\x06\x00\x00\x00\x00"...)
	b = le.AppendUint16(b, uint16(len(entries)))
	b = le.AppendUint16(b, uint16(len(entries)))
	b = le.AppendUint32(b, uint32(len(directory)))
	b = le.AppendUint32(b, uint32(start))
	return append(b, 0, 0)
}
