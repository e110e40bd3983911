package exchange

import (
	"bytes"
	"encoding/base32"
	"encoding/csv"
	"encoding/hex"
	"strconv"
	"strings"

	"seedvault/escrow/otpauth"
)

// KeePassXC's CSV, and the XML of KeePassXC and KeePass, with the fields of
// KeePass 2.47, of the plugins KeeTrayTOTP and KeeOtp, and KeePassXC's older ones.
var keepassxc = &Format{
	Name: "keepassxc", App: "KeePassXC, KeePass",
	Forms:  []Form{{Name: "csv"}, {Name: "xml"}},
	Source: "https://github.com/keepassxreboot/keepassxc/blob/develop/src/format/CsvExporter.cpp",
	Holds: Holds{
		TOTP: true, Steam: true, Algorithms: allAlgorithms, Digits: anyDigits, Period: anyPeriod,
		Name: true, Notes: true, Recovery: true, OneTag: true,
	},
	recognise: func(in *input) bool { return isKeePassCSV(in) || in.root == "KeePassFile" },
	read:      readKeePass,
	write:     writeKeePassCSV,
}

func isKeePassCSV(in *input) bool { return in.hasColumns("group", "title", "username", "totp") }

func readKeePass(r *reading, in *input) error {
	switch {
	case in.root == "KeePassFile":
		return readKeePassXML(r, in)
	case isKeePassCSV(in):
		return readKeePassCSV(r, in)
	}
	return refuse(NotThatFormat)
}

func readKeePassCSV(r *reading, in *input) error {
	r.form = "csv"
	return in.rows(r, func(at Place, get func(string) string) error {
		if strings.TrimSpace(get("totp")) == "" {
			r.notice(PassedOver, 1)
			return nil
		}
		d := codeDraft(get("totp"), get("title"), get("username"))
		keePassGroup(&d, strings.Split(get("group"), "/"))
		splitNote(&d.details, get("notes"))
		d.details.other("url", get("url"))
		d.details.Added = timeOf(get("created"))
		if get("password") != "" {
			r.notice(LeftBehind, 1, "password")
		}
		return r.add(at, d)
	})
}

// keePassGroup makes a tag of the groups below the root, which every entry is in.
func keePassGroup(d *draft, path []string) {
	if len(path) > 1 {
		d.details.tag(strings.Join(path[1:], "/"))
	}
}

// keePassCodes are the one-time codes of an entry: there may be several, otp,
// otp_1 and so on, and one in each of the other programs' fields.
func keePassCodes(fields map[string]string) (codes []draft) {
	title, user := fields["Title"], fields["UserName"]
	add := func(d draft) {
		if d.uri == "" {
			d.issuer, d.account = cleanName(title), cleanName(user)
		}
		codes = append(codes, d)
	}
	for i := range 10 {
		name := "otp"
		if i > 0 {
			name += "_" + strconv.Itoa(i)
		}
		if v := strings.TrimSpace(fields[name]); v != "" {
			add(codeDraft(v, title, user))
		}
	}
	if v := strings.TrimSpace(fields["TOTP Seed"]); v != "" && strings.TrimSpace(fields["otp"]) == "" {
		add(trayTOTP(v, fields["TOTP Settings"]))
	}
	for _, prefix := range []string{"TimeOtp-", "HmacOtp-"} {
		if d, ok := keePassOTP(fields, prefix); ok {
			add(d)
		}
	}
	return codes
}

// trayTOTP reads "30;6" and "30;S", the step and the digits or Steam's letter.
func trayTOTP(secret, settings string) draft {
	d := draft{secret: secret}
	step, rest, ok := strings.Cut(settings, ";")
	if !ok {
		return d
	}
	d.period, _, _ = strings.Cut(step, ";")
	digits, _, _ := strings.Cut(rest, ";")
	if strings.EqualFold(strings.TrimSpace(digits), "S") {
		d.kind = string(otpauth.Steam)
		return d
	}
	d.digits = digits
	return d
}

// keePassOTP reads the fields of KeePass itself.
func keePassOTP(fields map[string]string, prefix string) (d draft, ok bool) {
	secret := prefix + "Secret"
	switch {
	case fields[secret] != "":
		d.raw = []byte(fields[secret])
	case fields[secret+"-Hex"] != "":
		raw, err := hex.DecodeString(strings.Join(strings.Fields(fields[secret+"-Hex"]), ""))
		if err != nil {
			d.err = &otpauth.Error{Reason: otpauth.BadSecret}
		}
		d.raw = raw
	case fields[secret+"-Base32"] != "":
		d.secret = fields[secret+"-Base32"]
	case fields[secret+"-Base64"] != "":
		raw, err := decode64(fields[secret+"-Base64"])
		if err != nil {
			d.err = &otpauth.Error{Reason: otpauth.BadSecret}
		}
		d.raw = raw
	default:
		return d, false
	}
	if prefix == "HmacOtp-" {
		d.kind = string(otpauth.HOTP)
		if d.counter = fields[prefix+"Counter"]; d.counter == "" {
			d.counter = "0" // KeePass leaves it out until the first code
			d.notice(CounterTaken)
		}
		return d, true
	}
	d.digits, d.period = fields[prefix+"Length"], fields[prefix+"Period"]
	d.algorithm = strings.ReplaceAll(fields[prefix+"Algorithm"], "HMAC-SHA-", "SHA")
	return d, true
}

// writeKeePassCSV writes what KeePassXC's own export does: a URI in which the
// encoder says Steam, and every field quoted.
func writeKeePassCSV(_ *writing, records []Record) ([]byte, error) {
	var b bytes.Buffer
	c := csv.NewWriter(&b)
	rows := [][]string{{"Group", "Title", "Username", "Password", "URL", "Notes", "TOTP", "Icon", "Last Modified", "Created"}}
	for _, rec := range records {
		k, d := rec.Key(), rec.Details()
		group, title, uri := "Root", d.Name, canonicalURI(k)
		if len(d.Tags) > 0 {
			group += "/" + d.Tags[0]
		}
		if title == "" {
			title = k.Issuer()
		}
		d.Name = ""
		if k.Type() == otpauth.Steam {
			uri = "otpauth://totp/" + escapeName(k.Issuer()) + ":" + escapeName(k.Account()) + "?secret=" +
				base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(k.Secret()) + "&period=30&digits=5&issuer=" + escapeName(k.Issuer()) + "&encoder=steam"
		}
		rows = append(rows, []string{group, title, k.Account(), "", "", joinNote(d), uri, "0", "", ""})
	}
	if err := c.WriteAll(rows); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
