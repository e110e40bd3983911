package formats

import (
	"strings"

	"seedvault/escrow/exchange"
	"seedvault/escrow/exchange/internal/parse"
	"seedvault/escrow/exchange/internal/reading"
)

// Proton Pass' export: a zip, its JSON alone, or a CSV. A zip with a PGP message in
// it is refused by name.
var protonPass = &Format{
	Name: "protonpass", App: "Proton Pass",
	Forms:  []Form{{Name: "zip"}, {Name: "csv"}},
	Source: "https://proton.me/support/pass-export",
	Holds: exchange.Holds{
		TOTP: true, Algorithms: allAlgorithms, Digits: anyDigits, Period: anyPeriod, Name: true, Tags: true, Notes: true, Added: true,
	},
	recognise: func(in *reading.Input) bool {
		return in.Zip.Find("proton pass/data.json") != nil || in.Zip.Find("proton pass/data.pgp") != nil ||
			in.Has("vaults", "version") || isProtonPassCSV(in)
	},
	read: readProtonPass,
}

func isProtonPassCSV(in *reading.Input) bool { return in.HasColumns("type", "name", "totp", "vault") }

func readProtonPass(r *reading.Reader, in *reading.Input) error {
	if isProtonPassCSV(in) {
		return readProtonPassCSV(r, in)
	}
	file := in.JSON
	if in.Zip != nil {
		if in.Zip.Find("data.pgp") != nil {
			return exchange.Refuse(exchange.OpenPGP)
		}
		var err error
		if file, err = in.JSONInZip("data.json"); err != nil {
			return err
		}
	}
	if !file.Has("vaults") {
		return exchange.Refuse(exchange.NotThatFormat)
	}
	r.Form = "zip"
	n := 0
	for _, vault := range protonVaults(file.Get("vaults")) {
		for _, item := range vault.Get("items").Elements() {
			if err := r.Visit(); err != nil {
				return err
			}
			n++
			if err := protonItem(r, n, item, vault.Str("name")); err != nil {
				return err
			}
		}
	}
	return nil
}

// protonVaults returns the vaults, which are an object by id, or a list.
func protonVaults(vaults parse.Node) (list []parse.Node) {
	for _, v := range vaults.Members() {
		if len(list) < exchange.MaxRecords {
			list = append(list, v)
		}
	}
	for _, v := range vaults.Elements() {
		if len(list) < exchange.MaxRecords {
			list = append(list, v)
		}
	}
	return list
}

func protonItem(r *reading.Reader, n int, item parse.Node, vault string) error {
	data := item.Get("data")
	common := reading.Draft{}
	codes := protonFields(r, data, &common)
	common.Details.AddNote(data.Str("metadata", "note"))
	common.Details.AddTag(vault)
	for _, u := range data.Get("content").Texts("urls") {
		common.Details.AddOther("url", u)
	}
	if item.Get("pinned") == "true" {
		common.Details.AddOther("favorite", "true")
	}
	if item.Str("state") == "2" {
		common.Details.AddOther("trashed", "true")
		common.Notice(exchange.Trashed)
	}
	common.Details.Added = parse.Time(item.Str("createTime"))
	return r.AddCodes(n, codes, common)
}

// protonFields takes the codes out of an item: its own, and those in further fields.
func protonFields(r *reading.Reader, data parse.Node, common *reading.Draft) (codes []reading.Draft) {
	content, title := data.Get("content"), data.Str("metadata", "name")
	user := content.AnyOf("itemUsername", "itemEmail")
	add := func(code string) {
		if strings.TrimSpace(code) != "" && len(codes) <= exchange.MaxRecords {
			codes = append(codes, reading.FromCode(code, title, user))
		}
	}
	add(content.Str("totpUri"))
	for _, f := range data.Get("extraFields").Elements() {
		name, value := f.Str("fieldName"), f.Str("data", "content")
		if f.Str("type") == "hidden" && !reading.IsRecovery(name) {
			name = "secret " + name
		}
		add(f.Str("data", "totpUri"))
		r.PutField(common, name, value)
	}
	for _, left := range []string{"password", "passkeys"} {
		if !content.Get(left).IsNone() {
			r.Notice(exchange.LeftBehind, 1, strings.TrimSuffix(left, "s"))
		}
	}
	return codes
}

func readProtonPassCSV(r *reading.Reader, in *reading.Input) error {
	r.Form = "csv"
	return in.Rows(r, func(at exchange.Position, get func(string) string) error {
		if strings.TrimSpace(get("totp")) == "" {
			r.Notice(exchange.PassedOver, 1)
			return nil
		}
		user := get("username")
		if user == "" {
			user = get("email")
		}
		d := reading.FromCode(get("totp"), get("name"), user)
		d.Details.AddNote(get("note"))
		d.Details.AddTag(get("vault"))
		d.Details.AddOther("url", get("url"))
		d.Details.Added = parse.Time(get("createtime"))
		if get("password") != "" {
			r.Notice(exchange.LeftBehind, 1, "password")
		}
		return r.Add(at, d)
	})
}
