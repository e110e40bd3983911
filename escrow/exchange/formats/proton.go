package formats

import (
	"bytes"

	"seedvault/escrow/exchange"
	"seedvault/escrow/exchange/internal/parse"
	"seedvault/escrow/exchange/internal/reading"
	"seedvault/escrow/exchange/internal/unlock"
	"seedvault/escrow/otpauth"
)

// Proton Authenticator's export, plain and with a password.
var proton = &Format{
	Name: "proton", App: "Proton Authenticator",
	Forms:  []Form{{Name: "plain"}, {Name: "encrypted", Encrypted: true}},
	Source: "https://github.com/protonpass/proton-pass-common/tree/main/proton-authenticator/src/entry",
	Holds: exchange.Holds{
		TOTP: true, Steam: true, Algorithms: allAlgorithms, Digits: exchange.Range{From: 1, To: 9}, Period: anyPeriod, Name: true, Notes: true,
	},
	recognise: func(in *reading.Input) bool { return isProton(in) || isProtonEncrypted(in) },
	read:      readProton,
}

const protonAAD = "proton.authenticator.export.v1"

func isProton(in *reading.Input) bool {
	entries := in.Top["entries"]
	return in.Has("version", "entries") && (entries == "[]" || entries.First().Has("content"))
}

func isProtonEncrypted(in *reading.Input) bool {
	return in.Has("version", "salt", "content") && in.Top["content"].IsString()
}

func readProton(r *reading.Reader, in *reading.Input) error {
	file := in.JSON
	r.Form = "plain"
	if isProtonEncrypted(in) {
		r.Form = "encrypted"
		var err error
		if file, err = openProton(r, in.JSON); err != nil {
			return err
		}
	}
	if !file.Has("entries") {
		return exchange.Refuse(exchange.NotThatFormat)
	}
	if file.Get("version").Int() > 1 {
		return exchange.Refuse(exchange.Newer)
	}
	for i, e := range file.Get("entries").Elements() {
		content := e.Get("content")
		d := reading.FromCode(content.Str("uri"), content.Str("name"), "")
		if d.URI == "" { // steam://SECRET, of which the name is the account
			d.Issuer, d.Account, d.Details.Name = "Steam", content.Str("name"), ""
		} else if k, err := otpauth.Parse(d.URI); err == nil && d.Details.Name == k.Account() {
			d.Details.Name = ""
		}
		d.Details.AddNote(e.Str("note"))
		r.Rest(e, &d.Details, "content", "note")
		r.Rest(content, &d.Details, "uri", "name", "entry_type")
		if err := r.Add(exchange.Position{Kind: exchange.AtEntry, N: i}, d); err != nil {
			return err
		}
	}
	return nil
}

func openProton(r *reading.Reader, file parse.Node) (parse.Node, error) {
	salt, err1 := parse.Base64(file.Str("salt"))
	sealed, err2 := parse.Base64(file.Str("content"))
	if err1 != nil || err2 != nil || len(sealed) < 12+16 {
		return "", exchange.Refuse(exchange.Damaged)
	}
	var plain []byte
	err := r.Passwords.Try(func(password []byte) error {
		key, err := r.Passwords.Argon2id(password, salt, 2, 19456, 1)
		if err != nil {
			return err
		}
		plain, err = unlock.OpenGCM(key, sealed[:12], bytes.Clone(sealed[12:]), []byte(protonAAD))
		return err
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
