package exchange

import (
	"archive/zip"
	"encoding/base64"
	"path"
	"strconv"
	"strings"

	"seedvault/escrow/otpauth"
)

// The FIDO Alliance's Credential Exchange Format, the one standard that is no
// app's own: JSON, alone or in a zip. Some exporters write the bare account,
// without the header around it. Only one-time codes are taken, with the notes and
// the recovery codes of the same item.
var cxf = &Format{
	Name: "cxf", App: "FIDO Credential Exchange Format (Apple Passwords, Bitwarden, 1Password, Dashlane and others)",
	Forms:  []Form{{Name: "json"}, {Name: "account"}, {Name: "zip"}},
	Source: "https://fidoalliance.org/specs/cx/cxf-v1.0-ps-20250814.html",
	Holds: Holds{
		TOTP: true, Algorithms: allAlgorithms, Digits: anyDigits, Period: Range{1, 255},
		Name: true, Tags: true, Notes: true, Recovery: true, Added: true, Favorite: true,
	},
	recognise: func(in *input) bool {
		return isCXF(in) || isCXFAccount(in) || in.zip != nil && cxfFile(in.zip) != nil
	},
	read:  readCXF,
	write: writeCXF,
}

func isCXF(in *input) bool {
	return in.has("accounts") && (in.topHas("exporterRpId") || in.topHas("exporterDisplayName"))
}

func isCXFAccount(in *input) bool {
	return in.has("id", "items") && (in.topHas("username") || in.topHas("email") || in.topHas("collections")) && in.top["items"].first().has("credentials")
}

