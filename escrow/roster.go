package escrow

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/key"
)

// The first line of a roster record says what it is about. Any other first line
// is a newer program's.
const (
	rosterHolder = "holder"
	rosterCopy   = "copy"
	rosterFormer = "former" // who could open the vault before a rotation
)

// record gives the roster record of a holder.
func (h Holder) record() *format.Record {
	r := &format.Record{Line: rosterHolder}
	r.Add("id", h.ID)
	r.Add("kind", string(h.Kind))
	r.Add("name", h.Name)
	r.Add("recipient", h.Recipient)
	for _, f := range h.Files {
		r.Add("file", f)
	}
	r.Add("kept", h.Kept)
	for _, w := range h.Who {
		r.Add("who", w)
	}
	for _, p := range h.Proven {
		r.Add("proven", p.String())
	}
	for _, s := range h.Sheets {
		r.Add("sheet", s.String())
	}
	if len(h.Members) > 0 {
		r.Add("m", strconv.Itoa(h.Threshold))
	}
	for _, m := range h.Members {
		r.Add("member", m.String())
	}
	return r
}

// recordOn gives the record of a holder that had one before: what this program
// does not know in it stays.
func (h Holder) recordOn(kept *format.Record) *format.Record {
	fresh := h.record()
	if kept == nil {
		return fresh
	}
	r := kept
	for _, k := range []string{"id", "kind", "name", "recipient", "file", "kept", "who", "sheet"} {
		r = r.With(k, fresh.All(k))
	}
	r = withProofs(r, h.Proven)
	if len(h.Members) > 0 {
		r = r.With("m", fresh.All("m")).With("member", fresh.All("member"))
	}
	return r
}

// holderOf reads a roster record. ok is false for a record about something else.
func holderOf(r *format.Record) (h Holder, ok bool) {
	if r.Line != rosterHolder {
		return Holder{}, false
	}
	m, _ := strconv.Atoi(r.Get("m"))
	h = Holder{
		ID:        r.Get("id"),
		Kind:      Kind(r.Get("kind")),
		Name:      r.Get("name"),
		Recipient: r.Get("recipient"),
		Files:     r.All("file"),
		Kept:      r.Get("kept"),
		Who:       r.All("who"),
		Proven:    parseProofs(r.All("proven")),
		Sheets:    parseSheets(r.All("sheet")),
		Threshold: m,
	}
	for _, line := range r.All("member") {
		h.Members = append(h.Members, key.ParseMember(line))
	}
	return h, true
}

// mergeHolders makes one of the records of one id: lists united, the other
// values from the record with the latest proof.
func mergeHolders(records []Holder) []Holder {
	at := map[string]int{}
	var out []Holder
	for _, h := range records {
		i, seen := at[h.ID]
		if !seen || h.ID == "" {
			at[h.ID] = len(out)
			out = append(out, h)
			continue
		}
		a, b := out[i], h
		if b.lastProof().After(a.lastProof()) {
			a, b = b, a
		}
		a.Files, a.Who, a.Proven = union(a.Files, b.Files), union(a.Who, b.Who), latestProofs(a.Proven, b.Proven)
		a.Sheets = union(a.Sheets, b.Sheets)
		out[i] = a
	}
	return out
}

// lastProof returns the time of the latest drill of any kind, the zero time for none.
func (h Holder) lastProof() (at time.Time) {
	for _, p := range h.Proven {
		at = latest(at, p.Time)
	}
	return at
}

// union joins two lists, each value once.
func union[T comparable](a, b []T) []T {
	seen := map[T]bool{}
	var out []T
	for _, v := range slices.Concat(a, b) {
		if !seen[v] {
			seen[v] = true
			out = append(out, v)
		}
	}
	return out
}

// Copy is another place where the vault's files lie, as the roster has it: what
// every holder may know of it. Where exactly it is to be found, each machine knows
// for itself.
type Copy struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Kind string `json:"kind"`
	Kept string `json:"kept"` // home, office, this-pc, ...
	// At is its address, without credentials, as whoever made it reached it. It is only
	// ever shown: a machine dials what a person there has typed.
	At string `json:"at,omitempty"`
}

// NewCopy describes a copy that the roster does not have yet. The name has the
// form of a holder's, else the error is [ErrName].
func NewCopy(name, kind, kept string) (Copy, error) {
	if err := CheckName(name); err != nil {
		return Copy{}, err
	}
	return Copy{ID: newID(), Name: name, Kind: kind, Kept: kept}, nil
}

func (c Copy) record() *format.Record {
	r := &format.Record{Line: rosterCopy}
	r.Add("id", c.ID)
	r.Add("name", c.Name)
	r.Add("kind", c.Kind)
	r.Add("kept", c.Kept)
	if c.At != "" {
		r.Add("at", c.At)
	}
	return r
}

// Copies returns the copies as the sealed roster has them, sorted by name. Records
// of one id are one copy.
func (o *Opened) Copies() []Copy {
	var copies []Copy
	for _, r := range o.reader.copyRecords() {
		c := Copy{ID: r.Get("id"), Name: r.Get("name"), Kind: r.Get("kind"), Kept: r.Get("kept"), At: r.Get("at")}
		if !slices.ContainsFunc(copies, func(have Copy) bool { return have.ID == c.ID }) {
			copies = append(copies, c)
		}
	}
	slices.SortFunc(copies, func(a, b Copy) int { return strings.Compare(a.Name+" "+a.ID, b.Name+" "+b.ID) })
	return copies
}

