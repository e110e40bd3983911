package exchange

import (
	"bytes"
	"crypto/sha256"
	"strconv"
	"strings"
	"time"

	"seedvault/escrow/otpauth"
)

// 2FAS' backup, in schemas 1 to 4, plain and with a password. Groups stay in clear
// in both.
var twofas = &Format{
	Name: "2fas", App: "2FAS",
	Forms:     []Form{{Name: "plain"}, {Name: "encrypted", Encrypted: true}},
	Source:    twofasSource,
	Holds:     twofasHolds,
	recognise: func(in *input) bool { return in.has("services", "schemaVersion") },
	read:      readTwofas,
	write:     writeTwofas,
}

const twofasSource = "https://github.com/twofas/2fas-android/blob/develop/data/services/src/main/java/com/twofasapp/data/services/domain/BackupContent.kt"

// What 2FAS has no place for it takes for the default without a word: 30 seconds for
// a period that is not one of four.
var twofasHolds = Holds{
	TOTP: true, HOTP: true, Steam: true,
	Algorithms: allAlgorithms, Digits: Range{5, 8}, Period: Range{10, 90}, Periods: []int{10, 30, 60, 90}, Name: true, OneTag: true,
}

func readTwofas(r *reading, in *input) error {
	if !in.has("services") {
		return refuse(NotThatFormat)
	}
	if in.json.get("schemaVersion").int() > 4 {
		return refuse(Newer)
	}
	r.form = "plain"
	services := in.json.get("services")
	if in.json.str("reference") != "" || in.json.str("servicesEncrypted") != "" {
		r.form = "encrypted"
		var err error
		if services, err = openTwofas(r, in.json.str("servicesEncrypted")); err != nil {
			return err
		}
	}
	groups := map[string]string{}
	for _, g := range in.json.get("groups").elements() {
		if len(groups) < MaxRecords {
			groups[g.str("id")] = g.str("name")
		}
	}
	for i, s := range services.elements() {
		if err := r.add(Place{Kind: AtEntry, N: i}, twofasDraft(r, s, groups)); err != nil {
			return err
		}
	}
	return nil
}

// twofasDraft takes what the app shows: what its user edited wins over the URI
// that the service once came with.
func twofasDraft(r *reading, s node, groups map[string]string) draft {
	otp := s.get("otp")
	d := draft{
		kind: otp.str("tokenType"), secret: s.str("secret"), issuer: otp.str("issuer"), account: otp.str("account"),
		algorithm: otp.str("algorithm"), digits: otp.str("digits"), period: otp.str("period"), counter: otp.str("counter"),
	}
	if d.account == "" {
		d.account = otp.str("label")
	}
	link, err := otpauth.Parse(otp.str("link"))
	if err == nil {
		d.fromLink(link, s.str("name"))
	}
	if otp.get("issuer").isAbsent() {
		d.issuer = s.str("name")
	}
	d.ownPrefix()
	d.nameBy(s.str("name"))
	if id := s.str("groupId"); id != "" {
		if groups[id] != "" {
			d.details.tag(groups[id])
		} else {
			d.details.other("group", id)
		}
	}
	r.rest(s, &d.details, "otp", "secret", "name", "groupId")
	r.rest(otp, &d.details, "tokenType", "issuer", "account", "label", "algorithm", "digits", "period", "counter", "link", "source")
	return d
}

// fromLink fills in what a service lacks from the URI that it came with, if that is
// of the same secret, and says where the two differ.
func (d *draft) fromLink(link otpauth.Key, name string) {
	if have := bytesOf32(d.secret); have == nil || !bytes.Equal(have, link.Secret()) {
		return
	}
	if d.kind == "" {
		d.kind = string(link.Type())
	}
	if d.account == "" {
		d.account = link.Account()
	}
	if d.issuer == "" && name == "" {
		d.issuer = link.Issuer()
	}
	if d.algorithm == "" {
		d.algorithm = string(link.Algorithm())
	}
	if d.digits == "" {
		d.digits = strconv.Itoa(link.Digits())
	}
	if d.period == "" && link.Period() > 0 {
		d.period = strconv.Itoa(int(link.Period().Seconds()))
	}
	if d.counter == "" && link.Type() == otpauth.HOTP {
		d.counter = strconv.FormatUint(link.Counter(), 10)
	}
	if link.Account() != "" && link.Account() != d.account || link.Issuer() != "" && d.issuer != "" && link.Issuer() != d.issuer {
		d.notice(NamesDiffer)
		d.details.other("label-in-link", labelOf(link.Issuer(), link.Account(), link.Secret()))
	}
}

