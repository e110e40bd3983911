package escrow

import (
	"errors"
	"fmt"
	"path"
	"slices"

	"filippo.io/age"

	"seedvault/escrow/internal/epochs"
	"seedvault/escrow/internal/format"
	"seedvault/escrow/internal/holdername"
	"seedvault/escrow/key"
	"seedvault/escrow/roster"
)

// RotateOptions say what a rotation is to do. The zero value gives everybody who
// can open the vault a new vault key.
type RotateOptions struct {
	Remove         []string      // holders, by name or Key, and people who are to be left out
	Join           []Fingerprint // other epochs to take over, see [Vault.Epochs]
	PostQuantum    bool          // a hybrid vault key from now on; a vault that has one keeps it
	KeepShares     []string      // quorums whose shares are not made anew, by name or Key
	Memory         Memory        // what this machine saw last, for what has changed since
	Copies         []FS          // where to look for what is damaged or missing here
	WithoutMissing bool          // a person has said to go on though seals or accepted files are missing
	Page           *Page         // that opens the vault in a browser, for a vault that has none; nil for none

	// Renew makes a quorum's new key and shares for the members who stay, each
	// as the roster has it: NAME RECIPIENT, or NAME paper.
	Renew func(old roster.Holder, members []key.Member) (NewHolder, error)
	// Recipient makes a recipient that needs an age plugin. The text is of the
	// sealed roster.
	Recipient func(text string) (age.Recipient, error)
}

// HolderOutcome is what becomes of a holder in a rotation.
type HolderOutcome string

const (
	// OutcomeStays: the holder can open the next epoch.
	OutcomeStays HolderOutcome = "stays"
	// OutcomeLeaves: the holder cannot.
	OutcomeLeaves HolderOutcome = "leaves"
	// OutcomeAsk: a person decides, with [RotationPlan.Answer].
	OutcomeAsk HolderOutcome = "ask"
)

// RotationReason is why a holder leaves, or why a person is asked.
type RotationReason string

const (
	// ReasonRemoved: it was named to be removed.
	ReasonRemoved RotationReason = "removed"
	// ReasonKnown: somebody who is removed knows its secret or can reach it.
	ReasonKnown RotationReason = "known"
	// ReasonSeats: a quorum has fewer members left than it takes to open.
	ReasonSeats RotationReason = "seats"
	// ReasonConflict: records of one id differ in recipient, kind or members.
	ReasonConflict RotationReason = "conflict"
	// ReasonSameName: another holder has its name, as after a new passphrase.
	ReasonSameName RotationReason = "same-name"
	// ReasonUnclaimed: a slot that no record of the roster claims. Nothing tells
	// its recipient, so it can only leave.
	ReasonUnclaimed RotationReason = "unclaimed"
	// ReasonUnusable: its recipient cannot be read, or its name is none that a
	// folder may have, so it can only leave.
	ReasonUnusable RotationReason = "unusable"
	// ReasonOneSide: of two epochs that are joined only one has it. It leaves
	// unless a person says otherwise.
	ReasonOneSide RotationReason = "one-side"
)

// PlannedHolder is a holder and what a rotation makes of it.
type PlannedHolder struct {
	roster.Holder
	Key      string         // tells it from others of its name
	Outcome  HolderOutcome  // what becomes of it
	Reason   RotationReason // why, unless it simply stays
	People   []string       // those who are removed and know it
	Unseated []string       // quorum: members who lose their seats
	New      bool           // this machine has not seen it before
	Plugin   string         // the age plugin that its recipient needs, "" for none

	folder string // of the epoch that its files lie in
	record *format.Record
}

