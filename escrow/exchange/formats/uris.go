package formats

import (
	"net/url"
	"strings"
	"time"

	"seedvault/escrow/exchange"
	"seedvault/escrow/exchange/google"
	"seedvault/escrow/exchange/internal/parse"
	"seedvault/escrow/exchange/internal/reading"
	"seedvault/escrow/otpauth"
)

// A list of otpauth URIs, one a line, is what most apps can write and read.
// Comments are lines that begin with #: those right above a URI are notes on it.
//
// What is written here for other apps is the URIs alone. The list inside an age file
// of ours says so in its first line, and then a comment above a URI is a line of the
// seed's record, as FORMAT.md has it: "# note to be renewed".
var uris = &Format{
	Name: "uris", App: "otpauth URIs",
	Forms:  []Form{{Name: "list"}, {Name: "seedvault list"}},
	Source: "https://github.com/google/google-authenticator/wiki/Key-Uri-Format",
	Holds: exchange.Holds{
		TOTP: true, HOTP: true, Steam: true, MOTP: true, Yandex: true,
		Algorithms: allAlgorithms, Digits: anyDigits, Period: anyPeriod,
		URI: true,
	},
	recognise: func(in *reading.Input) bool { return in.JSON == "" && in.Root == "" && isURIList(in.Text) },
	read:      readURIs,
	write:     writeURIs,
}

const ownList = "# seedvault uris 1"

func isURI(line string) bool {
	return parse.HasPrefixFold(line, "otpauth:") || parse.HasPrefixFold(line, "apple-otpauth:") || parse.HasPrefixFold(line, google.Scheme) || parse.HasPrefixFold(line, "motp://")
}

// isURIList looks for a line that is a URI. Lines that are none are found, and
// refused, in the list.
func isURIList(text string) bool {
	for line := range strings.Lines(text) {
		if isURI(bareURI(strings.TrimSpace(line))) {
			return true
		}
	}
	return false
}

// bareURI takes off a line what people put around an address: quotes, brackets, the
// mark of a list.
func bareURI(line string) string {
	bare := strings.TrimLeft(line, "\"'`<-*\u2022 \t")
	if len(bare) == len(line) || !isURI(bare) {
		return line
	}
	return strings.TrimRight(bare, "\"'`>,; \t")
}

func readURIs(r *reading.Reader, in *reading.Input) error {
	if in.Text == "" {
		return exchange.Refuse(exchange.NotThatFormat)
	}
	l := uriList{Reader: r, own: strings.HasPrefix(in.Text, ownList)}
	r.Form = "list"
	if l.own {
		r.Form = "seedvault list"
	}
	n := 0
	for line := range strings.Lines(in.Text) {
		n++
		if err := r.Visit(); err != nil {
			return err
		}
		if err := l.line(n, strings.TrimRight(line, "\r\n")); err != nil {
			return err
		}
	}
	return nil
}

// uriList is a list while it is read: the comments are those since the last line
// that was none.
type uriList struct {
	*reading.Reader
	own      bool
	comments []string
}

func (l *uriList) line(n int, line string) error {
	text := bareURI(strings.TrimSpace(line))
	switch {
	case text == "":
		l.comments = nil
		return nil
	case strings.HasPrefix(text, "#"):
		_, comment, _ := strings.Cut(line, "#")
		l.comments = append(l.comments, comment)
		return nil
	}
	d := exchange.Details{}
	if l.own {
		l.ownDetails(&d)
	} else {
		d.AddNote(joinComments(l.comments))
	}
	l.comments = nil
	// Ente's importer takes commas for line ends, and some writers use them.
	for i := 0; ; i++ {
		at := exchange.Position{Kind: exchange.AtLine, N: n}
		if i > 0 {
			at.Of = i + 1
		}
		uri, rest, more := cutURI(text)
		if err := l.uri(at, uri, d.Clone()); err != nil || !more {
			return err
		}
		text = rest
	}
}

