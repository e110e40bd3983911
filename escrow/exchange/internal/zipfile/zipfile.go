// Package zipfile reads single files out of a zip, with a bound on what they unpack to,
// and those that are encrypted as WinZip does.
package zipfile

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"crypto/aes"
	"crypto/hmac"
	"crypto/pbkdf2"
	"crypto/sha1"
	"encoding/binary"
	"io"
	"strings"

	"seedvault/escrow/exchange"
)

const (
	maxZipFiles = 10000
	zipAES      = 99 // the method under which WinZip's AES encryption hides the real one
)

// Archive is a zip of which single files are read, never all.
type Archive struct {
	Files  []*zip.File
	budget int64 // what may still be unpacked
}

// Open reads a zip's list of files. A list longer than any export's is refused
// before it is read.
func Open(data []byte) (*Archive, error) {
	if bytes.Count(data, []byte("PK\x01\x02")) > maxZipFiles {
		return nil, exchange.Refuse(exchange.UnpacksTooMuch)
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, exchange.Refuse(exchange.Damaged)
	}
	return &Archive{z.File, exchange.MaxUnpacked}, nil
}

// Find returns the first file of a name, in whatever folder, or with an ending that begins
// with a dot, nil for none. The name is in small letters, and capitals in the zip are taken
// for these.
func (a *Archive) Find(end string) *zip.File {
	if a == nil {
		return nil // no zip
	}
	for _, f := range a.Files {
		name := strings.ToLower(strings.ReplaceAll(f.Name, `\`, "/"))
		if name == end || strings.HasSuffix(name, "/"+end) || strings.HasPrefix(end, ".") && strings.HasSuffix(name, end) {
			return f
		}
	}
	return nil
}

// IsEncrypted reports whether a file is encrypted, in whatever way.
func IsEncrypted(f *zip.File) bool { return f.Flags&1 != 0 }

// UsesZipCrypto reports whether a file is encrypted in another way than WinZip's AES, that is
// normally in the old way, which is broken and not read here.
func UsesZipCrypto(f *zip.File) bool { return IsEncrypted(f) && f.Method != zipAES }

// Read unpacks a file. The error is an [*exchange.Error].
func (a *Archive) Read(f *zip.File) (string, error) {
	if f.UncompressedSize64 > uint64(a.budget) {
		return "", exchange.Refuse(exchange.UnpacksTooMuch)
	}
	in, err := f.Open()
	if err != nil {
		return "", exchange.Refuse(exchange.Damaged)
	}
	defer in.Close()
	return a.unpack(in, f.UncompressedSize64)
}

// unpack reads up to the budget, into room of the size that the file is said to have.
func (a *Archive) unpack(in io.Reader, size uint64) (string, error) {
	var out strings.Builder
	out.Grow(int(min(size, uint64(a.budget))))
	n, err := io.Copy(&out, io.LimitReader(in, a.budget+1))
	if n > a.budget {
		return "", exchange.Refuse(exchange.UnpacksTooMuch)
	}
	a.budget -= n
	if err != nil {
		return "", exchange.Refuse(exchange.Damaged)
	}
	return out.String(), nil
}

// ReadAES unpacks a file that is encrypted as WinZip's AE-1 and AE-2 describe it
// (https://www.winzip.com/en/support/aes-encryption): PBKDF2-HMAC-SHA1 of 1,000
// rounds, AES in counter mode with a counter that begins at 1 and has its lowest
// byte first, and ten bytes of HMAC-SHA1.
func (a *Archive) ReadAES(f *zip.File, password []byte) (string, error) {
	method, keyLen, err := aesExtra(f.Extra)
	if err != nil {
		return "", err
	}
	if f.UncompressedSize64 > uint64(a.budget) {
		return "", exchange.Refuse(exchange.UnpacksTooMuch)
	}
	raw, err := f.OpenRaw()
	if err != nil {
		return "", exchange.Refuse(exchange.Damaged)
	}
	data, err := io.ReadAll(io.LimitReader(raw, exchange.MaxInput))
	saltLen := keyLen / 2
	if err != nil || len(data) < saltLen+2+10 {
		return "", exchange.Refuse(exchange.Damaged)
	}
	salt, check, body := data[:saltLen], data[saltLen:saltLen+2], data[saltLen+2:len(data)-10]
	keys, err := pbkdf2.Key(sha1.New, string(password), salt, 1000, 2*keyLen+2)
	if err != nil {
		return "", exchange.Refuse(exchange.Damaged)
	}
	mac := hmac.New(sha1.New, keys[keyLen:2*keyLen])
	mac.Write(body)
	if !bytes.Equal(check, keys[2*keyLen:]) || !hmac.Equal(mac.Sum(nil)[:10], data[len(data)-10:]) {
		return "", exchange.Refuse(exchange.WrongPassword)
	}
	littleEndianCTR(keys[:keyLen], body)
	switch method {
	case zip.Store:
		return a.unpack(bytes.NewReader(body), uint64(len(body)))
	case zip.Deflate:
		return a.unpack(flate.NewReader(bytes.NewReader(body)), f.UncompressedSize64)
	}
	return "", exchange.Refuse(exchange.UnknownCipher)
}

// aesExtra finds the real method and the key's length in bytes.
func aesExtra(extra []byte) (method uint16, keyLen int, err error) {
	for len(extra) >= 4 {
		id, size := binary.LittleEndian.Uint16(extra), int(binary.LittleEndian.Uint16(extra[2:]))
		if extra = extra[4:]; size > len(extra) {
			break
		}
		if id == 0x9901 && size >= 7 && extra[4] >= 1 && extra[4] <= 3 {
			return binary.LittleEndian.Uint16(extra[5:]), 8 + 8*int(extra[4]), nil
		}
		extra = extra[size:]
	}
	return 0, 0, exchange.Refuse(exchange.UnknownCipher)
}

// littleEndianCTR decrypts, or encrypts, in place.
func littleEndianCTR(key, data []byte) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return // unreachable: the length is one of AES
	}
	var counter, pad [aes.BlockSize]byte
	for n := uint64(1); len(data) > 0; n++ {
		binary.LittleEndian.PutUint64(counter[:], n)
		block.Encrypt(pad[:], counter[:])
		for i := range min(len(data), aes.BlockSize) {
			data[i] ^= pad[i]
		}
		data = data[min(len(data), aes.BlockSize):]
	}
}
