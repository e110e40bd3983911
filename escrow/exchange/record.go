package exchange

import (
	"crypto/sha256"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"
	"time"

	"seedvault/escrow/otpauth"
)

// Record is one enrolment on its way in or out: an otpauth URI and what stands
// beside it. It is a value; printing it, with any verb, shows nothing of it.
type Record struct {
	// A function, because fmt prints what a pointer in an unexported field
	// points to when the verb does not fit it.
	content func() *recordContent
}

type recordContent struct {
	line    string
	key     otpauth.Key
	details Details
}

// Details are what an export holds beside the URI. Notes and recovery codes may
// be as secret as the seed: printing a Details shows nothing, save with the verb %p
// or out of an unexported field of another struct.
type Details struct {
	Name     string    // the owner's own name for it, where issuer and account do not say it
	Tags     []string  // tags, groups, folders
	Notes    []string  // verbatim, with what recovery codes stand in them
	Recovery []string  // the service's recovery codes, where an export has a field for them
	Added    time.Time // when it was made in the other app; zero if it does not say
	Origin   string    // the name of the format
	Other    []Field   // what has no place elsewhere, in the order of the file
}

// Field is something that an app keeps and that has no place in a seed. Its name
// has neither spaces nor control characters.
type Field struct{ Name, Value string }

// NewRecord makes a record of a seed's first line, which may be a line that is no
// otpauth URI: it then has no key.
func NewRecord(line string, d Details) Record {
	key, _ := otpauth.Parse(line)
	return newRecord(line, key, d)
}

// RecordOf makes a record of a key that is judged already.
func RecordOf(key otpauth.Key, d Details) Record { return newRecord(key.URI(), key, d) }

func newRecord(line string, key otpauth.Key, d Details) Record {
	c := &recordContent{line, key, d}
	return Record{func() *recordContent { return c }}
}

func (r Record) rec() *recordContent {
	if r.content == nil {
		return &recordContent{}
	}
	return r.content()
}

// Line returns the seed's first line, normally an otpauth URI: the secret itself.
func (r Record) Line() string { return r.rec().line }

// Key returns the judged URI. It is the zero Key for kinds of codes that seedvault
// carries and does not compute: mOTP's and Yandex's.
func (r Record) Key() otpauth.Key { return r.rec().key }

// Details returns what stands beside the URI.
func (r Record) Details() Details { return r.rec().details }

// Label returns issuer and account for a person, or where there are none the
// name. It is empty where they hold the secret itself.
func (r Record) Label() string {
	c := r.rec()
	label := Label(c.key.Issuer(), c.key.Account(), c.key.Secret())
	if label == "" {
		label = Label("", c.details.Name, c.key.Secret())
	}
	return label
}

// EnrolmentDigest is equal for two records of the same enrolment. The secret
// cannot be recovered from it.
type EnrolmentDigest [sha256.Size]byte

// EnrolmentDigest returns a digest of all that determines the codes, and of the names without
// regard to case and to how much space there is. The spelling of the URI, notes and tags
// do not count. So one secret under two algorithms or for two accounts is two enrolments,
// and one that two apps have exported is one. Of a record without a key its whole line
// counts.
func (r Record) EnrolmentDigest() EnrolmentDigest {
	c := r.rec()
	k := c.key
	if k.Type() == "" {
		return sha256.Sum256([]byte("line\x00" + c.line))
	}
	issuer, account := canonicalNames(k)
	return sha256.Sum256(fmt.Appendf(nil, "%s\x00%x\x00%s\x00%d\x00%v\x00%d\x00%q\x00%q",
		k.Type(), k.Secret(), k.Algorithm(), k.Digits(), k.Period(), k.Counter(), issuer, account))
}

// canonicalNames undoes what apps do to names: an issuer that stands before the
// account too, or instead of it, is one issuer.
func canonicalNames(k otpauth.Key) (issuer, account string) {
	fold := func(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }
	issuer, account = fold(k.Issuer()), fold(k.Account())
	if rest, ok := strings.CutPrefix(account, issuer+":"); ok && issuer != "" {
		account = strings.TrimSpace(rest)
	}
	return issuer, account
}

// Clone returns details that share nothing with d.
func (d Details) Clone() Details {
	d.Tags, d.Notes, d.Recovery, d.Other = slices.Clone(d.Tags), slices.Clone(d.Notes), slices.Clone(d.Recovery), slices.Clone(d.Other)
	return d
}

// AddOther notes a value that has no place elsewhere, unless it is empty.
func (d *Details) AddOther(name, value string) {
	if value != "" {
		d.Other = append(d.Other, Field{FieldName(name), value})
	}
}

// AddNote adds a note, unless it is empty.
func (d *Details) AddNote(text string) {
	if strings.TrimSpace(text) != "" {
		d.Notes = append(d.Notes, text)
	}
}

// AddTag adds a tag, once.
func (d *Details) AddTag(text string) {
	if text = oneLine(text); text != "" && !slices.Contains(d.Tags, text) {
		d.Tags = append(d.Tags, text)
	}
}

// Get returns the first value of the name under Other, "" for none.
func (d Details) Get(name string) string {
	for _, f := range d.Other {
		if f.Name == name {
			return f.Value
		}
	}
	return ""
}

// FieldName makes a word of a name: at most 60 bytes, with hyphens for spaces and control
// characters, "unnamed" for nothing.
func FieldName(s string) string {
	s = strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r <= ' ' || r == 0x7f || r == 0xa0 || r == 0x3000 }), "-")
	if len(s) > 60 {
		s = strings.ToValidUTF8(s[:60], "")
	}
	if s == "" {
		return "unnamed"
	}
	return s
}

// oneLine puts a name on one line.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

const elided = "(elided)"

// Format keeps the secret out of every verb.
func (r Record) Format(f fmt.State, _ rune) { io.WriteString(f, "exchange.Record"+elided) }

// String keeps the secret out of text.
func (r Record) String() string { return "exchange.Record" + elided }

// LogValue keeps the secret out of structured logs.
func (r Record) LogValue() slog.Value { return slog.StringValue(r.String()) }

// MarshalText keeps the secret out of JSON and other encodings.
func (r Record) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// Format keeps notes and recovery codes out of every verb.
func (d Details) Format(f fmt.State, _ rune) { io.WriteString(f, "exchange.Details"+elided) }

// String keeps notes and recovery codes out of text.
func (d Details) String() string { return "exchange.Details" + elided }

// LogValue keeps notes and recovery codes out of structured logs.
func (d Details) LogValue() slog.Value { return slog.StringValue(d.String()) }

// MarshalText keeps notes and recovery codes out of JSON and other encodings.
func (d Details) MarshalText() ([]byte, error) { return []byte(d.String()), nil }