func (rd *reader) copyRecords() []rosterRecord {
	e := rd.view.writable()[0]
	key := rd.keys[e.folder]
	if key == nil {
		return nil
	}
	records, _ := rd.records(e, key)
	return slices.DeleteFunc(records, func(r rosterRecord) bool { return r.Line != rosterCopy })
}

// AddCopy writes a copy into the roster and stages it for the next [Opened.Seal].
// One whose id the roster has is left as it is; a name that another one has is
// refused with [ErrCopyName].
func (o *Opened) AddCopy(c Copy) error {
	if err := o.reader.view.mayWrite(); err != nil {
		return err
	}
	for _, have := range o.Copies() {
		if have.ID == c.ID {
			return nil
		}
		if have.Name == c.Name {
			return ErrCopyName
		}
	}
	_, err := o.changes.stageRecord(c.record())
	return err
}

// EditCopy stages what a copy's record says from the next [Opened.Seal] on, in place
// of all that the roster has of its id.
func (o *Opened) EditCopy(c Copy) error {
	if err := o.RemoveCopy(c.ID); err != nil {
		return err
	}
	_, err := o.changes.stageRecord(c.record())
	return err
}

// RemoveCopy stages the removal of a copy's records for the next [Opened.Seal].
// The files of the copy are not touched.
func (o *Opened) RemoveCopy(id string) error {
	if err := o.reader.view.mayWrite(); err != nil {
		return err
	}
	for _, r := range o.reader.copyRecords() {
		if r.Get("id") == id {
			o.changes.pending.retire = append(o.changes.pending.retire, r.ref)
		}
	}
	return nil
}

// Sheet records that a sheet of a holder was printed, as the roster keeps it.
type Sheet struct {
	Time   time.Time
	Digest string // what stood on it, as a line of the roster has it
}

// parseSheet reads a line of the roster: TIME DIGEST.
func parseSheet(line string) (Sheet, error) {
	words := strings.Fields(line)
	if len(words) != 2 {
		return Sheet{}, ErrSheet
	}
	at, err := time.Parse(time.RFC3339, words[0])
	if err != nil {
		return Sheet{}, ErrSheet
	}
	return Sheet{at.UTC(), words[1]}, nil
}

// String gives the sheet as the roster keeps it.
func (s Sheet) String() string { return formatTime(s.Time) + " " + s.Digest }

// MarshalText returns what [Sheet.String] does.
func (s Sheet) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads it as a line of the roster.
func (s *Sheet) UnmarshalText(text []byte) (err error) {
	*s, err = parseSheet(string(text))
	return err
}

// parseSheets reads the sheets of a record. A line that is none counts for nothing.
func parseSheets(lines []string) []Sheet {
	var sheets []Sheet
	for _, line := range lines {
		if s, err := parseSheet(line); err == nil {
			sheets = append(sheets, s)
		}
	}
	return sheets
}

// newSheet is the sheet that is printed at a time.
func newSheet(at time.Time, pin Pin, copies []Copy) Sheet {
	return Sheet{at.UTC().Truncate(time.Second), sheetDigest(pin, copies)}
}

// sheetDigest says in one word what stands on a sheet apart from its secret, so that
// a sheet is known to be out of date: the vault's fingerprint and recipient, and the
// names of its copies and where they are kept.
func sheetDigest(pin Pin, copies []Copy) string {
	text := fmt.Sprintf("seedvault sheet\nfingerprint %s\nrecipient %s\n", pin.Fingerprint.Hex(), pin.Recipient)
	var lines []string
	for _, c := range copies {
		lines = append(lines, fmt.Sprintf("copy %s %s\n", c.Name, format.Escape(c.Kept)))
	}
	slices.Sort(lines)
	return format.Hash(format.Sum([]byte(text + strings.Join(lines, ""))))
}

// OnSheet returns the holder with the note that a sheet of it is printed that names
// these copies.
func (h NewHolder) OnSheet(at time.Time, copies []Copy) NewHolder {
	h.sheet = func(pin Pin) Sheet { return newSheet(at, pin, copies) }
	return h
}

// oldSheet reports whether the sheet that was printed last says something else. Where no
// sheet is known of, it is not. Two of one second are both the last.
func (h Holder) oldSheet(now string) bool {
	var last time.Time
	old := false
	for _, s := range h.Sheets {
		switch {
		case s.Time.After(last):
			last, old = s.Time, s.Digest != now
		case s.Time.Equal(last) && s.Digest == now:
			old = false
		}
	}
	return old
}

// oldSheets names the holders whose sheet is out of date.
func (c *checker) oldSheets(pin Pin, copies []Copy, holders []Holder) {
	now := sheetDigest(pin, copies)
	for _, h := range holders {
		if !h.oldSheet(now) {
			continue
		}
		code := CodeSheetOld
		if h.Kind == KindQuorum {
			code = CodeSharesOld
		}
		c.report.Findings = append(c.report.Findings, Finding{Code: code, Detail: h.Name})
	}
}

// SheetPrinted writes into a holder's record that a sheet was printed, with the
// vault's copies as the roster has them, and stages it for the next [Opened.Seal].
// The error is [ErrNotHere] for a holder that the sealed roster does not have.
func (o *Opened) SheetPrinted(holderID string, at time.Time) error {
	return o.changes.renew(holderID, func(r *format.Record) *format.Record {
		return r.With("sheet", append(r.All("sheet"), newSheet(at, o.Pin(), o.Copies()).String()))
	})
}
