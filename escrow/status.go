package escrow

import "seedvault/escrow/internal/judge"

// Status is what a seed counts for.
type Status = judge.Status

const (
	// Accepted: a valid seal lists it, or the pinned epoch carried it over.
	Accepted = judge.Accepted
	// NotAccepted: a deposit that no holder has accepted yet. It never joins,
	// hides or outranks what has been accepted.
	NotAccepted = judge.NotAccepted
	// Late: a file of an older epoch that the pinned one knows nothing of. It is
	// shown as not accepted.
	Late = judge.Late
	// Unconfirmed: a file of an epoch that no person has confirmed here.
	Unconfirmed = judge.Unconfirmed
	// Retired: removed or refused, for ever.
	Retired = judge.Retired
	// Hidden: it lives on under another name, or was dropped by a rotation.
	Hidden = judge.Hidden
)
