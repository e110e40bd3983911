package exchange

import (
	"bytes"
	"crypto/sha512"
	"encoding/binary"
	"strings"
	"unicode/utf8"
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
	recognise: func(in *input) bool {
		return bytes.HasPrefix(in.data, otpclientName) || in.listHas("type", "label", "secret", "algo", "digits") ||
			in.text == "" && in.zip == nil && strings.HasSuffix(in.name, ".enc") && len(in.data) > 48+16
	},
	read: readOTPClient,
}

var otpclientHolds = Holds{TOTP: true, HOTP: true, Steam: true, Algorithms: allAlgorithms, Digits: Range{4, 10}, Period: Range{10, 120}}

var otpclientName = []byte("OTPClient")

func readOTPClient(r *reading, in *input) error {
	list := in.json
	r.form = "plain"
	if list == "" {
		var err error
		if list, err = openOTPClient(r, in.data); err != nil {
			return err
		}
	}
	if !list.isArray() {
		return refuse(NotThatFormat)
	}
	for i, e := range list.elements() {
		d := draft{
			kind: e.str("type"), issuer: e.str("issuer"), account: e.str("label"), secret: e.str("secret"),
			algorithm: e.str("algo"), digits: e.str("digits"), period: e.str("period"), counter: e.str("counter"),
		}
		if strings.EqualFold(d.issuer, "steam") && !strings.EqualFold(d.kind, "hotp") {
			d.kind = "steam" // OTPClient knows Steam by this name
		}
		d.noParameters()
		d.details.tag(e.str("group"))
		r.rest(e, &d.details, "type", "issuer", "label", "secret", "algo", "digits", "period", "counter", "group")
		if err := r.add(Place{Kind: AtEntry, N: i}, d); err != nil {
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

func openOTPClient(r *reading, data []byte) (list node, err error) {
	return r.unlockJSON(func(password []byte) ([]byte, error) {
		plain, err := tryOTPClient(r, password, data)
		if short := characters(password); isWrongPassword(err) && len(short) < len(password) {
			plain, err = tryOTPClient(r, short, data)
		}
		return bytes.TrimRight(plain, "\x00"), err
	}, Damaged)
}

// characters is as many bytes of a password as it has characters: all that OTPClient
// took of one before version 4.
func characters(password []byte) []byte { return password[:utf8.RuneCount(password)] }

func tryOTPClient(r *reading, password, data []byte) ([]byte, error) {
	if !bytes.HasPrefix(data, otpclientName) {
		if len(data) < 48+16 {
			return nil, refuse(NotThatFormat)
		}
		r.form = "database 1"
		key, err := r.pbkdf2(sha512.New, password, data[16:48], 100000, 32)
		if err != nil {
			return nil, err
		}
		return openGCM(key, data[:16], bytes.Clone(data[48:]), data[:48])
	}
	err := refuse(Damaged)
	for _, h := range otpclientHeaders {
		if len(data) < h.size+16 {
			continue
		}
		passes, memory, parallel := h.cost(data, 0), h.cost(data, 1), h.cost(data, 2)
		if passes < 1 || passes > 64 || memory < 8 || memory > MaxKDFMemory>>10 || parallel < 1 || parallel > 16 {
			continue // not laid out so
		}
		r.form = h.form
		var key, plain []byte
		if key, err = r.argon2id(password, data[h.salt:h.salt+32], passes, memory, parallel); err != nil {
			return nil, err
		}
		if plain, err = openGCM(key, data[h.nonce:h.nonce+16], bytes.Clone(data[h.size:]), data[:h.size]); err == nil {
			return plain, nil
		}
	}
	return nil, err
}

func (h otpclientHeader) cost(data []byte, i int) int64 {
	return int64(h.order.Uint32(data[h.costs+4*i:]))
}
