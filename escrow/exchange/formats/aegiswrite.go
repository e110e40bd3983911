package formats

import (
	"encoding/base32"
	"encoding/base64"
	"encoding/hex"

	"golang.org/x/crypto/scrypt"

	"seedvault/escrow/exchange"
	"seedvault/escrow/exchange/internal/reading"
	"seedvault/escrow/exchange/internal/unlock"
	"seedvault/escrow/otpauth"
)

// Aegis' vault with a password, as a format to write: what is read is the same
// format aegis.
var aegisEncrypted = &Format{
	Name: "aegis-encrypted", App: "Aegis",
	Source:    aegisSource,
	Holds:     aegisHolds,
	recognise: func(*reading.Input) bool { return false },
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

func writeAegisEncrypted(w *writing, records []exchange.Record) ([]byte, error) {
	if w.password == "" {
		return nil, exchange.Refuse(exchange.NeedsPassword)
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
	sealed := unlock.SealGCM(key, nonce, plain)
	n := len(sealed) - 16
	return encode(sealed[:n]), aegisParams{hex.EncodeToString(nonce), hex.EncodeToString(sealed[n:])}
}

// aegisEntry is what an entry is in all its types.
type aegisEntry struct {
	Type     string    `json:"type"`
	UUID     string    `json:"uuid"`
	Name     string    `json:"name"`
	Issuer   string    `json:"issuer"`
	Note     string    `json:"note"`
	Favorite bool      `json:"favorite"`
	Icon     *string   `json:"icon"`
	Info     aegisInfo `json:"info"`
	Groups   []string  `json:"groups"`
}

type aegisInfo struct {
	Secret  string  `json:"secret"`
	Algo    string  `json:"algo"`
	Digits  int     `json:"digits"`
	Period  int     `json:"period,omitempty"`
	Counter *uint64 `json:"counter,omitempty"`
	Pin     string  `json:"pin,omitempty"`
}

type aegisGroup struct {
	UUID string `json:"uuid"`
	Name string `json:"name"`
}

type aegisDB struct {
	Version int          `json:"version"`
	Entries []aegisEntry `json:"entries"`
	Groups  []aegisGroup `json:"groups"`
}

type aegisFile struct {
	Version int         `json:"version"`
	Header  aegisHeader `json:"header"`
	DB      any         `json:"db"`
}

func writeAegis(w *writing, records []exchange.Record) ([]byte, error) {
	return encodeJSON(aegisFile{Version: 1, DB: aegisContent(records)})
}

func aegisContent(records []exchange.Record) aegisDB {
	db := aegisDB{Version: 3, Entries: []aegisEntry{}, Groups: []aegisGroup{}}
	groups := map[string]string{}
	for _, rec := range records {
		e := aegisEntryOf(rec)
		for _, tag := range rec.Details().Tags {
			if groups[tag] == "" {
				groups[tag] = newUUID()
				db.Groups = append(db.Groups, aegisGroup{groups[tag], tag})
			}
			e.Groups = append(e.Groups, groups[tag])
		}
		db.Entries = append(db.Entries, e)
	}
	return db
}

func aegisEntryOf(rec exchange.Record) aegisEntry {
	k, details := rec.Key(), rec.Details()
	e := aegisEntry{
		Type: string(k.Type()), UUID: newUUID(), Name: k.Account(), Issuer: k.Issuer(), Groups: []string{},
		Note: reading.JoinNote(details), Favorite: details.Get("favorite") == "true",
		Info: aegisInfo{Secret: secretOf(k), Algo: string(k.Algorithm()), Digits: k.Digits(), Period: int(k.Period().Seconds())},
	}
	switch k.Type() {
	case otpauth.HOTP:
		n := k.Counter()
		e.Info.Counter = &n
	case "":
		e.foreign(rec)
	}
	return e
}

// foreign fills in an entry of mOTP or of Yandex.
func (e *aegisEntry) foreign(rec exchange.Record) {
	f := reading.FromForeign(rec.Line())
	e.Type, e.Issuer, e.Name = f.Kind, f.Issuer, f.Account
	e.Info = aegisInfo{Secret: f.Secret, Pin: rec.Details().Get("pin"), Algo: "SHA256", Digits: 8, Period: 30}
	if f.Kind == exchange.KindMOTP {
		raw, _ := hex.DecodeString(f.Secret)
		e.Info.Secret = base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(raw)
		e.Info.Algo, e.Info.Digits, e.Info.Period = "MD5", 6, 10
	}
}
