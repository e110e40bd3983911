package formats

import (
	"bytes"
	"strings"

	"seedvault/escrow/exchange"
	"seedvault/escrow/exchange/internal/parse"
	"seedvault/escrow/exchange/internal/reading"
	"seedvault/escrow/exchange/internal/zipfile"
)

// Files that are recognised so that they can be refused by name, with what to do
// instead.

var openPGP = &Format{
	Name: "openpgp", App: "OpenPGP (andOTP's .json.gpg, an entry of pass)",
	Source: "https://www.rfc-editor.org/rfc/rfc9580", Refused: exchange.OpenPGP,
	recognise: func(in *reading.Input) bool {
		if strings.HasPrefix(strings.TrimSpace(in.Text), "-----BEGIN PGP") {
			return true
		}
		// Binary: a packet of an encrypted session key, in the old or the new form of
		// its header, of a version that such packets have.
		d := in.Data
		if len(d) < 8 || in.Text != "" || strings.HasSuffix(in.Name, ".aes") {
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
	Source: "https://www.sqlite.org/fileformat.html", Refused: exchange.SQLite,
	recognise: func(in *reading.Input) bool { return bytes.HasPrefix(in.Data, []byte("SQLite format 3\x00")) },
}

// SQLCipher's files are random to their first byte: their length and their name
// are all that shows them.
var sqlcipher = &Format{
	Name: "sqlcipher", App: "Authenticator Plus",
	Source: "https://www.zetetic.net/sqlcipher/design/", Refused: exchange.SQLCipher,
	recognise: func(in *reading.Input) bool {
		return in.Text == "" && len(in.Data) >= 1024 && len(in.Data)%1024 == 0 && strings.HasSuffix(in.Name, ".db")
	},
}

var zipCrypto = &Format{
	Name: "zip-crypto", App: "WinAuth or Authenticator Plus, a zip with a password",
	Source: "https://github.com/winauth/winauth", Refused: exchange.ZipCrypto,
	recognise: func(in *reading.Input) bool {
		if in.Zip == nil {
			return false
		}
		for _, f := range in.Zip.Files {
			if zipfile.UsesZipCrypto(f) {
				return true
			}
		}
		return false
	},
}

var winauth = &Format{
	Name: "winauth", App: "WinAuth's settings",
	Source: "https://github.com/winauth/winauth", Refused: exchange.WinAuth,
	recognise: func(in *reading.Input) bool { return in.Root == "WinAuth" || in.Root == "WinAuthAuthenticator" },
}

// TOTP Authenticator writes base64 of whole AES blocks and nothing else.
var totpAuthenticator = &Format{
	Name: "totp-authenticator", App: "TOTP Authenticator",
	Source:  "https://github.com/beemdevelopment/Aegis/blob/master/app/src/main/java/com/beemdevelopment/aegis/importers/TotpAuthenticatorImporter.java",
	Refused: exchange.TOTPAuthenticator,
	recognise: func(in *reading.Input) bool {
		text := strings.TrimSpace(in.Text)
		if len(text) < 64 || len(text)%4 != 0 || strings.Trim(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=\r\n") != "" {
			return false
		}
		raw, err := parse.Base64(text)
		return err == nil && len(raw)%16 == 0 && strings.Trim(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567=") != "" // or a secret in base32
	},
}

// Zips whose list of URIs is not encrypted, as Authenticator Plus' Accounts.txt.
var zippedURIs = &Format{
	Name: "zip", App: "Authenticator Plus, a zip with a list of URIs",
	Forms:  []Form{{Name: "zip"}},
	Source: "https://www.authenticatorplus.com", Holds: uris.Holds,
	recognise: func(in *reading.Input) bool {
		f := in.Zip.Find(".txt")
		return f != nil && !zipfile.IsEncrypted(f) && in.Zip.Find("data.json") == nil && in.Zip.Find("export.data") == nil
	},
	read: func(r *reading.Reader, in *reading.Input) error {
		f := in.Zip.Find(".txt")
		if f == nil {
			return exchange.Refuse(exchange.NotThatFormat)
		}
		if zipfile.IsEncrypted(f) {
			return exchange.Refuse(exchange.ZipCrypto)
		}
		data, err := in.Zip.Read(f)
		if err != nil {
			return err
		}
		inner := *in
		inner.SetText(parse.Text(data))
		err = readURIs(r, &inner)
		r.Form = "zip"
		return err
	},
}

var kdbx = &Format{
	Name: "kdbx", App: "KeePass database",
	Source:    "https://keepass.info/help/kb/kdbx.html",
	Refused:   exchange.KDBX,
	recognise: func(in *reading.Input) bool { return bytes.HasPrefix(in.Data, []byte{0x03, 0xd9, 0xa2, 0x9a}) },
}
