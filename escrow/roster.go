package escrow

import (
	"fmt"
	"io"
	"slices"
	"strconv"
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

// Roster is who can open the vault, and where its copies lie, as its sealed records tell
// it. What is changed in it waits for the next [Opened.Seal].
type Roster struct {
	reader  *reader
	changes *changer
}

// Format keeps the keys out of every verb.
func (ro *Roster) Format(f fmt.State, _ rune) { io.WriteString(f, "Roster(elided)") }

// Roster returns the vault's roster.
func (o *Opened) Roster() *Roster { return &Roster{o.reader, o.changes} }

// Holders returns the holders as the sealed roster has them, with what could not
// be read. A record that no seal lists is shown by nobody and obeyed by nobody.
func (ro *Roster) Holders() ([]Holder, []Finding) { return ro.reader.roster() }

// roster is [Roster.Holders].
func (rd *reader) roster() ([]Holder, []Finding) {
	var holders []Holder
	var findings []Finding
	for _, e := range rd.view.writable() {
		key := rd.keys[e.folder]
		if key == nil {
			continue
		}
		h, f := rd.rosterOf(e, key)
		holders, findings = append(holders, h...), append(findings, f...)
		if rd.view.pin == nil {
			break // the newest that opens speaks for itself
		}
	}
	return mergeHolders(holders), findings
}

func (rd *reader) rosterOf(e *epoch, key *vaultKey) (holders []Holder, findings []Finding) {
	records, findings := rd.records(e, key)
	for _, r := range records {
		if h, ok := holderOf(r.Record); ok {
			holders = append(holders, h)
		}
	}
	return holders, findings
}

// rosterRecord is one sealed record of the roster, as it was read.
type rosterRecord struct {
	*format.Record
	ref format.Ref
}

// records reads an epoch's roster as far as its own seals list it.
func (rd *reader) records(e *epoch, key *vaultKey) (records []rosterRecord, findings []Finding) {
	sealed := rd.seals(e)
	for _, f := range distinct(rd.view.readFiles(e.folder+"/roster", true)) {
		if sealed.Status(f.ref()) != Accepted {
			continue
		}
		r, err := openRecord(f.data, key)
		if err != nil {
			findings = append(findings, Finding{Code: CodeUnreadable, Path: f.path, Red: true})
			continue
		}
		records = append(records, rosterRecord{r, f.ref()})
	}
	return records, findings
}

func openRecord(file []byte, key *vaultKey) (*format.Record, error) {
	plain, err := key.Decrypt(file)
	if err != nil {
		return nil, err
	}
	return format.ParseRecord(plain)
}

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
