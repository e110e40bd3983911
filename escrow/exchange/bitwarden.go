package exchange

import (
	"bytes"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"strings"

	"seedvault/escrow/otpauth"
)

// Bitwarden's vault as JSON, plain and protected by a password, and as CSV. Only
// what has a one-time code is taken, and no password is. What is encrypted for one
// account is refused by name.
var bitwarden = &Format{
	Name: "bitwarden", App: "Bitwarden",
	Forms: []Form{
		{Name: "plain"}, {Name: "csv"}, {Name: "zip"}, {Name: "encrypted, PBKDF2", Encrypted: true}, {Name: "encrypted, Argon2id", Encrypted: true},
	},
	Source: "https://bitwarden.com/help/encrypted-export/",
	Holds: Holds{
		TOTP: true, Steam: true, Algorithms: allAlgorithms, Digits: Range{1, 10}, Period: anyPeriod,
		Name: true, Notes: true, Recovery: true, OneTag: true, Favorite: true,
	},
	recognise: func(in *input) bool { return isBitwarden(in) || isBitwardenCSV(in) || isBitwardenZip(in) },
	read:      readBitwarden,
	write:     writeBitwarden,
}

var bitwardenRestricted = &Format{
	Name: "bitwarden-account", App: "Bitwarden, restricted to an account",
	Source:  "https://bitwarden.com/help/encrypted-export/",
	Refused: AccountRestricted,
	recognise: func(in *input) bool {
		return in.has("encrypted") && in.top["encrypted"] == "true" && in.top["passwordProtected"] != "true" && in.topHas("encKeyValidation_DO_NOT_EDIT")
	},
}

func isBitwarden(in *input) bool {
	return in.has("encrypted", "items") && in.top["encrypted"] == "false" || in.has("passwordProtected", "data") && in.top["passwordProtected"] == "true" ||
		!in.has("encrypted") && in.has("items") && (in.topHas("folders") || in.topHas("collections")) && in.top["items"].first().has("type", "name")
}

func isBitwardenCSV(in *input) bool {
	return in.hasColumns("type", "name", "login_uri", "login_totp") && in.hasColumns("login_username")
}

// isBitwardenZip knows the export that has the attachments beside the vault.
func isBitwardenZip(in *input) bool {
	f := in.zip.find("data.json")
	return f != nil && f.Name == "data.json"
}

func readBitwarden(r *reading, in *input) error {
	if isBitwardenCSV(in) {
		return readBitwardenCSV(r, in)
	}
	if isBitwardenZip(in) {
		file, err := jsonInZip(in.zip, "data.json")
		if err != nil {
			return err
		}
		inner := *in
		inner.zip = nil
		inner.setText(string(file))
		err = readBitwarden(r, &inner)
		r.form = "zip"
		return err
	}
	if !isBitwarden(in) {
		return refuse(NotThatFormat)
	}
	r.form = "plain"
	file := in.json
	if in.top["passwordProtected"] == "true" {
		var err error
		if file, err = openBitwarden(r, file); err != nil {
			return err
		}
	}
	names := map[string]string{}
	for _, list := range []string{"folders", "collections"} {
		for _, f := range file.get(list).elements() {
			if len(names) < MaxRecords {
				names[f.str("id")] = f.str("name")
			}
		}
	}
	for i, item := range file.get("items").elements() {
		if err := r.visit(); err != nil {
			return err
		}
		if strings.TrimSpace(item.str("login", "totp")) == "" {
			r.notice(PassedOver, 1)
			continue
		}
		if err := r.add(Place{Kind: AtEntry, N: i}, bitwardenDraft(r, item, names)); err != nil {
			return err
		}
	}
	return nil
}

func bitwardenDraft(r *reading, item node, names map[string]string) draft {
	login := item.get("login")
	d := codeDraft(login.str("totp"), item.str("name"), login.str("username"))
	splitNote(&d.details, item.str("notes"))
	d.details.tag(names[item.str("folderId")])
	for _, c := range item.get("collectionIds").elements() {
		d.details.tag(names[c.text()])
	}
	if item.get("favorite") == "true" {
		d.details.other("favorite", "true")
	}
	for _, u := range login.get("uris").elements() {
		d.details.other("url", u.str("uri"))
	}
	d.details.Added = timeOf(item.str("creationDate"))
	if item.get("deletedDate").isString() {
		d.notice(Trashed)
		d.details.other("trashed", "true")
	}
	for _, f := range item.get("fields").elements() {
		if left := d.field(f.str("name"), f.str("value")); left != "" {
			r.notice(LeftBehind, 1, left)
		}
	}
	if login.str("password") != "" {
		r.notice(LeftBehind, 1, "password")
	}
	if !login.get("fido2Credentials").isNone() {
		r.notice(LeftBehind, 1, "passkey")
	}
	return d
}

func readBitwardenCSV(r *reading, in *input) error {
	r.form = "csv"
	return in.rows(r, func(at Place, get func(string) string) error {
		if strings.TrimSpace(get("login_totp")) == "" {
			r.notice(PassedOver, 1)
			return nil
		}
		d := codeDraft(get("login_totp"), get("name"), get("login_username"))
		d.details.note(get("notes"))
		d.details.tag(get("folder"))
		for _, c := range strings.Split(get("collections"), ",") {
			d.details.tag(c)
		}
		if get("favorite") == "1" {
			d.details.other("favorite", "true")
		}
		d.details.other("url", get("login_uri"))
		for line := range strings.Lines(get("fields")) { // "name: value" a line
			if name, value, ok := strings.Cut(strings.TrimSpace(line), ": "); ok {
				if left := d.field(name, value); left != "" {
					r.notice(LeftBehind, 1, left)
				}
			}
		}
		if get("login_password") != "" {
			r.notice(LeftBehind, 1, "password")
		}
		return r.add(at, d)
	})
}

