package escrow

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"seedvault/escrow/internal/format"
	"seedvault/escrow/key"
)

// proofMonths is how long a drill's proof lasts.
const proofMonths = 13

// Proof records that a holder opened a vault, or that a quorum's member opened their
// share, as the roster keeps it.
type Proof struct {
	Time   time.Time
	Copy   string // the id of the copy that was opened, or [InVault]
	Seal   string // HASH of the newest seal that lay there
	Member string // of a quorum: whose share it was; "" where the whole vault was opened
}

// String gives the proof as the roster keeps it.
func (p Proof) String() string {
	return strings.TrimSpace(fmt.Sprintf("%s %s %s %s", formatTime(p.Time), p.Copy, p.Seal, p.Member))
}

// MarshalText returns what [Proof.String] does.
func (p Proof) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads it as a line of the roster.
func (p *Proof) UnmarshalText(text []byte) (err error) {
	*p, err = parseProof(string(text))
	return err
}

// parseProof reads a line of the roster: TIME COPY SEAL, and MEMBER for a share.
func parseProof(line string) (Proof, error) {
	words := strings.Fields(line)
	if len(words) != 3 && len(words) != 4 {
		return Proof{}, ErrProof
	}
	at, err := time.Parse(time.RFC3339, words[0])
	if err != nil {
		return Proof{}, ErrProof
	}
	p := Proof{Time: at.UTC(), Copy: words[1], Seal: words[2]}
	if len(words) == 4 {
		p.Member = words[3]
	}
	return p, nil
}

// parseProofs reads the proofs of a record. A line that is none counts for nothing.
func parseProofs(lines []string) []Proof {
	var proofs []Proof
	for _, line := range lines {
		if p, err := parseProof(line); err == nil {
			proofs = append(proofs, p)
		}
	}
	return latestProofs(proofs)
}

// latestProofs unites lists of proofs: of one copy and member only the latest counts.
func latestProofs(lists ...[]Proof) []Proof {
	type of struct{ copy, member string }
	at := map[of]int{}
	var out []Proof
	for _, p := range slices.Concat(lists...) {
		i, seen := at[of{p.Copy, p.Member}]
		switch {
		case !seen:
			at[of{p.Copy, p.Member}] = len(out)
			out = append(out, p)
		case p.Time.After(out[i].Time):
			out[i] = p
		}
	}
	return out
}

// proofLines are the lines of a record that keeps proofs: these, and those that it
// had and that this program does not understand.
func proofLines(kept *format.Record, proofs []Proof) []string {
	lines := slices.DeleteFunc(kept.All("proven"), func(line string) bool { _, err := parseProof(line); return err == nil })
	for _, p := range proofs {
		lines = append(lines, p.String())
	}
	return lines
}

// withProofs puts proofs into a record.
func withProofs(r *format.Record, proofs []Proof) *format.Record {
	return r.With("proven", proofLines(r, proofs))
}

// withRoom shortens a record that has become too long. The oldest proofs give way:
// first those of members, or of the whole, that have a later one.
func withRoom(r *format.Record) *format.Record {
	for proofs := parseProofs(r.All("proven")); len(proofs) > 1; {
		if _, err := r.Marshal(); !errors.Is(err, format.ErrRecordSize) {
			break
		}
		proofs = withoutOldest(proofs)
		r = withProofs(r, proofs)
	}
	return r
}

func withoutOldest(proofs []Proof) []Proof {
	last := map[string]time.Time{}
	for _, p := range proofs {
		last[p.Member] = latest(last[p.Member], p.Time)
	}
	out := slices.Clone(proofs)
	slices.SortStableFunc(out, func(a, b Proof) int { return a.Time.Compare(b.Time) })
	oldest := max(slices.IndexFunc(out, func(p Proof) bool { return p.Time.Before(last[p.Member]) }), 0)
	return slices.Delete(out, oldest, oldest+1)
}

// LastProven returns the time of the latest drill, the zero time for none. A quorum
// is proven when it has been opened whole, or as many of its members as it takes
// have each opened their share.
func (h Holder) LastProven() time.Time {
	var whole time.Time
	members := map[string]time.Time{}
	for _, p := range h.Proven {
		switch {
		case p.Member == "":
			whole = latest(whole, p.Time)
		case h.seated(p.Member):
			members[p.Member] = latest(members[p.Member], p.Time)
		}
	}
	if h.Threshold == 0 || len(members) < h.Threshold {
		return whole
	}
	times := slices.SortedFunc(maps.Values(members), func(a, b time.Time) int { return b.Compare(a) })
	return latest(whole, times[h.Threshold-1])
}

// MemberProven returns when a member last opened their share, the zero time for
// never.
func (h Holder) MemberProven(member string) (at time.Time) {
	for _, p := range h.Proven {
		if p.Member == member {
			at = latest(at, p.Time)
		}
	}
	return at
}

// has reports whether the holder has a proof for the same copy and member that is no
// older.
func (h Holder) has(p Proof) bool {
	return slices.ContainsFunc(h.Proven, func(have Proof) bool {
		return have.Copy == p.Copy && have.Member == p.Member && !have.Time.Before(p.Time)
	})
}

func (h Holder) seated(member string) bool {
	return slices.ContainsFunc(h.Members, func(m key.Member) bool { return m.Name == member })
}

func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// dueOf is when the first of the holders' proofs runs out, "" where none is proven.
func dueOf(holders []Holder) string {
	due := ""
	for _, h := range holders {
		if at := h.LastProven(); !at.IsZero() {
			if day := at.UTC().AddDate(0, proofMonths, 0).Format(time.DateOnly); due == "" || day < due {
				due = day
			}
		}
	}
	return due
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
func (ro *Roster) SheetPrinted(holderID string, at time.Time) error {
	return ro.changes.renew(holderID, func(r *format.Record) *format.Record {
		return r.With("sheet", append(r.All("sheet"), newSheet(at, ro.reader.pin(), ro.Copies()).String()))
	})
}
