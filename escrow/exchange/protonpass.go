package exchange

import "strings"

// Proton Pass' export: a zip, its JSON alone, or a CSV. A zip with a PGP message in
// it is refused by name.
var protonPass = &Format{
	Name: "protonpass", App: "Proton Pass",
	Forms:  []Form{{Name: "zip"}, {Name: "csv"}},
	Source: "https://proton.me/support/pass-export",
	Holds: Holds{
		TOTP: true, Algorithms: allAlgorithms, Digits: anyDigits, Period: anyPeriod, Name: true, Tags: true, Notes: true, Added: true,
	},
	recognise: func(in *input) bool {
		return in.zip.find("proton pass/data.json") != nil || in.zip.find("proton pass/data.pgp") != nil ||
			in.has("vaults", "version") || isProtonPassCSV(in)
	},
	read: readProtonPass,
}

func isProtonPassCSV(in *input) bool { return in.hasColumns("type", "name", "totp", "vault") }

func readProtonPass(r *reading, in *input) error {
	if isProtonPassCSV(in) {
		return readProtonPassCSV(r, in)
	}
	file := in.json
	if in.zip != nil {
		if in.zip.find("data.pgp") != nil {
			return refuse(OpenPGP)
		}
		var err error
		if file, err = jsonInZip(in.zip, "data.json"); err != nil {
			return err
		}
	}
	if !file.has("vaults") {
		return refuse(NotThatFormat)
	}
	r.form = "zip"
	n := 0
	for _, vault := range protonVaults(file.get("vaults")) {
		for _, item := range vault.get("items").elements() {
			if err := r.visit(); err != nil {
				return err
			}
			n++
			if err := r.protonItem(n, item, vault.str("name")); err != nil {
				return err
			}
		}
	}
	return nil
}

// protonVaults are the vaults, which are an object by id, or a list.
func protonVaults(vaults node) (list []node) {
	for _, v := range vaults.members() {
		if len(list) < MaxRecords {
			list = append(list, v)
		}
	}
	for _, v := range vaults.elements() {
		if len(list) < MaxRecords {
			list = append(list, v)
		}
	}
	return list
}

func (r *reading) protonItem(n int, item node, vault string) error {
	data := item.get("data")
	common := draft{}
	codes := r.protonFields(data, &common)
	common.details.note(data.str("metadata", "note"))
	common.details.tag(vault)
	for _, u := range data.get("content").textList("urls") {
		common.details.other("url", u)
	}
	if item.get("pinned") == "true" {
		common.details.other("favorite", "true")
	}
	if item.str("state") == "2" {
		common.details.other("trashed", "true")
		common.notice(Trashed)
	}
	common.details.Added = timeOf(item.str("createTime"))
	return r.addCodes(n, codes, common)
}

// protonFields takes the codes out of an item: its own, and those in further fields.
func (r *reading) protonFields(data node, common *draft) (codes []draft) {
	content, title := data.get("content"), data.str("metadata", "name")
	user := anyOf(content, "itemUsername", "itemEmail")
	add := func(code string) {
		if strings.TrimSpace(code) != "" && len(codes) <= MaxRecords {
			codes = append(codes, codeDraft(code, title, user))
		}
	}
	add(content.str("totpUri"))
	for _, f := range data.get("extraFields").elements() {
		name, value := f.str("fieldName"), f.str("data", "content")
		if f.str("type") == "hidden" && !isRecovery(name) {
			name = "secret " + name
		}
		add(f.str("data", "totpUri"))
		r.leftField(common, name, value)
	}
	for _, left := range []string{"password", "passkeys"} {
		if !content.get(left).isNone() {
			r.notice(LeftBehind, 1, strings.TrimSuffix(left, "s"))
		}
	}
	return codes
}

func readProtonPassCSV(r *reading, in *input) error {
	r.form = "csv"
	return in.rows(r, func(at Place, get func(string) string) error {
		if strings.TrimSpace(get("totp")) == "" {
			r.notice(PassedOver, 1)
			return nil
		}
		user := get("username")
		if user == "" {
			user = get("email")
		}
		d := codeDraft(get("totp"), get("name"), user)
		d.details.note(get("note"))
		d.details.tag(get("vault"))
		d.details.other("url", get("url"))
		d.details.Added = timeOf(get("createtime"))
		if get("password") != "" {
			r.notice(LeftBehind, 1, "password")
		}
		return r.add(at, d)
	})
}
