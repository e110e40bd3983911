package formats

import (
	"bytes"
	"encoding/base32"
	"encoding/csv"
	"encoding/hex"
	"strconv"
	"strings"

	"seedvault/escrow/exchange"
	"seedvault/escrow/exchange/internal/parse"
	"seedvault/escrow/exchange/internal/reading"
	"seedvault/escrow/otpauth"
)

// KeePassXC's CSV, and the XML of KeePassXC and KeePass, with the fields of
// KeePass 2.47, of the plugins KeeTrayTOTP and KeeOtp, and KeePassXC's older ones.
var keepassxc = &Format{
	Name: "keepassxc", App: "KeePassXC, KeePass",
	Forms:  []Form{{Name: "csv"}, {Name: "xml"}},
	Source: "https://github.com/keepassxreboot/keepassxc/blob/develop/src/format/CsvExporter.cpp",
	Holds: exchange.Holds{
		TOTP: true, Steam: true, Algorithms: allAlgorithms, Digits: anyDigits, Period: anyPeriod,
		Name: true, Notes: true, Recovery: true, OneTag: true,
	},
	recognise: func(in *reading.Input) bool { return isKeePassCSV(in) || in.Root == "KeePassFile" },
	read:      readKeePass,
	write:     writeKeePassCSV,
}

func isKeePassCSV(in *reading.Input) bool { return in.HasColumns("group", "title", "username", "totp") }

func readKeePass(r *reading.Reader, in *reading.Input) error {
	switch {
	case in.Root == "KeePassFile":
		return readKeePassXML(r, in)
	case isKeePassCSV(in):
		return readKeePassCSV(r, in)
	}
	return exchange.Refuse(exchange.NotThatFormat)
}

func readKeePassCSV(r *reading.Reader, in *reading.Input) error {
	r.Form = "csv"
	return in.Rows(r, func(at exchange.Position, get func(string) string) error {
		if strings.TrimSpace(get("totp")) == "" {
			r.Notice(exchange.PassedOver, 1)
			return nil
		}
		d := reading.FromCode(get("totp"), get("title"), get("username"))
		keePassGroup(&d, strings.Split(get("group"), "/"))
		reading.SplitNote(&d.Details, get("notes"))
		d.Details.AddOther("url", get("url"))
		d.Details.Added = parse.Time(get("created"))
		if get("password") != "" {
			r.Notice(exchange.LeftBehind, 1, "password")
		}
		return r.Add(at, d)
	})
}

// keePassGroup makes a tag of the groups below the root, which every entry is in.
func keePassGroup(d *reading.Draft, path []string) {
	if len(path) > 1 {
		d.Details.AddTag(strings.Join(path[1:], "/"))
	}
}

// keePassCodes returns the one-time codes of an entry: there may be several, otp,
// otp_1 and so on, and one in each of the other programs' fields.
func keePassCodes(fields map[string]string) (codes []reading.Draft) {
	title, user := fields["Title"], fields["UserName"]
	add := func(d reading.Draft) {
		if d.URI == "" {
			d.Issuer, d.Account = reading.CleanName(title), reading.CleanName(user)
		}
		codes = append(codes, d)
	}
	for i := range 10 {
		name := "otp"
		if i > 0 {
			name += "_" + strconv.Itoa(i)
		}
		if v := strings.TrimSpace(fields[name]); v != "" {
			add(reading.FromCode(v, title, user))
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
func trayTOTP(secret, settings string) reading.Draft {
	d := reading.Draft{Secret: secret}
	step, rest, ok := strings.Cut(settings, ";")
	if !ok {
		return d
	}
	d.Period = step
	digits, _, _ := strings.Cut(rest, ";")
	if strings.EqualFold(strings.TrimSpace(digits), "S") {
		d.Kind = string(otpauth.Steam)
		return d
	}
	d.Digits = digits
	return d
}

// keePassOTP reads the fields of KeePass itself.
func keePassOTP(fields map[string]string, prefix string) (d reading.Draft, ok bool) {
	secret := prefix + "Secret"
	switch {
	case fields[secret] != "":
		d.Raw = []byte(fields[secret])
	case fields[secret+"-Hex"] != "":
		raw, err := hex.DecodeString(strings.Join(strings.Fields(fields[secret+"-Hex"]), ""))
		if err != nil {
			d.Err = &otpauth.Error{Reason: otpauth.BadSecret}
		}
		d.Raw = raw
	case fields[secret+"-Base32"] != "":
		d.Secret = fields[secret+"-Base32"]
	case fields[secret+"-Base64"] != "":
		raw, err := parse.Base64(fields[secret+"-Base64"])
		if err != nil {
			d.Err = &otpauth.Error{Reason: otpauth.BadSecret}
		}
		d.Raw = raw
	default:
		return d, false
	}
	if prefix == "HmacOtp-" {
		d.Kind = string(otpauth.HOTP)
		if d.Counter = fields[prefix+"Counter"]; d.Counter == "" {
			d.Counter = "0" // KeePass leaves it out until the first code
			d.Notice(exchange.CounterTaken)
		}
		return d, true
	}
	d.Digits, d.Period = fields[prefix+"Length"], fields[prefix+"Period"]
	d.Algorithm = strings.ReplaceAll(fields[prefix+"Algorithm"], "HMAC-SHA-", "SHA")
	return d, true
}

// writeKeePassCSV writes the columns of KeePassXC's own export, and a URI as it does, in
// which the encoder says Steam.
func writeKeePassCSV(_ *writing, records []exchange.Record) ([]byte, error) {
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
			uri = "otpauth://totp/" + reading.EscapeName(k.Issuer()) + ":" + reading.EscapeName(k.Account()) + "?secret=" +
				base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(k.Secret()) + "&period=30&digits=5&issuer=" + reading.EscapeName(k.Issuer()) + "&encoder=steam"
		}
		rows = append(rows, []string{group, title, k.Account(), "", "", reading.JoinNote(d), uri, "0", "", ""})
	}
	if err := c.WriteAll(rows); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
