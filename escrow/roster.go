package escrow

import (
	"strconv"
	"strings"

	"seedvault/escrow/internal/format"
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
		r.Add("proven", p)
	}
	for _, s := range h.Sheets {
		r.Add("sheet", s)
	}
	if len(h.Seats) > 0 {
		r.Add("m", strconv.Itoa(h.Threshold))
	}
	for _, seat := range h.Seats {
		r.Add("member", seat)
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
	for _, key := range []string{"id", "kind", "name", "recipient", "file", "kept", "who", "proven", "sheet"} {
		r = r.With(key, fresh.All(key))
	}
	if len(h.Seats) > 0 {
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
	return Holder{
		ID:        r.Get("id"),
		Kind:      Kind(r.Get("kind")),
		Name:      r.Get("name"),
		Recipient: r.Get("recipient"),
		Files:     r.All("file"),
		Kept:      r.Get("kept"),
		Who:       r.All("who"),
		Proven:    r.All("proven"),
		Sheets:    r.All("sheet"),
		Threshold: m,
		Members:   len(r.All("member")),
		Seats:     r.All("member"),
	}, true
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
		if b.lastProof() > a.lastProof() {
			a, b = b, a
		}
		a.Files, a.Who, a.Proven = union(a.Files, b.Files), union(a.Who, b.Who), union(a.Proven, b.Proven)
		a.Sheets = union(a.Sheets, b.Sheets)
		out[i] = a
	}
	return out
}

// lastProof returns the time of the latest drill, "" for none. Times of one
// form and zone compare as text.
func (h Holder) lastProof() string {
	last := ""
	for _, p := range h.Proven {
		at, _, _ := strings.Cut(p, " ")
		last = max(last, at)
	}
	return last
}

func union(a, b []string) []string {
	seen := map[string]bool{}
	var out []string
	for _, s := range append(append([]string(nil), a...), b...) {
		if !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	return out
}
