package pictures

import (
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"net/url"

	"github.com/skip2/go-qrcode"
	"google.golang.org/protobuf/encoding/protowire"
)

// Code is a QR symbol as it is printed: its modules, without a quiet zone.
type Code struct {
	Text string
	Dark [][]bool // rows of columns
}

// Levels of error correction, from the one that stands least damage.
const (
	Low      = qrcode.Low
	Medium   = qrcode.Medium
	Quartile = qrcode.High
	High     = qrcode.Highest
)

// NewCode returns the symbol of a text.
func NewCode(text string, level qrcode.RecoveryLevel) Code {
	code, err := qrcode.New(text, level)
	if err != nil {
		panic(err) // texts are chosen so that they fit
	}
	code.DisableBorder = true
	return Code{text, code.Bitmap()}
}

// Side returns how many modules a symbol has a side.
func (c Code) Side() int { return len(c.Dark) }

// mirrored returns the symbol as seen from behind.
func (c Code) mirrored() Code {
	flipped := make([][]bool, len(c.Dark))
	for y, row := range c.Dark {
		for x := range row {
			flipped[y] = append(flipped[y], row[len(row)-1-x])
		}
	}
	return Code{c.Text, flipped}
}

const base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"

// URI returns a made-up otpauth address of the length that services give out.
func URI(r *rand.Rand) string {
	secret := make([]byte, []int{16, 26, 32, 32, 52, 64}[r.IntN(6)])
	for i := range secret {
		secret[i] = base32[r.IntN(32)]
	}
	issuer := []string{"Acme", "Example%20Bank", "Northwind%20Cloud", "Git", "Amazon%20Web%20Services"}[r.IntN(5)]
	return fmt.Sprintf("otpauth://totp/%s:user%d@example.com?secret=%s&issuer=%s", issuer, r.IntN(1000), secret, issuer)
}

// Export returns a made-up export of so many accounts, as Google Authenticator shows it.
func Export(r *rand.Rand, accounts int) string {
	var payload []byte
	for i := range accounts {
		secret := make([]byte, 20)
		for j := range secret {
			secret[j] = byte(r.IntN(256))
		}
		var entry []byte
		entry = protowire.AppendTag(entry, 1, protowire.BytesType)
		entry = protowire.AppendBytes(entry, secret)
		entry = protowire.AppendTag(entry, 2, protowire.BytesType)
		entry = protowire.AppendString(entry, fmt.Sprintf("Example Corp %d:anna@example.com", i))
		entry = protowire.AppendTag(entry, 3, protowire.BytesType)
		entry = protowire.AppendString(entry, fmt.Sprintf("Example Corp %d", i))
		entry = appendNumbers(entry, 4, 1, 1, 2) // SHA-1, six digits, by time
		payload = protowire.AppendTag(payload, 1, protowire.BytesType)
		payload = protowire.AppendBytes(payload, entry)
	}
	payload = appendNumbers(payload, 2, 1, 1, 0, 7) // version 1; of one code the first; a batch's number
	return "otpauth-migration://offline?data=" + url.QueryEscape(base64.StdEncoding.EncodeToString(payload))
}

// appendNumbers appends fields of numbers, counted from first.
func appendNumbers(to []byte, first protowire.Number, values ...uint64) []byte {
	for i, value := range values {
		to = protowire.AppendTag(to, first+protowire.Number(i), protowire.VarintType)
		to = protowire.AppendVarint(to, value)
	}
	return to
}
