package formats

import (
	"strings"

	"seedvault/escrow/exchange"
	"seedvault/escrow/exchange/internal/parse"
	"seedvault/escrow/exchange/internal/reading"
)

// 1Password's 1pux, a zip, and its CSV. An item may have several one-time codes;
// no password is taken.
var onepassword = &Format{
	Name: "1password", App: "1Password",
	Forms:  []Form{{Name: "1pux"}, {Name: "csv"}},
	Source: "https://support.1password.com/1pux-format/",
	Holds: exchange.Holds{
		TOTP: true, Algorithms: allAlgorithms, Digits: anyDigits, Period: anyPeriod, Name: true, Tags: true, Notes: true, Added: true,
	},
	recognise: func(in *reading.Input) bool {
		return in.Zip.Find("export.data") != nil || isOnePasswordCSV(in) || in.Has("accounts") && in.Top["accounts"].First().Has("vaults")
	},
	read: readOnePassword,
}

func isOnePasswordCSV(in *reading.Input) bool {
	return in.HasColumns("title", "otpauth") && (in.HasColumns("archived") || in.HasColumns("tags"))
}

func readOnePassword(r *reading.Reader, in *reading.Input) error {
	if isOnePasswordCSV(in) {
		return readOnePasswordCSV(r, in)
	}
	file := in.JSON
	if in.Zip != nil {
		var err error
		if file, err = in.JSONInZip("export.data"); err != nil {
			return err
		}
	}
	if !file.Has("accounts") {
		return exchange.Refuse(exchange.NotThatFormat)
	}
	r.Form = "1pux"
	n := 0
	for _, account := range file.Get("accounts").Elements() {
		for _, vault := range account.Get("vaults").Elements() {
			for _, item := range vault.Get("items").Elements() {
				if err := r.Visit(); err != nil {
					return err
				}
				if inner := item.Get("item"); inner.IsObject() { // older files
					item = inner
				}
				n++
				if err := onePasswordItem(r, n, item, vault.Str("attrs", "name")); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func onePasswordItem(r *reading.Reader, n int, item parse.Node, vault string) error {
	overview := item.Get("overview")
	common := reading.Draft{}
	codes := onePasswordFields(r, item.Get("details"), overview.Str("title"), &common)
	common.Details.AddNote(item.Str("details", "notesPlain"))
	common.Details.AddTag(vault)
	for _, t := range overview.Texts("tags") {
		common.Details.AddTag(t)
	}
	if item.Get("favIndex").Int() > 0 {
		common.Details.AddOther("favorite", "true")
	}
	if item.Str("state") == "archived" {
		common.Details.AddOther("archived", "true")
	}
	common.Details.AddOther("url", overview.Str("url"))
	common.Details.Added = parse.Time(item.Str("createdAt"))
	return r.AddCodes(n, codes, common)
}

// onePasswordFields takes the codes out of an item's fields, and puts the others
// where they belong.
func onePasswordFields(r *reading.Reader, details parse.Node, title string, common *reading.Draft) (codes []reading.Draft) {
	user := onePasswordUser(r, details)
	for _, section := range details.Get("sections").Elements() {
		for _, f := range section.Get("fields").Elements() {
			name := f.Str("title")
			for kind, v := range f.Get("value").Members() {
				code := strings.TrimSpace(v.Text())
				switch {
				case code == "" || len(codes) > exchange.MaxRecords:
				case kind == "totp":
					codes = append(codes, reading.FromCode(code, title, user))
				case kind == "concealed" && !reading.IsRecovery(name):
					r.Notice(exchange.LeftBehind, 1, "concealed")
				default:
					r.PutField(common, name, v.Text())
				}
			}
		}
	}
	return codes
}

func onePasswordUser(r *reading.Reader, details parse.Node) (user string) {
	for _, f := range details.Get("loginFields").Elements() {
		switch {
		case f.Str("designation") == "username":
			user = f.Str("value")
		case f.Str("designation") == "password" && f.Str("value") != "":
			r.Notice(exchange.LeftBehind, 1, "password")
		}
	}
	return user
}

func readOnePasswordCSV(r *reading.Reader, in *reading.Input) error {
	r.Form = "csv"
	return in.Rows(r, func(at exchange.Position, get func(string) string) error {
		if strings.TrimSpace(get("otpauth")) == "" {
			r.Notice(exchange.PassedOver, 1)
			return nil
		}
		d := reading.FromCode(get("otpauth"), get("title"), get("username"))
		d.Details.AddNote(get("notes"))
		for _, t := range strings.FieldsFunc(get("tags"), func(r rune) bool { return r == ';' || r == ',' }) {
			d.Details.AddTag(t)
		}
		for _, mark := range []string{"favorite", "archived"} {
			if strings.EqualFold(get(mark), "true") {
				d.Details.AddOther(mark, "true")
			}
		}
		d.Details.AddOther("url", get("url"))
		if get("password") != "" {
			r.Notice(exchange.LeftBehind, 1, "password")
		}
		return r.Add(at, d)
	})
}
