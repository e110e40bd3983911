package exchange

import (
	"encoding/xml"
	"math"
	"strconv"

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
	Holds: Holds{
		TOTP: true, HOTP: true, Steam: true, Algorithms: allAlgorithms, Digits: anyDigits, Period: anyPeriod,
		Counter: math.MaxInt64,
	},
	recognise: func(in *input) bool {
		return in.has("tokens") && (in.topHas("tokenOrder") || in.top["tokens"].first().has("secret"))
	},
	read:  readFreeOTPPlus,
	write: writeFreeOTPPlus,
	fits: func(rec Record) error {
		k := rec.Key()
		if k.Type() != otpauth.HOTP && (k.Issuer() == steamIssuer) != (k.Type() == otpauth.Steam) {
			return refuse(NotCarriedType)
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
	recognise: func(in *input) bool { return in.root == "map" },
	read:      readFreeOTP1,
}

func readFreeOTPPlus(r *reading, in *input) error {
	if !in.has("tokens") {
		return refuse(NotThatFormat)
	}
	r.form = "plain"
	for i, t := range in.json.get("tokens").elements() {
		if err := r.add(Place{Kind: AtEntry, N: i}, freeotpDraft(r, t, true)); err != nil {
			return err
		}
	}
	return nil
}

func freeotpDraft(r *reading, t node, counterBehind bool) draft {
	d := draft{
		kind: t.str("type"), issuer: t.str("issuerExt"), account: t.str("label"), algorithm: t.str("algo"),
		digits: t.str("digits"), period: t.str("period"), counter: t.str("counter"), raw: signedBytes(t.get("secret")),
	}
	if d.issuer == "" {
		d.issuer = t.str("issuerInt")
	} else if in := t.str("issuerInt"); in != "" && in != d.issuer {
		d.details.other("issuerInt", in)
	}
	if d.issuer == steamIssuer && d.kind != "HOTP" {
		d.kind, d.digits, d.algorithm = string(otpauth.Steam), "", ""
	}
	if d.kind == "HOTP" {
		d.counterBehind(counterBehind)
	}
	r.rest(t, &d.details, "type", "issuerExt", "issuerInt", "label", "algo", "digits", "period", "counter", "secret")
	return d
}

// counterBehind makes a URI's counter of a stored one, which is -1 before the
// first code.
func (d *draft) counterBehind(behind bool) {
	if n, err := strconv.ParseInt(whole(d.counter), 10, 64); behind && err == nil && n >= -1 && n < math.MaxInt64 {
		d.counter = strconv.FormatInt(n+1, 10)
		d.notice(CounterUnsure)
	}
}

// signedBytes are bytes as Java has them, or nil.
func signedBytes(list node) []byte {
	out := []byte{}
	for _, b := range list.elements() {
		n, err := strconv.ParseInt(b.text(), 10, 16)
		if err != nil || n < -128 || n > 255 || len(out) > 4096 {
			return []byte{}
		}
		out = append(out, byte(n))
	}
	return out
}

func readFreeOTP1(r *reading, in *input) error {
	if in.root != "map" {
		return refuse(NotThatFormat)
	}
	r.form = "settings"
	d, err := newXML(in.text)
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
		budget := maxXMLElements
		e, err := readElement(d, start, &budget)
		if err != nil {
			return err
		}
		value, ok := parseJSON(e.text)
		if !ok || value.isArray() || e.attrs["name"] == "tokenOrder" {
			continue
		}
		n++
		if err := r.add(Place{Kind: AtEntry, N: n}, freeotpDraft(r, value, true)); err != nil {
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

func writeFreeOTPPlus(_ *writing, records []Record) ([]byte, error) {
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
