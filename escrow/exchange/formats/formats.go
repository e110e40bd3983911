// Package formats reads and writes other apps' exports, one file a format.
//
// Start with [Read] for a file of any format: it recognises the content, asks for
// passwords through a callback, and returns each record that it found as an item, taken
// or refused. For the way out start with [NewExport], which says what a format can hold
// before anything is written. [All] is the one table of formats; help, completion and
// documents are made from it. A file that only its own program can open is refused by
// name, with what to do.
//
// # Bounds
//
// A file may say of itself what it likes: no more is read than [exchange.MaxInput],
// unpacked than [exchange.MaxUnpacked], found than [exchange.MaxRecords], and no key
// derivation is tried that asks for more than [exchange.MaxKDFMemory], or for minutes. JSON
// and CSV are read where they stand, without a tree of them in memory; XML may have no
// document type; of a zip only the one file is unpacked that a format needs.
//
// # Where the facts come from
//
// Each format names its source, the app's own document where there is one and else
// the code that writes or reads it, in [Format].Source. What the format is in short
// stands above its variable.
//
// # A new format
//
// A format is one file with the same few parts: a variable of type [Format] with its
// name, its forms, its source, what it holds, and how it is recognised, read and
// perhaps written; and one line in [All]. The tests want a sample of every form,
// made without the reader's code, and a fuzz target. The recipe is in CONTRIBUTING.
package formats

import (
	"fmt"
	"io"
	"log/slog"

	"filippo.io/age"

	"seedvault/escrow/exchange"
	"seedvault/escrow/exchange/google"
	"seedvault/escrow/exchange/internal/reading"
	"seedvault/escrow/otpauth"
)

// Format is one export format of one app: how it is recognised, how it is read,
// what it holds and, if it can be written, how. All of them are in [All].
type Format struct {
	Name   string         // one word, for --from and --to
	App    string         // the app or the standard, as its makers write it
	Forms  []Form         // the forms that are read
	Source string         // where the format is described
	Holds  exchange.Holds // what it can carry, so what a file in it can give and take

	Refused exchange.Reason // set where the format is recognised to be refused by name

	recognise func(in *reading.Input) bool
	read      func(r *reading.Reader, in *reading.Input) error
	write     func(w *writing, records []exchange.Record) ([]byte, error)
	fits      func(exchange.Record) error // what Holds cannot say; may be nil
}

// Form is one form of a format.
type Form struct {
	Name      string
	Encrypted bool
}

// Writes reports whether the format can be written.
func (f *Format) Writes() bool { return f.write != nil }

// Reads reports whether the format can be read. Others are recognised, so that
// they can be refused by name.
func (f *Format) Reads() bool { return f.read != nil }

// What most formats can carry: whatever package otpauth computes.
var (
	allAlgorithms = []otpauth.Algorithm{otpauth.SHA1, otpauth.SHA256, otpauth.SHA512}
	anyDigits     = exchange.Range{From: 1, To: 10}
	anyPeriod     = exchange.Range{From: 1, To: 86400}
)

// Named returns the format with a name. The error is the reason [exchange.UnknownFormat].
func Named(name string) (*Format, error) {
	for _, f := range All() {
		if f.Name == name {
			return f, nil
		}
	}
	return nil, exchange.Refuse(exchange.UnknownFormat)
}

// All returns every format, in the order in which they are tried on a file:
// those that look closest come first. Help, completion, documents and tests are
// made from it; a new format is one file and one line here.
func All() []*Format {
	return []*Format{
		googleCodes, ente, pass, uris, ageBundle,
		zipCrypto, raivo, onepassword, protonPass, cxf, zippedURIs,
		aegis, aegisEncrypted, twofas, stratum, freeotpPlus, freeotp1, freeotp2,
		bitwardenRestricted, cotp, bitwarden, bitwardenAuthenticator, keepassxc, kdbx, apple,
		proton, lastpass, twofauth, duo, browserExtension, authy, steam, otpclient, pskc,
		openPGP, sqlite, sqlcipher, winauth, totpAuthenticator,
		csvTable, andotp,
	}
}

