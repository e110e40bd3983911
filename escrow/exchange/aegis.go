package exchange

import (
	"encoding/base32"
	"encoding/hex"
	"strings"

	"seedvault/escrow/otpauth"
)

// Aegis' vault, plain and with a password, in versions 1 to 3 of its content; its
// text export is a list of URIs, its HTML export a table with a code a row.
var aegis = &Format{
	Name: "aegis", App: "Aegis",
	Forms:     []Form{{Name: "plain"}, {Name: "encrypted", Encrypted: true}, {Name: "html"}},
	Source:    aegisSource,
	Holds:     aegisHolds,
	recognise: isAegis,
	read:      readAegis,
	write:     writeAegis,
}

const aegisSource = "https://github.com/beemdevelopment/Aegis/blob/master/docs/vault.md"

var aegisHolds = Holds{
	TOTP: true, HOTP: true, Steam: true, MOTP: true, Yandex: true,
	Algorithms: allAlgorithms, Digits: anyDigits, Period: anyPeriod,
	Tags: true, Notes: true, Recovery: true, Name: true, Favorite: true, PIN: true,
}

func isAegis(in *input) bool {
	return in.has("version", "db") && (in.top["db"].isString() || in.top["db"].has("entries")) || isAegisPage(in)
}

func readAegis(r *reading, in *input) error {
	switch {
	case isAegisPage(in):
		return readAegisPage(r, in)
	case !isAegis(in):
		return refuse(NotThatFormat)
	}
	if v := in.json.get("version").int(); v > 1 {
		return refuse(Newer)
	}
	db := in.json.get("db")
	r.form = "plain"
	if db.isString() {
		r.form = "encrypted"
		var err error
		if db, err = openAegis(r, in.json); err != nil {
			return err
		}
	}
	if v := db.get("version").int(); v > 3 {
		return refuse(Newer)
	}
	groups := map[string]string{}
	for _, g := range db.get("groups").elements() {
		if len(groups) < MaxRecords {
			groups[g.str("uuid")] = g.str("name")
		}
	}
	for i, e := range db.get("entries").elements() {
		if err := r.add(Place{Kind: AtEntry, N: i}, aegisDraft(r, e, groups)); err != nil {
			return err
		}
	}
	return nil
}

func aegisDraft(r *reading, e node, groups map[string]string) draft {
	info := e.get("info")
	d := draft{
		kind: e.str("type"), issuer: e.str("issuer"), account: e.str("name"),
		secret: info.str("secret"), algorithm: info.str("algo"), digits: info.str("digits"),
		period: info.str("period"), counter: info.str("counter"), pin: info.str("pin"),
	}
	if d.kind == string(otpauth.Steam) || d.kind == kindMOTP || d.kind == kindYandex {
		d.algorithm, d.digits = "", ""
		if d.kind != string(otpauth.Steam) {
			d.period = ""
		}
	}
	if d.kind == kindMOTP { // here, and only here, its secret is bytes in base32
		d.raw = bytesOf32(d.secret)
	}
	d.ownPrefix()
	d.details.tag(e.str("group"))
	for _, g := range e.get("groups").elements() {
		if name := groups[g.text()]; name != "" {
			d.details.tag(name)
		} else {
			d.details.other("group", g.text())
		}
	}
	splitNote(&d.details, e.str("note"))
	r.rest(e, &d.details, "type", "issuer", "name", "info", "group", "groups", "note")
	r.rest(info, &d.details, "secret", "algo", "digits", "period", "counter", "pin")
	return d
}

// ownPrefix takes the issuer off an account that begins with it.
func (d *draft) ownPrefix() {
	if rest, ok := strings.CutPrefix(d.account, d.issuer+":"); ok && d.issuer != "" {
		d.account = strings.TrimSpace(rest)
	}
}

// bytesOf32 decodes base32 as package otpauth does, or returns nil.
func bytesOf32(s string) []byte {
	k, err := otpauth.Build(otpauth.Params{Secret: otpauth.SecretOf(s)})
	if err != nil {
		return nil
	}
	return k.Secret()
}

func isReason(err error, reason Reason) bool {
	e, ok := err.(*Error)
	return ok && e.Reason == reason
}

// openAegis tries every password slot with every password.
func openAegis(r *reading, file node) (node, error) {
	params := file.get("header", "params")
	nonce, err1 := hex.DecodeString(params.str("nonce"))
	tag, err2 := hex.DecodeString(params.str("tag"))
	sealed, err3 := decode64(file.str("db"))
	if err1 != nil || err2 != nil || err3 != nil {
		return "", refuse(Damaged)
	}
	sealed = append(sealed, tag...)
	var plain []byte
	err := r.unlock(func(password []byte) error {
		err := refuse(Damaged) // without a slot
		for i, slot := range file.get("header", "slots").elements() {
			if slot.str("type") != "1" || i > 20 {
				continue
			}
			var master []byte
			if master, err = openAegisSlot(r, slot, password); err != nil {
				if !isWrongPassword(err) {
					return err
				}
				continue
			}
			if plain, err = openGCM(master, nonce, sealed, nil); err != nil {
				return refuse(Damaged) // the password is right
			}
			return nil
		}
		return err
	})
	if err != nil {
		return "", err
	}
	db, ok := parseJSON(string(plain))
	if !ok {
		return "", refuse(Damaged)
	}
	return db, nil
}

func openAegisSlot(r *reading, slot node, password []byte) ([]byte, error) {
	salt, err1 := hex.DecodeString(slot.str("salt"))
	key, err2 := hex.DecodeString(slot.str("key"))
	nonce, err3 := hex.DecodeString(slot.str("key_params", "nonce"))
	tag, err4 := hex.DecodeString(slot.str("key_params", "tag"))
	if err1 != nil || err2 != nil || err3 != nil || err4 != nil {
		return nil, refuse(Damaged)
	}
	derived, err := r.scrypt(password, salt, int(slot.get("n").int()), int(slot.get("r").int()), int(slot.get("p").int()))
	if err != nil {
		return nil, err
	}
	return openGCM(derived, nonce, append(key, tag...), nil)
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

func writeAegis(w *writing, records []Record) ([]byte, error) {
	return encodeJSON(aegisFile{Version: 1, DB: aegisContent(records)})
}

func aegisContent(records []Record) aegisDB {
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

func aegisEntryOf(rec Record) aegisEntry {
	k, details := rec.Key(), rec.Details()
	e := aegisEntry{
		Type: string(k.Type()), UUID: newUUID(), Name: k.Account(), Issuer: k.Issuer(), Groups: []string{},
		Note: joinNote(details), Favorite: details.get("favorite") == "true",
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
func (e *aegisEntry) foreign(rec Record) {
	f := foreignOf(rec.Line())
	e.Type, e.Issuer, e.Name = f.kind, f.issuer, f.account
	e.Info = aegisInfo{Secret: f.secret, Pin: rec.Details().get("pin"), Algo: "SHA256", Digits: 8, Period: 30}
	if f.kind == kindMOTP {
		raw, _ := hex.DecodeString(f.secret)
		e.Info.Secret = base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(raw)
		e.Info.Algo, e.Info.Digits, e.Info.Period = "MD5", 6, 10
	}
}

// secretOf is a key's secret as most formats have it: base32 without padding.
func secretOf(k otpauth.Key) string {
	return base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(k.Secret())
}
