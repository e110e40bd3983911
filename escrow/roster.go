package escrow

import (
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
