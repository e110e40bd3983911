package exchange

import (
	"bytes"

	"seedvault/escrow/otpauth"
)

// Proton Authenticator's export, plain and with a password.
var proton = &Format{
	Name: "proton", App: "Proton Authenticator",
	Forms:  []Form{{Name: "plain"}, {Name: "encrypted", Encrypted: true}},
	Source: "https://github.com/protonpass/proton-pass-common/tree/main/proton-authenticator/src/entry",
	Holds: Holds{
		TOTP: true, Steam: true, Algorithms: allAlgorithms, Digits: Range{1, 9}, Period: anyPeriod, Name: true, Notes: true,
	},
	recognise: func(in *input) bool { return isProton(in) || isProtonEncrypted(in) },
	read:      readProton,
}

const protonAAD = "proton.authenticator.export.v1"

func isProton(in *input) bool {
	entries := in.top["entries"]
	return in.has("version", "entries") && (entries == "[]" || entries.first().has("content"))
}

func isProtonEncrypted(in *input) bool {
	return in.has("version", "salt", "content") && in.top["content"].isString()
}

func readProton(r *reading, in *input) error {
	file := in.json
	r.form = "plain"
	if isProtonEncrypted(in) {
		r.form = "encrypted"
		var err error
		if file, err = openProton(r, in.json); err != nil {
			return err
		}
	}
	if !file.has("entries") {
		return refuse(NotThatFormat)
	}
	if file.get("version").int() > 1 {
		return refuse(Newer)
	}
	for i, e := range file.get("entries").elements() {
		content := e.get("content")
		d := codeDraft(content.str("uri"), content.str("name"), "")
		if d.uri == "" { // steam://SECRET, of which the name is the account
			d.issuer, d.account, d.details.Name = "Steam", content.str("name"), ""
		} else if k, err := otpauth.Parse(d.uri); err == nil && d.details.Name == k.Account() {
			d.details.Name = ""
		}
		d.details.note(e.str("note"))
		r.rest(e, &d.details, "content", "note")
		r.rest(content, &d.details, "uri", "name", "entry_type")
		if err := r.add(Place{Kind: AtEntry, N: i}, d); err != nil {
			return err
		}
	}
	return nil
}

func openProton(r *reading, file node) (node, error) {
	salt, err1 := decode64(file.str("salt"))
	sealed, err2 := decode64(file.str("content"))
	if err1 != nil || err2 != nil || len(sealed) < 12+16 {
		return "", refuse(Damaged)
	}
	var plain []byte
	err := r.unlock(func(password []byte) error {
		key, err := r.argon2id(password, salt, 2, 19456, 1)
		if err != nil {
			return err
		}
		plain, err = openGCM(key, sealed[:12], bytes.Clone(sealed[12:]), []byte(protonAAD))
		return err
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
