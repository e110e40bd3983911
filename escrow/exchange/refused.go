package exchange

import (
	"bytes"
	"strings"
)

// Files that are recognised so that they can be refused by name, with what to do
// instead.

var openPGP = &Format{
	Name: "openpgp", App: "OpenPGP (andOTP's .json.gpg, an entry of pass)",
	Source: "https://www.rfc-editor.org/rfc/rfc9580", Refused: OpenPGP,
	recognise: func(in *input) bool {
		if strings.HasPrefix(strings.TrimSpace(in.text), "-----BEGIN PGP") {
			return true
		}
		// Binary: a packet of an encrypted session key, in the old or the new form of
		// its header, of a version that such packets have.
		d := in.data
		if len(d) < 8 || in.text != "" || strings.HasSuffix(in.name, ".aes") {
			return false
		}
		switch tag := d[0]; {
		case tag == 0x84 || tag == 0x85 || tag == 0x8c:
			at := map[byte]int{0x84: 2, 0x85: 3, 0x8c: 2}[tag]
			return d[at] >= 3 && d[at] <= 6
		case tag == 0xc1 || tag == 0xc3:
			return d[2] >= 3 && d[2] <= 6 || d[3] >= 3 && d[3] <= 6
		}
		return false
	},
}

var sqlite = &Format{
	Name: "sqlite", App: "an app's own SQLite database (Microsoft Authenticator's PhoneFactor and others)",
	Source: "https://www.sqlite.org/fileformat.html", Refused: SQLite,
	recognise: func(in *input) bool { return bytes.HasPrefix(in.data, []byte("SQLite format 3\x00")) },
}

// SQLCipher's files are random to their first byte: their length and their name
// are all that shows them.
var sqlcipher = &Format{
	Name: "sqlcipher", App: "Authenticator Plus",
	Source: "https://www.zetetic.net/sqlcipher/design/", Refused: SQLCipher,
	recognise: func(in *input) bool {
		return in.text == "" && len(in.data) >= 1024 && len(in.data)%1024 == 0 && strings.HasSuffix(in.name, ".db")
	},
}

var zipCrypto = &Format{
	Name: "zip-crypto", App: "WinAuth or Authenticator Plus, a zip with a password",
	Source: "https://github.com/winauth/winauth", Refused: ZipCrypto,
	recognise: func(in *input) bool {
		if in.zip == nil {
			return false
		}
		for _, f := range in.zip.files {
			if usesZipCrypto(f) {
				return true
			}
		}
		return false
	},
}

var winauth = &Format{
	Name: "winauth", App: "WinAuth's settings",
	Source: "https://github.com/winauth/winauth", Refused: WinAuth,
	recognise: func(in *input) bool { return in.root == "WinAuth" || in.root == "WinAuthAuthenticator" },
}

// TOTP Authenticator writes base64 of whole AES blocks and nothing else.
var totpAuthenticator = &Format{
	Name: "totp-authenticator", App: "TOTP Authenticator",
	Source:  "https://github.com/beemdevelopment/Aegis/blob/master/app/src/main/java/com/beemdevelopment/aegis/importers/TotpAuthenticatorImporter.java",
	Refused: TOTPAuthenticator,
	recognise: func(in *input) bool {
		text := strings.TrimSpace(in.text)
		if len(text) < 64 || len(text)%4 != 0 || strings.Trim(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=\r\n") != "" {
			return false
		}
		raw, err := decode64(text)
		return err == nil && len(raw)%16 == 0 && strings.Trim(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567=") != "" // or a secret in base32
	},
}

// Zips whose list of URIs is not encrypted, as Authenticator Plus' Accounts.txt.
var zippedURIs = &Format{
	Name: "zip", App: "Authenticator Plus, a zip with a list of URIs",
	Forms:  []Form{{Name: "zip"}},
	Source: "https://www.authenticatorplus.com", Holds: uris.Holds,
	recognise: func(in *input) bool {
		f := in.zip.find(".txt")
		return f != nil && !isEncrypted(f) && in.zip.find("data.json") == nil && in.zip.find("export.data") == nil
	},
	read: func(r *reading, in *input) error {
		f := in.zip.find(".txt")
		if f == nil {
			return refuse(NotThatFormat)
		}
		if isEncrypted(f) {
			return refuse(ZipCrypto)
		}
		data, err := in.zip.read(f)
		if err != nil {
			return err
		}
		inner := *in
		inner.setText(textOf(data))
		err = readURIs(r, &inner)
		r.form = "zip"
		return err
	},
}

var kdbx = &Format{
	Name: "kdbx", App: "KeePass database",
	Source:    "https://keepass.info/help/kb/kdbx.html",
	Refused:   KDBX,
	recognise: func(in *input) bool { return bytes.HasPrefix(in.data, []byte{0x03, 0xd9, 0xa2, 0x9a}) },
}
