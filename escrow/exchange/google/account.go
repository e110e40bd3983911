package google

import (
	"encoding/base32"
	"math"
	"strings"
	"time"

	"seedvault/escrow/exchange"
	"seedvault/escrow/otpauth"
)

// account is one account as Google's codes carry it: no period, and values
// from short lists. It is never printed.
type account struct {
	secret       []byte
	name, issuer string
	algorithm    uint64
	digits       uint64
	kind         uint64
	counter      uint64
}

// What the numbers mean. In each list 0 is "unspecified", which is read as the
// default and never written. 4 is MD5, and is no algorithm of RFC 6238.
var (
	algorithms  = []otpauth.Algorithm{otpauth.SHA1, otpauth.SHA1, otpauth.SHA256, otpauth.SHA512}
	digitCounts = []int{6, 6, 8}
	types       = []otpauth.Type{otpauth.TOTP, otpauth.HOTP, otpauth.TOTP}
)

const (
	md5    = 4
	period = 30 * time.Second
)

// readAccount judges one account of a code. Its names are shown only where all
// of it could be read: of a damaged account nobody knows which bytes they are.
func readAccount(position int, wire []byte) Entry {
	a, err := parseAccount(wire)
	if err != nil {
		return entry(position, "", otpauth.Key{}, err)
	}
	issuer, account := a.names()
	k, err := a.key()
	return entry(position, exchange.Label(issuer, account, a.secret), k, err)
}

func parseAccount(wire []byte) (account, error) {
	m, err := accountSchema.parse(wire)
	if err != nil {
		return account{}, err
	}
	for _, values := range m.bytes {
		if len(values) > 1 {
			return account{}, exchange.Refuse(exchange.Damaged)
		}
	}
	only := func(values [][]byte) []byte {
		if len(values) == 0 {
			return nil
		}
		return values[0]
	}
	return account{
		secret:    only(m.bytes[accountSecret]),
		name:      string(only(m.bytes[accountName])),
		issuer:    string(only(m.bytes[accountIssuer])),
		algorithm: m.numbers[accountAlgorithm],
		digits:    m.numbers[accountDigits],
		kind:      m.numbers[accountType],
		counter:   m.numbers[accountCounter],
	}, nil
}

func (a account) encode() []byte {
	b := appendBytes(nil, accountSecret, a.secret)
	b = appendBytes(b, accountName, []byte(a.name))
	b = appendBytes(b, accountIssuer, []byte(a.issuer))
	b = appendNumber(b, accountAlgorithm, a.algorithm)
	b = appendNumber(b, accountDigits, a.digits)
	b = appendNumber(b, accountType, a.kind)
	return appendNumber(b, accountCounter, a.counter)
}

// key makes an otpauth URI of the account, and judges it. The number of digits
// is always in it, so that an account of the issuer Steam stays what Google's
// app showed.
func (a account) key() (otpauth.Key, error) {
	switch {
	case a.algorithm == md5:
		return otpauth.Key{}, exchange.Refuse(exchange.MD5)
	case a.algorithm >= uint64(len(algorithms)):
		return otpauth.Key{}, exchange.Refuse(exchange.UnknownAlgorithm)
	case a.digits >= uint64(len(digitCounts)):
		return otpauth.Key{}, exchange.Refuse(exchange.UnknownDigits)
	case a.kind >= uint64(len(types)):
		return otpauth.Key{}, exchange.Refuse(exchange.UnknownType)
	case a.counter > math.MaxInt64:
		return otpauth.Key{}, exchange.Refuse(exchange.BadCounter)
	}
	issuer, account := a.names()
	return otpauth.Build(otpauth.Params{
		Type:      types[a.kind],
		Issuer:    issuer,
		Account:   account,
		Secret:    otpauth.SecretOf(base32.StdEncoding.EncodeToString(a.secret)),
		Algorithm: string(algorithms[a.algorithm]),
		Digits:    digitCounts[a.digits],
		Counter:   a.counter,
	})
}

// names returns issuer and account as they came, save that an issuer which
// stands before the account too stands there no longer. Bytes that are no text
// are replaced: a name makes no code, and is no reason to refuse one.
func (a account) names() (issuer, account string) {
	issuer = strings.TrimSpace(strings.ToValidUTF8(a.issuer, "\uFFFD"))
	account = strings.TrimSpace(strings.ToValidUTF8(a.name, "\uFFFD"))
	if rest, ok := strings.CutPrefix(account, issuer+":"); ok && issuer != "" {
		account = strings.TrimSpace(rest)
	}
	return issuer, account
}

// accountOf is the reverse of key. It refuses what would come back as another
// key, or not at all.
func accountOf(k otpauth.Key) (account, error) {
	a := account{secret: k.Secret(), issuer: k.Issuer(), name: k.Account()}
	switch k.Type() {
	case otpauth.TOTP:
		a.kind = 2
		if k.Period() != period {
			return a, exchange.Refuse(exchange.NotCarriedPeriod)
		}
	case otpauth.HOTP:
		a.kind, a.counter = 1, k.Counter()
		if a.counter > math.MaxInt64 {
			return a, exchange.Refuse(exchange.NotCarriedCounter)
		}
	default:
		return a, exchange.Refuse(exchange.NotCarriedType)
	}
	switch k.Digits() {
	case 6:
		a.digits = 1
	case 8:
		a.digits = 2
	default:
		return a, exchange.Refuse(exchange.NotCarriedDigits)
	}
	switch k.Algorithm() {
	case otpauth.SHA1:
		a.algorithm = 1
	case otpauth.SHA256:
		a.algorithm = 2
	case otpauth.SHA512:
		a.algorithm = 3
	}
	a.prefix(k.LabelIssuer())
	return a, nil
}

// prefix puts an issuer before the name where it would be lost or misread
// otherwise: one that differs from the other issuer, or whose text is how the
// account begins.
func (a *account) prefix(labelIssuer string) {
	if _, account := a.names(); account != a.name {
		a.name = a.issuer + ":" + a.name
	} else if labelIssuer != "" && labelIssuer != a.issuer {
		a.name = labelIssuer + ":" + a.name
	}
}
