package roster

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/key"
)

// Kind is how a holder keeps its secret key.
type Kind string

const (
	// KindKey is any age recipient: somebody's key pair, an SSH key, a hardware key.
	KindKey Kind = "key"
	// KindPassphrase is a key pair whose secret half lies in the vault, encrypted
	// with a passphrase.
	KindPassphrase Kind = "passphrase"
	// KindPaper is a key pair whose secret half is written on paper and nowhere
	// else.
	KindPaper Kind = "paper"
	// KindQuorum is a key pair whose secret half is shared among members.
	KindQuorum Kind = "quorum"
)

// KeptThisPC is the place of a key that lies on the machine that deposits. Such a holder
// fails together with that machine, so it is no second way in.
const KeptThisPC = "this-pc"

// Holder is who or whatever can open the vault, as the roster has it.
type Holder struct {
	ID        string       `json:"id"`
	Name      string       `json:"name"`
	Kind      Kind         `json:"kind"`
	Recipient string       `json:"recipient"`
	Files     []string     `json:"files,omitempty"`     // HASH of each slot, key and share file
	Kept      string       `json:"kept,omitempty"`      // home, office, this-pc, phone, head, ...
	Who       []string     `json:"who,omitempty"`       // people who know it or can reach it
	Proven    []Proof      `json:"proven,omitempty"`    // drills, the latest of each copy and member
	Sheets    []Sheet      `json:"sheets,omitempty"`    // that were printed
	Threshold int          `json:"threshold,omitempty"` // of a quorum: how many shares it takes
	Members   []key.Member `json:"member,omitempty"`    // of a quorum, in the order of their shares
}

// WaysIn counts the independent ways into a vault through the holder. A key kept on this
// PC counts for none, a quorum of m out of n for n-m+1, anything else for one.
func (h Holder) WaysIn() int { return h.WaysInWith(len(h.Members)) }

// WaysInWith is [Holder.WaysIn] of a quorum of whose shares so many are usable.
func (h Holder) WaysInWith(shares int) int {
	switch {
	case h.Kept == KeptThisPC:
		return 0
	case h.Kind == KindQuorum:
		return max(shares-h.Threshold+1, 0)
	}
	return 1
}

// HasSeat reports whether a name is that of a member of the quorum.
func (h Holder) HasSeat(member string) bool {
	return slices.ContainsFunc(h.Members, func(m key.Member) bool { return m.Name == member })
}

// Record gives the record of a new holder.
func (h Holder) Record() *format.Record {
	r := &format.Record{Line: LineHolder}
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

// RecordOn gives the record of a holder that had one before: what this program does not
// know in it stays. Without one it is [Holder.Record].
func (h Holder) RecordOn(kept *format.Record) *format.Record {
	fresh := h.Record()
	if kept == nil {
		return fresh
	}
	r := kept
	for _, k := range []string{"id", "kind", "name", "recipient", "file", "kept", "who", "sheet"} {
		r = r.With(k, fresh.All(k))
	}
	r = WithProofs(r, h.Proven)
	if len(h.Members) > 0 {
		r = r.With("m", fresh.All("m")).With("member", fresh.All("member"))
	}
	return r
}

// ReadHolder reads a record. ok is false for a record about something else.
func ReadHolder(r *format.Record) (h Holder, ok bool) {
	if r.Line != LineHolder {
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

// MergeHolders makes one holder of those of one id: lists united, the other values from the one
// with the latest proof, of equal ones from the first.
func MergeHolders(records []Holder) []Holder {
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
		if b.LatestProof().After(a.LatestProof()) {
			a, b = b, a
		}
		a.Files, a.Who, a.Proven = union(a.Files, b.Files), union(a.Who, b.Who), LatestProofs(a.Proven, b.Proven)
		a.Sheets, a.Members = union(a.Sheets, b.Sheets), union(a.Members, b.Members)
		out[i] = a
	}
	return out
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

// once are the keys of a holder's record of which it has one.
var once = []string{"id", "kind", "name", "recipient", "kept", "m"}

// MergeRecords makes one record of those about one holder, as [MergeHolders] makes one holder: the
// first, which is to be the one with the latest proof, with the repeating lines of all,
// known to this program or not. There has to be one.
func MergeRecords(records []*format.Record) *format.Record {
	r := &format.Record{Line: records[0].Line, Fields: slices.Clone(records[0].Fields)}
	for _, other := range records[1:] {
		for _, f := range other.Fields {
			if !slices.Contains(once, f.Key) && !slices.Contains(r.Fields, f) {
				r.Fields = append(r.Fields, f)
			}
		}
	}
	return r
}

// CheckRoom returns [key.ErrMembers] unless the roster record of a new quorum has room
// for all that it will say, with a proof of the whole and of each member.
func (h Holder) CheckRoom() error {
	word := strings.Repeat("-", len(format.Hash([32]byte{}))) // as long as a HASH, and as an id
	h.Kept, h.Sheets = word, []Sheet{{Digest: word}}
	h.Files, h.Proven = []string{word}, []Proof{{Copy: word, Seal: word}}
	for _, m := range h.Members {
		if !m.OnPaper() {
			h.Files = append(h.Files, word)
		}
		h.Proven = append(h.Proven, Proof{Copy: word, Seal: word, Member: m.Name})
	}
	if _, err := h.Record().Marshal(); errors.Is(err, format.ErrRecordSize) {
		return key.ErrMembers
	}
	return nil
}
