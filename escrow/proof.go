package escrow

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// What stands in the place of a copy's id.
const (
	InVault   = "vault" // the vault itself was opened
	Elsewhere = "other" // a copy that the roster does not name
)

// proofMonths is how long a drill's proof lasts.
const proofMonths = 13

// Proof says that a holder opened a vault, or that a quorum's member opened their
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

// ErrProof is returned for a line that is no proof.
var ErrProof = errors.New("invalid proof: a time, a copy, a seal and for a share its member")

// ParseProof reads a line of [Holder.Proven].
func ParseProof(line string) (Proof, error) {
	words := strings.Fields(line)
	if len(words) != 3 && len(words) != 4 {
		return Proof{}, ErrProof
	}
	at, err := time.Parse(time.RFC3339, words[0])
	if err != nil {
		return Proof{}, ErrProof
	}
	p := Proof{Time: at, Copy: words[1], Seal: words[2]}
	if len(words) == 4 {
		p.Member = words[3]
	}
	return p, nil
}

// LastProven returns the time of the latest drill, the zero time for none. A quorum
// is proven when it has been opened whole, or as many of its members as it takes
// have each opened their share.
func (h Holder) LastProven() time.Time {
	var whole time.Time
	members := map[string]time.Time{}
	for _, line := range h.Proven {
		p, err := ParseProof(line)
		switch {
		case err != nil:
		case p.Member == "":
			whole = latest(whole, p.Time)
		case h.seated(p.Member):
			members[p.Member] = latest(members[p.Member], p.Time)
		}
	}
	if h.Threshold == 0 || len(members) < h.Threshold {
		return whole
	}
	var times []time.Time
	for _, at := range members {
		times = append(times, at)
	}
	slices.SortFunc(times, func(a, b time.Time) int { return b.Compare(a) })
	return latest(whole, times[h.Threshold-1])
}

// MemberProven returns when a member last opened their share, the zero time for
// never.
func (h Holder) MemberProven(member string) (at time.Time) {
	for _, line := range h.Proven {
		if p, err := ParseProof(line); err == nil && p.Member == member {
			at = latest(at, p.Time)
		}
	}
	return at
}

func (h Holder) seated(member string) bool {
	return slices.ContainsFunc(h.Seats, func(seat string) bool { return memberName(seat) == member })
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