// openBitwarden opens a file protected by a password. Its salt is taken as it is
// written, not decoded.
func openBitwarden(r *reading, file node) (node, error) {
	check, content := file.str("encKeyValidation_DO_NOT_EDIT"), file.str("data")
	salt := []byte(file.str("salt"))
	var plain []byte
	err := r.unlock(func(password []byte) error {
		key, err := bitwardenKey(r, file, password, salt)
		if err != nil {
			return err
		}
		if _, err := openEncString(key, check); err != nil {
			return err
		}
		if plain, err = openEncString(key, content); err != nil {
			return refuse(Damaged) // the password is right
		}
		return nil
	})
	if err != nil {
		return "", err
	}
	inner, ok := parseJSON(string(plain))
	if !ok {
		return "", refuse(Damaged)
	}
	return inner, nil
}

func bitwardenKey(r *reading, file node, password, salt []byte) ([]byte, error) {
	rounds := file.get("kdfIterations").int()
	switch file.str("kdfType") {
	case "0":
		r.form = "encrypted, PBKDF2"
		return r.pbkdf2(sha256.New, password, salt, rounds, 32)
	case "1":
		r.form = "encrypted, Argon2id"
		digest := sha256.Sum256(salt)
		memory := file.get("kdfMemory").int()
		if memory < 1 || memory > MaxKDFMemory>>20 {
			return nil, refuse(TooDear)
		}
		return r.argon2id(password, digest[:], rounds, memory<<10, file.get("kdfParallelism").int())
	}
	return nil, refuse(UnknownCipher)
}

// openEncString opens "2.iv|ciphertext|mac": AES-256-CBC and HMAC-SHA256, with keys
// that HKDF-Expand makes of the key.
func openEncString(key []byte, text string) ([]byte, error) {
	text, ok := strings.CutPrefix(text, "2.")
	parts := strings.Split(text, "|")
	if !ok || len(parts) != 3 {
		return nil, refuse(UnknownCipher)
	}
	iv, err1 := decode64(parts[0])
	sealed, err2 := decode64(parts[1])
	mac, err3 := decode64(parts[2])
	if err1 != nil || err2 != nil || err3 != nil {
		return nil, refuse(Damaged)
	}
	encKey, macKey, err := stretch(key)
	if err != nil {
		return nil, err
	}
	h := hmac.New(sha256.New, macKey)
	h.Write(iv)
	h.Write(sealed)
	if !hmac.Equal(h.Sum(nil), mac) {
		return nil, refuse(WrongPassword)
	}
	return openCBC(encKey, iv, bytes.Clone(sealed))
}

func stretch(key []byte) (encKey, macKey []byte, err error) {
	encKey, err1 := hkdf.Expand(sha256.New, key, "enc", 32)
	macKey, err2 := hkdf.Expand(sha256.New, key, "mac", 32)
	if err1 != nil || err2 != nil {
		return nil, nil, refuse(Damaged)
	}
	return encKey, macKey, nil
}

type bitwardenFile struct {
	Encrypted bool              `json:"encrypted"`
	Folders   []bitwardenFolder `json:"folders"`
	Items     []bitwardenItem   `json:"items"`
}

type bitwardenFolder struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type bitwardenItem struct {
	ID             string         `json:"id"`
	OrganizationID *string        `json:"organizationId"`
	FolderID       *string        `json:"folderId"`
	Type           int            `json:"type"`
	Reprompt       int            `json:"reprompt"`
	Name           string         `json:"name"`
	Notes          *string        `json:"notes"`
	Favorite       bool           `json:"favorite"`
	Login          bitwardenLogin `json:"login"`
	CollectionIDs  []string       `json:"collectionIds"`
}

type bitwardenLogin struct {
	URIs     []string `json:"uris"`
	Username string   `json:"username"`
	Password *string  `json:"password"`
	TOTP     string   `json:"totp"`
}

func writeBitwarden(_ *writing, records []Record) ([]byte, error) {
	f := bitwardenFile{Folders: []bitwardenFolder{}, Items: []bitwardenItem{}}
	folders := map[string]string{}
	for _, rec := range records {
		k, d := rec.Key(), rec.Details()
		item := bitwardenItem{
			ID: newUUID(), Type: 1, Name: d.Name, Favorite: d.get("favorite") == "true",
			Login: bitwardenLogin{URIs: []string{}, Username: k.Account(), TOTP: canonicalURI(k)},
		}
		switch {
		case k.Type() == otpauth.Steam:
			// Bitwarden knows Steam by this scheme alone; the item's name is the issuer then.
			item.Login.TOTP, item.Name = "steam://"+secretOf(k), k.Issuer()
		case item.Name == "":
			item.Name = k.Issuer()
		default:
			d.Name = "" // it has its place
		}
		if note := joinNote(d); note != "" {
			item.Notes = &note
		}
		if len(d.Tags) > 0 {
			tag := d.Tags[0]
			if folders[tag] == "" {
				folders[tag] = newUUID()
				f.Folders = append(f.Folders, bitwardenFolder{folders[tag], tag})
			}
			id := folders[tag]
			item.FolderID = &id
		}
		f.Items = append(f.Items, item)
	}
	return encodeJSON(f)
}
