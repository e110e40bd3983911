package escrow

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"sync"
	"time"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/otpauth"
)

// Seed is the content of one enrolment: its otpauth URI, byte for byte as it
// came in, and what its owner noted beside it. It is a value; the methods that
// change something return a copy. Printing one, with any verb, shows no secret.
type Seed struct {
	// A function, because fmt prints what a pointer in an unexported field
	// points to when the verb does not fit it.
	content func() *content
}

// content is a seed's record with what its first line was judged to be, once.
type content struct {
	*format.Record
	judged sync.Once
	key    otpauth.Key
	err    error
}

func seedOf(r *format.Record) Seed {
	c := &content{Record: r}
	return Seed{func() *content { return c }}
}

// rec returns the seed's record, an empty one for the zero Seed.
func (s Seed) rec() *format.Record {
	if s.content == nil {
		return &format.Record{}
	}
	return s.content().Record
}

// Details are what is kept beside a seed's URI. All of it is optional and lies
// inside the encryption.
type Details struct {
	ID       string    // stays the same over edits; random when empty
	Added    time.Time // kept to the second, in UTC
	By       string    // who or which machine adds it
	Name     string    // the owner's own name for it
	Tags     []string
	Notes    []string
	Recovery []string // the service's recovery codes
	Origin   string   // the format it was imported from
	Other    []string // NAME VALUE: what an import found and has no place for
}

// NewSeed makes a seed of an otpauth URI. The error is otpauth's judgement of
// the URI, an *otpauth.Error, or says that the details are too long.
func NewSeed(uri string, d Details) (Seed, error) {
	if _, err := otpauth.Parse(uri); err != nil {
		return Seed{}, err
	}
	return NewSeedOf(uri, d)
}

// NewSeedOf makes a seed of a line of another scheme, whose codes nobody computes
// here: a vault carries it as it is, and shows it. The error says that line or details
// are too long or no text.
func NewSeedOf(line string, d Details) (Seed, error) {
	if d.ID == "" {
		d.ID = format.NewID()
	}
	r := &format.Record{Line: line}
	r.Add("id", d.ID)
	if !d.Added.IsZero() {
		r.Add("added", format.Time(d.Added))
	}
	r.Add("by", d.By)
	r.Add("name", d.Name)
	for _, t := range d.Tags {
		r.Add("tag", t)
	}
	for _, n := range d.Notes {
		r.Add("note", n)
	}
	for _, c := range d.Recovery {
		r.Add("recovery", c)
	}
	r.Add("origin", d.Origin)
	for _, o := range d.Other {
		r.Add("other", o)
	}
	if _, err := r.Marshal(); err != nil {
		return Seed{}, err
	}
	return seedOf(r), nil
}

// Line returns the seed's first line, normally an otpauth URI. It is the secret
// itself.
func (s Seed) Line() string { return s.rec().Line }

// Key returns the judged URI. It fails, with an *otpauth.Error, for a line of
// another scheme, which a vault carries and shows all the same.
func (s Seed) Key() (otpauth.Key, error) {
	if s.content == nil {
		return otpauth.Parse("")
	}
	c := s.content()
	c.judged.Do(func() { c.key, c.err = otpauth.Parse(c.Line) })
	return c.key, c.err
}

// ID returns the seed's id, 32 hex digits that stay the same across edits, or "" if it has
// none.
func (s Seed) ID() string { return s.get("id") }

// Name returns the owner's own name for the seed, or "".
func (s Seed) Name() string { return s.get("name") }

// By returns who or which machine added the seed: a claim, not a proof.
func (s Seed) By() string { return s.get("by") }

// Origin returns the format that the seed was imported from, or "".
func (s Seed) Origin() string { return s.get("origin") }

// Added returns when the seed was added by the clock of who added it, or the
// zero time.
func (s Seed) Added() time.Time {
	t, err := time.Parse(time.RFC3339, s.get("added"))
	if err != nil {
		return time.Time{}
	}
	return t.UTC()
}

// Tags returns the seed's tags.
func (s Seed) Tags() []string { return s.All("tag") }

// Notes returns the seed's notes.
func (s Seed) Notes() []string { return s.All("note") }

// All returns the values of a key of the seed's record, known to this package
// or not.
func (s Seed) All(key string) []string { return s.rec().All(key) }

func (s Seed) get(key string) string { return s.rec().Get(key) }

// With returns the seed with the values of one key replaced. Every other line
// stays as it is, and so does the id. Values of a key that is not of a-z, 0-9
// and - are refused when the seed is written.
func (s Seed) With(key string, values ...string) Seed {
	if key == "id" {
		return s
	}
	return seedOf(s.rec().With(key, values))
}

// WithLine returns the seed with another otpauth URI, as after a new enrolment
// at the service. The error is otpauth's judgement.
func (s Seed) WithLine(uri string) (Seed, error) {
	if _, err := otpauth.Parse(uri); err != nil {
		return Seed{}, err
	}
	return seedOf(&format.Record{Line: uri, Fields: s.rec().Fields}), nil
}

// Renewed returns the seed as another one: all of it, under a new id. So a seed of one
// vault comes into another, where it may be edited apart from the first.
func (s Seed) Renewed() Seed { return seedOf(s.rec().With("id", []string{format.NewID()})) }

// parseSeed reads a seed's plaintext. Any first line will do: what is not an
// otpauth URI is carried faithfully.
func parseSeed(plain []byte) (Seed, error) {
	r, err := format.ParseRecord(plain)
	if err != nil {
		return Seed{}, err
	}
	return seedOf(r), nil
}

// plaintext gives the bytes to encrypt: those that were read, if the seed was
// read and not changed.
func (s Seed) plaintext() ([]byte, error) {
	r := s.rec()
	if r.Plain != nil {
		return r.Plain, nil
	}
	return r.Marshal()
}

// otherKind reports whether a seed's line is of a kind that is carried and not
// computed, such as motp:// and otpauth://yaotp/: that it gives no code is as it
// should be.
func otherKind(s Seed) bool {
	_, err := s.Key()
	var no *otpauth.Error
	if !errors.As(err, &no) {
		return false
	}
	scheme, rest, ok := strings.Cut(strings.ToLower(s.Line()), "://")
	isScheme := ok && rest != "" && strings.Trim(scheme, "abcdefghijklmnopqrstuvwxyz0123456789+.-") == ""
	return isScheme && (scheme != "otpauth" || no.Reason == otpauth.UnknownType)
}

// givesCode reports whether a seed gives a code at a time.
func givesCode(s Seed, now time.Time) bool {
	key, err := s.Key()
	if err != nil {
		return false
	}
	if key.Type() == otpauth.HOTP {
		_, err = key.HOTP(key.Counter())
	} else {
		_, err = key.Code(now)
	}
	return err == nil
}

const elidedSeed = "Seed(elided)"

// Format keeps the secret out of every verb.
func (s Seed) Format(f fmt.State, _ rune) { io.WriteString(f, elidedSeed) }

// String keeps the secret out of logs.
func (s Seed) String() string { return elidedSeed }

// LogValue keeps the secret out of structured logs.
func (s Seed) LogValue() slog.Value { return slog.StringValue(elidedSeed) }

// MarshalText keeps the secret out of JSON and other encodings.
func (s Seed) MarshalText() ([]byte, error) { return []byte(elidedSeed), nil }
