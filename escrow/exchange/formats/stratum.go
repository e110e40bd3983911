package formats

import (
	"bytes"
	"crypto/sha1"
	"html"
	"strings"

	"seedvault/escrow/exchange"
	"seedvault/escrow/exchange/internal/parse"
	"seedvault/escrow/exchange/internal/reading"
	"seedvault/escrow/exchange/internal/unlock"
	"seedvault/escrow/otpauth"
)

// Stratum's backup (Authenticator Pro before 2023), plain and in its two
// encryptions, whose headers differ in their letters' case alone; its HTML export
// has a URI in each row, its text export is a list of URIs.
var stratum = &Format{
	Name: "stratum", App: "Stratum (Authenticator Pro)",
	Forms: []Form{
		{Name: "plain"}, {Name: "strong", Encrypted: true}, {Name: "legacy", Encrypted: true}, {Name: "html"},
	},
	Source: "https://github.com/stratumauth/app/blob/master/doc/BACKUP_FORMAT.md",
	Holds: exchange.Holds{
		TOTP: true, HOTP: true, Steam: true, MOTP: true, Yandex: true,
		Algorithms: allAlgorithms, Digits: exchange.Range{From: 6, To: 10}, Period: anyPeriod, Tags: true,
	},
	recognise: func(in *reading.Input) bool {
		return in.Has("Authenticators") || bytes.HasPrefix(in.Data, stratumStrong) || bytes.HasPrefix(in.Data, stratumLegacy) || isStratumPage(in)
	},
	read: readStratum,
}

var (
	stratumStrong = []byte("AUTHENTICATORPRO")
	stratumLegacy = []byte("AuthenticatorPro")
)

func readStratum(r *reading.Reader, in *reading.Input) error {
	switch {
	case isStratumPage(in):
		return readStratumPage(r, in)
	case bytes.HasPrefix(in.Data, stratumStrong):
		r.Form = "strong"
	case bytes.HasPrefix(in.Data, stratumLegacy):
		r.Form = "legacy"
	case in.Has("Authenticators"):
		r.Form = "plain"
		return readStratumContent(r, in.JSON)
	default:
		return exchange.Refuse(exchange.NotThatFormat)
	}
	file, err := r.UnlockJSON(func(password []byte) ([]byte, error) { return openStratum(r, password, in.Data) }, exchange.WrongPassword)
	if err != nil {
		return err
	}
	return readStratumContent(r, file)
}

func openStratum(r *reading.Reader, password, data []byte) ([]byte, error) {
	saltLen, nonceLen := 16, 12
	if r.Form == "legacy" {
		saltLen, nonceLen = 20, 16
	}
	head := len(stratumStrong)
	if len(data) < head+saltLen+nonceLen+16 {
		return nil, exchange.Refuse(exchange.Damaged)
	}
	salt, nonce := data[head:head+saltLen], data[head+saltLen:head+saltLen+nonceLen]
	sealed := bytes.Clone(data[head+saltLen+nonceLen:])
	if r.Form == "legacy" {
		key, err := r.Passwords.PBKDF2(sha1.New, password, salt, 64000, 32)
		if err != nil {
			return nil, err
		}
		return unlock.OpenCBC(key, nonce, sealed)
	}
	key, err := r.Passwords.Argon2id(password, salt, 3, 65536, 4)
	if err != nil {
		return nil, err
	}
	return unlock.OpenGCM(key, nonce, sealed, nil)
}

func readStratumContent(r *reading.Reader, file parse.Node) error {
	names := map[string]string{}
	for _, c := range file.Get("Categories").Elements() {
		if len(names) < exchange.MaxRecords {
			names[c.Str("Id")] = c.Str("Name")
		}
	}
	tags := map[string][]string{} // by secret, which is how Stratum tells entries apart
	for i, b := range file.Get("AuthenticatorCategories").Elements() {
		if i > 2*exchange.MaxRecords {
			return exchange.Refuse(exchange.TooMany)
		}
		secret := b.Str("AuthenticatorSecret")
		tags[secret] = append(tags[secret], names[b.Str("CategoryId")])
	}
	icons := map[string]string{}
	for _, c := range file.Get("CustomIcons").Elements() {
		if len(icons) < exchange.MaxRecords {
			icons["@"+c.Str("Id")] = c.Str("Data")
		}
	}
	for i, e := range file.Get("Authenticators").Elements() {
		d := stratumDraft(r, e)
		for _, t := range tags[e.Str("Secret")] {
			d.Details.AddTag(t)
		}
		if icon := e.Str("Icon"); strings.HasPrefix(icon, "@") {
			d.Details.AddOther("icon", icons[icon])
		} else {
			d.Details.AddOther("icon", icon)
		}
		if err := r.Add(exchange.Position{Kind: exchange.AtEntry, N: i}, d); err != nil {
			return err
		}
	}
	return nil
}

func stratumDraft(r *reading.Reader, e parse.Node) reading.Draft {
	d := reading.Draft{
		Issuer: e.Str("Issuer"), Account: e.Str("Username"), Secret: e.Str("Secret"), Digits: e.Str("Digits"),
		Period: e.Str("Period"), Counter: e.Str("Counter"), PIN: e.Str("Pin"),
	}
	switch kind := e.Str("Type"); kind {
	case "1":
		d.Kind = string(otpauth.HOTP)
	case "2", "":
	case "3":
		d.Kind = exchange.KindMOTP
		d.Period, d.Digits = "", ""
	case "4":
		d.Kind = string(otpauth.Steam)
	case "5":
		d.Kind = exchange.KindYandex
	default:
		d.Err = exchange.Refuse(exchange.UnknownType)
	}
	switch e.Str("Algorithm") {
	case "0", "":
	case "1":
		d.Algorithm = string(otpauth.SHA256)
	case "2":
		d.Algorithm = string(otpauth.SHA512)
	default:
		d.Err = exchange.Refuse(exchange.UnknownAlgorithm)
	}
	if d.Kind == string(otpauth.Steam) {
		d.Algorithm = ""
	}
	r.Rest(e, &d.Details, "Issuer", "Username", "Secret", "Digits", "Period", "Counter", "Pin", "Type", "Algorithm", "Icon")
	return d
}

// isStratumPage knows the page by its rows: a URI in code tags, as no other export
// has it.
func isStratumPage(in *reading.Input) bool {
	return in.Root == "html" && (strings.Contains(in.Text, "<code>otpauth://") || strings.Contains(in.Text, "<code>motp://"))
}

func readStratumPage(r *reading.Reader, in *reading.Input) error {
	r.Form = "html"
	return parse.HTMLRows(in.Text, r.Visit, func(n int, cells []string) error {
		at := exchange.Position{Kind: exchange.AtEntry, N: n}
		uri := ""
		for _, c := range cells {
			if code, _, ok := parse.CutElement(c, "code"); ok {
				uri = strings.TrimSpace(code)
			}
		}
		if uri == "" {
			return r.RefuseAt(at, "", exchange.Refuse(exchange.Damaged))
		}
		// Stratum writes the URI unescaped; whoever saved the page anew has escaped it.
		if strings.Contains(uri, "&amp;") {
			uri = html.UnescapeString(uri)
		}
		return r.Add(at, reading.FromCode(uri, "", ""))
	})
}