// cxfFile finds the JSON in a zip: at the root or under documents.
func cxfFile(z *archive) *zip.File {
	if z.find("export.data") != nil || z.find("data.json") != nil || z.find("raivo-otp-export.json") != nil {
		return nil // 1Password's, Proton's, Raivo's
	}
	for _, f := range z.files {
		dir, name := path.Split(strings.ToLower(strings.ReplaceAll(f.Name, `\`, "/")))
		if strings.HasSuffix(name, ".json") && !strings.HasPrefix(name, ".") && !strings.HasPrefix(dir, "__macosx") || dir == "documents/" && name != "" {
			return f
		}
	}
	return nil
}

func readCXF(r *reading, in *input) error {
	r.form = "json"
	if in.zip != nil {
		f := cxfFile(in.zip)
		switch {
		case f == nil:
			return refuse(NotThatFormat)
		case isEncrypted(f):
			return refuse(UnknownCipher)
		}
		data, err := in.zip.read(f)
		if err != nil {
			return err
		}
		inner := *in
		inner.zip = nil
		inner.setText(textOf(data))
		in = &inner
		defer func() { r.form = "zip" }()
	}
	accounts := in.json.get("accounts")
	switch {
	case isCXFAccount(in):
		r.form = "account"
		return r.cxfAccounts([]node{in.json})
	case !in.has("accounts"):
		return refuse(NotThatFormat)
	case in.json.get("version", "major").int() > 1:
		return refuse(Newer)
	}
	var list []node
	for _, a := range accounts.elements() {
		if len(list) < MaxRecords {
			list = append(list, a)
		}
	}
	return r.cxfAccounts(list)
}

func (r *reading) cxfAccounts(accounts []node) error {
	n := 0
	for _, a := range accounts {
		tags := map[string][]string{} // an item's collections
		if err := r.cxfCollections(a.get("collections"), "", tags, 0); err != nil {
			return err
		}
		for _, item := range a.get("items").elements() {
			n++
			if err := r.visit(); err != nil {
				return err
			}
			if err := r.cxfItem(n, item, tags[item.str("id")]); err != nil {
				return err
			}
		}
	}
	return nil
}

func (r *reading) cxfCollections(list node, above string, tags map[string][]string, depth int) error {
	if depth > 20 {
		return refuse(Damaged)
	}
	for _, c := range list.elements() {
		if err := r.visit(); err != nil {
			return err
		}
		title := above + c.str("title")
		for _, linked := range c.get("items").elements() {
			if err := r.visit(); err != nil {
				return err
			}
			id := linked.str("item")
			tags[id] = append(tags[id], title)
		}
		if err := r.cxfCollections(c.get("subCollections"), title+"/", tags, depth+1); err != nil {
			return err
		}
	}
	return nil
}

func (r *reading) cxfItem(n int, item node, collections []string) error {
	common := draft{}
	totp, user, err := r.cxfCredentials(item.get("credentials"), &common)
	if err != nil {
		return err
	}
	for _, t := range append(item.textList("tags"), collections...) {
		common.details.tag(t)
	}
	if item.get("favorite") == "true" {
		common.details.other("favorite", "true")
	}
	for _, u := range item.get("scope").textList("urls") {
		common.details.other("url", u)
	}
	common.details.other("subtitle", item.str("subtitle"))
	common.details.Added = timeOf(item.str("creationAt"))
	var codes []draft
	for _, c := range totp {
		codes = append(codes, r.cxfDraft(c, item.str("title"), user, &common))
	}
	return r.addCodes(n, codes, common)
}

// cxfCredentials finds an item's codes, and puts its notes and fields where they
// belong.
func (r *reading) cxfCredentials(list node, common *draft) (totp []node, user string, err error) {
	for _, c := range list.elements() {
		if err := r.visit(); err != nil {
			return nil, "", err
		}
		switch kind := c.str("type"); kind {
		case "totp":
			if len(totp) <= MaxRecords {
				totp = append(totp, c)
			}
		case "note":
			splitNote(&common.details, cxfValue(c.get("content")))
		case "custom-fields":
			r.cxfFields(c, common)
		case "basic-auth":
			user = cxfValue(c.get("username"))
			if cxfValue(c.get("password")) != "" {
				r.notice(LeftBehind, 1, "password")
			}
		default:
			r.notice(LeftBehind, 1, fieldName(kind))
		}
	}
	return totp, user, nil
}

func (r *reading) cxfFields(c node, common *draft) {
	for _, f := range c.get("fields").elements() {
		name := f.str("label")
		switch {
		case isRecovery(c.str("label")):
			name = "recovery"
		case f.str("fieldType") == "concealed-string" && !isRecovery(name):
			name = "secret " + name
		}
		r.leftField(common, name, cxfValue(f))
	}
}

// textList are the texts of an array.
func (n node) textList(name string) (list []string) {
	for i, v := range n.get(name).elements() {
		if i > 1000 {
			break
		}
		list = append(list, v.text())
	}
	return list
}

// cxfValue is an editable field's value, or the text itself.
func cxfValue(n node) string {
	if n.isObject() {
		return n.str("value")
	}
	return n.text()
}

func (r *reading) cxfDraft(c node, title, user string, common *draft) draft {
	d := draft{
		issuer: cxfValue(c.get("issuer")), account: cxfValue(c.get("username")), secret: c.str("secret"),
		algorithm: c.str("algorithm"), digits: c.str("digits"), period: c.str("period"),
	}
	if strings.EqualFold(d.algorithm, "steam") { // Bitwarden's extension
		d.kind, d.algorithm, d.digits = string(otpauth.Steam), "", ""
	}
	if c.get("issuer").isAbsent() {
		d.issuer = title
	}
	if c.get("username").isAbsent() {
		d.account = user
	}
	d.ownPrefix()
	d.nameBy(title)
	r.rest(c, &common.details, "type", "issuer", "username", "secret", "algorithm", "digits", "period")
	return d
}

type cxfHeader struct {
	Version     cxfVersion        `json:"version"`
	RPID        string            `json:"exporterRpId"`
	DisplayName string            `json:"exporterDisplayName"`
	Timestamp   int64             `json:"timestamp"`
	Accounts    []cxfAccountValue `json:"accounts"`
}

type cxfVersion struct {
	Major int `json:"major"`
	Minor int `json:"minor"`
}

type cxfAccountValue struct {
	ID          string         `json:"id"`
	Username    string         `json:"username"`
	Email       string         `json:"email"`
	Collections []any          `json:"collections"`
	Items       []cxfItemValue `json:"items"`
}

type cxfItemValue struct {
	ID          string   `json:"id"`
	CreationAt  int64    `json:"creationAt,omitempty"`
	Title       string   `json:"title"`
	Favorite    bool     `json:"favorite,omitempty"`
	Credentials []any    `json:"credentials"`
	Tags        []string `json:"tags,omitempty"`
}

type cxfTOTP struct {
	Type      string `json:"type"`
	Secret    string `json:"secret"`
	Period    int    `json:"period"`
	Digits    int    `json:"digits"`
	Username  string `json:"username"`
	Algorithm string `json:"algorithm"`
	Issuer    string `json:"issuer"`
}

type cxfNote struct {
	Type    string   `json:"type"`
	Content cxfField `json:"content"`
}

type cxfField struct {
	FieldType string `json:"fieldType"`
	Value     string `json:"value"`
	Label     string `json:"label,omitempty"`
}

type cxfFields struct {
	Type   string     `json:"type"`
	Fields []cxfField `json:"fields"`
}

func writeCXF(w *writing, records []Record) ([]byte, error) {
	account := cxfAccountValue{ID: cxfID(), Collections: []any{}, Items: []cxfItemValue{}}
	for _, rec := range records {
		account.Items = append(account.Items, cxfItemOf(rec))
	}
	return encodeJSON(cxfHeader{
		Version: cxfVersion{1, 0}, RPID: "seedvault", DisplayName: "seedvault", Timestamp: w.now.Unix(), Accounts: []cxfAccountValue{account},
	})
}

func cxfItemOf(rec Record) cxfItemValue {
	k, d := rec.Key(), rec.Details()
	item := cxfItemValue{ID: cxfID(), Title: d.Name, Tags: d.Tags, Favorite: d.get("favorite") == "true"}
	if item.Title == "" {
		item.Title = k.Issuer()
	}
	if !d.Added.IsZero() {
		item.CreationAt = d.Added.Unix()
	}
	item.Credentials = []any{cxfTOTP{
		"totp", secretOf(k), int(k.Period().Seconds()), k.Digits(), k.Account(), strings.ToLower(string(k.Algorithm())), k.Issuer(),
	}}
	for _, n := range d.Notes {
		item.Credentials = append(item.Credentials, cxfNote{"note", cxfField{FieldType: "string", Value: n}})
	}
	if len(d.Recovery) > 0 {
		f := cxfFields{Type: "custom-fields"}
		for i, code := range d.Recovery {
			f.Fields = append(f.Fields, cxfField{"concealed-string", code, "recovery code " + strconv.Itoa(i+1)})
		}
		item.Credentials = append(item.Credentials, f)
	}
	return item
}

func cxfID() string { return base64.RawURLEncoding.EncodeToString(random(16)) }
