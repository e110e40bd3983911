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
	content, title := data.get("content"), data.str("metadata", "name")
	user := content.str("itemUsername")
	if user == "" {
		user = content.str("itemEmail")
	}
	codes := []string{content.str("totpUri")}
	var common draft
	for _, f := range data.get("extraFields").elements() {
		if uri := f.str("data", "totpUri"); uri != "" {
			if len(codes) < MaxRecords {
				codes = append(codes, uri)
			}
			continue
		}
		name, value := f.str("fieldName"), f.str("data", "content")
		if f.str("type") == "hidden" && !isRecovery(name) {
			name = "secret " + name
		}
		if left := common.field(name, value); left != "" {
			r.notice(LeftBehind, 1, left)
		}
	}
	common.details.note(data.str("metadata", "note"))
	common.details.tag(vault)
	for _, u := range content.get("urls").elements() {
		common.details.other("url", u.text())
	}
	if item.get("pinned") == "true" {
		common.details.other("favorite", "true")
	}
	if item.str("state") == "2" {
		common.details.other("trashed", "true")
		common.notice(Trashed)
	}
	common.details.Added = timeOf(item.str("createTime"))
	if content.str("password") != "" {
		r.notice(LeftBehind, 1, "password")
	}
	if !content.get("passkeys").isNone() {
		r.notice(LeftBehind, 1, "passkey")
	}
	found := 0
	for i, code := range codes {
		if strings.TrimSpace(code) == "" {
			continue
		}
		found++
		at := Place{Kind: AtEntry, N: n}
		if len(codes) > 1 {
			at.Of = i + 1
		}
		d := codeDraft(code, title, user)
		name := d.details.Name
		d.details, d.notices = common.details.clone(), common.notices
		d.details.Name = name
		if err := r.add(at, d); err != nil {
			return err
		}
	}
	if found == 0 {
		r.notice(PassedOver, 1)
	}
	return nil
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