func joinComments(comments []string) string {
	var lines []string
	for _, c := range comments {
		lines = append(lines, strings.TrimSpace(c))
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// cutURI cuts a line before another URI in it: after a comma, or where a program
// forgot to end the line, as OTPClient does.
func cutURI(text string) (uri, rest string, more bool) {
	if !isURI(text) {
		return text, "", false
	}
	for _, scheme := range []string{"otpauth://", google.Scheme} {
		if i := strings.Index(text[1:], scheme); i >= 0 {
			return strings.TrimRight(text[:i+1], ", "), text[i+1:], true
		}
	}
	return text, "", false
}

func (l *uriList) uri(at exchange.Position, uri string, details exchange.Details) error {
	if google.IsLink(uri) {
		return googleCode(l.Reader, at, uri)
	}
	if !isURI(uri) {
		return l.RefuseAt(at, "", &otpauth.Error{Reason: otpauth.NotOTPAuth})
	}
	d := reading.FromCode(uri, "", "")
	d.Details = details
	if !l.own { // there it stands above the URI
		codeDisplay(l.Reader, &d)
	}
	return l.Add(at, d)
}

// googleCode takes a code of Google's apart.
func googleCode(r *reading.Reader, at exchange.Position, uri string) error {
	part, err := google.Parse(uri)
	if err != nil {
		return r.RefuseAt(at, "", err)
	}
	r.Exports.Add(part)
	for _, e := range part.Entries {
		at := exchange.Position{Kind: exchange.AtCode, N: part.Number, Of: e.Position}
		if e.Err != nil {
			if err := r.RefuseAt(at, e.Label, e.Err); err != nil {
				return err
			}
			continue
		}
		if err := r.Add(at, reading.Draft{URI: e.Key.URI(), Details: exchange.Details{Origin: googleName}}); err != nil {
			return err
		}
	}
	return nil
}

// codeDisplay reads what Ente keeps in a parameter of that name.
func codeDisplay(r *reading.Reader, d *reading.Draft) {
	_, query, _ := strings.Cut(d.URI, "?")
	for part := range strings.SplitSeq(query, "&") {
		value, ok := strings.CutPrefix(part, "codeDisplay=")
		if !ok {
			continue
		}
		text, err := url.QueryUnescape(value)
		n, valid := parse.JSON(text)
		if err != nil || !valid {
			return
		}
		for _, tag := range n.Get("tags").Elements() {
			d.Details.AddTag(tag.Text())
		}
		d.Details.AddNote(n.Str("note"))
		if n.Get("trashed") == "true" {
			d.Notice(exchange.Trashed)
		}
		r.Rest(n, &d.Details, "tags", "note")
		return
	}
}

// ownDetails reads the lines above a URI in a list of our own.
func (l *uriList) ownDetails(d *exchange.Details) {
	for _, c := range l.comments {
		key, value, _ := strings.Cut(strings.TrimPrefix(c, " "), " ")
		value = unescapeLine(value)
		switch key {
		case "name":
			d.Name = value
		case "tag":
			d.AddTag(value)
		case "note":
			d.AddNote(value)
		case "recovery":
			d.Recovery = append(d.Recovery, value)
		case "added":
			d.Added = parse.Time(value)
		case "origin":
			d.Origin = value
		case "other":
			name, value, _ := strings.Cut(value, " ")
			d.AddOther(name, value)
		}
	}
}

// detailLines returns a record's details as lines of a list of our own.
func detailLines(d exchange.Details) (lines []string) {
	add := func(key string, values ...string) {
		for _, v := range values {
			if v != "" {
				lines = append(lines, "# "+key+" "+escapeLine.Replace(v))
			}
		}
	}
	add("name", d.Name)
	add("tag", d.Tags...)
	add("note", d.Notes...)
	add("recovery", d.Recovery...)
	if !d.Added.IsZero() {
		add("added", d.Added.UTC().Format(time.RFC3339))
	}
	add("origin", d.Origin)
	for _, f := range d.Other {
		add("other", f.Name+" "+f.Value)
	}
	return lines
}

var escapeLine = strings.NewReplacer(`\`, `\\`, "\n", `\n`, "\r", `\r`)

func unescapeLine(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) {
			if at := strings.IndexByte(`nr\`, s[i+1]); at >= 0 {
				b.WriteByte("\n\r\\"[at])
				i++
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

func writeURIs(_ *writing, records []exchange.Record) ([]byte, error) {
	var b strings.Builder
	for _, rec := range records {
		b.WriteString(rec.Line() + "\n")
	}
	return []byte(b.String()), nil
}

// writeOwnList writes all that the records hold.
func writeOwnList(records []exchange.Record) []byte {
	var b strings.Builder
	b.WriteString(ownList + "\n")
	for _, rec := range records {
		b.WriteString("\n")
		for _, line := range detailLines(rec.Details()) {
			b.WriteString(line + "\n")
		}
		b.WriteString(rec.Line() + "\n")
	}
	return []byte(b.String())
}
