package formats

import (
	"bytes"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"strings"

	"seedvault/escrow/exchange"
	"seedvault/escrow/exchange/internal/parse"
	"seedvault/escrow/exchange/internal/reading"
	"seedvault/escrow/exchange/internal/unlock"
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
	Holds: exchange.Holds{
		TOTP: true, Steam: true, Algorithms: allAlgorithms, Digits: exchange.Range{From: 1, To: 10}, Period: anyPeriod,
		Name: true, Notes: true, Recovery: true, OneTag: true, Favorite: true,
	},
	recognise: func(in *reading.Input) bool { return isBitwarden(in) || isBitwardenCSV(in) || isBitwardenZip(in) },
	read:      readBitwarden,
	write:     writeBitwarden,
}

var bitwardenRestricted = &Format{
	Name: "bitwarden-account", App: "Bitwarden, restricted to an account",
	Source:  "https://bitwarden.com/help/encrypted-export/",
	Refused: exchange.AccountRestricted,
	recognise: func(in *reading.Input) bool {
		return in.Has("encrypted") && in.Top["encrypted"] == "true" && in.Top["passwordProtected"] != "true" && in.TopHas("encKeyValidation_DO_NOT_EDIT")
	},
}

func isBitwarden(in *reading.Input) bool {
	return in.Has("encrypted", "items") && in.Top["encrypted"] == "false" || in.Has("passwordProtected", "data") && in.Top["passwordProtected"] == "true" ||
		!in.Has("encrypted") && in.Has("items") && (in.TopHas("folders") || in.TopHas("collections")) && in.Top["items"].First().Has("type", "name")
}

func isBitwardenCSV(in *reading.Input) bool {
	return in.HasColumns("type", "name", "login_uri", "login_totp") && in.HasColumns("login_username")
}

// isBitwardenZip knows the export that has the attachments beside the vault.
func isBitwardenZip(in *reading.Input) bool {
	f := in.Zip.Find("data.json")
	return f != nil && f.Name == "data.json"
}

func readBitwarden(r *reading.Reader, in *reading.Input) error {
	if isBitwardenCSV(in) {
		return readBitwardenCSV(r, in)
	}
	if isBitwardenZip(in) {
		file, err := in.JSONInZip("data.json")
		if err != nil {
			return err
		}
		inner := *in
		inner.Zip = nil
		inner.SetText(string(file))
		err = readBitwarden(r, &inner)
		r.Form = "zip"
		return err
	}
	if !isBitwarden(in) {
		return exchange.Refuse(exchange.NotThatFormat)
	}
	r.Form = "plain"
	file := in.JSON
	if in.Top["passwordProtected"] == "true" {
		var err error
		if file, err = openBitwarden(r, file); err != nil {
			return err
		}
	}
	names := map[string]string{}
	for _, list := range []string{"folders", "collections"} {
		for _, f := range file.Get(list).Elements() {
			if len(names) < exchange.MaxRecords {
				names[f.Str("id")] = f.Str("name")
			}
		}
	}
	for i, item := range file.Get("items").Elements() {
		if err := r.Visit(); err != nil {
			return err
		}
		if strings.TrimSpace(item.Str("login", "totp")) == "" {
			r.Notice(exchange.PassedOver, 1)
			continue
		}
		if err := r.Add(exchange.Position{Kind: exchange.AtEntry, N: i}, bitwardenDraft(r, item, names)); err != nil {
			return err
		}
	}
	return nil
}

func bitwardenDraft(r *reading.Reader, item parse.Node, names map[string]string) reading.Draft {
	login := item.Get("login")
	d := reading.FromCode(login.Str("totp"), item.Str("name"), login.Str("username"))
	reading.SplitNote(&d.Details, item.Str("notes"))
	d.Details.AddTag(names[item.Str("folderId")])
	for _, c := range item.Get("collectionIds").Elements() {
		d.Details.AddTag(names[c.Text()])
	}
	if item.Get("favorite") == "true" {
		d.Details.AddOther("favorite", "true")
	}
	for _, u := range login.Get("uris").Elements() {
		d.Details.AddOther("url", u.Str("uri"))
	}
	d.Details.Added = parse.Time(item.Str("creationDate"))
	if item.Get("deletedDate").IsString() {
		d.Notice(exchange.Trashed)
		d.Details.AddOther("trashed", "true")
	}
	for _, f := range item.Get("fields").Elements() {
		if left := d.PutField(f.Str("name"), f.Str("value")); left != "" {
			r.Notice(exchange.LeftBehind, 1, left)
		}
	}
	if login.Str("password") != "" {
		r.Notice(exchange.LeftBehind, 1, "password")
	}
	if !login.Get("fido2Credentials").IsNone() {
		r.Notice(exchange.LeftBehind, 1, "passkey")
	}
	return d
}

