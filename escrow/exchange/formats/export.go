package formats

import (
	"bytes"
	"crypto/rand"
	"encoding/base32"
	"encoding/hex"
	"encoding/json"
	"io"
	"slices"
	"strings"
	"time"

	"filippo.io/age"

	"seedvault/escrow/exchange"
	"seedvault/escrow/otpauth"
)

// Export is an export that is ready to be written: what goes into it, what cannot,
// and what stays behind of what goes. All of that is known before anything is
// written.
type Export struct {
	format  *Format
	Items   []exchange.Item // one for each record, in their order; a refused one has its reason, another its notices
	records []exchange.Record
}

// NewExport sorts records into those that a format can hold as they are and those
// that it cannot, which are refused: nothing is changed to fit. The error says that there
// is no such format, or that it can only be read.
func NewExport(format string, records []exchange.Record) (Export, error) {
	f, err := Named(format)
	if err != nil {
		return Export{}, err
	}
	if !f.Writes() {
		return Export{}, exchange.Refuse(exchange.CannotWrite)
	}
	e := Export{format: f}
	for i, rec := range records {
		item := exchange.Item{Format: f.Name, Position: exchange.Position{Kind: exchange.AtEntry, N: i + 1}, Label: rec.Label(), Record: rec}
		if item.Err = f.check(rec); item.Err == nil {
			e.records = append(e.records, rec)
			if names := f.leaves(rec); names != nil {
				item.Notices = append(item.Notices, exchange.Notice{What: exchange.NotCarriedDetails, Names: names})
			}
		}
		e.Items = append(e.Items, item)
	}
	return e, nil
}

// check returns why a format cannot hold a record, nil if it can.
func (f *Format) check(rec exchange.Record) error {
	if reason := f.Holds.Carries(rec); reason != "" {
		return exchange.Refuse(reason)
	}
	if f.fits != nil {
		return f.fits(rec)
	}
	return nil
}

// leaves names what stays behind of a record that a format can hold.
func (f *Format) leaves(rec exchange.Record) []string {
	k, d := rec.Key(), rec.Details()
	names := f.Holds.Leaves(d)
	if k.LabelIssuer() != "" && k.LabelIssuer() != k.Issuer() && !f.Holds.Issuers && !f.Holds.URI {
		names = append(names, "label-issuer")
	}
	if !f.Holds.URI {
		names = append(names, otherParameters(k)...)
	}
	return names
}

// canonicalURI spells a key as every app reads it: what came from an app may have
// spellings that others take for a default, such as algorithm=Algorithm.sha256.
func canonicalURI(k otpauth.Key) string {
	built, err := otpauth.Build(otpauth.Params{
		Type: k.Type(), Issuer: k.Issuer(), Account: k.Account(), Secret: otpauth.SecretOf(secretOf(k)),
		Algorithm: string(k.Algorithm()), Digits: k.Digits(), Period: int(k.Period().Seconds()), Counter: k.Counter(),
	})
	if err != nil || exchange.RecordOf(built, exchange.Details{}).EnrolmentDigest() != exchange.RecordOf(k, exchange.Details{}).EnrolmentDigest() {
		return k.URI() // nothing that a judged key is known to do
	}
	return built.ASCII()
}

// otherParameters returns the names of a URI's parameters that make no codes and that
// package otpauth knows nothing of, such as image.
func otherParameters(k otpauth.Key) (names []string) {
	_, query, _ := strings.Cut(k.URI(), "?")
	for part := range strings.SplitSeq(query, "&") {
		name, value, _ := strings.Cut(part, "=")
		switch strings.ToLower(name) {
		case "", "secret", "issuer", "algorithm", "digits", "period", "counter", "encoder", "steam":
		default:
			if value != "" && len(name) <= 30 && len(names) < 20 {
				if name = exchange.FieldName(name); !slices.Contains(names, name) {
					names = append(names, name)
				}
			}
		}
	}
	return names
}

// Len returns how many records the export holds.
func (e Export) Len() int { return len(e.records) }

// Encrypted reports whether what is written is: otherwise the seeds lie in it in
// clear, for whoever reads it.
func (e Export) Encrypted() bool { return e.format == aegisEncrypted || e.format == ageBundle }

// WriteOptions are what an export may need beside the records.
type WriteOptions struct {
	Now        time.Time       // for the formats that say when
	Password   func() string   // for those with one
	Recipients []age.Recipient // for age
	Armor      bool            // for age: as text
}

// writing is the options in the hands of a format.
type writing struct {
	now        time.Time
	password   string
	recipients []age.Recipient
	armor      bool
}

// Write writes the export: secrets, and in most formats in clear. The error is that of
// writing to w, or says that a password or a recipient is needed.
func (e Export) Write(w io.Writer, o WriteOptions) error {
	password := ""
	if o.Password != nil {
		password = o.Password()
	}
	data, err := e.format.write(&writing{o.Now, password, o.Recipients, o.Armor}, e.records)
	if err != nil {
		return err
	}
	_, err = w.Write(data)
	return err
}

// encodeJSON writes JSON as people may have to read it, and names as they are.
func encodeJSON(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(v)
	return b.Bytes(), err
}

// newUUID returns a random UUID, version 4.
func newUUID() string {
	b := random(16)
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	h := hex.EncodeToString(b)
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}

// secretOf returns a key's secret as most formats have it: base32 without padding.
func secretOf(k otpauth.Key) string {
	return base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(k.Secret())
}

func random(n int) []byte {
	b := make([]byte, n)
	rand.Read(b)
	return b
}
