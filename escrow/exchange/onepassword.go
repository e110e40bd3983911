package exchange

import "strings"

// 1Password's 1pux, a zip, and its CSV. An item may have several one-time codes;
// no password is taken.
var onepassword = &Format{
	Name: "1password", App: "1Password",
	Forms:  []Form{{Name: "1pux"}, {Name: "csv"}},
	Source: "https://support.1password.com/1pux-format/",
	Holds: Holds{
		TOTP: true, Algorithms: allAlgorithms, Digits: anyDigits, Period: anyPeriod, Name: true, Tags: true, Notes: true, Added: true,
	},
	recognise: func(in *input) bool {
		return in.zip.find("export.data") != nil || isOnePasswordCSV(in) || in.has("accounts") && in.top["accounts"].first().has("vaults")
	},
	read: readOnePassword,
}

func isOnePasswordCSV(in *input) bool {
	return in.hasColumns("title", "otpauth") && (in.hasColumns("archived") || in.hasColumns("tags"))
}

func readOnePassword(r *reading, in *input) error {
	if isOnePasswordCSV(in) {
		return readOnePasswordCSV(r, in)
	}
	file := in.json
	if in.zip != nil {
		var err error
		if file, err = jsonInZip(in.zip, "export.data"); err != nil {
			return err
		}
	}
	if !file.has("accounts") {
		return refuse(NotThatFormat)
	}
	r.form = "1pux"
	n := 0
	for _, account := range file.get("accounts").elements() {
		for _, vault := range account.get("vaults").elements() {
			for _, item := range vault.get("items").elements() {
				if err := r.visit(); err != nil {
					return err
				}
				if inner := item.get("item"); inner.isObject() { // older files
					item = inner
				}
				n++
				if err := r.onePasswordItem(n, item, vault.str("attrs", "name")); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// jsonInZip reads a file of a zip as JSON.
func jsonInZip(z *archive, name string) (node, error) {
	f := z.find(name)
	switch {
	case f == nil:
		return "", refuse(NotThatFormat)
	case usesZipCrypto(f):
		return "", refuse(ZipCrypto)
	}
	data, err := z.read(f)
	if err != nil {
		return "", err
	}
	n, ok := parseJSON(textOf(data))
	if !ok {
		return "", refuse(Damaged)
	}
	return n, nil
}

func (r *reading) onePasswordItem(n int, item node, vault string) error {
	details, overview := item.get("details"), item.get("overview")
	user := ""
	for _, f := range details.get("loginFields").elements() {
		switch f.str("designation") {
		case "username":
			user = f.str("value")
		case "password":
			if f.str("value") != "" {
				r.notice(LeftBehind, 1, "password")
			}
		}
	}
	var codes []string
	var common draft
	for _, section := range details.get("sections").elements() {
		for _, f := range section.get("fields").elements() {
			value := f.get("value")
			if code := strings.TrimSpace(value.str("totp")); code != "" {
				if len(codes) < MaxRecords {
					codes = append(codes, code)
				}
				continue
			}
			for kind, v := range value.members() {
				if kind == "concealed" && !isRecovery(f.str("title")) {
					if v.text() != "" {
						r.notice(LeftBehind, 1, "concealed")
					}
				} else if left := common.field(f.str("title"), v.text()); left != "" {
					r.notice(LeftBehind, 1, left)
				}
			}
		}
	}
	if codes == nil {
		r.notice(PassedOver, 1)
		return nil
	}
	common.details.note(details.str("notesPlain"))
	common.details.tag(vault)
	for _, t := range overview.get("tags").elements() {
		common.details.tag(t.text())
	}
	if item.get("favIndex").int() > 0 {
		common.details.other("favorite", "true")
	}
	if item.str("state") == "archived" {
		common.details.other("archived", "true")
	}
	common.details.other("url", overview.str("url"))
	common.details.Added = timeOf(item.str("createdAt"))
	for i, code := range codes {
		at := Place{Kind: AtEntry, N: n}
		if len(codes) > 1 {
			at.Of = i + 1
		}
		d := codeDraft(code, overview.str("title"), user)
		name := d.details.Name
		d.details = common.details.clone()
		d.details.Name = name
		if err := r.add(at, d); err != nil {
			return err
		}
	}
	return nil
}

func readOnePasswordCSV(r *reading, in *input) error {
	r.form = "csv"
	return in.rows(r, func(at Place, get func(string) string) error {
		if strings.TrimSpace(get("otpauth")) == "" {
			r.notice(PassedOver, 1)
			return nil
		}
		d := codeDraft(get("otpauth"), get("title"), get("username"))
		d.details.note(get("notes"))
		for _, t := range strings.FieldsFunc(get("tags"), func(r rune) bool { return r == ';' || r == ',' }) {
			d.details.tag(t)
		}
		for _, mark := range []string{"favorite", "archived"} {
			if strings.EqualFold(get(mark), "true") {
				d.details.other(mark, "true")
			}
		}
		d.details.other("url", get("url"))
		if get("password") != "" {
			r.notice(LeftBehind, 1, "password")
		}
		return r.add(at, d)
	})
}