func readBitwardenCSV(r *reading.Reader, in *reading.Input) error {
	r.Form = "csv"
	return in.Rows(r, func(at exchange.Position, get func(string) string) error {
		if strings.TrimSpace(get("login_totp")) == "" {
			r.Notice(exchange.PassedOver, 1)
			return nil
		}
		d := reading.FromCode(get("login_totp"), get("name"), get("login_username"))
		d.Details.AddNote(get("notes"))
		d.Details.AddTag(get("folder"))
		for _, c := range strings.Split(get("collections"), ",") {
			d.Details.AddTag(c)
		}
		if get("favorite") == "1" {
			d.Details.AddOther("favorite", "true")
		}
		d.Details.AddOther("url", get("login_uri"))
		for line := range strings.Lines(get("fields")) { // "name: value" a line
			if name, value, ok := strings.Cut(strings.TrimSpace(line), ": "); ok {
				if left := d.PutField(name, value); left != "" {
					r.Notice(exchange.LeftBehind, 1, left)
				}
			}
		}
		if get("login_password") != "" {
			r.Notice(exchange.LeftBehind, 1, "password")
		}
		return r.Add(at, d)
	})
}

// openBitwarden opens a file protected by a password. Its salt is taken as it is
// written, not decoded.
func openBitwarden(r *reading.Reader, file parse.Node) (parse.Node, error) {
	check, content := file.Str("encKeyValidation_DO_NOT_EDIT"), file.Str("data")
	salt := []byte(file.Str("salt"))
	var plain []byte
	err := r.Passwords.Try(func(password []byte) error {
		key, err := bitwardenKey(r, file, password, salt)
		if err != nil {
			return err
		}
		if _, err := openEncString(key, check); err != nil {
			return err
		}
		if plain, err = openEncString(key, content); err != nil {
			return exchange.Refuse(exchange.Damaged) // the password is right
		}
		return nil
	})
	if err != nil {
		return "", err
	}
	inner, ok := parse.JSON(string(plain))
	if !ok {
		return "", exchange.Refuse(exchange.Damaged)
	}
	return inner, nil
}

func bitwardenKey(r *reading.Reader, file parse.Node, password, salt []byte) ([]byte, error) {
	rounds := file.Get("kdfIterations").Int()
	switch file.Str("kdfType") {
	case "0":
		r.Form = "encrypted, PBKDF2"
		return r.Passwords.PBKDF2(sha256.New, password, salt, rounds, 32)
	case "1":
		r.Form = "encrypted, Argon2id"
		digest := sha256.Sum256(salt)
		memory := file.Get("kdfMemory").Int()
		if memory < 1 || memory > exchange.MaxKDFMemory>>20 {
			return nil, exchange.Refuse(exchange.TooDear)
		}
		return r.Passwords.Argon2id(password, digest[:], rounds, memory<<10, file.Get("kdfParallelism").Int())
	}
	return nil, exchange.Refuse(exchange.UnknownCipher)
}

// openEncString opens "2.iv|ciphertext|mac": AES-256-CBC and HMAC-SHA256, with keys
// that HKDF-Expand makes of the key.
func openEncString(key []byte, text string) ([]byte, error) {
	text, ok := strings.CutPrefix(text, "2.")
	parts := strings.Split(text, "|")
	if !ok || len(parts) != 3 {
		return nil, exchange.Refuse(exchange.UnknownCipher)
	}
	iv, err1 := parse.Base64(parts[0])
	sealed, err2 := parse.Base64(parts[1])
	mac, err3 := parse.Base64(parts[2])
	if err1 != nil || err2 != nil || err3 != nil {
		return nil, exchange.Refuse(exchange.Damaged)
	}
	encKey, macKey, err := stretch(key)
	if err != nil {
		return nil, err
	}
	h := hmac.New(sha256.New, macKey)
	h.Write(iv)
	h.Write(sealed)
	if !hmac.Equal(h.Sum(nil), mac) {
		return nil, exchange.Refuse(exchange.WrongPassword)
	}
	return unlock.OpenCBC(encKey, iv, bytes.Clone(sealed))
}

func stretch(key []byte) (encKey, macKey []byte, err error) {
	encKey, err1 := hkdf.Expand(sha256.New, key, "enc", 32)
	macKey, err2 := hkdf.Expand(sha256.New, key, "mac", 32)
	if err1 != nil || err2 != nil {
		return nil, nil, exchange.Refuse(exchange.Damaged)
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

func writeBitwarden(_ *writing, records []exchange.Record) ([]byte, error) {
	f := bitwardenFile{Folders: []bitwardenFolder{}, Items: []bitwardenItem{}}
	folders := map[string]string{}
	for _, rec := range records {
		k, d := rec.Key(), rec.Details()
		item := bitwardenItem{
			ID: newUUID(), Type: 1, Name: d.Name, Favorite: d.Get("favorite") == "true",
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
		if note := reading.JoinNote(d); note != "" {
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
