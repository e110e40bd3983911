package roster

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"seedvault/escrow/internal/format"
)

// Copies that a proof may name beside those of the roster.
const (
	// InVault stands for a copy's id in a proof: the vault itself was opened.
	InVault = "vault"
	// InOtherCopy does too: a copy that the roster does not name.
	InOtherCopy = "other"
)

// ErrProof is returned for a line that is no proof.
var ErrProof = errors.New("invalid proof: a time, a copy, a seal and for a share its member")

// proofMonths is how long a drill's proof lasts.
const proofMonths = 13

// Proof records that a holder opened a vault, or that a quorum's member opened their
// share, as the roster keeps it.
type Proof struct {
	Time   time.Time
	Copy   string // the id of the copy that was opened, [InVault] or [InOtherCopy]
	Seal   string // HASH of the newest seal that lay there
	Member string // of a quorum: whose share it was; "" where the whole vault was opened
}

// String gives the proof as the roster keeps it.
func (p Proof) String() string {
	return strings.TrimSpace(fmt.Sprintf("%s %s %s %s", format.Time(p.Time), p.Copy, p.Seal, p.Member))
}

// MarshalText gives the proof as [Proof.String] does.
func (p Proof) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads a proof as [ParseProof] does.
func (p *Proof) UnmarshalText(text []byte) (err error) {
	*p, err = ParseProof(string(text))
	return err
}

// ParseProof reads a line of the roster: TIME COPY SEAL, and MEMBER for a
// share. The error is [ErrProof].
func ParseProof(line string) (Proof, error) {
	words := strings.Split(line, " ")
	if len(words) != 3 && len(words) != 4 || slices.Contains(words, "") {
		return Proof{}, ErrProof
	}
	at, err := time.Parse(time.RFC3339, words[0])
	if err != nil || format.Time(at) != words[0] {
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
		if p, err := ParseProof(line); err == nil {
			proofs = append(proofs, p)
		}
	}
	return LatestProofs(proofs)
}

// LatestProofs unites lists of proofs: of one copy and member only the latest counts, of
// equal ones that of the greatest seal.
func LatestProofs(lists ...[]Proof) []Proof {
	type of struct{ copy, member string }
	at := map[of]int{}
	var out []Proof
	for _, p := range slices.Concat(lists...) {
		i, seen := at[of{p.Copy, p.Member}]
		switch {
		case !seen:
			at[of{p.Copy, p.Member}] = len(out)
			out = append(out, p)
		case p.Time.After(out[i].Time) || p.Time.Equal(out[i].Time) && p.Seal > out[i].Seal:
			out[i] = p
		}
	}
	return out
}

// proofLines are the lines of a record that keeps proofs: these, and those that it
// had and that this program does not understand.
func proofLines(kept *format.Record, proofs []Proof) []string {
	lines := slices.DeleteFunc(kept.All("proven"), func(line string) bool { _, err := ParseProof(line); return err == nil })
	for _, p := range proofs {
		lines = append(lines, p.String())
	}
	return lines
}

// WithProofs returns the record with these proofs in the place of those that it has.
func WithProofs(r *format.Record, proofs []Proof) *format.Record {
	return r.With("proven", proofLines(r, proofs))
}

// DropOldProofs makes a record that has become too long fit again, if that can be done without
// its last proof. The oldest proofs give way: first those of members, or of the whole,
// that have a later one.
func DropOldProofs(r *format.Record) *format.Record {
	for proofs := parseProofs(r.All("proven")); len(proofs) > 1; {
		if _, err := r.Marshal(); !errors.Is(err, format.ErrRecordSize) {
			break
		}
		proofs = withoutOldest(proofs)
		r = WithProofs(r, proofs)
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

// LastProven returns since when the holder is proven, the zero time for never: the time
// of the latest drill. A quorum is proven when it has been opened whole, or as many of
// its members as it takes have each opened their share: then since the oldest of the
// latest proofs of these.
func (h Holder) LastProven() time.Time {
	var whole time.Time
	members := map[string]time.Time{}
	for _, p := range h.Proven {
		switch {
		case p.Member == "":
			whole = latest(whole, p.Time)
		case h.HasSeat(p.Member):
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

// HasProof reports whether the holder has a proof for the same copy and member that is no
// older.
func (h Holder) HasProof(p Proof) bool {
	return slices.ContainsFunc(h.Proven, func(have Proof) bool {
		return have.Copy == p.Copy && have.Member == p.Member && !have.Time.Before(p.Time)
	})
}

func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// FirstDue returns the day on which the first of the holders' latest proofs runs out
// (FORMAT.md, F77), as YYYY-MM-DD, "" where none is proven.
func FirstDue(holders []Holder) string {
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

// LatestProof returns the time of the latest proof, of the whole or of any member, the
// zero time for none.
func (h Holder) LatestProof() (at time.Time) {
	for _, p := range h.Proven {
		at = latest(at, p.Time)
	}
	return at
}
