package formats

import (
	"archive/zip"
	"encoding/base64"
	"path"
	"strconv"
	"strings"

	"seedvault/escrow/exchange"
	"seedvault/escrow/exchange/internal/parse"
	"seedvault/escrow/exchange/internal/reading"
	"seedvault/escrow/exchange/internal/zipfile"
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
	Holds: exchange.Holds{
		TOTP: true, Algorithms: allAlgorithms, Digits: anyDigits, Period: exchange.Range{From: 1, To: 255},
		Name: true, Tags: true, Notes: true, Recovery: true, Added: true, Favorite: true,
	},
	recognise: func(in *reading.Input) bool {
		return isCXF(in) || isCXFAccount(in) || in.Zip != nil && cxfFile(in.Zip) != nil
	},
	read:  readCXF,
	write: writeCXF,
}

func isCXF(in *reading.Input) bool {
	return in.Has("accounts") && (in.TopHas("exporterRpId") || in.TopHas("exporterDisplayName"))
}

func isCXFAccount(in *reading.Input) bool {
	return in.Has("id", "items") && (in.TopHas("username") || in.TopHas("email") || in.TopHas("collections")) && in.Top["items"].First().Has("credentials")
}

// cxfFile finds the JSON in a zip: a file called so in any folder, or whatever lies under
// documents.
func cxfFile(z *zipfile.Archive) *zip.File {
	if z.Find("export.data") != nil || z.Find("data.json") != nil || z.Find("raivo-otp-export.json") != nil {
		return nil // 1Password's, Proton's, Raivo's
	}
	for _, f := range z.Files {
		dir, name := path.Split(strings.ToLower(strings.ReplaceAll(f.Name, `\`, "/")))
		if strings.HasSuffix(name, ".json") && !strings.HasPrefix(name, ".") && !strings.HasPrefix(dir, "__macosx") || dir == "documents/" && name != "" {
			return f
		}
	}
	return nil
}

func readCXF(r *reading.Reader, in *reading.Input) error {
	r.Form = "json"
	if in.Zip != nil {
		f := cxfFile(in.Zip)
		switch {
		case f == nil:
			return exchange.Refuse(exchange.NotThatFormat)
		case zipfile.IsEncrypted(f):
			return exchange.Refuse(exchange.UnknownCipher)
		}
		data, err := in.Zip.Read(f)
		if err != nil {
			return err
		}
		inner := *in
		inner.Zip = nil
		inner.SetText(parse.Text(data))
		in = &inner
		defer func() { r.Form = "zip" }()
	}
	accounts := in.JSON.Get("accounts")
	switch {
	case isCXFAccount(in):
		r.Form = "account"
		return cxfAccounts(r, []parse.Node{in.JSON})
	case !in.Has("accounts"):
		return exchange.Refuse(exchange.NotThatFormat)
	case in.JSON.Get("version", "major").Int() > 1:
		return exchange.Refuse(exchange.Newer)
	}
	var list []parse.Node
	for _, a := range accounts.Elements() {
		if len(list) < exchange.MaxRecords {
			list = append(list, a)
		}
	}
	return cxfAccounts(r, list)
}

func cxfAccounts(r *reading.Reader, accounts []parse.Node) error {
	n := 0
	for _, a := range accounts {
		tags := map[string][]string{} // an item's collections
		if err := cxfCollections(r, a.Get("collections"), "", tags, 0); err != nil {
			return err
		}
		for _, item := range a.Get("items").Elements() {
			n++
			if err := r.Visit(); err != nil {
				return err
			}
			if err := cxfItem(r, n, item, tags[item.Str("id")]); err != nil {
				return err
			}
		}
	}
	return nil
}

func cxfCollections(r *reading.Reader, list parse.Node, above string, tags map[string][]string, depth int) error {
	if depth > 20 {
		return exchange.Refuse(exchange.Damaged)
	}
	for _, c := range list.Elements() {
		if err := r.Visit(); err != nil {
			return err
		}
		title := above + c.Str("title")
		for _, linked := range c.Get("items").Elements() {
			if err := r.Visit(); err != nil {
				return err
			}
			id := linked.Str("item")
			tags[id] = append(tags[id], title)
		}
		if err := cxfCollections(r, c.Get("subCollections"), title+"/", tags, depth+1); err != nil {
			return err
		}
	}
	return nil
}

func cxfItem(r *reading.Reader, n int, item parse.Node, collections []string) error {
	common := reading.Draft{}
	totp, user, err := cxfCredentials(r, item.Get("credentials"), &common)
	if err != nil {
		return err
	}
	for _, t := range append(item.Texts("tags"), collections...) {
		common.Details.AddTag(t)
	}
	if item.Get("favorite") == "true" {
		common.Details.AddOther("favorite", "true")
	}
	for _, u := range item.Get("scope").Texts("urls") {
		common.Details.AddOther("url", u)
	}
	common.Details.AddOther("subtitle", item.Str("subtitle"))
	common.Details.Added = parse.Time(item.Str("creationAt"))
	var codes []reading.Draft
	for _, c := range totp {
		codes = append(codes, cxfDraft(r, c, item.Str("title"), user, &common))
	}
	return r.AddCodes(n, codes, common)
}

// cxfCredentials finds an item's codes, and puts its notes and fields where they
// belong.
func cxfCredentials(r *reading.Reader, list parse.Node, common *reading.Draft) (totp []parse.Node, user string, err error) {
	for _, c := range list.Elements() {
		if err := r.Visit(); err != nil {
			return nil, "", err
		}
		switch kind := c.Str("type"); kind {
		case "totp":
			if len(totp) <= exchange.MaxRecords {
				totp = append(totp, c)
			}
		case "note":
			reading.SplitNote(&common.Details, cxfValue(c.Get("content")))
		case "custom-fields":
			putCXFFields(r, c, common)
		case "basic-auth":
			user = cxfValue(c.Get("username"))
			if cxfValue(c.Get("password")) != "" {
				r.Notice(exchange.LeftBehind, 1, "password")
			}
		default:
			r.Notice(exchange.LeftBehind, 1, exchange.FieldName(kind))
		}
	}
	return totp, user, nil
}

func putCXFFields(r *reading.Reader, c parse.Node, common *reading.Draft) {
	for _, f := range c.Get("fields").Elements() {
		name := f.Str("label")
		switch {
		case reading.IsRecovery(c.Str("label")):
			name = "recovery"
		case f.Str("fieldType") == "concealed-string" && !reading.IsRecovery(name):
			name = "secret " + name
		}
		r.PutField(common, name, cxfValue(f))
	}
}

// cxfValue returns an editable field's value, or the text itself.
func cxfValue(n parse.Node) string {
	if n.IsObject() {
		return n.Str("value")
	}
	return n.Text()
}

func cxfDraft(r *reading.Reader, c parse.Node, title, user string, common *reading.Draft) reading.Draft {
	d := reading.Draft{
		Issuer: cxfValue(c.Get("issuer")), Account: cxfValue(c.Get("username")), Secret: c.Str("secret"),
		Algorithm: c.Str("algorithm"), Digits: c.Str("digits"), Period: c.Str("period"),
	}
	if strings.EqualFold(d.Algorithm, "steam") { // Bitwarden's extension
		d.Kind, d.Algorithm, d.Digits = string(otpauth.Steam), "", ""
	}
	if c.Get("issuer").IsAbsent() {
		d.Issuer = title
	}
	if c.Get("username").IsAbsent() {
		d.Account = user
	}
	d.TrimIssuer()
	d.NameBy(title)
	r.Rest(c, &common.Details, "type", "issuer", "username", "secret", "algorithm", "digits", "period")
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

func writeCXF(w *writing, records []exchange.Record) ([]byte, error) {
	account := cxfAccountValue{ID: cxfID(), Collections: []any{}, Items: []cxfItemValue{}}
	for _, rec := range records {
		account.Items = append(account.Items, cxfItemOf(rec))
	}
	return encodeJSON(cxfHeader{
		Version: cxfVersion{1, 0}, RPID: "seedvault", DisplayName: "seedvault", Timestamp: w.now.Unix(), Accounts: []cxfAccountValue{account},
	})
}

func cxfItemOf(rec exchange.Record) cxfItemValue {
	k, d := rec.Key(), rec.Details()
	item := cxfItemValue{ID: cxfID(), Title: d.Name, Tags: d.Tags, Favorite: d.Get("favorite") == "true"}
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
