// Package google reads and makes the export codes of Google Authenticator, which
// spreads many accounts over several QR codes. [Parse] takes the link in one of them
// apart, [Exports] gathers those of several exports and says which are missing, [Build]
// makes codes of keys. Pictures are read and drawn elsewhere.
package google

import (
	"crypto/sha256"
	"encoding/base64"
	"net/url"
	"strings"

	"seedvault/escrow/exchange"
)

// Part is one code of an export of Google Authenticator, which spreads
// many accounts over several codes.
type Part struct {
	Number  int // from 1
	Of      int // how many the export has
	Entries []Entry

	content func() content // a function: fmt cannot look into it
}

type content struct {
	uri    string
	batch  int32    // the export's number, or 0
	digest [32]byte // of the message, however the link is spelled
}

func newPart(number, of int, entries []Entry, c content) Part {
	return Part{number, of, entries, func() content { return c }}
}

// URI returns the link that the code holds. It is the secrets themselves.
func (p Part) URI() string {
	if p.content == nil {
		return ""
	}
	return p.content().uri
}

// Scheme is how every link of an export begins.
const Scheme = "otpauth-migration://"

const (
	linkPrefix = Scheme + "offline?data="
)

// maxLink is the longest link read, in bytes. A QR code holds less than 3,000;
// a link that was copied may have every character escaped.
const maxLink = 16 << 10

// maxParts of an export: 10,000 accounts at Google's ten a code.
const maxParts = 1000

// IsLink reports whether a text claims to be an export of Google Authenticator.
func IsLink(text string) bool {
	text = strings.TrimSpace(text)
	return len(text) >= len(Scheme) && strings.EqualFold(text[:len(Scheme)], Scheme)
}

// Parse reads the link in one code of an export: otpauth-migration://
// offline?data= and a message. The error is an [*exchange.Error] about the whole code;
// refused accounts have theirs in their entries.
//
// Google publishes no description of the message. What is read here is what its
// app and those that imitate it write: versions 1 and 2, SHA1, SHA256 and SHA512,
// 6 and 8 digits, TOTP of 30 seconds and HOTP. A value that is left out, as
// protobuf does with a zero, is SHA1, 6 digits, TOTP, counter 0: the defaults of
// the Key Uri Format and, for the type, of the importers Aegis and dim13/otpauth.
func Parse(text string) (Part, error) {
	data, err := messageIn(text)
	if err != nil {
		return Part{}, err
	}
	b, err := parseBatch(data)
	if err != nil {
		return Part{}, err
	}
	var entries []Entry
	for i, wire := range b.accounts {
		entries = append(entries, readAccount(i+1, wire))
	}
	return newPart(b.index+1, b.size, entries, content{strings.TrimSpace(text), b.id, sha256.Sum256(data)}), nil
}

// messageIn returns the message in a link. The link is taken apart by hand,
// because the errors of net/url quote it.
func messageIn(text string) ([]byte, error) {
	if !IsLink(text) {
		return nil, exchange.Refuse(exchange.NotGoogle)
	}
	if len(text) > maxLink {
		return nil, exchange.Refuse(exchange.TooLong)
	}
	host, query, _ := strings.Cut(strings.TrimSpace(text)[len(Scheme):], "?")
	if !strings.EqualFold(strings.TrimSuffix(host, "/"), "offline") {
		return nil, exchange.Refuse(exchange.NotGoogle)
	}
	for param := range strings.SplitSeq(query, "&") {
		if data, ok := strings.CutPrefix(param, "data="); ok {
			return decodeBase64(data)
		}
	}
	return nil, exchange.Refuse(exchange.NotGoogle)
}

// standard undoes what happens to base64 on the way: a form turns + into a
// space, and some writers use the alphabet for file names.
var standard = strings.NewReplacer(" ", "+", "-", "+", "_", "/")

func decodeBase64(escaped string) ([]byte, error) {
	text, err := url.PathUnescape(escaped)
	if err != nil {
		return nil, exchange.Refuse(exchange.NotBase64)
	}
	text = strings.TrimRight(standard.Replace(text), "=")
	data, err := base64.RawStdEncoding.Strict().DecodeString(text)
	if err != nil {
		return nil, exchange.Refuse(exchange.NotBase64)
	}
	return data, nil
}
