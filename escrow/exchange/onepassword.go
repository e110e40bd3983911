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
	overview := item.get("overview")
	common := draft{}
	codes := r.onePasswordFields(item.get("details"), overview.str("title"), &common)
	common.details.note(item.str("details", "notesPlain"))
	common.details.tag(vault)
	for _, t := range overview.textList("tags") {
		common.details.tag(t)
	}
	if item.get("favIndex").int() > 0 {
		common.details.other("favorite", "true")
	}
	if item.str("state") == "archived" {
		common.details.other("archived", "true")
	}
	common.details.other("url", overview.str("url"))
	common.details.Added = timeOf(item.str("createdAt"))
	return r.addCodes(n, codes, common)
}

// onePasswordFields takes the codes out of an item's fields, and puts the others
// where they belong.
func (r *reading) onePasswordFields(details node, title string, common *draft) (codes []draft) {
	user := r.onePasswordUser(details)
	for _, section := range details.get("sections").elements() {
		for _, f := range section.get("fields").elements() {
			name := f.str("title")
			for kind, v := range f.get("value").members() {
				code := strings.TrimSpace(v.text())
				switch {
				case code == "" || len(codes) > MaxRecords:
				case kind == "totp":
					codes = append(codes, codeDraft(code, title, user))
				case kind == "concealed" && !isRecovery(name):
					r.notice(LeftBehind, 1, "concealed")
				default:
					r.leftField(common, name, v.text())
				}
			}
		}
	}
	return codes
}

func (r *reading) onePasswordUser(details node) (user string) {
	for _, f := range details.get("loginFields").elements() {
		switch {
		case f.str("designation") == "username":
			user = f.str("value")
		case f.str("designation") == "password" && f.str("value") != "":
			r.notice(LeftBehind, 1, "password")
		}
	}
	return user
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