// openTwofas opens ciphertext, salt and nonce, each in base64, with a colon between.
func openTwofas(r *reading, text string) (node, error) {
	parts := strings.Split(text, ":")
	if len(parts) != 3 {
		return "", refuse(Damaged)
	}
	sealed, err1 := decode64(parts[0])
	salt, err2 := decode64(parts[1])
	nonce, err3 := decode64(parts[2])
	if err1 != nil || err2 != nil || err3 != nil {
		return "", refuse(Damaged)
	}
	var plain []byte
	err := r.unlock(func(password []byte) error {
		key, err := r.pbkdf2(sha256.New, password, salt, 10000, 32)
		if err != nil {
			return err
		}
		plain, err = openGCM(key, nonce, bytes.Clone(sealed), nil)
		return err
	})
	if err != nil {
		return "", err
	}
	services, ok := parseJSON(string(plain))
	if !ok {
		return "", refuse(Damaged)
	}
	return services, nil
}

type twofasFile struct {
	Services       []twofasService `json:"services"`
	Groups         []twofasGroup   `json:"groups"`
	UpdatedAt      int64           `json:"updatedAt"`
	SchemaVersion  int             `json:"schemaVersion"`
	AppVersionCode int             `json:"appVersionCode"`
	AppVersionName string          `json:"appVersionName"`
	AppOrigin      string          `json:"appOrigin"`
}

type twofasGroup struct {
	ID         string `json:"id"`
	Name       string `json:"name"`
	IsExpanded bool   `json:"isExpanded"`
	UpdatedAt  int64  `json:"updatedAt"`
}

type twofasService struct {
	Name      string      `json:"name"`
	Secret    string      `json:"secret"`
	UpdatedAt int64       `json:"updatedAt"`
	OTP       twofasOTP   `json:"otp"`
	Order     twofasOrder `json:"order"`
	GroupID   string      `json:"groupId,omitempty"`
}

type twofasOTP struct {
	Link      string  `json:"link"`
	Account   string  `json:"account"`
	Issuer    string  `json:"issuer"`
	Digits    int     `json:"digits"`
	Period    int     `json:"period,omitempty"`
	Algorithm string  `json:"algorithm"`
	Counter   *uint64 `json:"counter,omitempty"`
	TokenType string  `json:"tokenType"`
	Source    string  `json:"source"`
}

type twofasOrder struct {
	Position int `json:"position"`
}

func writeTwofas(w *writing, records []Record) ([]byte, error) {
	now := w.now.UnixMilli()
	f := twofasFile{
		Services: []twofasService{}, Groups: []twofasGroup{}, UpdatedAt: now,
		SchemaVersion: 4, AppVersionCode: 5000000, AppVersionName: "5.0.0", AppOrigin: "android",
	}
	groups := map[string]string{}
	for i, rec := range records {
		k, d := rec.Key(), rec.Details()
		s := twofasService{
			Name: d.Name, Secret: secretOf(k), UpdatedAt: now, Order: twofasOrder{i},
			OTP: twofasOTP{
				Link: canonicalURI(k), Account: k.Account(), Issuer: k.Issuer(), Digits: k.Digits(), Period: int(k.Period() / time.Second),
				Algorithm: string(k.Algorithm()), TokenType: strings.ToUpper(string(k.Type())), Source: "Link",
			},
		}
		if s.Name == "" {
			s.Name = k.Issuer()
		}
		if k.Type() == otpauth.HOTP {
			n := k.Counter()
			s.OTP.Counter = &n
		}
		if len(d.Tags) > 0 { // a service is in one group
			tag := d.Tags[0]
			if groups[tag] == "" {
				groups[tag] = newUUID()
				f.Groups = append(f.Groups, twofasGroup{groups[tag], tag, true, now})
			}
			s.GroupID = groups[tag]
		}
		f.Services = append(f.Services, s)
	}
	return encodeJSON(f)
}