// RotationPlan is a rotation before anything is written, for a person to look
// at and to answer what it asks.
type RotationPlan struct {
	Holders  []PlannedHolder
	Gone     []roster.Holder // seen by this machine before, and not in the roster now
	Lost     []string        // sealed roster records that are missing or damaged
	Damaged  []string        // accepted seeds that are missing or damaged: they stay behind
	Unlisted []string        // slots that no seal lists: they open nothing of what comes
	Unseen   []string        // HASH of seals that this machine has seen and that are not here

	MissingSeals   []SealRef // that seals name and that are not here: what they say is not carried
	WithoutMissing bool      // a person has said to go on without them

	folder  string   // of the epoch that is left
	left    []string // of the damaged seeds those in whose place no older file stands
	options RotateOptions
	carried []rosterRecord // other records, carried as they are
	read    []rosterRecord // every record of the epoch that is left
	joined  []*epochs.Epoch
}

var errLastEpoch = errors.New("failed to rotate: the epoch has the highest number that there is")

// UnknownNameError means that nobody of the name is in the roster.
type UnknownNameError struct{ Name string }

// Error says what is wrong, and nothing secret.
func (e *UnknownNameError) Error() string {
	return fmt.Sprintf("failed to rotate: %q is neither a holder nor a person that the vault knows", e.Name)
}

// UnknownRecordError means that the roster has a record of a kind that this
// program does not know: a newer one wrote it, and must rotate.
type UnknownRecordError struct{ Path, Kind string }

// Error says what is wrong, and nothing secret.
func (e *UnknownRecordError) Error() string {
	return fmt.Sprintf("failed to rotate: the roster has a record of the kind %q, written by a newer seedvault", e.Kind)
}

// MissingFilesError is returned by a rotation while accepted files are missing, which it
// would leave behind forever, and nobody has said to go on without them.
type MissingFilesError struct {
	Paths []string
	Seals int // that this machine has seen, and of which nothing is here
}

// Error says what is wrong, and nothing secret.
func (e *MissingFilesError) Error() string {
	return fmt.Sprintf("failed to rotate: accepted files (%d) or seals (%d) are missing", len(e.Paths), e.Seals)
}

// CheckMissing returns what a person must answer before the plan is carried out, with
// WithoutMissing: a [*MissingSealsError], or a [*MissingFilesError] for what is accepted
// and would be carried nowhere.
func (p *RotationPlan) CheckMissing() error {
	switch paths := slices.Concat(p.left, p.Lost); {
	case p.WithoutMissing:
		return nil
	case len(p.MissingSeals) > 0:
		return &MissingSealsError{p.folder, p.MissingSeals}
	case len(paths)+len(p.Unseen) > 0:
		return &MissingFilesError{paths, len(p.Unseen)}
	}
	return nil
}

// unite adds another record of the same holder.
func (c *PlannedHolder) unite(other PlannedHolder) {
	if other.LatestProof().After(c.LatestProof()) {
		c.record = other.record
	}
	c.Holder = roster.MergeHolders([]roster.Holder{c.Holder, other.Holder})[0]
}

// unclaimed names the sealed slots that no record claims.
func (p *RotationPlan) unclaimed(files []format.Ref, folder string) {
	claimed := map[string]bool{}
	for _, c := range p.Holders {
		for _, hash := range c.Files {
			claimed[hash] = true
		}
	}
	for _, ref := range files {
		if kind, hash, ok := format.HolderFile(ref.Path); ok && kind == format.KindSlot && !claimed[hash] {
			h := roster.Holder{Name: path.Base(path.Dir(ref.Path)), Files: []string{hash}}
			p.Holders = append(p.Holders, PlannedHolder{Holder: h, Key: hash[:8], Outcome: OutcomeAsk, Reason: ReasonUnclaimed, folder: folder})
		}
	}
}

// askUnclear finds what a person must decide whatever was asked for.
func (p *RotationPlan) askUnclear() {
	ids, names := map[string]int{}, map[string]int{}
	for _, c := range p.Holders {
		if c.record != nil && c.Outcome != OutcomeLeaves {
			ids[c.ID]++
			names[c.Name]++
		}
	}
	for i := range p.Holders {
		c := &p.Holders[i]
		if c.record == nil {
			continue
		}
		_, _, err := key.ParseRecipient(c.Recipient)
		if c.Plugin = key.PluginOf(c.Recipient); c.Plugin == "" && err != nil {
			c.ask(ReasonUnusable)
		}
		if CheckName(c.Name) != nil { // it would become part of a path
			c.ask(ReasonUnusable)
		}
		if c.ID != "" && ids[c.ID] > 1 {
			c.ask(ReasonConflict)
		}
		if names[c.Name] > 1 {
			c.ask(ReasonSameName)
		}
	}
}

