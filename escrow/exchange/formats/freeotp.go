package formats

import (
	"encoding/xml"
	"math"
	"strconv"

	"seedvault/escrow/exchange"
	"seedvault/escrow/exchange/internal/parse"
	"seedvault/escrow/exchange/internal/reading"
	"seedvault/escrow/otpauth"
)

// FreeOTP+ writes JSON; FreeOTP 1 kept the same objects in its settings, an XML
// file. In both a secret is a list of signed bytes, and the counter of an HOTP
// token is one behind the counter that a URI would have: the next code is that of
// counter+1. cotp's own export in this form does not do so, and cannot be told
// apart.
var freeotpPlus = &Format{
	Name: "freeotp+", App: "FreeOTP+",
	Forms:  []Form{{Name: "plain"}},
	Source: "https://github.com/helloworld1/FreeOTPPlus/blob/develop/token-data/src/main/java/org/fedorahosted/freeotp/data/legacy/Token.java",
	Holds: exchange.Holds{
		TOTP: true, HOTP: true, Steam: true, Algorithms: allAlgorithms, Digits: anyDigits, Period: anyPeriod,
		Counter: math.MaxInt64,
	},
	recognise: func(in *reading.Input) bool {
		return in.Has("tokens") && (in.TopHas("tokenOrder") || in.Top["tokens"].First().Has("secret"))
	},
	read:  readFreeOTPPlus,
	write: writeFreeOTPPlus,
	fits: func(rec exchange.Record) error {
		k := rec.Key()
		if k.Type() != otpauth.HOTP && (k.Issuer() == steamIssuer) != (k.Type() == otpauth.Steam) {
			return exchange.Refuse(exchange.NotCarriedType)
		}
		return nil
	},
}

// steamIssuer is how FreeOTP+ knows Steam's codes, and all that it knows them by.
const steamIssuer = "Steam"

var freeotp1 = &Format{
	Name: "freeotp", App: "FreeOTP 1",
	Forms:     []Form{{Name: "settings"}},
	Source:    "https://github.com/freeotp/freeotp-android/tree/v1.5/app/src/main/java/org/fedorahosted/freeotp",
	Holds:     freeotpPlus.Holds,
	recognise: func(in *reading.Input) bool { return in.Root == "map" },
	read:      readFreeOTP1,
}

func readFreeOTPPlus(r *reading.Reader, in *reading.Input) error {
	if !in.Has("tokens") {
		return exchange.Refuse(exchange.NotThatFormat)
	}
	r.Form = "plain"
	for i, t := range in.JSON.Get("tokens").Elements() {
		if err := r.Add(exchange.Position{Kind: exchange.AtEntry, N: i}, freeotpDraft(r, t, true)); err != nil {
			return err
		}
	}
	return nil
}

func freeotpDraft(r *reading.Reader, t parse.Node, counterBehind bool) reading.Draft {
	d := reading.Draft{
		Kind: t.Str("type"), Issuer: t.Str("issuerExt"), Account: t.Str("label"), Algorithm: t.Str("algo"),
		Digits: t.Str("digits"), Period: t.Str("period"), Counter: t.Str("counter"), Raw: signedBytes(t.Get("secret")),
	}
	if d.Issuer == "" {
		d.Issuer = t.Str("issuerInt")
	} else if in := t.Str("issuerInt"); in != "" && in != d.Issuer {
		d.Details.AddOther("issuerInt", in)
	}
	if d.Issuer == steamIssuer && d.Kind != "HOTP" {
		d.Kind, d.Digits, d.Algorithm = string(otpauth.Steam), "", ""
	}
	if d.Kind == "HOTP" {
		countFromNext(&d, counterBehind)
	}
	r.Rest(t, &d.Details, "type", "issuerExt", "issuerInt", "label", "algo", "digits", "period", "counter", "secret")
	return d
}

// countFromNext makes a URI's counter of a stored one, which is -1 before the
// first code.
func countFromNext(d *reading.Draft, behind bool) {
	if n, err := strconv.ParseInt(parse.TrimFraction(d.Counter), 10, 64); behind && err == nil && n >= -1 && n < math.MaxInt64 {
		d.Counter = strconv.FormatInt(n+1, 10)
		d.Notice(exchange.CounterUnsure)
	}
}

// signedBytes returns the bytes of a list as Java writes it, none where it is no such list.
func signedBytes(list parse.Node) []byte {
	out := []byte{}
	for _, b := range list.Elements() {
		n, err := strconv.ParseInt(b.Text(), 10, 16)
		if err != nil || n < -128 || n > 255 || len(out) > 4096 {
			return []byte{}
		}
		out = append(out, byte(n))
	}
	return out
}

func readFreeOTP1(r *reading.Reader, in *reading.Input) error {
	if in.Root != "map" {
		return exchange.Refuse(exchange.NotThatFormat)
	}
	r.Form = "settings"
	d, err := parse.NewXML(in.Text)
	if err != nil {
		return err
	}
	n := 0
	for {
		token, err := d.Token()
		if token == nil {
			return endOfXML(err)
		}
		start, ok := token.(xml.StartElement)
		if !ok || start.Name.Local != "string" {
			continue
		}
		budget := parse.MaxXMLElements
		e, err := parse.ReadElement(d, start, &budget)
		if err != nil {
			return err
		}
		value, ok := parse.JSON(e.Text)
		if !ok || value.IsArray() || e.Attrs["name"] == "tokenOrder" {
			continue
		}
		n++
		if err := r.Add(exchange.Position{Kind: exchange.AtEntry, N: n}, freeotpDraft(r, value, true)); err != nil {
			return err
		}
	}
}

type freeotpFile struct {
	TokenOrder []string       `json:"tokenOrder"`
	Tokens     []freeotpToken `json:"tokens"`
}

type freeotpToken struct {
	Algo      string `json:"algo"`
	Counter   int64  `json:"counter"`
	Digits    int    `json:"digits"`
	IssuerExt string `json:"issuerExt"`
	IssuerInt string `json:"issuerInt"`
	Label     string `json:"label"`
	Period    int    `json:"period"`
	Secret    []int8 `json:"secret"`
	Type      string `json:"type"`
}

func writeFreeOTPPlus(_ *writing, records []exchange.Record) ([]byte, error) {
	f := freeotpFile{TokenOrder: []string{}, Tokens: []freeotpToken{}}
	for _, rec := range records {
		k := rec.Key()
		t := freeotpToken{
			Algo: string(k.Algorithm()), Digits: k.Digits(), IssuerExt: k.Issuer(), IssuerInt: k.Issuer(), Label: k.Account(),
			Period: 30, Secret: []int8{}, Type: "TOTP",
		}
		for _, b := range k.Secret() {
			t.Secret = append(t.Secret, int8(b))
		}
		switch k.Type() {
		case otpauth.HOTP:
			t.Type, t.Counter = "HOTP", int64(k.Counter())-1
		default:
			t.Period = int(k.Period().Seconds())
		}
		f.TokenOrder = append(f.TokenOrder, t.IssuerExt+":"+t.Label)
		f.Tokens = append(f.Tokens, t)
	}
	return encodeJSON(f)
}
