package google

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"net/url"
	"slices"

	"seedvault/escrow/exchange"
	"seedvault/escrow/otpauth"
)

// Limit is how long a link is that phones read well from a screen, in
// bytes: what a QR code of version 25 holds at error-correction level M. Google's
// own codes are up to some 1,250 bytes long, and not every phone reads those.
const Limit = 997

const (
	// perCode is how many accounts Google's own codes hold at most.
	perCode = 10
	// maxCode is what the largest QR code holds, in bytes.
	maxCode = 2953
)

// Build makes an export of keys that Google Authenticator takes, in their
// order: as few codes as a link of limit bytes allows, [Limit] where limit
// is 0. A key that is longer alone has a code of its own. The entries of a part
// have the positions of their keys in the list; equal lists make equal codes, so
// that codes shown on two days belong together.
//
// The codes carry no period, so that 30 seconds is all they can mean, no Steam,
// no digits but 6 and 8, and no counter above 2^63-1: other keys are refused, each
// with its reason and its position. They do carry SHA256, SHA512 and 8 digits,
// but Google Authenticator is reported to compute such codes wrongly in some
// versions (on Android up to 2022 at least it showed SHA1's, without a word), so
// that the phone's code is to be compared before anybody relies on it.
func Build(keys []otpauth.Key, limit int) (parts []Part, refused []Entry) {
	if limit == 0 {
		limit = Limit
	}
	var all packing
	for i, k := range keys {
		wire, err := wireOf(k)
		if err == nil {
			err = all.add(wire, limit)
		}
		e := entry(i+1, exchange.Label(k.Issuer(), k.Account(), k.Secret()), k, err)
		if err != nil {
			refused = append(refused, e)
			continue
		}
		last := &all[len(all)-1]
		last.entries = append(last.entries, e)
	}
	return all.parts(), refused
}

// wireOf returns a key as an account on the wire.
func wireOf(k otpauth.Key) ([]byte, error) {
	a, err := accountOf(k)
	if err != nil {
		return nil, err
	}
	wire := a.encode()
	if linkRoom([][]byte{wire}) > maxCode {
		return nil, exchange.Refuse(exchange.NotCarriedLength)
	}
	return wire, nil
}

// packing is what goes into which code.
type packing []packedCode

type packedCode struct {
	wires   [][]byte
	entries []Entry
}

// add puts an account into the last code, or a new one.
func (all *packing) add(wire []byte, limit int) error {
	if n := len(*all); n > 0 {
		last := &(*all)[n-1]
		more := append(slices.Clip(last.wires), wire)
		if len(more) <= perCode && linkRoom(more) <= limit {
			last.wires = more
			return nil
		}
	}
	if len(*all) == maxParts {
		return exchange.Refuse(exchange.NotCarriedMany)
	}
	*all = append(*all, packedCode{wires: [][]byte{wire}})
	return nil
}

func (all packing) parts() []Part {
	var parts []Part
	id := all.exportID()
	for i, code := range all {
		data := batch{code.wires, len(all), i, id}.encode()
		parts = append(parts, newPart(i+1, len(all), code.entries, content{link(data), id, sha256.Sum256(data)}))
	}
	return parts
}

// exportID returns a number for all the codes of an export, by which a reader tells
// them from another's. It comes from the keys, not from chance.
func (all packing) exportID() int32 {
	h := sha256.New()
	for _, code := range all {
		h.Write(batch{accounts: code.wires}.encode())
	}
	n := binary.BigEndian.Uint32(h.Sum(nil))
	return int32(max(n>>1, 1)) // 0 would be none
}

// link writes a message as Google does: in standard base64 with every +, / and =
// escaped.
func link(data []byte) string {
	return linkPrefix + url.QueryEscape(base64.StdEncoding.EncodeToString(data))
}

// linkRoom returns the longest that a link with these accounts can be, whatever the
// numbers of their part and of the export. Those take at most 12 bytes; what they
// make of the base64 around them is two more, and all of it may have to be escaped.
func linkRoom(wires [][]byte) int {
	return len(link(batch{accounts: wires}.encode())) + len("%2B")*base64.StdEncoding.EncodedLen(12+2)
}

// Fits returns why a code cannot hold a key, nil if it can.
func Fits(k otpauth.Key) error {
	_, err := wireOf(k)
	return err
}
