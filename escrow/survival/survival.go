// Package survival says what the loss of anything costs: whether the seeds of a vault
// can still be restored without this PC, the phone, a place, a person, a holder's
// secret, a copy, or several of them at once.
//
// Start with a [Situation], and ask it for its [Situation.Verdict] or its
// [Situation.CutSets]. It reads nothing: holders, copies and places are given to it, and
// what it is not told it does not count on.
package survival

import (
	"errors"
	"slices"
	"strings"
	"time"

	"seedvault/escrow/internal/holdername"
	"seedvault/escrow/key"
	"seedvault/escrow/roster"
)

// Kind says what may be lost.
type Kind string

const (
	// KindPC is this PC, with the vault on it and what is kept there.
	KindPC Kind = "pc"
	// KindPhone is the phone, with the seeds on it and what is kept there.
	KindPhone Kind = "phone"
	// KindPlace is a place, with all that is kept there.
	KindPlace Kind = "place"
	// KindHolder is one holder's secret: a passphrase forgotten, a sheet burnt.
	KindHolder Kind = "holder"
	// KindPerson is a person, with what only they know or can reach.
	KindPerson Kind = "person"
	// KindCopy is one copy.
	KindCopy Kind = "copy"
)

// Places with a meaning of their own, beside [roster.KeptThisPC].
const (
	keptPhone = "phone"
	keptHead  = "head" // only remembered: that is lost with the holder alone
)

// Component is something that may be lost, and all that is lost with it.
type Component struct {
	Kind Kind   `json:"kind"`
	Name string `json:"name,omitempty"` // of a place, a holder, a person or a copy
}

// is reports whether two components are one. Places and people have the names that somebody
// typed: "Office" and "office " are one place.
func (c Component) is(other Component) bool {
	if c.Kind != other.Kind || c.Kind != KindPlace && c.Kind != KindPerson {
		return c == other
	}
	return foldName(c.Name) == foldName(other.Name)
}

// foldName makes names that sound alike one.
func foldName(name string) string { return holdername.Fold(name) }

// CopyState is what is known of one copy.
type CopyState struct {
	roster.Copy
	Whole  bool      // it holds everything that there is now, as far as it was seen
	Why    string    // a stable word for why it does not count, "" where Whole
	Synced time.Time // when it last held everything; zero for never
	Guard  string    // the name of a seed in the vault without which nobody reaches it: a cloud account's own
}

// Situation is all that decides what a loss costs, as far as it is known.
type Situation struct {
	Holders    []roster.Holder
	Copies     []CopyState
	Away       bool // there is no vault on this PC: only copies
	Incomplete bool // something of the vault is missing or damaged here: nothing is said to be survived

	// Unlisted are slots that may open the vault and that no list of holders names: nothing
	// is built on them.
	Unlisted []string

	// Elsewhere are the ids of the holders that are said to be kept on a PC and whose keys this
	// PC does not have: they are another PC's, which may be gone. Nothing is built on them.
	Elsewhere []string
}

// OnOtherPC reports whether a holder's key is another PC's, which may be gone.
func (in Situation) OnOtherPC(h roster.Holder) bool { return slices.Contains(in.Elsewhere, h.ID) }

// unit is a place where the vault lies, or a way to open it, with the components, by
// number, that it is lost with.
type unit struct {
	lost  []int   // any one of these
	seats [][]int // of a quorum, or of people who share a holder: each is lost with any one of its own
	spare int     // how many seats may be lost; less than 0 where there are too few anyway
}

func (u unit) survives(lost func(component int) bool) bool {
	if slices.ContainsFunc(u.lost, lost) {
		return false
	}
	gone := 0
	for _, seat := range u.seats {
		if slices.ContainsFunc(seat, lost) {
			gone++
		}
	}
	return gone <= u.spare
}

// survival is a situation as units and the components that they are lost with.
type survival struct {
	components []Component
	stores     []unit // where the vault lies
	ways       []unit // who can open it
}

func (s *survival) number(kind Kind, name string) int {
	i := slices.IndexFunc(s.components, Component{kind, name}.is)
	if i < 0 {
		i = len(s.components)
		s.components = append(s.components, Component{kind, name})
	}
	return i
}

// keptIn is the place that something is lost with, none where none is known.
func (s *survival) keptIn(kept string) []int {
	switch foldName(kept) {
	case "", keptHead:
		return nil
	case roster.KeptThisPC:
		return []int{s.number(KindPC, "")}
	case keptPhone:
		return []int{s.number(KindPhone, "")}
	}
	return []int{s.number(KindPlace, kept)}
}

// survivalOf turns a situation into units. A copy that does not hold everything is
// none. One behind an account whose own seed is in the vault is lost with the phone,
// which has the code for it; and what may lie on this PC, for all that is known, is
// lost with it.
func survivalOf(in Situation) *survival {
	s := &survival{}
	pc := s.number(KindPC, "")
	s.number(KindPhone, "")
	if !in.Away {
		s.stores = append(s.stores, unit{lost: []int{pc}})
	}
	for _, c := range in.Copies {
		if !c.Whole {
			continue
		}
		u := unit{lost: append(s.keptIn(c.Kept), s.number(KindCopy, c.Name))}
		if c.Kept == "" {
			u.lost = append(u.lost, pc)
		}
		if c.Guard != "" {
			u.lost = append(u.lost, s.number(KindPhone, ""))
		}
		s.stores = append(s.stores, u)
	}
	for _, h := range in.Holders {
		if !in.OnOtherPC(h) {
			s.ways = append(s.ways, s.way(h))
		}
	}
	return s
}

func (s *survival) way(h roster.Holder) unit {
	u := unit{lost: append(s.keptIn(h.Kept), s.number(KindHolder, h.Name))}
	if MaybeOnPC(h) {
		u.lost = append(u.lost, s.number(KindPC, ""))
	}
	if h.Kind == roster.KindQuorum {
		u.spare = len(h.Members) - h.Threshold
		for _, m := range h.Members {
			u.seats = append(u.seats, []int{s.number(KindPerson, m.Name)})
		}
		return u
	}
	u.spare = max(len(h.Who)-1, 0) // any one of them is enough
	for _, who := range h.Who {
		u.seats = append(u.seats, []int{s.number(KindPerson, who)})
	}
	return u
}

// MaybeOnPC reports whether a holder may be a key file on this PC: nobody has said where it
// is kept or whose it is. A passphrase is in a head, a sheet is no part of a PC, and
// neither is a key that only a plugin or a device uses.
func MaybeOnPC(h roster.Holder) bool {
	if h.Kind != roster.KindKey || h.Kept != "" || len(h.Who) > 0 || strings.HasPrefix(h.Recipient, "age1tag") {
		return false
	}
	_, _, err := key.ParseRecipient(h.Recipient)
	return !errors.Is(err, key.ErrPluginRecipient)
}

// opens reports whether after a loss the vault still lies somewhere, and somebody
// can open it.
func (s *survival) opens(lost func(int) bool) bool {
	left := func(u unit) bool { return u.survives(lost) }
	return slices.ContainsFunc(s.stores, left) && slices.ContainsFunc(s.ways, left)
}

// Survives reports whether the seeds can still be restored after all of the components
// are lost.
func (in Situation) Survives(lost ...Component) bool {
	s := survivalOf(in)
	return s.opens(func(i int) bool { return slices.ContainsFunc(lost, s.components[i].is) })
}

// Components lists what may be lost, this PC and the phone first.
func (in Situation) Components() []Component { return survivalOf(in).components }
