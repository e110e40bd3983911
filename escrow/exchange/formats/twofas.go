package formats

import (
	"bytes"
	"crypto/sha256"
	"strconv"
	"strings"
	"time"

	"seedvault/escrow/exchange"
	"seedvault/escrow/exchange/internal/parse"
	"seedvault/escrow/exchange/internal/reading"
	"seedvault/escrow/exchange/internal/unlock"
	"seedvault/escrow/otpauth"
)

// 2FAS' backup, in schemas 1 to 4, plain and with a password. Groups stay in clear
// in both.
var twofas = &Format{
	Name: "2fas", App: "2FAS",
	Forms:     []Form{{Name: "plain"}, {Name: "encrypted", Encrypted: true}},
	Source:    twofasSource,
	Holds:     twofasHolds,
	recognise: func(in *reading.Input) bool { return in.Has("services", "schemaVersion") },
	read:      readTwofas,
	write:     writeTwofas,
}

const twofasSource = "https://github.com/twofas/2fas-android/blob/develop/data/services/src/main/java/com/twofasapp/data/services/domain/BackupContent.kt"

// What 2FAS has no place for it takes for the default without a word: 30 seconds for
// a period that is not one of four.
var twofasHolds = exchange.Holds{
	TOTP: true, HOTP: true, Steam: true,
	Algorithms: allAlgorithms, Digits: exchange.Range{From: 5, To: 8}, Period: exchange.Range{From: 10, To: 90}, Periods: []int{10, 30, 60, 90}, Name: true, OneTag: true,
}

func readTwofas(r *reading.Reader, in *reading.Input) error {
	if !in.Has("services") {
		return exchange.Refuse(exchange.NotThatFormat)
	}
	if in.JSON.Get("schemaVersion").Int() > 4 {
		return exchange.Refuse(exchange.Newer)
	}
	r.Form = "plain"
	services := in.JSON.Get("services")
	if in.JSON.Str("reference") != "" || in.JSON.Str("servicesEncrypted") != "" {
		r.Form = "encrypted"
		var err error
		if services, err = openTwofas(r, in.JSON.Str("servicesEncrypted")); err != nil {
			return err
		}
	}
	groups := map[string]string{}
	for _, g := range in.JSON.Get("groups").Elements() {
		if len(groups) < exchange.MaxRecords {
			groups[g.Str("id")] = g.Str("name")
		}
	}
	for i, s := range services.Elements() {
		if err := r.Add(exchange.Position{Kind: exchange.AtEntry, N: i}, twofasDraft(r, s, groups)); err != nil {
			return err
		}
	}
	return nil
}

// twofasDraft takes what the app shows: what its user edited wins over the URI
// that the service once came with.
func twofasDraft(r *reading.Reader, s parse.Node, groups map[string]string) reading.Draft {
	otp := s.Get("otp")
	d := reading.Draft{
		Kind: otp.Str("tokenType"), Secret: s.Str("secret"), Issuer: otp.Str("issuer"), Account: otp.Str("account"),
		Algorithm: otp.Str("algorithm"), Digits: otp.Str("digits"), Period: otp.Str("period"), Counter: otp.Str("counter"),
	}
	if d.Account == "" {
		d.Account = otp.Str("label")
	}
	link, err := otpauth.Parse(otp.Str("link"))
	if err == nil {
		fromLink(&d, link, s.Str("name"))
	}
	if otp.Get("issuer").IsAbsent() {
		d.Issuer = s.Str("name")
	}
	d.TrimIssuer()
	d.NameBy(s.Str("name"))
	if id := s.Str("groupId"); id != "" {
		if groups[id] != "" {
			d.Details.AddTag(groups[id])
		} else {
			d.Details.AddOther("group", id)
		}
	}
	r.Rest(s, &d.Details, "otp", "secret", "name", "groupId")
	r.Rest(otp, &d.Details, "tokenType", "issuer", "account", "label", "algorithm", "digits", "period", "counter", "link", "source")
	return d
}

// fromLink fills in what a service lacks from the URI that it came with, if that is
// of the same secret, and says where the two differ.
func fromLink(d *reading.Draft, link otpauth.Key, name string) {
	if have := reading.DecodeBase32(d.Secret); have == nil || !bytes.Equal(have, link.Secret()) {
		return
	}
	if d.Kind == "" {
		d.Kind = string(link.Type())
	}
	if d.Account == "" {
		d.Account = link.Account()
	}
	if d.Issuer == "" && name == "" {
		d.Issuer = link.Issuer()
	}
	if d.Algorithm == "" {
		d.Algorithm = string(link.Algorithm())
	}
	if d.Digits == "" {
		d.Digits = strconv.Itoa(link.Digits())
	}
	if d.Period == "" && link.Period() > 0 {
		d.Period = strconv.Itoa(int(link.Period().Seconds()))
	}
	if d.Counter == "" && link.Type() == otpauth.HOTP {
		d.Counter = strconv.FormatUint(link.Counter(), 10)
	}
	if link.Account() != "" && link.Account() != d.Account || link.Issuer() != "" && d.Issuer != "" && link.Issuer() != d.Issuer {
		d.Notice(exchange.NamesDiffer)
		d.Details.AddOther("label-in-link", exchange.Label(link.Issuer(), link.Account(), link.Secret()))
	}
}

// openTwofas opens ciphertext, salt and nonce, each in base64, with a colon between.
func openTwofas(r *reading.Reader, text string) (parse.Node, error) {
	parts := strings.Split(text, ":")
	if len(parts) != 3 {
		return "", exchange.Refuse(exchange.Damaged)
	}
	sealed, err1 := parse.Base64(parts[0])
	salt, err2 := parse.Base64(parts[1])
	nonce, err3 := parse.Base64(parts[2])
	if err1 != nil || err2 != nil || err3 != nil {
		return "", exchange.Refuse(exchange.Damaged)
	}
	var plain []byte
	err := r.Passwords.Try(func(password []byte) error {
		key, err := r.Passwords.PBKDF2(sha256.New, password, salt, 10000, 32)
		if err != nil {
			return err
		}
		plain, err = unlock.OpenGCM(key, nonce, bytes.Clone(sealed), nil)
		return err
	})
	if err != nil {
		return "", err
	}
	services, ok := parse.JSON(string(plain))
	if !ok {
		return "", exchange.Refuse(exchange.Damaged)
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

func writeTwofas(w *writing, records []exchange.Record) ([]byte, error) {
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
