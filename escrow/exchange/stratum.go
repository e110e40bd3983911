package exchange

import (
	"bytes"
	"crypto/sha1"
	"strings"

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
	Holds: Holds{
		TOTP: true, HOTP: true, Steam: true, MOTP: true, Yandex: true,
		Algorithms: allAlgorithms, Digits: Range{6, 10}, Period: anyPeriod, Tags: true,
	},
	recognise: func(in *input) bool {
		return in.has("Authenticators") || bytes.HasPrefix(in.data, stratumStrong) || bytes.HasPrefix(in.data, stratumLegacy) || isStratumPage(in)
	},
	read: readStratum,
}

var (
	stratumStrong = []byte("AUTHENTICATORPRO")
	stratumLegacy = []byte("AuthenticatorPro")
)

func readStratum(r *reading, in *input) error {
	switch {
	case isStratumPage(in):
		return readStratumPage(r, in)
	case bytes.HasPrefix(in.data, stratumStrong):
		r.form = "strong"
	case bytes.HasPrefix(in.data, stratumLegacy):
		r.form = "legacy"
	case in.has("Authenticators"):
		r.form = "plain"
		return readStratumContent(r, in.json)
	default:
		return refuse(NotThatFormat)
	}
	file, err := r.unlockJSON(func(password []byte) ([]byte, error) { return openStratum(r, password, in.data) }, WrongPassword)
	if err != nil {
		return err
	}
	return readStratumContent(r, file)
}

func openStratum(r *reading, password, data []byte) ([]byte, error) {
	saltLen, nonceLen := 16, 12
	if r.form == "legacy" {
		saltLen, nonceLen = 20, 16
	}
	head := len(stratumStrong)
	if len(data) < head+saltLen+nonceLen+16 {
		return nil, refuse(Damaged)
	}
	salt, nonce := data[head:head+saltLen], data[head+saltLen:head+saltLen+nonceLen]
	sealed := bytes.Clone(data[head+saltLen+nonceLen:])
	if r.form == "legacy" {
		key, err := r.pbkdf2(sha1.New, password, salt, 64000, 32)
		if err != nil {
			return nil, err
		}
		return openCBC(key, nonce, sealed)
	}
	key, err := r.argon2id(password, salt, 3, 65536, 4)
	if err != nil {
		return nil, err
	}
	return openGCM(key, nonce, sealed, nil)
}

func readStratumContent(r *reading, file node) error {
	names := map[string]string{}
	for _, c := range file.get("Categories").elements() {
		if len(names) < MaxRecords {
			names[c.str("Id")] = c.str("Name")
		}
	}
	tags := map[string][]string{} // by secret, which is how Stratum tells entries apart
	for i, b := range file.get("AuthenticatorCategories").elements() {
		if i > 2*MaxRecords {
			return refuse(TooMany)
		}
		secret := b.str("AuthenticatorSecret")
		tags[secret] = append(tags[secret], names[b.str("CategoryId")])
	}
	icons := map[string]string{}
	for _, c := range file.get("CustomIcons").elements() {
		if len(icons) < MaxRecords {
			icons["@"+c.str("Id")] = c.str("Data")
		}
	}
	for i, e := range file.get("Authenticators").elements() {
		d := stratumDraft(r, e)
		for _, t := range tags[e.str("Secret")] {
			d.details.tag(t)
		}
		if icon := e.str("Icon"); strings.HasPrefix(icon, "@") {
			d.details.other("icon", icons[icon])
		} else {
			d.details.other("icon", icon)
		}
		if err := r.add(Place{Kind: AtEntry, N: i}, d); err != nil {
			return err
		}
	}
	return nil
}

func stratumDraft(r *reading, e node) draft {
	d := draft{
		issuer: e.str("Issuer"), account: e.str("Username"), secret: e.str("Secret"), digits: e.str("Digits"),
		period: e.str("Period"), counter: e.str("Counter"), pin: e.str("Pin"),
	}
	switch kind := e.str("Type"); kind {
	case "1":
		d.kind = string(otpauth.HOTP)
	case "2", "":
	case "3":
		d.kind = kindMOTP
		d.period, d.digits = "", ""
	case "4":
		d.kind = string(otpauth.Steam)
	case "5":
		d.kind = kindYandex
	default:
		d.err = refuse(UnknownType)
	}
	switch e.str("Algorithm") {
	case "0", "":
	case "1":
		d.algorithm = string(otpauth.SHA256)
	case "2":
		d.algorithm = string(otpauth.SHA512)
	default:
		d.err = refuse(UnknownAlgorithm)
	}
	if d.kind == string(otpauth.Steam) {
		d.algorithm = ""
	}
	r.rest(e, &d.details, "Issuer", "Username", "Secret", "Digits", "Period", "Counter", "Pin", "Type", "Algorithm", "Icon")
	return d
}
