package judge

import "seedvault/escrow/internal/format"

// Verdict is what a file counts for, and the rule of FORMAT.md that says so.
type Verdict struct {
	Status Status
	Rule   format.Rule
}

// Status is what a file counts for.
type Status int

const (
	// Accepted: a valid seal lists it; or it is of an older epoch, and what the pinned one
	// accepts in its place has not arrived here.
	Accepted Status = iota + 1
	// NotAccepted: a deposit that no holder has accepted yet. It never joins,
	// hides or outranks what has been accepted.
	NotAccepted
	// Late: a file of an older epoch that the pinned one knows nothing of. It is
	// shown as not accepted.
	Late
	// Unconfirmed: a file of an epoch that no person has confirmed here.
	Unconfirmed
	// Retired: removed or refused, forever.
	Retired
	// Hidden: of an older epoch; it lives on under another name, or was removed or left
	// behind.
	Hidden
)

// Shown reports whether a person is shown a seed of that status.
func (s Status) Shown() bool { return s != Retired && s != Hidden }
