package exchange

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"

	"golang.org/x/crypto/scrypt"
)

// Aegis' vault with a password, as a format to write: what is read is the same
// format aegis.
var aegisEncrypted = &Format{
	Name: "aegis-encrypted", App: "Aegis",
	Source:    aegisSource,
	Holds:     aegisHolds,
	recognise: func(*input) bool { return false },
	read:      readAegis,
	write:     writeAegisEncrypted,
}

type aegisHeader struct {
	Slots  []aegisSlot  `json:"slots"`
	Params *aegisParams `json:"params"`
}

type aegisParams struct {
	Nonce string `json:"nonce"`
	Tag   string `json:"tag"`
}

type aegisSlot struct {
	Type      int         `json:"type"`
	UUID      string      `json:"uuid"`
	Key       string      `json:"key"`
	KeyParams aegisParams `json:"key_params"`
	N         int         `json:"n"`
	R         int         `json:"r"`
	P         int         `json:"p"`
	Salt      string      `json:"salt"`
	Repaired  bool        `json:"repaired"`
	IsBackup  bool        `json:"is_backup"`
}

// aegisN is the cost that Aegis itself gives scrypt.
const aegisN = 1 << 15

func writeAegisEncrypted(w *writing, records []Record) ([]byte, error) {
	if w.password == "" {
		return nil, refuse(NeedsPassword)
	}
	content, err := encodeJSON(aegisContent(records))
	if err != nil {
		return nil, err
	}
	master, salt := random(32), random(32)
	derived, err := scrypt.Key([]byte(w.password), salt, aegisN, 8, 1, 32)
	if err != nil {
		return nil, err
	}
	slot := aegisSlot{Type: 1, UUID: newUUID(), N: aegisN, R: 8, P: 1, Salt: hex.EncodeToString(salt), Repaired: true}
	slot.Key, slot.KeyParams = sealAegis(derived, master, hex.EncodeToString)
	file := aegisFile{Version: 1, Header: aegisHeader{Slots: []aegisSlot{slot}}}
	sealed, params := sealAegis(master, content, base64.StdEncoding.EncodeToString)
	file.DB, file.Header.Params = sealed, &params
	return encodeJSON(file)
}

// sealAegis encrypts, with the tag apart as Aegis keeps it.
func sealAegis(key, plain []byte, encode func([]byte) string) (string, aegisParams) {
	nonce := random(12)
	sealed := sealGCM(key, nonce, plain)
	n := len(sealed) - 16
	return encode(sealed[:n]), aegisParams{hex.EncodeToString(nonce), hex.EncodeToString(sealed[n:])}
}

func random(n int) []byte {
	b := make([]byte, n)
	rand.Read(b)
	return b
}