// File is one file to be read. Its content may be secret; printing it shows
// nothing.
type File struct {
	Name string // as the caller names it; the content decides what it is, the name only where the content cannot
	data func() []byte
}

// NewFile makes a file of its content, which stays the caller's.
func NewFile(name string, data []byte) File {
	return File{name, func() []byte { return data }}
}

// input looks at the content.
func (f File) input() (*reading.Input, error) {
	if f.data == nil {
		return reading.NewInput(f.Name, nil)
	}
	return reading.NewInput(f.Name, f.data())
}

// Options are what reading may need beside the file. All of them may be left out.
type Options struct {
	// From insists on a format, by name, instead of recognising one.
	From string
	// Password is asked for passwords until one is right; its error ends reading.
	Password func(exchange.PasswordRequest) (string, error)
	// Cost hears what trying a password takes, before it is spent; its error ends
	// reading.
	Cost func(exchange.Cost) error
	// Pictures returns the texts of the QR codes in a picture.
	Pictures func([]byte) ([]string, error)
	// Identities open files encrypted with age.
	Identities []age.Identity
	// Exports notes which parts of Google's exports have come, over several files.
	Exports *google.Exports
}

// Reading is what was found in a file.
type Reading struct {
	Format  string // the format's name
	Form    string // which form of it
	Items   []exchange.Item
	Notices []exchange.Notice // about the file as a whole
}

// Read takes a file apart. An error is about the whole file, and then nothing of
// it is taken: an [*exchange.Error] with the reason, or what Password or Cost returned.
// Each record that was found is an item, taken or refused.
func Read(file File, o Options) (Reading, error) {
	in, err := file.input()
	if err != nil {
		return Reading{}, err
	}
	f, err := formatOf(in, o.From)
	if err != nil {
		return Reading{}, err
	}
	if f.Refused != "" {
		return Reading{Format: f.Name}, exchange.Refuse(f.Refused)
	}
	r := o.reading(file.Name, f.Name)
	if err := f.read(r, in); err != nil {
		return Reading{Format: f.Name}, err
	}
	return Reading{f.Name, r.Form, r.Items, r.Notices}, nil
}

// reading returns what a format reads with.
func (o Options) reading(source, format string) *reading.Reader {
	r := &reading.Reader{Source: source, Format: format, Pictures: o.Pictures, Identities: o.Identities, Exports: o.Exports}
	if r.Exports == nil {
		r.Exports = &google.Exports{}
	}
	r.Passwords.Cost = o.Cost
	if o.Password != nil {
		r.Passwords.Ask = func(tries int) (string, error) {
			return o.Password(exchange.PasswordRequest{Source: source, Format: format, Tries: tries})
		}
	}
	return r
}

// Recognise returns the format that a file is read as. The error is an [*exchange.Error].
func Recognise(file File) (*Format, error) {
	in, err := file.input()
	if err != nil {
		return nil, err
	}
	return formatOf(in, "")
}

// formatOf finds the format: the one that is named, or the first that recognises
// the content.
func formatOf(in *reading.Input, name string) (*Format, error) {
	if name != "" {
		return Named(name)
	}
	for _, f := range All() {
		if f.recognise(in) {
			return f, nil
		}
	}
	return nil, exchange.Refuse(exchange.NotRecognised)
}

const elided = "(elided)"

// Format keeps identities out of every verb.
func (o Options) Format(s fmt.State, _ rune) { io.WriteString(s, "formats.Options"+elided) }

// LogValue keeps identities out of structured logs.
func (o Options) LogValue() slog.Value { return slog.StringValue("formats.Options" + elided) }

// Format keeps the content out of every verb.
func (f File) Format(s fmt.State, _ rune) { io.WriteString(s, "formats.File"+elided) }

// LogValue keeps the content out of structured logs.
func (f File) LogValue() slog.Value { return slog.StringValue("formats.File" + elided) }
