package escrow

import (
	"errors"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"seedvault/escrow/key"
)

// ThingKind says what may be lost.
type ThingKind string

const (
	// ThingPC is this PC, with the vault on it and what is kept there.
	ThingPC ThingKind = "pc"
	// ThingPhone is the phone, with the seeds on it and what is kept there.
	ThingPhone ThingKind = "phone"
	// ThingPlace is a place, with all that is kept there.
	ThingPlace ThingKind = "place"
	// ThingHolder is one holder's secret: a passphrase forgotten, a sheet burnt.
	ThingHolder ThingKind = "holder"
	// ThingPerson is a person, with what only they know or can reach.
	ThingPerson ThingKind = "person"
	// ThingCopy is one copy.
	ThingCopy ThingKind = "copy"
)

// Places with a meaning of their own, beside [KeptThisPC].
const (
	keptPhone = "phone"
	keptHead  = "head" // only remembered: that is lost with the holder alone
)

// Thing is something that may be lost, and all that is lost with it.
type Thing struct {
	Kind ThingKind `json:"kind"`
	Name string    `json:"name,omitempty"` // of a place, a holder, a person or a copy
}

// is says that two things are one. Places and people have the names that somebody
// typed: "Office" and "office " are one place.
func (t Thing) is(other Thing) bool {
	if t.Kind != other.Kind || t.Kind != ThingPlace && t.Kind != ThingPerson {
		return t == other
	}
	return spoken(t.Name) == spoken(other.Name)
}

// spoken is a place's or a person's name as one would say it aloud.
func spoken(name string) string { return strings.ToLower(strings.TrimSpace(norm.NFKC.String(name))) }

// CopyState is what is known of one copy.
type CopyState struct {
	Copy
	Whole  bool      // it holds everything that there is now, as far as it was seen
	Why    string    // a stable word for why it does not count, "" where Whole
	Synced time.Time // when it last held everything; zero for never
	Guard  string    // the name of a seed in the vault without which nobody reaches it: a cloud account's own
}

// Situation is all that decides what a loss costs, as far as it is known.
type Situation struct {
	Holders []Holder
	Copies  []CopyState
	Away    bool // there is no vault on this PC: only copies
	Lacks   bool // something of the vault is missing or damaged here: nothing is said to be survived
}

// unit is a place where the vault lies, or a way to open it, with the things, by
// number, that it is lost with.
type unit struct {
	lost  []int   // any one of these
	seats [][]int // of a quorum, or of people who share a holder: each is lost with any one of its own
	spare int     // how many seats may be lost
}

func (u unit) survives(lost func(thing int) bool) bool {
	if slices.ContainsFunc(u.lost, lost) {
		return false
	}
	gone := 0
	for _, seat := range u.seats {
		if slices.ContainsFunc(seat, lost) {
			gone++
		}
	}
	return gone <= u.spare || len(u.seats) == 0 && u.spare <= 0
}

// survival is a situation as units and the things that they are lost with.
type survival struct {
	things []Thing
	stores []unit // where the vault lies
	ways   []unit // who can open it
}

func (s *survival) number(kind ThingKind, name string) int {
	i := slices.IndexFunc(s.things, Thing{kind, name}.is)
	if i < 0 {
		i = len(s.things)
		s.things = append(s.things, Thing{kind, name})
	}
	return i
}

// keptIn is the place that something is lost with, none where none is known.
func (s *survival) keptIn(kept string) []int {
	switch spoken(kept) {
	case "", keptHead:
		return nil
	case KeptThisPC:
		return []int{s.number(ThingPC, "")}
	case keptPhone:
		return []int{s.number(ThingPhone, "")}
	}
	return []int{s.number(ThingPlace, kept)}
}

// survivalOf turns a situation into units. A copy that does not hold everything is
// none. One behind an account whose own seed is in the vault is lost with the phone,
// which has the code for it; and what may lie on this PC, for all that is known, is
// lost with it.
func survivalOf(in Situation) *survival {
	s := &survival{}
	pc := s.number(ThingPC, "")
	s.number(ThingPhone, "")
	if !in.Away {
		s.stores = append(s.stores, unit{lost: []int{pc}})
	}
	for _, c := range in.Copies {
		if !c.Whole {
			continue
		}
		u := unit{lost: append(s.keptIn(c.Kept), s.number(ThingCopy, c.Name))}
		if c.Kept == "" {
			u.lost = append(u.lost, pc)
		}
		if c.Guard != "" {
			u.lost = append(u.lost, s.number(ThingPhone, ""))
		}
		s.stores = append(s.stores, u)
	}
	for _, h := range in.Holders {
		s.ways = append(s.ways, s.way(h))
	}
	return s
}

func (s *survival) way(h Holder) unit {
	u := unit{lost: append(s.keptIn(h.Kept), s.number(ThingHolder, h.Name))}
	if h.Anywhere() {
		u.lost = append(u.lost, s.number(ThingPC, ""))
	}
	if h.Kind == KindQuorum {
		u.spare = len(h.Members) - h.Threshold
		for _, m := range h.Members {
			u.seats = append(u.seats, []int{s.number(ThingPerson, m.Name)})
		}
		return u
	}
	u.spare = len(h.Who) - 1 // any one of them is enough
	for _, who := range h.Who {
		u.seats = append(u.seats, []int{s.number(ThingPerson, who)})
	}
	return u
}

// Anywhere says that a holder may be a key file on this PC: nobody has said where it
// is kept or whose it is. A passphrase is in a head, a sheet is no part of a PC, and
// neither is a key that only a plugin or a device uses.
func (h Holder) Anywhere() bool {
	if h.Kind != KindKey || h.Kept != "" || len(h.Who) > 0 || strings.HasPrefix(h.Recipient, "age1tag") {
		return false
	}
	_, _, err := key.ParseRecipient(h.Recipient)
	return !errors.Is(err, key.ErrPluginRecipient)
}

// opens says that after a loss the vault still lies somewhere, and somebody can
// open it.
func (s *survival) opens(lost func(int) bool) bool {
	left := func(u unit) bool { return u.survives(lost) }
	return slices.ContainsFunc(s.stores, left) && slices.ContainsFunc(s.ways, left)
}

// Survives says that the seeds can still be restored after all of the things are
// lost.
func (in Situation) Survives(lost ...Thing) bool {
	s := survivalOf(in)
	return s.opens(func(i int) bool { return slices.ContainsFunc(lost, s.things[i].is) })
}

// Things lists what may be lost, this PC and the phone first.
func (in Situation) Things() []Thing { return survivalOf(in).things }
