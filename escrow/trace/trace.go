// Package trace is the output type of check --trace: what the rules of the format make of
// each epoch, seal and file of a vault, in stable words, for reports of what went wrong. The
// lines themselves are made in internal/tracer.
//
// Start with [Line], of which escrow.Vault.Trace returns one for each epoch, seal and file
// that lies in the vault's folder, or should. No key is needed for them, and so there is
// no secret in any; names of files may be anybody's.
package trace

// Line is one thing in a vault's folder and what it counts for.
type Line struct {
	Rule  string `json:"rule"` // of FORMAT.md, which decided: F30
	State State  `json:"state"`
	Epoch string `json:"epoch,omitempty"` // its folder, "" for what lies beside the epochs
	Seal  string `json:"seal,omitempty"`  // NNNN-HASH8
	Path  string `json:"path,omitempty"`  // of a file, relative to the vault's folder
}

// State is a stable word for what a thing counts for, fit for scripts.
type State string

// The states of an epoch.
const (
	NotCompared State = "not-compared" // no person has compared a fingerprint here
	Pinned      State = "pinned"       // the one that this machine writes to
	Older       State = "older"        // the pinned one follows it
	Successor   State = "successor"    // the pinned one has signed it
	Joins       State = "joins"        // likewise, and it takes the pinned one over
	Fork        State = "fork"         // it comes from one that the pinned one follows
	ClosedFork  State = "closed-fork"  // likewise, and stops nothing
	Stranger    State = "stranger"     // nothing leads to it
	Newer       State = "newer"        // a newer program wrote it; of a seal too
	Unverified  State = "unverified"   // its signer is a key of a type that is not known
	Refused     State = "refused"      // by a person on this machine
	OldFormat   State = "old-format"   // from before the format was settled
)

// The states of a seal.
const (
	Last       State = "last"       // no other names it
	Live       State = "live"       // named by an after line, and included in no other
	Included   State = "included"   // in another, whole
	Untrue     State = "untrue"     // it claims to include another, and does not
	Unfinished State = "unfinished" // a text without its signature
	NoText     State = "no-text"    // a signature without its text
	GivenUp    State = "given-up"   // not here, and a person has said that it is lost
)

// The states of a file; those of seals and epochs that are not whole are among them.
const (
	Accepted    State = "accepted"
	NotAccepted State = "not-accepted"
	Late        State = "late"
	Unconfirmed State = "unconfirmed" // of an epoch too
	Retired     State = "retired"
	Hidden      State = "hidden"
	Whole       State = "whole" // it fits its name, and no seal is asked
	Damaged     State = "damaged"
	Missing     State = "missing"
	Duplicate   State = "duplicate" // its content lies here under its right name too
	Verifies    State = "verifies"  // a signature, by the signer of an epoch here
	NotVerified State = "not-verified"
	Reserved    State = "reserved"  // carried and not interpreted
	Temporary   State = "temporary" // unfinished
	Special     State = "special"   // a link, a pipe or a device
	Unknown     State = "unknown"   // fits no rule
)