// remember holds the roster against what this machine saw of it.
func (p *RotationPlan) remember(m Memory) {
	if len(m.Holders) == 0 {
		return
	}
	same := func(a, b roster.Holder) bool { return a.ID == b.ID && a.Recipient == b.Recipient }
	for i, c := range p.Holders {
		p.Holders[i].New = !slices.ContainsFunc(m.Holders, func(h roster.Holder) bool { return same(h, c.Holder) })
	}
	for _, h := range m.Holders {
		if !slices.ContainsFunc(p.Holders, func(c PlannedHolder) bool { return same(h, c.Holder) }) {
			p.Gone = append(p.Gone, h)
		}
	}
}

// Answer decides what becomes of the holder with the key: one that the plan asks
// about, or one that only one of two joined epochs has.
func (p *RotationPlan) Answer(key string, stays bool) error {
	for i := range p.Holders {
		c := &p.Holders[i]
		if c.Key != key {
			continue
		}
		cannot := c.Reason == ReasonUnclaimed || c.Reason == ReasonUnusable
		if c.Reason == "" || c.Reason == ReasonRemoved || c.Reason == ReasonSeats || stays && cannot {
			return ErrNoSuchAnswer
		}
		if c.Outcome = OutcomeLeaves; stays {
			c.Outcome = OutcomeStays
		}
		return nil
	}
	return ErrNoSuchAnswer
}

// Open returns the holders that a person has not decided about yet.
func (p *RotationPlan) Open() []PlannedHolder { return p.with(OutcomeAsk) }

func (p *RotationPlan) with(outcome HolderOutcome) []PlannedHolder {
	return slices.DeleteFunc(slices.Clone(p.Holders), func(c PlannedHolder) bool { return c.Outcome != outcome })
}

// remove takes out those that the options name: as holders, from quorums, and as
// people who know what others keep.
func (p *RotationPlan) remove(names []string) error {
	for _, name := range names {
		known := false
		for i := range p.Holders {
			known = p.Holders[i].without(name) || known
		}
		if !known {
			return &UnknownNameError{name}
		}
	}
	return nil
}

// without reports whether a name concerns the holder at all.
func (c *PlannedHolder) without(name string) bool {
	if c.Name == name || c.Key == name {
		c.Outcome, c.Reason = OutcomeLeaves, ReasonRemoved
		return true
	}
	concerned := false
	if c.HasSeat(name) {
		c.unseat(name)
		concerned = true
	}
	if slices.ContainsFunc(c.Who, func(who string) bool { return holdername.Fold(who) == holdername.Fold(name) }) {
		c.People = append(c.People, name)
		c.ask(ReasonKnown)
		concerned = true
	}
	return concerned
}

// unseat removes a member. A quorum that is left with fewer than it takes to
// open leaves.
func (c *PlannedHolder) unseat(name string) {
	if !slices.Contains(c.Unseated, name) {
		c.Unseated = append(c.Unseated, name)
	}
	if len(c.staying()) < c.Threshold {
		c.Outcome, c.Reason = OutcomeLeaves, ReasonSeats
	}
}

// staying returns the members who keep their seats.
func (c *PlannedHolder) staying() []key.Member {
	return slices.DeleteFunc(slices.Clone(c.Members), func(m key.Member) bool { return slices.Contains(c.Unseated, m.Name) })
}

// ask leaves the holder's outcome to a person, unless it is decided.
func (c *PlannedHolder) ask(why RotationReason) {
	if c.Outcome == OutcomeStays {
		c.Outcome, c.Reason = OutcomeAsk, why
	}
}
