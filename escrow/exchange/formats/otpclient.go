package formats

import (
	"bytes"
	"crypto/sha512"
	"encoding/binary"
	"strings"
	"unicode/utf8"

	"seedvault/escrow/exchange"
	"seedvault/escrow/exchange/internal/parse"
	"seedvault/escrow/exchange/internal/reading"
	"seedvault/escrow/exchange/internal/unlock"
)

// OTPClient's database in its three versions: AES-256-GCM with the header as
// associated data, under PBKDF2-HMAC-SHA512 or Argon2id. The first has no mark at
// all, and is known by its file's name alone. What OTPClient exports are other
// apps' formats.
var otpclient = &Format{
	Name: "otpclient", App: "OTPClient",
	Forms: []Form{
		{Name: "database 1", Encrypted: true}, {Name: "database 2", Encrypted: true}, {Name: "database 3", Encrypted: true}, {Name: "plain"},
	},
	Source: "https://github.com/paolostivanin/OTPClient/blob/master/src/common/db-common.h",
	Holds:  otpclientHolds,
	recognise: func(in *reading.Input) bool {
		return bytes.HasPrefix(in.Data, otpclientName) || in.ListHas("type", "label", "secret", "algo", "digits") ||
			in.Text == "" && in.Zip == nil && strings.HasSuffix(in.Name, ".enc") && len(in.Data) > 48+16
	},
	read: readOTPClient,
}

var otpclientHolds = exchange.Holds{TOTP: true, HOTP: true, Steam: true, Algorithms: allAlgorithms, Digits: exchange.Range{From: 4, To: 10}, Period: exchange.Range{From: 10, To: 120}}

var otpclientName = []byte("OTPClient")

func readOTPClient(r *reading.Reader, in *reading.Input) error {
	list := in.JSON
	r.Form = "plain"
	if list == "" {
		var err error
		if list, err = openOTPClient(r, in.Data); err != nil {
			return err
		}
	}
	if !list.IsArray() {
		return exchange.Refuse(exchange.NotThatFormat)
	}
	for i, e := range list.Elements() {
		d := reading.Draft{
			Kind: e.Str("type"), Issuer: e.Str("issuer"), Account: e.Str("label"), Secret: e.Str("secret"),
			Algorithm: e.Str("algo"), Digits: e.Str("digits"), Period: e.Str("period"), Counter: e.Str("counter"),
		}
		if strings.EqualFold(d.Issuer, "steam") && !strings.EqualFold(d.Kind, "hotp") {
			d.Kind = "steam" // OTPClient knows Steam by this name
		}
		d.DropParameters()
		d.Details.AddTag(e.Str("group"))
		r.Rest(e, &d.Details, "type", "issuer", "label", "secret", "algo", "digits", "period", "counter", "group")
		if err := r.Add(exchange.Position{Kind: exchange.AtEntry, N: i}, d); err != nil {
			return err
		}
	}
	return nil
}

// otpclientHeader is where a database's values lie. Version 2 is a C structure as
// it lay in memory, which compilers lay out in two ways.
type otpclientHeader struct {
	form                     string
	nonce, salt, costs, size int
	order                    binary.ByteOrder
}

var otpclientHeaders = []otpclientHeader{
	{"database 3", 13, 29, 61, 73, binary.BigEndian},
	{"database 2", 16, 32, 64, 76, binary.LittleEndian},
	{"database 2", 13, 29, 61, 73, binary.LittleEndian},
}

func openOTPClient(r *reading.Reader, data []byte) (list parse.Node, err error) {
	return r.UnlockJSON(func(password []byte) ([]byte, error) {
		plain, err := tryOTPClient(r, password, data)
		if short := characters(password); unlock.IsWrongPassword(err) && len(short) < len(password) {
			plain, err = tryOTPClient(r, short, data)
		}
		return bytes.TrimRight(plain, "\x00"), err
	}, exchange.Damaged)
}

// characters returns as many bytes of a password as it has characters: all that OTPClient
// took of one before version 4.
func characters(password []byte) []byte { return password[:utf8.RuneCount(password)] }

func tryOTPClient(r *reading.Reader, password, data []byte) ([]byte, error) {
	if !bytes.HasPrefix(data, otpclientName) {
		if len(data) < 48+16 {
			return nil, exchange.Refuse(exchange.NotThatFormat)
		}
		r.Form = "database 1"
		key, err := r.Passwords.PBKDF2(sha512.New, password, data[16:48], 100000, 32)
		if err != nil {
			return nil, err
		}
		return unlock.OpenGCM(key, data[:16], bytes.Clone(data[48:]), data[:48])
	}
	err := exchange.Refuse(exchange.Damaged)
	for _, h := range otpclientHeaders {
		if len(data) < h.size+16 {
			continue
		}
		passes, memory, parallel := h.cost(data, 0), h.cost(data, 1), h.cost(data, 2)
		if passes < 1 || passes > 64 || memory < 8 || memory > exchange.MaxKDFMemory>>10 || parallel < 1 || parallel > 16 {
			continue // not laid out so
		}
		r.Form = h.form
		var key, plain []byte
		if key, err = r.Passwords.Argon2id(password, data[h.salt:h.salt+32], passes, memory, parallel); err != nil {
			return nil, err
		}
		if plain, err = unlock.OpenGCM(key, data[h.nonce:h.nonce+16], bytes.Clone(data[h.size:]), data[:h.size]); err == nil {
			return plain, nil
		}
	}
	return nil, err
}

func (h otpclientHeader) cost(data []byte, i int) int64 {
	return int64(h.order.Uint32(data[h.costs+4*i:]))
}
